"""The rules of backups: names, states, due times, what is kept and until when. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum, StrEnum
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

GIB: Final = 1 << 30
MOST_PART_BYTES: Final = 4 * GIB
PART_NAME: Final = "data.tar.zst.age.{:04d}"
MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "manifest.sig"
FORMAT: Final = "tutela-backup/1"
SET_NAME: Final = re.compile(
    r"tutela-(?P<installation>[0-9a-f]{8})-(?P<at>\d{8}T\d{6}Z)-(?P<kind>full|keys|base|incremental|wal)",
    re.ASCII,
)
NAME: Final = re.compile(r"(?!.*\d{5})[a-z0-9][a-z0-9-]{1,39}", re.ASCII)
NAME_LENGTH: Final = 40

START_WITHIN: Final = timedelta(minutes=45)
"""A planned run that has not started by then is missed. With the watchdog's five minutes: known within the
hour."""
PLANNED_AHEAD: Final = timedelta(hours=26)
MOST_LATE: Final = timedelta(days=62)
"""How far back missed rows are written after a long stop or a clock that jumped."""
CHECK_ESCROW_EVERY: Final = timedelta(days=100)
CLOCK_TOLERANCE: Final = timedelta(minutes=10)


class Kind(StrEnum):
    """What a set holds. `KEYS` is made with each full one, from the same snapshot; `BASE`, `INCREMENTAL` and
    `LOG` are PostgreSQL's own files (`physical/`)."""

    FULL = "full"
    KEYS = "keys"
    BASE = "base"
    INCREMENTAL = "incremental"
    LOG = "wal"


PHYSICAL: Final = frozenset({Kind.BASE, Kind.INCREMENTAL, Kind.LOG})


class RunState(StrEnum):
    """Where a run is. It ends as uploaded, verified, failed or missed; the last two never change."""

    SCHEDULED = "scheduled"
    RUNNING = "running"
    DUMPED = "dumped"
    SEALED = "sealed"
    UPLOADED = "uploaded"
    VERIFIED = "verified"
    FAILED = "failed"
    MISSED = "missed"


OPEN: Final = (RunState.RUNNING, RunState.DUMPED, RunState.SEALED)
GOOD: Final = (RunState.UPLOADED, RunState.VERIFIED)


