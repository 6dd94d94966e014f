"""Evidence that other systems reported: read like a room's, merged with it, always marked as outside.

A row counts for the days its period ends in, whenever it was recorded; a corrected row counts no more.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import connection

from tutela.base.readings import Ask, EvidenceRow, Reading, moment, nothing

SUMMED: Final = frozenset({"percent", "count"})
_COLUMNS = """e.id, e.target, e.begins, e.ends, e.value, e.numerator, e.denominator, e.unit, e.source,
    e.signer, e.file_hash, e.reason, e.recorded_by, e.recorded_at, e.corrects"""
_COUNTS = """
    FROM scorecard_outside_evidence e
    WHERE NOT EXISTS (SELECT 1 FROM scorecard_outside_evidence c WHERE c.corrects = e.id)
    AND e.target = ANY(%s) AND e.ends > %s AND e.ends <= %s ORDER BY e.ends, e.id"""
_LATEST = f"""
    SELECT {_COLUMNS}, EXISTS (SELECT 1 FROM scorecard_outside_evidence c WHERE c.corrects = e.id)
    FROM scorecard_outside_evidence e ORDER BY e.recorded_at DESC, e.id DESC LIMIT %s"""


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
    corrected: bool = False

    @property
    def at(self) -> datetime:
        """The end of what it covers: its age is counted from there, not from its recording."""
        return min(moment(self.ends), self.recorded_at)


def read(asks: Sequence[Ask]) -> list[Reading]:
    """One statement for all asks; a target nobody reported on has no data."""
    held = _counting(asks)
    return [
        _reading(ask, [row for row in held.get(ask.target, ()) if _in(ask, row)]) for ask in asks
    ]


def rows(ask: Ask) -> Iterator[EvidenceRow]:
    """The reported rows that count for the ask."""
    for row in _counting([ask]).get(ask.target, []):
        facts: dict[str, str | int] = {
            "outside": 1, "numerator": row.numerator, "denominator": row.denominator,
            "value": repr(row.value), "unit": row.unit, "begins": row.begins.isoformat(),
            "ends": row.ends.isoformat(), "source": row.source, "signer": row.signer,
            "file_hash": row.file_hash, "recorded_at": row.recorded_at.isoformat(),
        }  # fmt: skip
        yield EvidenceRow(str(row.id), row.at, facts)


def latest(limit: int) -> list[Outside]:
    """The newest rows as recorded, the corrected ones too."""
    with connection.cursor() as cursor:
        cursor.execute(_LATEST, [limit])
        return [Outside(*row) for row in cursor.fetchall()]


def _counting(asks: Sequence[Ask]) -> dict[str, list[Outside]]:
    if not asks:
        return {}
    targets = sorted({ask.target for ask in asks})
    first, last = min(ask.begins for ask in asks), max(ask.ends for ask in asks)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_COLUMNS} {_COUNTS}", [targets, first, last])
        found = [Outside(*row) for row in cursor.fetchall()]
    held: dict[str, list[Outside]] = {}
    for row in found:
        held.setdefault(row.target, []).append(row)
    return held


def _in(ask: Ask, row: Outside) -> bool:
    return ask.begins < row.ends <= ask.ends


def _reading(ask: Ask, counted: Sequence[Outside]) -> Reading:
    if not counted:
        return nothing(ask, "")
    unit = counted[-1].unit
    fitting = [row for row in counted if row.unit == unit]
    part, whole = sum(r.numerator for r in fitting), sum(r.denominator for r in fitting)
    return Reading(
        target=ask.target,
        begins=ask.begins,
        ends=ask.ends,
        value=worth(unit, part, whole, fitting[-1].value),
        numerator=part,
        denominator=whole,
        unit=unit,
        evidence=len(counted),
        newest=max(row.at for row in counted),
        outside=len(counted),
    )


def worth(unit: str, part: int, whole: int, latest_value: float) -> float | None:
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
