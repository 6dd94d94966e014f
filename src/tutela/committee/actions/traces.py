"""What every verb of the committee needs: the right to manage, and the leaf of a change."""

from tutela.access import gate
from tutela.access import queries as access
from tutela.access.gate import Grant
from tutela.access.models import Staff
from tutela.access.permissions import Permission
from tutela.base.actor import Actor
from tutela.committee.errors import (
    PersonNeeded,
)
from tutela.committee.models import Committee, Meeting
from tutela.trail import log
from tutela.trail.events import Event
from tutela.trail.leaves import Leaf


def may_manage(actor: Actor) -> tuple[Grant, Staff]:
    grant = gate.require(actor, Permission.GOVERNANCE_COMMITTEE_MANAGE)
    if actor.kind != "staff":
        raise PersonNeeded
    return grant, access.staff_by_id(actor.id)


def meeting_leaf(
    event: Event, actor: Actor, meeting: Meeting, grant: Grant, **detail: str | int
) -> None:
    subject = ("meeting", str(meeting.id))
    leaf(event, actor, meeting.committee, grant, subject=subject, **detail)


def leaf(
    event: Event,
    actor: Actor,
    committee: Committee,
    grant: Grant,
    subject: tuple[str, str] | None = None,
    **detail: str | int,
) -> None:
    log.append_with_change(
        Leaf(
            event=event,
            actor=actor,
            subjects=(subject or ("committee", str(committee.id)),),
            decision=grant.as_leaf(),
            detail={"committee": committee.code, **detail},
        )
    )
