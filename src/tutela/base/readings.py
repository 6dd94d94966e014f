"""The interface between rooms and scorecard: figures with their evidence.

Plain data, shared by the scorecard, evidence packs and `tutela_verify`. A room's `evidence.py` has `read(asks)`
(at most one statement for all asks), `rows(ask)` and the SOURCE that names them, which its `register.py` declares.
Figures over several rooms are composed in the scorecard from the `facts()` of each.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings

from . import clock
from .registry import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A query for the figure of `target` for the days from `begins` up to, not including, `ends`.

    It uses the evidence as of the start of `ends`, so that a past week gives the same result again.
    `known` excludes what was recorded or corrected after it, so that a past board can be reproduced; None is
    now.
    `current` asks for the present state: because the last day is not over, other systems' reports may be
    those of the newest days they could report. The reading's own `begins` and `ends` give its days.
    `standing` asks for the state at the end of these days, where they are the periods of a cadence: a report
    for a whole month or quarter then counts alone.
    """

    target: str
    begins: date
    ends: date
    known: datetime | None = None
    current: bool = False
    standing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A figure. `value` is in `unit` (percent, days, hours, count); None if there is no data.

    `evidence` is the number of rows behind it, `outside` the number of those reported by another system;
    `newest` is the time of the newest row.
    """

    target: str
    begins: date
    ends: date
    value: float | None
    numerator: int
    denominator: int
    unit: str
    evidence: int
    newest: datetime | None
    outside: int = 0


SHARE: Final = "share"
"""The method of most figures: numerator by denominator of the rows."""


class EvidenceRow(NamedTuple):
    """One row of evidence, a line of a pack's CSV. The figure can be recomputed from the facts."""

    id: str
    at: datetime
    facts: dict[str, str | int]


class Fact(NamedTuple):
    """A dated event that a figure of several rooms is computed from: its time, None if it has not occurred, and
    the period in which it was known, None for unbounded."""

    at: datetime | None
    learned: datetime | None = None
    dropped: datetime | None = None

    def known(self, at: datetime) -> bool:
        return (self.learned is None or self.learned <= at) and (
            self.dropped is None or at < self.dropped
        )


class Facts(NamedTuple):
    """A room's SQL over its own tables that selects the columns of Fact, to be combined with other rooms'."""

    statement: str
    values: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the figure of a target comes from.

    `method` is the rule by which an outsider computes the figure from the rows; `tutela_verify.py` knows the same
    names. `alone`: only this installation can know the figure, no other system reports it.
    """

    target: str
    read: Callable[[Sequence[Ask]], list[Reading]]
    rows: Callable[[Ask], Iterator[EvidenceRow]]
    method: str = SHARE
    alone: bool = False


def moment(day: date) -> datetime:
    """The start of a day in the company's time zone."""
    return datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE))


def nothing(ask: Ask, unit: str) -> Reading:
    """The reading of an ask without evidence."""
    return Reading(
        target=ask.target,
        begins=ask.begins,
        ends=ask.ends,
        value=None,
        numerator=0,
        denominator=0,
        unit=unit,
        evidence=0,
        newest=None,
    )


SOURCES: Final = Registry[Source]("sources of figures")
"""By target, where this installation's own figure comes from."""
PAGES: Final = Registry[str]("pages where evidence comes to be")
"""By target, the view where its evidence is recorded; other targets are reported by other systems."""

ROWS: Final = Registry[str]("pages of rows of evidence")
"""By target, the view that shows one of its own rows by its id; the rows of other targets are shown as they
are."""

BESIDE: Final = Registry[Callable[[], Iterator[EvidenceRow]]]("lines beside figures")
"""By target, what its page shows beside the figure without counting it."""


def declare(source: Source) -> None:
    """Add a room's source, at start."""
    SOURCES.declare(source.target, source)


def stands_at(ask: Ask) -> datetime:
    """The time whose evidence counts for the ask: the end of its days, or `known` or now if earlier."""
    return min(moment(ask.ends), ask.known or clock.now())
