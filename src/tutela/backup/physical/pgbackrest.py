"""pgBackRest instead of our own base backups, where an administrator has installed it and names its stanza.

It writes to its own repository, with its own compression, encryption, parallelism and archive of the log; we
ask it for a backup, keep what it says in our signed manifest, let it verify, and let it restore into the
drill's folder, where the same checks follow as for our own sets. What it says is read from its JSON, never
from its exit code alone: the code of `info` is 0 for a stanza that is broken."""

import json
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from . import positions
from .chains import BASE, INCREMENTAL, Link
from .taking import ProgramFailed

PROGRAM = "pgbackrest"
FIRST_FOR = {18: (2, 55)}
"""The first of its versions that knows a version of PostgreSQL; Debian 12's 2.45 refuses 18's control file."""
VERIFIES_ONE = (2, 55)
"""From here on one backup can be verified; before, the whole repository is read each time."""
_SECONDS = 24 * 3600
_VERSION = re.compile(r"pgBackRest (\d+)\.(\d+)")
_LABEL = re.compile(r"\d{8}-\d{6}F(_\d{8}-\d{6}[DI])?")
_TIMELINE = re.compile(r"[0-9A-F]{24}")


class StanzaBroken(Exception):
    """The repository says of itself that something is wrong; the text is its own code and message."""


@dataclass(frozen=True, slots=True)
class Stanza:
    """A configured stanza: its name and the configuration file, None for the usual one. `environment` is what the
    program gets; `popen` as in `taking.Programs`."""

    name: str
    environment: Mapping[str, str]
    popen: Mapping[str, Any]
    configuration: Path | None = None

    def run(self, command: str, *options: str) -> str:
        """What the program prints; ProgramFailed with its last line."""
        words = [
            PROGRAM,
            f"--stanza={self.name}",
            "--log-level-file=off",
            "--log-level-console=error",
        ]
        if self.configuration is not None:
            words.append(f"--config={self.configuration}")
        return _run([*words, *options, command], self.environment, self.popen)


def _run(words: Sequence[str], environment: Mapping[str, str], popen: Mapping[str, Any]) -> str:
    try:
        done = subprocess.run(
            words, stdin=subprocess.DEVNULL, capture_output=True, check=False, cwd="/", env=dict(environment),
            timeout=_SECONDS, **popen,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise ProgramFailed(PROGRAM, type(fault).__name__) from fault
    told = str(done.stdout, "utf-8", "replace")
    if done.returncode:
        lines = (done.stderr.decode("utf-8", "replace").strip() or told.strip()).splitlines()
        raise ProgramFailed(PROGRAM, lines[-1] if lines else f"exit code {done.returncode}")
    return told


def version(environment: Mapping[str, str]) -> tuple[int, int]:
    """The installed program's version; ProgramFailed if there is none."""
    found = _VERSION.search(_run([PROGRAM, "version"], environment, {}))
    if found is None:
        raise ProgramFailed(PROGRAM, "its version cannot be read")
    return int(found[1]), int(found[2])


def knows(program: tuple[int, int], server: int) -> bool:
    """Whether this version can back up that major version of PostgreSQL."""
    return program >= FIRST_FOR.get(server, (0, 0))


def back_up(stanza: Stanza, kind: str) -> Link:
    """Take a backup and tell it as a link of a chain. ProgramFailed, StanzaBroken."""
    before = {one.name for one in links(stanza)}
    stanza.run("backup", f"--type={'full' if kind == BASE else 'incr'}")
    made = [one for one in links(stanza) if one.name not in before]
    if len(made) != 1:
        raise ProgramFailed(PROGRAM, "the repository does not tell of the backup that was made")
    return made[0]


def links(stanza: Stanza) -> list[Link]:
    """The backups of the stanza that are whole, oldest first. StanzaBroken, ProgramFailed."""
    try:
        told = json.loads(stanza.run("info", "--output=json"))
        (one,) = [entry for entry in told if entry["name"] == stanza.name]
        if one["status"]["code"] not in {0, 2}:  # 2: no backup yet
            raise StanzaBroken(f"{one['status']['code']}: {one['status']['message']}")
        systems = {entry["id"]: int(entry["system-id"]) for entry in one["db"]}
        return [_link(entry, systems) for entry in one["backup"] if not entry.get("error")]
    except (KeyError, TypeError, ValueError) as fault:
        raise ProgramFailed(PROGRAM, "its report cannot be read") from fault


def _link(told: Mapping[str, Any], systems: Mapping[int, int]) -> Link:
    archived = told["archive"]["start"]
    if not _TIMELINE.fullmatch(archived) or not _LABEL.fullmatch(told["label"]):
        raise ValueError("a backup of another form")
    return Link(
        name=told["label"],
        kind=BASE if told["type"] == "full" else INCREMENTAL,
        parent=told["prior"] or "",
        system=systems[told["database"]["id"]],
        timeline=positions.timeline_of(archived),
        start=positions.number(told["lsn"]["start"]),
        end=positions.number(told["lsn"]["stop"]),
        ended_at=datetime.fromtimestamp(told["timestamp"]["stop"], UTC),
        bytes_plain=int(told["info"]["delta"]),
    )


def verify(stanza: Stanza, label: str) -> None:
    """Let it read one backup and its log again; ProgramFailed says what it found.

    Up to 2.45 there is no `--set`: the whole repository is read. Its exit code is 0 for files that are missing, so
    the text is read."""
    told = stanza.run("verify", "--output=text", "--verbose")
    wrong = re.search(r"(?:missing|checksum invalid|size invalid|other): [1-9]\d*", told)
    if wrong is not None or label not in told or re.search(r"status: error", told):
        raise StanzaBroken(wrong[0] if wrong else f"{label} was not verified")


def restore(stanza: Stanza, label: str, into: Path, until: datetime | None) -> None:
    """Write the backup and the settings of a recovery into an empty folder; the log comes from its archive
    when the server starts. ProgramFailed."""
    if not _LABEL.fullmatch(label):
        raise ProgramFailed(PROGRAM, "no label of a backup")
    options = [f"--set={label}", f"--pg1-path={into}", "--archive-mode=off"]
    if until is not None:
        moment = until.astimezone(UTC).isoformat(sep=" ")
        options += ["--type=time", f"--target={moment}", "--target-action=pause"]
    stanza.run("restore", *options)
