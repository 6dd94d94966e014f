"""A laid-out pair of sets into a new database, checked from outside and from inside, for drill and restore."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from tutela.backup import manifest, reading
from tutela.backup.scratch import Machine, Seat, Server
from tutela.vault import journal
from tutela.vault.journal import Entry

from . import database as databases
from .comparison import compare
from .errors import ChecksFailed
from .inspection import FAILED, PASSED, Finding, Told
from .laid import Laid, Pair

COMMAND: Final = "inspect-copy"
"""The command of this program that inspects a copy from inside; see `inspection`."""
INSPECT_SECONDS: Final = 6 * 3600.0
Stage = Callable[[str], None]


def load(
    server: Server,
    name: str,
    pair: Pair,
    laid: Laid,
    machine: Machine,
    *,
    note: str,
    jobs: int,
    make_roles: bool,
) -> None:
    """Roles, a new database, the schema `keys`, then all the rest. `make_roles` makes the roles of the manifest
    too, for a server of our own. RoleMissing, RestoreFailed, ToolNotStarted."""
    databases.make(server, name, note, machine)
    if make_roles:
        with databases.connect(server) as link:
            link.execute(manifest.roles_sql(pair.full.manifest["database"]["roles"]))
    databases.check_roles(server, laid.dumps())
    for dump in laid.dumps():
        databases.load(server, name, dump, jobs)
    databases.finish(server, name, machine)


def check_outside(server: Server, name: str, pair: Pair, laid: Laid) -> list[Finding]:
    """Rows, samples, grants, triggers and foreign keys beside the manifests."""
    return compare(server, name, pair, laid)


def check_inside(machine: Machine, seat: Seat, folder: Path, told: Told) -> list[Finding]:
    """What the copy says of itself with its own keys. A command that did not come to its end is a failed check."""
    path = folder / "told.json"
    write_told(path, told)
    try:
        done = machine.run(seat, [COMMAND, str(path)], INSPECT_SECONDS)
    finally:
        path.unlink(missing_ok=True)
    findings = [finding_of(row) for row in done.rows if "check" in row]
    if done.code:
        code = done.refusal or f"exit_{abs(done.code)}"
        findings.append(Finding("inspection", FAILED, 0.0, {"code": code}))
    return findings


def finding_of(row: Any) -> Finding:
    rest = {
        name: value for name, value in row.items() if name not in {"check", "result", "seconds"}
    }
    return Finding(str(row["check"]), str(row["result"]), float(row["seconds"]), rest)


def check_all_passed(findings: Sequence[Finding]) -> None:
    """ChecksFailed with the codes of what did not hold."""
    wrong = [one for one in findings if one.result != PASSED]
    if wrong or not findings:
        raise ChecksFailed(checks=", ".join(_named(one) for one in wrong) or "none")


def _named(one: Finding) -> str:
    code = one.detail.get("code", "")
    return f"{one.check}: {code}" if code else one.check


def write_told(path: Path, told: Told) -> None:
    """What the inspecting command is told, in a file of its owner's."""
    path.unlink(missing_ok=True)
    facts = {
        "entries": [one.as_row() for one in told.entries], "checkpoint": told.checkpoint,
        "epoch": told.epoch, "is_drill": told.is_drill, "manifest": told.manifest,
    }  # fmt: skip
    with reading.new_file(path) as file:
        file.write(json.dumps(facts).encode())


def read_told(path: Path) -> Told:
    """The same on the other side."""
    facts = json.loads(path.read_bytes())
    return Told(
        entries=[journal.entry_of(row) for row in facts["entries"]],
        checkpoint=tuple(facts["checkpoint"]) if facts["checkpoint"] else None,
        epoch=int(facts["epoch"]),
        is_drill=bool(facts["is_drill"]),
        manifest=str(facts["manifest"]),
    )


def told_of(pair: Pair, entries: Sequence[Entry], epoch: int, *, is_drill: bool) -> Told:
    """What a copy of this pair is told."""
    trail = pair.full.manifest.get("trail")
    point = (int(trail["tree"]), int(trail["size"]), str(trail["root"])) if trail else None
    return Told(
        entries=entries, checkpoint=point, epoch=max(epoch, point[0] if point else 0), is_drill=is_drill,
        manifest=pair.full.manifest_sha256,
    )  # fmt: skip
