"""What a room tells the scorecard: a figure with what it is made of, and the rows behind it.

Plain data, so that scorecard, evidence packs and an outsider's check speak of the same thing. Each
room's `evidence.py` holds `TARGETS`, `read(asks)` (at most one statement for all asks) and `rows(ask)`. What
is made of several rooms is composed in the scorecard, from the `facts()` of each.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings

from . import clock
from .registry import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One question: the figure of `target` for the days from `begins` up to, not including, `ends`.

    Answered as the evidence stood at the first moment of `ends`, so that a past week can be read again.
    `known` is the moment whose knowledge answers, now if it is None: what was recorded or corrected
    after it did not exist yet, so that a past board shows what it showed.
    `current` asks how things stand rather than what exactly these days were worth: the last day is not
    over, so what other systems reported may be that of the newest days they could report. The reading's
    own `begins` and `ends` tell which days it speaks of.
    `standing` asks how things stood when the last of these days ended, where the days are those of a
    cadence: a report that fills a month or a quarter of its own then counts alone.
    """

    target: str
    begins: date
    ends: date
    known: datetime | None = None
    current: bool = False
    standing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A figure. `value` is in `unit` (percent, days, hours, count) and None when there is no data.

    `evidence` counts the rows behind it, `outside` those of them that another system reported;
    `newest` is when the youngest of them came to be.
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


class EvidenceRow(NamedTuple):
    """One fact behind a figure, a line of a pack's CSV. The facts suffice to work the figure out."""

    id: str
    at: datetime
    facts: dict[str, str | int]


class Fact(NamedTuple):
    """When something came to be that a figure of several rooms is made of, None while it is not; and in
    which time it was believed, None for ever."""

    at: datetime | None
    learned: datetime | None = None
    dropped: datetime | None = None

    def known(self, at: datetime) -> bool:
        return (self.learned is None or self.learned <= at) and (
            self.dropped is None or at < self.dropped
        )


class Facts(NamedTuple):
    """How a room finds its facts: SQL over its own tables that gives the columns of Fact, for one statement
    of several rooms."""

    statement: str
    values: tuple[Any, ...] = ()


def moment(day: date) -> datetime:
    """The first moment of a day at the company."""
    return datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE))


def nothing(ask: Ask, unit: str) -> Reading:
    """The answer without evidence: no value, never a good one."""
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


PAGES: Final = Registry[str]("pages where evidence comes to be")
"""The name of the page on which the own evidence of a target comes to be. Others are reported from outside."""


def stands_at(ask: Ask) -> datetime:
    """The moment whose evidence answers the ask: the end of its days, or what is known while they last."""
    return min(moment(ask.ends), ask.known or clock.now())
