"""Lines that are not met, by cause, each with the page where it is fixed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from tutela.base.readings import PAGES
from tutela.programme.judgements import Condition

from .board import Line
from .rules import Cause, Status


@dataclass(frozen=True, slots=True)
class Gap:
    """One line with the address where it is fixed."""

    line: Line
    address: str


@dataclass(frozen=True, slots=True)
class Group:
    """All gaps of one cause."""

    cause: Cause
    gaps: Sequence[Gap]


def groups(lines: Iterable[Line], *, reporter: bool) -> list[Group]:
    """The lines that are not met, by cause; a `reporter` is led to the form of outside evidence."""
    by_cause: dict[Cause, list[Gap]] = {cause: [] for cause in Cause}
    for line in lines:
        if line.status is not Status.MET:
            by_cause[line.cause].append(Gap(line, mended_at(line, reporter=reporter)))
    order = (
        Cause.OVERDUE, Cause.FUTURE, Cause.SHORT, Cause.STALE, Cause.NO_DATA, Cause.BUILDING,
    )  # fmt: skip
    return [Group(cause, by_cause[cause]) for cause in order if by_cause[cause]]


def mended_at(line: Line, *, reporter: bool) -> str:
    """The page on which evidence for a target is created; without one, the form of outside evidence for
    whoever may report, and its list for others."""
    view = PAGES.get(line.target)
    if view is not None:
        try:
            return reverse(view)
        except NoReverseMatch:
            return reverse("scorecard-read-target", args=[line.target])
    if line.target.startswith("own-"):
        return reverse("scorecard-read-target", args=[line.target])
    outside = reverse("scorecard-list-outside")
    return f"{outside}?target={line.target}#report" if reporter else f"{outside}?of={line.target}"


def by_department(lines: Iterable[Line]) -> list[tuple[Line, list[Line]]]:
    """The lines of each department, with its first line for its name."""
    lines_of: dict[str, list[Line]] = {}
    for line in lines:
        lines_of.setdefault(line.goal.department, []).append(line)
    return [(group[0], group) for group in lines_of.values()]


def counts(lines: Iterable[Line]) -> list[tuple[Condition, int]]:
    """How many lines are judged to be what: not met, and no data though the date has passed, apart."""
    states = [line.condition for line in lines]
    return [(condition, states.count(condition)) for condition in Condition]
