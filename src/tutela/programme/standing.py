"""How each measure stands by its duties: what fell due so far was done, or missed."""

from dataclasses import dataclass

from django.db.models import Count, Max, Q

from tutela.base import clock

from .models import DutyOccurrence
from .queries import OPEN_DUTIES


@dataclass(frozen=True, slots=True)
class Standing:
    """How a measure's duties went whose last day has passed. `behind`: of a duty that goes on, the
    latest such period was missed."""

    done: int = 0
    missed: int = 0
    behind: bool = False

    @property
    def owed(self) -> int:
        return self.done + self.missed


def by_measure() -> dict[str, Standing]:
    """By measure's code; measures of which nothing was due yet are left out. One statement."""
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
    found: dict[str, Standing] = {}
    for row in by_duty:
        so_far = found.get(row["template__measure"], Standing())
        late = row["latest"] == row["latest_missed"] and row["template__retired_on"] is None
        found[row["template__measure"]] = Standing(
            so_far.done + row["done"], so_far.missed + row["missed"], so_far.behind or late
        )
    return found
