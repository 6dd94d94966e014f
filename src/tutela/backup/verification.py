"""What reading a copy back shows, up to a level: passed, failed, or no verdict where the way or the tool failed.

L0 every part lies there with its length; L1 every byte is what was written; L2 the stream opens to its end, each
file in it is what the manifest says, and pg_restore lists every table that the manifest names. L3 and L4 are
drills.
"""

import re
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from tutela.base.errors import TutelaError
from tutela.crypto.errors import BadValue

from . import manifest, reading, tools
from .errors import (
    ContentsUnlike,
    DumpUnlike,
    ManifestForged,
    ManifestOfAnotherSet,
    ManifestUnreadable,
    ObjectMissing,
    PartCut,
    PartDamaged,
    PartMissing,
    SetClosed,
    ToolFailedToStart,
)
from .reading import OpenedSet, open_set
from .rules import Level, Result
from .targets.place import Place

AGAINST: Final = (
    ManifestForged, ManifestOfAnotherSet, ManifestUnreadable, ObjectMissing, PartCut, PartDamaged, PartMissing,
    SetClosed, ContentsUnlike, DumpUnlike,
)  # fmt: skip
"""A verdict against the copy; every other fault is none: a target that is gone, a tool that cannot start."""
NO_KEY: Final = "backup.identity_missing"
_DATA: Final = re.compile(r"^\d+; \d+ \d+ TABLE DATA (\S+) (\S+) ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The level that was asked, what came of it, why, and how long it took."""

    level: Level
    result: Result
    code: str
    seconds: float
    detail: Mapping[str, Any] = field(default_factory=dict)


def verify(place: Place, name: str, level: Level, identities: list[str]) -> Verdict:
    """Read a copy back up to L0, L1 or L2; nothing is raised."""
    began = time.monotonic()
    try:
        opened = open_set(place, name, identities)
        detail = _STEPS[level](opened)
    except AGAINST as fault:
        return Verdict(
            level, Result.FAILED, fault.code, time.monotonic() - began, dict(fault.params)
        )
    except TutelaError as fault:
        return Verdict(level, Result.NO_VERDICT, fault.code, time.monotonic() - began)
    except OSError as fault:
        return Verdict(
            level, Result.NO_VERDICT, type(fault).__name__.lower(), time.monotonic() - began
        )
    if detail is None:
        return Verdict(level, Result.NO_VERDICT, NO_KEY, time.monotonic() - began)
    return Verdict(level, Result.PASSED, "", time.monotonic() - began, detail)


def _written(opened: OpenedSet) -> dict[str, Any]:
    opened.check_lengths()
    return {"parts": len(opened.parts)}


def _read_back(opened: OpenedSet) -> dict[str, Any]:
    opened.check_parts()
    return {"parts": len(opened.parts), "bytes": opened.sealed_bytes}


def _opened(opened: OpenedSet) -> dict[str, Any] | None:
    """None without a key that is among the recipients of the set, as its signed manifest names them."""
    if not _fits(opened):
        return None
    with tempfile.TemporaryDirectory(prefix="tutela-toc-", dir=_folder()) as folder:
        listed = opened.list_contents(Path(folder))
        tables = _check_dump(opened, Path(folder) / manifest.DUMP)
    return {"files": len(listed), "tables": tables, "bytes": opened.sealed_bytes}


def _fits(opened: OpenedSet) -> bool:
    from tutela.crypto import age

    wanted = {one["key"] for one in opened.manifest["recipients"]}
    return any(age.recipient_of(one) in wanted for one in opened.identities)


def _folder() -> Path:
    folder = Path(settings.TUTELA_BACKUP_FOLDER)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _check_dump(opened: OpenedSet, dump: Path) -> int:
    """The tables that the dump has rows for; DumpUnlike if it lacks one of the manifest. Sets of the database's
    files have no dump. ToolFailedToStart is no verdict."""
    if not (dump / "toc.dat").exists():
        return 0
    program = tools.tools(int(opened.manifest["database"]["server"]) // 10_000)
    done = subprocess.run(
        [program.path("pg_restore"), "--list", str(dump)], env=tools.around(), capture_output=True, text=True,
        stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    if done.returncode < 0 or done.returncode >= 126:
        raise ToolFailedToStart(tool="pg_restore", exit=done.returncode)
    found = set(_DATA.findall(done.stdout))
    wanted = {(one["schema"], one["name"]) for one in opened.manifest["tables"]}
    if done.returncode or wanted - found:
        raise DumpUnlike(count=len(wanted - found) or len(wanted))
    return len(wanted)


_STEPS: Final[Mapping[Level, Callable[[OpenedSet], dict[str, Any] | None]]] = {
    Level.WRITTEN: _written,
    Level.READ_BACK: _read_back,
    Level.OPENED: _opened,
}


def identities() -> list[str]:
    """The private keys for verifying and drills on this machine, from TUTELA_BACKUP_IDENTITY_FILE; none if there
    is no file: then copies are verified up to L1 here, and drills need one."""
    path = settings.TUTELA_BACKUP_IDENTITY_FILE
    if not path:
        return []
    try:
        return reading.read_identities(Path(path))
    except (OSError, ValueError, BadValue):
        return []
