"""What a program says of its backups, in one shape for all. Pure."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

from tutela.backup.errors import OutsideUnreadable

MOST_BYTES: Final = 32 * 1024 * 1024


class Tool(StrEnum):
    PGBACKREST = "pgbackrest"
    BARMAN = "barman"
    RESTIC = "restic"
    BORG = "borg"


class Finding(StrEnum):
    """What is wrong by the program's own account, or by comparing its backups; words in `words.py`."""

    NONE_COMPLETE = "none_complete"
    BROKEN = "broken"
    WAITING = "waiting"
    NOT_WELL = "not_well"
    PATHS_GONE = "paths_gone"
    SHRUNK = "shrunk"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class One:
    """One backup of another program. `size` is of what was saved, in bytes, None where it is not told."""

    at: datetime
    size: int | None = None
    is_complete: bool = True
    paths: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one output says. `version` is blank where the program does not tell; times are in UTC."""

    tool: Tool
    version: str
    newest_at: datetime | None
    oldest_at: datetime | None
    complete: int
    incomplete: int
    size: int | None
    findings: tuple[Finding, ...]


def parsed(tool: Tool, text: bytes) -> Any:
    """The JSON of an output; OutsideUnreadable."""
    try:
        if len(text) > MOST_BYTES:
            raise OutsideUnreadable(tool=tool, part="size")
        return json.loads(text)
    except (ValueError, RecursionError):
        raise OutsideUnreadable(tool=tool, part="JSON") from None


def put_together(
    tool: Tool,
    ones: Sequence[One],
    now: datetime,
    *,
    version: str = "",
    found: Iterable[Finding] = (),
) -> Report:
    """The report of some backups, in any order."""
    complete = sorted((one for one in ones if one.is_complete), key=lambda one: one.at)
    findings = set(found)
    if not complete:
        findings.add(Finding.NONE_COMPLETE)
    if complete and complete[-1].at > now:
        findings.add(Finding.AHEAD)
    if len(complete) > 1:
        before, last = complete[-2], complete[-1]
        if before.paths - last.paths:
            findings.add(Finding.PATHS_GONE)
        if before.size and last.size is not None and last.size * 2 < before.size:
            findings.add(Finding.SHRUNK)
    return Report(
        tool=tool,
        version=version,
        newest_at=complete[-1].at if complete else None,
        oldest_at=complete[0].at if complete else None,
        complete=len(complete),
        incomplete=len(ones) - len(complete),
        size=complete[-1].size if complete else None,
        findings=tuple(sorted(findings)),
    )


def part_of(tool: Tool, told: Any, server: str) -> Mapping[str, Any]:
    """The stanza or server of this name, or the only one; OutsideUnreadable with `part` "server" otherwise."""
    named = {str(name): one for name, one in told.items() if not str(name).startswith("_")}
    if not server and len(named) == 1:
        server = next(iter(named))
    if server not in named:
        raise OutsideUnreadable(tool=tool, part="server")
    found = named[server]
    return found if isinstance(found, Mapping) else {"": found}


def second(value: Any) -> datetime:
    """A number of seconds since 1970, as number or text, in UTC; ValueError, TypeError, OverflowError."""
    return datetime.fromtimestamp(float(value), UTC)
