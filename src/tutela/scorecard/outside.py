"""Readings of evidence that other systems reported, merged with those of rooms and marked as outside.

A row counts for the days in which its period ends, whenever it was recorded: a late report changes past
figures; a corrected row does not count. With `known`, rows and corrections recorded after that moment are
ignored, so that an earlier board can be read as it was.

Only past days can be reported, so `current` asks are answered for the newest days reported
(`rules.read_up_to`); past weeks for their own days.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import connection

from tutela.base import clock
from tutela.base.readings import Ask, EvidenceRow, Reading, moment, nothing

from . import rules

SUMMED: Final = frozenset({"percent", "count"})
COLUMNS: Final = """e.id, e.target, e.begins, e.ends, e.value, e.numerator, e.denominator, e.unit, e.source,
    e.signer, e.file_hash, e.reason, e.recorded_by, e.recorded_at, e.corrects, e.withdraws"""
_STANDING = """
    FROM unnest(%(targets)s::text[], %(firsts)s::date[]) AS asked (target, first)
    JOIN scorecard_outside_evidence e ON e.target = asked.target AND e.ends > asked.first
    WHERE e.ends <= %(last)s AND e.recorded_at <= %(known)s AND NOT e.withdraws
    AND e.id <> ALL (ARRAY(SELECT c.corrects FROM scorecard_outside_evidence c
        WHERE c.corrects IS NOT NULL AND c.recorded_at <= %(known)s))"""
# Many branches report the same days: summed in the database. The value of the latest row is a maximum,
# which needs no sort.
_SUMS = f"""
    SELECT e.target, e.ends, e.unit, sum(e.numerator), sum(e.denominator), max(e.ends - e.begins), count(*),
        max(least(e.ends::timestamp AT TIME ZONE %(zone)s, e.recorded_at)),
        split_part(max((e.id || ' ' || e.value) COLLATE "C") FILTER (WHERE e.unit <> ALL(%(summed)s)),
            ' ', 2)::double precision
    {_STANDING} GROUP BY e.target, e.ends, e.unit ORDER BY e.ends, max(e.recorded_at)"""
_CHUNK: Final = 1000


@dataclass(frozen=True, slots=True)
class Outside:
    """One reported row for the days from `begins` up to, not including, `ends`."""

    id: UUID
    target: str
    begins: date
    ends: date
    value: float
    numerator: int
    denominator: int
    unit: str
    source: str
    signer: str
    file_hash: str
    reason: str
    recorded_by: str
    recorded_at: datetime
    corrects: UUID | None
    withdraws: bool
    corrected: bool = False

    @property
    def at(self) -> datetime:
        """The end of its period, from which its age is counted."""
        return min(moment(self.ends), self.recorded_at)


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of the counting rows of one target and unit that end on one day. `value` is the latest row's
    for units that are not summed; `days` is the longest period."""

    target: str
    ends: date
    unit: str
    numerator: int
    denominator: int
    days: int
    rows: int
    newest: datetime
    value: float | None


def read(asks: Sequence[Ask]) -> list[Reading]:
    """One statement for all asks of one moment."""
    by_target: dict[tuple[datetime | None, str], list[Sum]] = {}
    for known in {ask.known for ask in asks}:
        for row in _sums([ask for ask in asks if ask.known == known]):
            by_target.setdefault((known, row.target), []).append(row)
    return [_answer(ask, by_target.get((ask.known, ask.target), ())) for ask in asks]


