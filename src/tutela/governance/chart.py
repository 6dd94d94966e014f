"""Where things stand on the programme's chart and in the year's grid. Pure arithmetic of days.

The chart's numbers are thousandths of its width: the pages draw it as SVG, because the content
security policy allows no style attributes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .rules import Occurrence, add_months, look

WIDTH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One measure's time from the start to its date. `label` stands left of `x` when `flip`."""

    code: str
    x: int
    width: int
    late: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a month, and where it stands."""

    day: date
    x: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars over `months` months from the start; `today` is None outside of them."""

    ticks: list[Tick]
    bars: list[Bar]
    today: int | None


def chart(starts: date, measures: Sequence[tuple[str, int]], today: date, *, months: int) -> Chart:
    """Bars of measures (code, months after the start), on a scale of a number of months."""
    begins = starts.replace(day=1)
    ends = add_months(begins, months + 1)
    span = (ends - begins).days

    def place(day: date) -> int:
        return round(WIDTH * min(max((day - begins).days, 0), span) / span)

    ticks = [Tick(day, place(day)) for n in range(months + 1) if (day := add_months(begins, n))]
    bars = [
        Bar(
            code=code,
            x=place(starts),
            width=max(1, place(add_months(starts, n)) - place(starts)),
            late=add_months(starts, n) < today,
        )
        for code, n in measures
    ]
    return Chart(ticks, bars, place(today) if begins <= today < ends else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One period of a duty in the grid; `span` columns of the row's months wide."""

    id: int
    label: str
    look: str
    due: date


def cells_by_month(
    found: Sequence[tuple[int, str, Occurrence]], year: int, today: date
) -> list[list[Cell]]:
    """Twelve lists: each period stands in the month of its last day in time, or of the year's nearest."""
    months: list[list[Cell]] = [[] for _ in range(12)]
    for key, label, one in found:
        month = {year: one.due.month}.get(one.due.year, 12 if one.due.year > year else 1)
        months[month - 1].append(Cell(id=key, label=label, look=look(one, today), due=one.due))
    return months
