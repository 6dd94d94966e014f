"""Layout of the programme's chart and of the year's grid. Pure arithmetic of days.

Positions are thousandths of the chart's width. Pages draw it as SVG, because the content security
policy allows no style attributes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .rules import Occurrence, add_months, look

WIDTH = 1000
# The axis follows today for this many months; a programme older than that shows its plan alone.
LONGEST = 60
_MOST_TICKS = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One measure's time from the start to its due date; `past` once that day is over."""

    code: str
    x: int
    width: int
    past: bool

    @property
    def end(self) -> int:
        """Position of the due date."""
        return self.x + self.width


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a month with its position; `year` where a year begins on the axis."""

    day: date
    x: int
    year: int | None


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars on an axis of months from the start; `today` is None outside the axis."""

    ticks: list[Tick]
    bars: list[Bar]
    today: int | None


def chart(starts: date, measures: Sequence[tuple[str, int]], today: date, *, months: int) -> Chart:
    """Bars of measures (code, months after the start), on an axis of at least so many months that
    reaches a month beyond today; a long axis marks every third, sixth or twelfth month."""
    begins = starts.replace(day=1)
    gone = (today.year - begins.year) * 12 + today.month - begins.month
    shown = max(months, gone + 1 if gone < LONGEST else 0) + 1
    step = next(
        months_apart for months_apart in (1, 3, 6, 12, shown) if shown <= months_apart * _MOST_TICKS
    )
    shown += -shown % step
    ends = add_months(begins, shown)
    span = (ends - begins).days

    def place(day: date) -> int:
        return round(WIDTH * min(max((day - begins).days, 0), span) / span)

    days = [add_months(begins, n) for n in range(0, shown, step)]
    ticks = [
        Tick(day, place(day), day.year if not n or days[n - 1].year < day.year else None)
        for n, day in enumerate(days)
    ]
    bars = [
        Bar(
            code=code,
            x=place(starts),
            width=max(1, place(add_months(starts, n)) - place(starts)),
            past=add_months(starts, n) < today,
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
    periods: Sequence[tuple[int, str, Occurrence]], year: int, today: date
) -> list[list[Cell]]:
    """Twelve lists: each period is in the month of its due date, or in the nearest month of the year."""
    months: list[list[Cell]] = [[] for _ in range(12)]
    for key, label, occurrence in periods:
        month = {year: occurrence.due.month}.get(
            occurrence.due.year, 12 if occurrence.due.year > year else 1
        )
        months[month - 1].append(
            Cell(id=key, label=label, look=look(occurrence, today), due=occurrence.due)
        )
    return months