def rows(ask: Ask) -> Iterator[EvidenceRow]:
    """The rows that count for the ask, as a stream."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} {_STANDING} ORDER BY e.ends, e.id", _asked([ask]))
        while chunk := cursor.fetchmany(_CHUNK):
            yield from (_row(Outside(*row)) for row in chunk)


def _row(row: Outside) -> EvidenceRow:
    facts: dict[str, str | int] = {
        "outside": 1, "numerator": row.numerator, "denominator": row.denominator,
        "value": repr(row.value), "unit": row.unit, "begins": row.begins.isoformat(),
        "ends": row.ends.isoformat(), "source": row.source, "signer": row.signer,
        "file_hash": row.file_hash, "recorded_at": row.recorded_at.isoformat(),
    }  # fmt: skip
    if row.corrects:
        facts |= {"corrects": str(row.corrects), "reason": row.reason}
    return EvidenceRow(str(row.id), row.at, facts)


def _sums(asks: Sequence[Ask]) -> list[Sum]:
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, _asked(asks))
        return [
            Sum(target, ends, unit, int(part), int(whole), *rest)
            for target, ends, unit, part, whole, *rest in cursor.fetchall()
        ]


def _asked(asks: Sequence[Ask]) -> dict[str, Any]:
    firsts: dict[str, date] = {}
    for ask in asks:
        days = 1 + rules.kept_days(_cadence(ask)) if ask.current else 0
        first = ask.begins - timedelta(days=days)
        firsts[ask.target] = min(first, firsts.get(ask.target, ask.begins))
    return {
        "targets": list(firsts),
        "firsts": list(firsts.values()),
        "last": max(ask.ends for ask in asks),
        "known": asks[0].known or clock.now(),
        "zone": settings.TIME_ZONE,
        "summed": sorted(SUMMED),
    }


def _cadence(ask: Ask) -> int:
    return (ask.ends - ask.begins).days


def _answer(ask: Ask, sums: Sequence[Sum]) -> Reading:
    days = _newest_days(ask, sums) if ask.current else _alone(ask, sums) if ask.standing else ask
    return _reading(days, [row for row in sums if days.begins < row.ends <= days.ends])


def _newest_days(ask: Ask, sums: Sequence[Sum]) -> Ask:
    """The ask for the newest reported days. A report of a whole period is read alone: months and quarters
    are shorter than the cadence, which would include the end of the one before."""
    there = [row for row in sums if row.ends <= ask.ends]
    if not there:
        return ask
    newest, days = _newest(there)
    cadence, today = _cadence(ask), ask.ends - timedelta(days=1)
    ends = rules.read_up_to(newest, days, cadence, today)
    if ends is None:
        return ask
    back = min(days, cadence) if rules.is_whole(days, cadence) else cadence
    return replace(ask, begins=ends - timedelta(days=back), ends=ends)


def _alone(ask: Ask, sums: Sequence[Sum]) -> Ask:
    """The ask for the days of the newest report alone, if it covers a whole period; see `_newest_days`."""
    there = [row for row in sums if ask.begins < row.ends <= ask.ends]
    if not there:
        return ask
    newest, days = _newest(there)
    if not rules.is_whole(days, _cadence(ask)):
        return ask
    return replace(ask, begins=newest - timedelta(days=min(days, _cadence(ask))), ends=newest)


def _newest(there: Sequence[Sum]) -> tuple[date, int]:
    """The end of the newest report, and the days covered by the longest one that ends there."""
    return there[-1].ends, max(row.days for row in there if row.ends == there[-1].ends)


def _reading(ask: Ask, counted: Sequence[Sum]) -> Reading:
    if not counted:
        return nothing(ask, "")
    unit = counted[-1].unit
    fitting = [row for row in counted if row.unit == unit]
    part, whole = sum(row.numerator for row in fitting), sum(row.denominator for row in fitting)
    rows_behind = sum(row.rows for row in counted)
    return Reading(
        target=ask.target,
        begins=ask.begins,
        ends=ask.ends,
        value=worth(unit, part, whole, fitting[-1].value),
        numerator=part,
        denominator=whole,
        unit=unit,
        evidence=rows_behind,
        newest=max(row.newest for row in counted),
        outside=rows_behind,
    )


def worth(unit: str, part: int, whole: int, latest_value: float | None) -> float | None:
    """Shares and counts are summed; of days and hours the latest report counts."""
    if unit == "percent":
        return 100 * part / whole if whole else None
    return float(part) if unit == "count" else latest_value


def merge(own: Reading, reported: Reading) -> Reading:
    """A room's reading merged with the reported one. Where units differ or are not summed, the room's own
    figure alone counts."""
    if reported.value is None:
        return own
    if own.value is None:
        return reported
    if own.unit != reported.unit or own.unit not in SUMMED:
        return own
    part, whole = own.numerator + reported.numerator, own.denominator + reported.denominator
    return Reading(
        target=own.target,
        begins=own.begins,
        ends=own.ends,
        value=worth(own.unit, part, whole, 0.0),
        numerator=part,
        denominator=whole,
        unit=own.unit,
        evidence=own.evidence + reported.evidence,
        newest=max(moment for moment in (own.newest, reported.newest) if moment),
        outside=reported.outside,
    )
