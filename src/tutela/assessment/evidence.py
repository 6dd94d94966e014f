"""The target `isms-assessed` (an assessment every year), and the assessment's part of `isms-built`."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from django.db import connection

from tutela.base.readings import (
    Ask,
    EvidenceRow,
    Facts,
    Reading,
    Source,
    moment,
    nothing,
    stands_at,
)
from tutela.programme.rules import add_months

_CLOSED: Final = """
    SELECT closed_at AS at, NULL::timestamptz AS learned, NULL::timestamptz AS dropped
    FROM assessment_assessment WHERE closed_at IS NOT NULL"""


def facts() -> Facts:
    return Facts(_CLOSED)


def read(asks: Sequence[Ask]) -> list[Reading]:
    """One statement for all."""
    closed = _closed()
    return [_assessed(ask, closed) for ask in asks]


def rows(ask: Ask) -> Iterator[EvidenceRow]:
    """One an assessment of the year, or the latest of all."""
    closed = _closed()
    counted = _within(closed, ask)
    for at in counted or _ever(closed, ask)[-1:]:
        facts: dict[str, str | int] = {"numerator": int(at in counted), "denominator": 1}
        yield EvidenceRow(at.isoformat(), at, facts)


def _closed() -> list[datetime]:
    """When each assessment was closed."""
    with connection.cursor() as cursor:
        cursor.execute(_CLOSED)
        return sorted(at for at, *_times in cursor.fetchall())


def _within(closed: Sequence[datetime], ask: Ask) -> list[datetime]:
    """Assessments closed in the year up to the end of the ask, or within its days if they are more."""
    first = moment(min(ask.begins, add_months(ask.ends, -12)))
    return [at for at in closed if first <= at <= stands_at(ask)]


def _ever(closed: Sequence[datetime], ask: Ask) -> list[datetime]:
    return [at for at in closed if at <= stands_at(ask)]


def _assessed(ask: Ask, closed: Sequence[datetime]) -> Reading:
    """How many assessments were closed within a year; never one is no data, one long ago is none."""
    ever = _ever(closed, ask)
    if not ever:
        return nothing(ask, "count")
    counted = _within(ever, ask)
    return Reading(
        target=ask.target,
        begins=ask.begins,
        ends=ask.ends,
        value=float(len(counted)),
        numerator=len(counted),
        denominator=max(1, len(counted)),
        unit="count",
        evidence=max(1, len(counted)),
        newest=max(ever),
    )


SOURCE: Final = Source(target="isms-assessed", read=read, rows=rows, alone=True)