class TargetState(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    REMOVED = "removed"


class Lock(StrEnum):
    """What a target does against deletion, found by trying to delete a probe."""

    NONE = "none"
    GOVERNANCE = "governance"
    COMPLIANCE = "compliance"
    MOUNTED = "mounted"


class Media(StrEnum):
    """The class of media, for the rule of two media."""

    DISK = "disk"
    SERVER = "server"
    OBJECT = "object"
    REMOVABLE = "removable"


class Role(StrEnum):
    """Who holds the private half of a recipient."""

    OPERATIONS = "operations"
    ESCROW = "escrow"
    DRILL = "drill"


NEEDED_ROLES: Final = (Role.OPERATIONS, Role.ESCROW)


class Opens(StrEnum):
    """Which sets are sealed to a recipient."""

    ALL = "all"
    FULL = "full"
    KEYS = "keys"


def opened_by(opens: Opens) -> frozenset[Kind]:
    """The kinds of sets, full (with base and incremental) or keys, that a recipient opens."""
    return {
        Opens.ALL: frozenset({Kind.FULL, Kind.KEYS}),
        Opens.FULL: frozenset({Kind.FULL}),
        Opens.KEYS: frozenset({Kind.KEYS}),
    }[opens]


class RecipientState(StrEnum):
    ACTIVE = "active"
    REMOVED = "removed"


class CopyState(StrEnum):
    UPLOADING = "uploading"
    WRITTEN = "written"
    DELETED = "deleted"
    LOST = "lost"


class Level(IntEnum):
    """How far a copy was verified."""

    WRITTEN = 0
    READ_BACK = 1
    OPENED = 2
    RESTORED = 3
    BOOTED = 4


class Result(StrEnum):
    """No verdict: the tool or the way failed, which says nothing about the copy."""

    PASSED = "passed"
    FAILED = "failed"
    NO_VERDICT = "no_verdict"


class Chosen(StrEnum):
    """Which set a drill takes; the first three in turn."""

    NEWEST = "newest"
    OLDEST = "oldest"
    RANDOM = "random"
    ASKED = "asked"


class DrillState(StrEnum):
    PLANNED = "planned"
    PROVISIONING = "provisioning"
    FETCHING = "fetching"
    OPENING = "opening"
    RESTORING = "restoring"
    CHECKING = "checking"
    SMOKE = "smoke"
    TEARDOWN = "teardown"
    PASSED = "passed"
    FAILED = "failed"
    ABORTED = "aborted"


class Decision(StrEnum):
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """When backups run, how long they are kept, and what is promised. `weekday` is that of the promised weekly
    one, Monday 0; `hour` is local. The keep figures count sets of the newest days, ISO weeks, months and years.
    `rto_minutes` and `rpo_hours` are None until somebody has signed them."""

    edition: int = 0
    hour: int = 2
    weekday: int = 6
    keep_daily: int = 7
    keep_weekly: int = 5
    keep_monthly: int = 12
    keep_yearly: int = 3
    keys_days: int = 35
    rto_minutes: int | None = None
    rpo_hours: int | None = None


LIMITS: Final[dict[str, tuple[int, int]]] = {
    "hour": (0, 23),
    "weekday": (0, 6),
    "keep_daily": (1, 366),
    "keep_weekly": (5, 520),
    "keep_monthly": (1, 240),
    "keep_yearly": (0, 30),
    "keys_days": (8, 366),
    "rto_minutes": (1, 43_200),
    "rpo_hours": (1, 744),
}


def outside_limits(field: str, value: int) -> bool:
    least, most = LIMITS[field]
    return not least <= value <= most


def set_name(installation: str, at: datetime, kind: Kind) -> str:
    """`tutela-<8 hex of the installation>-<UTC time>-<kind>`, the folder of a set."""
    return f"tutela-{installation[:8]}-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{kind.value}"


def due_times(table: Timetable, zone: ZoneInfo, after: datetime, until: datetime) -> list[datetime]:
    """The due times later than `after` and up to `until`, one a day, in UTC. A local hour that the change to
    summer time leaves out counts as the next one that exists."""
    day, found = after.astimezone(zone).date() - timedelta(days=1), []
    while day <= until.astimezone(zone).date():
        due = _at(day, table.hour, zone)
        if after < due <= until:
            found.append(due)
        day += timedelta(days=1)
    return found


def _at(day: date, hour: int, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(hour), zone).astimezone(UTC)


def is_weekly(table: Timetable, zone: ZoneInfo, due: datetime) -> bool:
    """Whether a due time is the week's promised one."""
    return due.astimezone(zone).weekday() == table.weekday


def is_overdue(due: datetime, now: datetime) -> bool:
    return now > due + START_WITHIN


@dataclass(frozen=True, slots=True)
class Held:
    """A good set as the retention sees it."""

    id: UUID
    at: datetime
    kind: Kind
    hold: bool = False


def kept(sets: Iterable[Held], table: Timetable, zone: ZoneInfo, now: datetime) -> dict[UUID, str]:
    """Which sets stay, and why: `hold`, `daily`, `weekly`, `monthly`, `yearly`, `window` or `newest`.

    Of each period the newest set counts. Keys sets stay for their window, and the newest always; whatever is made
    of the database's files (base, incremental) goes with its own chain and is kept here.
    """
    every = sorted(sets, key=lambda one: one.at, reverse=True)
    keep: dict[UUID, str] = {one.id: "hold" for one in every if one.hold}
    full = [one for one in every if one.kind is Kind.FULL]
    for why, many, period in _periods(table):
        for one in _newest_of(full, many, zone, period):
            keep.setdefault(one.id, why)
    keys = [one for one in every if one.kind is Kind.KEYS]
    for one in keys[:1]:
        keep.setdefault(one.id, "newest")
    oldest = now - timedelta(days=table.keys_days)
    for one in keys:
        if one.at > oldest:
            keep.setdefault(one.id, "window")
    for one in every:
        if one.kind in PHYSICAL:
            keep.setdefault(one.id, "chain")
    return keep


_Period = tuple[int, ...]


def _periods(table: Timetable) -> Sequence[tuple[str, int, str]]:
    return (
        ("daily", table.keep_daily, "day"),
        ("weekly", table.keep_weekly, "week"),
        ("monthly", table.keep_monthly, "month"),
        ("yearly", table.keep_yearly, "year"),
    )


def _newest_of(sets: Sequence[Held], many: int, zone: ZoneInfo, period: str) -> list[Held]:
    found: dict[_Period, Held] = {}
    for one in sets:
        found.setdefault(period_of(one.at, zone, period), one)
    return list(found.values())[:many]


def period_of(at: datetime, zone: ZoneInfo, period: str) -> _Period:
    """The local day, ISO week, month or year of a moment."""
    local = at.astimezone(zone)
    week = local.isocalendar()
    return {
        "day": (local.year, local.month, local.day),
        "week": (week.year, week.week),
        "month": (local.year, local.month),
        "year": (local.year,),
    }[period]


MOST_TRIES: Final = 3
"""How often a planned backup that failed is tried again before the next one."""
TRY_AGAIN_AFTER: Final = timedelta(minutes=30)
STANDS_STILL_AFTER: Final = timedelta(minutes=10)
"""A run that has not moved for so long keeps no other from counting as missed."""


def tries_again(
    planned: RunState, since: Sequence[tuple[RunState, datetime | None]], now: datetime
) -> bool:
    """Whether the newest planned run, missed or failed, is caught up now. `since` are the state and the end of the
    runs asked for since it was due."""
    if planned not in {RunState.MISSED, RunState.FAILED}:
        return False
    if any(state is not RunState.FAILED for state, _ended in since):
        return False
    ends = [ended for _state, ended in since if ended is not None]
    tries = len(since) + (planned is RunState.FAILED)
    return tries < MOST_TRIES and all(now - ended >= TRY_AGAIN_AFTER for ended in ends)
