"""What every verb of the assessment needs: the year, locked, and the leaf of a change."""

from tutela.access import gate
from tutela.assessment.errors import AssessmentUnknown
from tutela.assessment.models import Assessment
from tutela.base.actor import Actor
from tutela.trail import log
from tutela.trail.events import Event
from tutela.trail.leaves import Leaf


def locked(year: int) -> Assessment:
    held = Assessment.objects.select_for_update().filter(year=year).first()
    if held is None:
        raise AssessmentUnknown(year=year)
    return held


def leaf(
    event: Event,
    actor: Actor,
    of: Assessment,
    grant: gate.Grant,
    note: str = "",
    **detail: str | int,
) -> None:
    log.append_with_change(
        Leaf(
            event=event,
            actor=actor,
            subjects=(("assessment", str(of.id)),),
            decision=grant.as_leaf(),
            detail={"year": of.year, **detail},
            note=note,
        )
    )
