"""Fulfilment of measures: how many of their duties that fell due were done or missed."""

from dataclasses import dataclass

from django.db.models import Count, Max, Q

from tutela.base import clock

from .models import DutyOccurrence
from .queries import OPEN_DUTIES


@dataclass(frozen=True, slots=True)
class Standing:
    """Occurrences of a measure's duties whose due date has passed. `behind`: the latest one of a duty
    that is not retired was missed."""

    done: int = 0
    missed: int = 0
    behind: bool = False

    @property
    def owed(self) -> int:
        return self.done + self.missed


def by_measure() -> dict[str, Standing]:
    """By code of the measure; without measures of which nothing was due yet. One statement."""
    done = Q(state=DutyOccurrence.State.DONE)
    missed = Q(state=DutyOccurrence.State.MISSED) | Q(state__in=OPEN_DUTIES)
    by_duty = (
        DutyOccurrence.objects.filter(done | missed, due__lt=clock.today())
        .values("template", "template__measure", "template__retired_on")
        .annotate(
            done=Count("pk", filter=done),
            missed=Count("pk", filter=missed),
            latest=Max("due"),
            latest_missed=Max("due", filter=missed),
        )
    )
    standings: dict[str, Standing] = {}
    for row in by_duty:
        so_far = standings.get(row["template__measure"], Standing())
        late = row["latest"] == row["latest_missed"] and row["template__retired_on"] is None
        standings[row["template__measure"]] = Standing(
            so_far.done + row["done"], so_far.missed + row["missed"], so_far.behind or late
        )
    return standings
