"""Evidence that other systems reported: read like a room's, merged with it, always marked as outside.

A row counts for the days its period ends in, whenever it was recorded, so a late report changes the
past as it is told from then on; a corrected row counts no more. Asked for what was `known` at a moment,
rows and corrections recorded later are not there yet: an earlier board can be read as it was.

Only days that are over can be reported. So how things stand today (`current`) is read for the newest
days reported, with their own age, by `rules.read_up_to`; a past week is read for its own days alone.
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
# Many branches report the same days: added up where they lie, so that a page need not carry them all. The
# value of the latest row is found by a maximum, which needs no sorting of them all.
_SUMS = f"""
    SELECT e.target, e.ends, e.unit, sum(e.numerator), sum(e.denominator), max(e.ends - e.begins), count(*),
        max(least(e.ends::timestamp AT TIME ZONE %(zone)s, e.recorded_at)),
        split_part(max((e.id || ' ' || e.value) COLLATE "C") FILTER (WHERE e.unit <> ALL(%(summed)s)),
            ' ', 2)::double precision
    {_STANDING} GROUP BY e.target, e.ends, e.unit ORDER BY e.ends, max(e.recorded_at)"""
_CHUNK: Final = 1000


@dataclass(frozen=True, slots=True)
class Outside:
    """One reported row; `begins` to `ends`, not included, is the period it covers."""

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
        """The end of what it covers: its age is counted from there, not from its recording."""
        return min(moment(self.ends), self.recorded_at)


@dataclass(frozen=True, slots=True)
class Sum:
    """The standing rows of one target and unit that end on one day, added up; `value` is the latest's
    where values are no sum, `days` are what the longest of them covers."""

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
    """One statement for all asks of one moment; a target nobody reported on has no data."""
    held: dict[tuple[datetime | None, str], list[Sum]] = {}
    for known in {ask.known for ask in asks}:
        for one in _sums([ask for ask in asks if ask.known == known]):
            held.setdefault((known, one.target), []).append(one)
    return [_answer(ask, held.get((ask.known, ask.target), ())) for ask in asks]


def rows(ask: Ask) -> Iterator[EvidenceRow]:
    """The reported rows that count for the ask, as many as there are: they stream."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} {_STANDING} ORDER BY e.ends, e.id", _asked([ask]))
        while found := cursor.fetchmany(_CHUNK):
            yield from (_row(Outside(*row)) for row in found)


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
        firsts[ask.target] = min(_first(ask), firsts.get(ask.target, ask.begins))
    return {
        "targets": list(firsts),
        "firsts": list(firsts.values()),
        "last": max(ask.ends for ask in asks),
        "known": asks[0].known or clock.now(),
        "zone": settings.TIME_ZONE,
        "summed": sorted(SUMMED),
    }


def _first(ask: Ask) -> date:
    """The day after whose first moment the rows end that may count."""
    if not ask.current:
        return ask.begins
    return ask.begins - timedelta(days=1 + rules.kept_days(_cadence(ask)))


def _cadence(ask: Ask) -> int:
    return (ask.ends - ask.begins).days


def _answer(ask: Ask, sums: Sequence[Sum]) -> Reading:
    asked = _newest_days(ask, sums) if ask.current else _alone(ask, sums) if ask.standing else ask
    return _reading(asked, [one for one in sums if asked.begins < one.ends <= asked.ends])


def _newest_days(ask: Ask, sums: Sequence[Sum]) -> Ask:
    """The same ask for the newest days that were reported, which end when the newest row's do. A whole
    report fills them alone: months and quarters are shorter than the cadence, and a day more would take
    in the one before."""
    there = [one for one in sums if one.ends <= ask.ends]
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
    """The same ask for the days of the newest report alone, if it fills a period of its own: the ask's
    days are those of the longest month or quarter, and would take in the end of the one before."""
    there = [one for one in sums if ask.begins < one.ends <= ask.ends]
    if not there:
        return ask
    newest, days = _newest(there)
    if not rules.is_whole(days, _cadence(ask)):
        return ask
    return replace(ask, begins=newest - timedelta(days=min(days, _cadence(ask))), ends=newest)


def _newest(there: Sequence[Sum]) -> tuple[date, int]:
    """Where the newest report ends, and how many days it covers; the longest of those that end there."""
    return there[-1].ends, max(one.days for one in there if one.ends == there[-1].ends)


def _reading(ask: Ask, counted: Sequence[Sum]) -> Reading:
    if not counted:
        return nothing(ask, "")
    unit = counted[-1].unit
    fitting = [one for one in counted if one.unit == unit]
    part, whole = sum(one.numerator for one in fitting), sum(one.denominator for one in fitting)
    rows_behind = sum(one.rows for one in counted)
    return Reading(
        target=ask.target,
        begins=ask.begins,
        ends=ask.ends,
        value=worth(unit, part, whole, fitting[-1].value),
        numerator=part,
        denominator=whole,
        unit=unit,
        evidence=rows_behind,
        newest=max(one.newest for one in counted),
        outside=rows_behind,
    )


def worth(unit: str, part: int, whole: int, latest_value: float | None) -> float | None:
    """Shares and counts add up; of days and hours the latest report stands."""
    if unit == "percent":
        return 100 * part / whole if whole else None
    return float(part) if unit == "count" else latest_value


def merge(own: Reading, reported: Reading) -> Reading:
    """A room's reading with what was reported beside it.

    Where units differ, or the unit is no sum, the room's own figure stands alone if there is one.
    """
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
