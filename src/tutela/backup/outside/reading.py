"""One reader for each program's JSON. Pure.

pgbackrest --output=json info
barman -f json list-backup SERVER        barman -f json check SERVER
restic snapshots --json
borg info --json --last 2 REPOSITORY     borg list --json REPOSITORY
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from tutela.backup.errors import OutsideUnreadable

from .report import Finding, One, Report, Tool, parsed, part_of, put_together, second

_WRONG: Final = (
    KeyError,
    TypeError,
    ValueError,
    AttributeError,
    OverflowError,
    OSError,
    IndexError,
)


def read_report(
    tool: Tool, text: bytes, now: datetime, *, zone: ZoneInfo, server: str = ""
) -> Report:
    """What an output says. `zone` is that in which borg ran, whose times tell none; `server` names the stanza or
    server where there are several. OutsideUnreadable."""
    told = parsed(tool, text)
    try:
        return _READERS[tool](told, now, zone, server)
    except _WRONG:
        raise OutsideUnreadable(tool=tool, part="form") from None


def _pgbackrest(told: Any, now: datetime, _zone: ZoneInfo, server: str) -> Report:
    stanza = part_of(Tool.PGBACKREST, {one["name"]: one for one in told}, server)
    ones, found, version = [], set(), ""
    for backup in stanza["backup"]:
        # Older versions do not tell `error`; a later one tells null where pages were not checked.
        is_broken = bool(backup.get("error"))
        found |= {Finding.BROKEN} if is_broken else set()
        version = str(backup["backrest"]["version"])
        size = int(backup["info"]["size"])
        ones.append(One(second(backup["timestamp"]["stop"]), size, not is_broken))
    if stanza["status"]["code"] != 0:
        found.add(Finding.NOT_WELL)
    return put_together(Tool.PGBACKREST, ones, now, version=version, found=found)


def _barman(told: Any, now: datetime, _zone: ZoneInfo, server: str) -> Report:
    part = part_of(Tool.BARMAN, told, server)
    backups = part.get("")
    if backups is None:  # the output of `check`: its tests by name
        bad = any(one["status"] != "OK" for one in part.values())
        found = {Finding.NOT_WELL} if bad else set()
        return put_together(Tool.BARMAN, [], now, found=found)
    ones, found = [], set()
    for backup in backups:
        state = str(backup["status"])
        if state == "WAITING_FOR_WALS":
            found.add(Finding.WAITING)
        elif state == "FAILED":
            found.add(Finding.BROKEN)
        if "end_time_timestamp" in backup:
            at, size = second(backup["end_time_timestamp"]), int(backup["size_bytes"])
            ones.append(One(at, size, state == "DONE"))
    return put_together(Tool.BARMAN, ones, now, found=found)


def _restic(told: Any, now: datetime, _zone: ZoneInfo, _server: str) -> Report:
    ones, version = [], ""
    for snapshot in told:
        at = datetime.fromisoformat(_micro(snapshot["time"])).astimezone(UTC)
        paths = frozenset(str(path) for path in snapshot["paths"])
        size = snapshot.get("summary", {}).get("total_bytes_processed")  # from 0.17 on
        ones.append(One(at, size, paths=paths))
        version = str(snapshot.get("program_version", version)).removeprefix("restic ")
    return put_together(Tool.RESTIC, ones, now, version=version)


def _borg(told: Any, now: datetime, zone: ZoneInfo, _server: str) -> Report:
    ones, found = [], set()
    for archive in told["archives"]:
        at = datetime.fromisoformat(archive["start"])
        at = at.replace(tzinfo=zone) if at.tzinfo is None else at
        stats: Mapping[str, Any] = archive.get("stats", {})
        is_complete = ".checkpoint" not in archive["name"]
        found |= set() if is_complete else {Finding.WAITING}
        ones.append(One(at.astimezone(UTC), stats.get("original_size"), is_complete))
    return put_together(Tool.BORG, ones, now, found=found)


def _micro(text: str) -> str:
    """Nanoseconds cut to microseconds: 2026-11-30T20:11:02.101695916Z."""
    head, dot, tail = text.partition(".")
    digits = len(tail) - len(tail.lstrip("0123456789"))
    return f"{head}{dot}{tail[:digits][:6].ljust(6, '0')}{tail[digits:]}" if dot else text


_READERS: Final[Mapping[Tool, Callable[[Any, datetime, ZoneInfo, str], Report]]] = {
    Tool.PGBACKREST: _pgbackrest,
    Tool.BARMAN: _barman,
    Tool.RESTIC: _restic,
    Tool.BORG: _borg,
}
