"""What bench_backup measures beside: the bare pipeline of the same tools, restic and borg, on the same database.

Each peer takes `pg_dump`'s stream and gives it back to `pg_restore`. restic and borg
compress and encrypt by themselves (zstd both, as we do) and write to a folder on the same disk. Each step is
timed apart, so that the share of the database's own programs, which is the same for all, can be seen."""

import os
import shutil
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

PROGRAMS = {
    "age": ("age", "--version"), "zstd": ("zstd", "--version"), "restic": ("restic", "version"),
    "borg": ("borg", "--version"),
}  # fmt: skip
NICE = "10"
"""The priority at which the product makes its backups, for all sides: on a machine that others use it decides."""
RESTORE = "pg_restore --no-owner --exit-on-error"


class PeerFailed(RuntimeError):
    """A pipeline ended with an error; the text is its last line."""


@dataclass(frozen=True)
class Dump:
    """`pg_dump` as all sides call it: one stream, uncompressed."""

    binaries: Path
    sockets: Path
    database: str

    @property
    def command(self) -> str:
        return f"pg_dump --format=custom --compress=0 {self.database}"

    @property
    def environment(self) -> dict[str, str]:
        paths = f"{self.binaries}:{os.environ['PATH']}"
        return {"PATH": paths, "PGHOST": str(self.sockets), "PGUSER": "postgres", "LC_ALL": "C"}


@dataclass
class Peer:
    """Shell texts of one way. `{here}` is a folder of its own; `$RECIPIENTS` and `$IDENTITY` are age's."""

    name: str
    prepare: str
    keep: str
    """Reads the dump on its standard input."""
    give: str
    """Writes the dump to its standard output."""
    read: str
    """Reads what is kept to its end, without giving it."""
    environment: Mapping[str, str] = field(default_factory=dict)


def bare(threads: int = 1) -> Peer:
    """`zstd | age` into one file, as a shell script of an administrator does it."""
    return Peer(
        name="pg_dump, zstd, age", prepare="true",
        keep=f"zstd -q -3 -T{threads} | age -e $RECIPIENTS > {{here}}/data.zst.age && sync {{here}}/data.zst.age",
        give="age -d -i $IDENTITY {here}/data.zst.age | zstd -q -d",
        read="age -d -i $IDENTITY {here}/data.zst.age | zstd -q -d > /dev/null",
    )  # fmt: skip


def restic() -> Peer:
    told = "restic -q --no-cache -r {here}/repository"
    return Peer(
        name="restic", prepare=f"{told} init --repository-version 2",
        keep=f"{told} backup --stdin --stdin-filename dump", give=f"{told} dump latest dump",
        read=f"{told} check --read-data", environment={"RESTIC_PASSWORD": "measured"},
    )  # fmt: skip


def borg() -> Peer:
    return Peer(
        name="borg", prepare="borg init --encryption=repokey-blake2 {here}/repository",
        keep="borg create --compression zstd,3 --stdin-name dump {here}/repository::one -",
        give="borg extract --stdout {here}/repository::one",
        read="borg check --verify-data {here}/repository",
        environment={"BORG_PASSPHRASE": "measured", "BORG_BASE_DIR": "{here}/base",
                     "BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK": "yes"},
    )  # fmt: skip


@dataclass
class Place:
    """Where a peer's own things lie, and age's keys."""

    folder: Path
    identity: Path
    recipients: tuple[str, ...]

    def of(self, peer: Peer) -> Path:
        here = self.folder / peer.name.split(",")[0]
        here.mkdir(parents=True, exist_ok=True)
        return here


def forget(peer: Peer, place: Place) -> None:
    """Nothing is there: the next backup is a first one."""
    shutil.rmtree(place.of(peer))
    run(peer, peer.prepare, None, place)


def kept_bytes(peer: Peer, place: Place) -> int:
    return sum(path.stat().st_size for path in place.of(peer).rglob("*") if path.is_file())


def back_up(peer: Peer, dump: Dump, place: Place) -> float:
    """Seconds of a first backup, from the database to the disk."""
    forget(peer, place)
    return run(peer, f"{dump.command} | ({peer.keep})", dump, place)


def keep_file(peer: Peer, file: Path, place: Place) -> float:
    """Seconds of the peer's own part alone: the same dump from a file."""
    forget(peer, place)
    return run(peer, f"({peer.keep}) < {file}", None, place)


def give_back(peer: Peer, place: Place) -> float:
    """Seconds until the dump has come back as bytes, to nowhere."""
    return run(peer, f"({peer.give}) > /dev/null", None, place)


def read_all(peer: Peer, place: Place) -> float:
    """Seconds of the peer's own check that reads every byte."""
    return run(peer, peer.read, None, place)


def restore(peer: Peer, dump: Dump, place: Place, database: str) -> float:
    """Seconds from what is kept to a new database."""
    return run(peer, f"({peer.give}) | {RESTORE} -d {database}", dump, place)


def run(peer: Peer, text: str, dump: Dump | None, place: Place) -> float:
    """Seconds of a shell text; PeerFailed."""
    here = place.of(peer)
    told = {
        "HOME": str(here), "RECIPIENTS": " ".join(f"-r {one}" for one in place.recipients),
        "IDENTITY": str(place.identity), "PATH": os.environ["PATH"],
        **(dump.environment if dump else {}),
        **{name: text.format(here=here) for name, text in peer.environment.items()},
    }  # fmt: skip
    words = ["nice", "-n", NICE, "bash", "-euo", "pipefail", "-c", text.format(here=here)]
    began = time.perf_counter()
    done = subprocess.run(words, env=told, capture_output=True, text=True, check=False)
    took = time.perf_counter() - began
    if done.returncode:
        lines = (done.stderr.strip() or f"exit code {done.returncode}").splitlines()
        raise PeerFailed(f"{peer.name}: {lines[-1]}")
    return took


def missing() -> list[str]:
    """Programs that are not installed: a figure without its peer would be none."""
    return [name for name, (program, _) in PROGRAMS.items() if shutil.which(program) is None]


def versions() -> str:
    """What the figures were measured against."""
    told = []
    for name, words in PROGRAMS.items():
        said = subprocess.run(words, capture_output=True, text=True, check=False).stdout
        found = [
            part
            for part in said.replace(",", " ").split()
            if part[:1].isdigit() or part[:2].strip("v").isdigit()
        ]
        told.append(f"{name} {found[0].strip('v') if found else '?'}")
    return ", ".join(told)
