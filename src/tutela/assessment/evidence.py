"""Whether the management system is assessed every year (`isms-assessed`), and the assessment's part of
`isms-built`."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from tutela.base.readings import Ask, EvidenceRow, Fact, Reading, moment, nothing, stands_at
from tutela.programme.rules import add_months

from .models import Assessment

TARGETS: Final = ("isms-assessed",)


def facts() -> list[Fact]:
    return [Fact(at) for at in _closed()]


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
    times = Assessment.objects.order_by("closed_at").values_list("closed_at", flat=True)
    return [at for at in times if at is not None]


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
