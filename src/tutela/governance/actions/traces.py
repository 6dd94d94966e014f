"""How this room asks whose work something is, and leaves its traces."""

from tutela.access import gate
from tutela.access.gate import Grant
from tutela.access.models import Staff
from tutela.access.permissions import Permission
from tutela.base.actor import Actor
from tutela.governance import errors, queries
from tutela.trail import log
from tutela.trail.events import Event
from tutela.trail.leaves import Leaf

Subject = tuple[str, str]


def leaf(event: Event, actor: Actor, grant: Grant, *subjects: Subject, **detail: str | int) -> None:
    """The trace of a change, in the change's own transaction."""
    log.append_with_change(
        Leaf(
            event=event,
            actor=actor,
            subjects=subjects,
            decision=grant.as_leaf(),
            detail=detail,
        )
    )


def owner(
    actor: Actor, *, department_id: int | None, post: str, assignee_id: object = None
) -> Staff | None:
    """The acting person, if the work is theirs by name, post or department, or they run the programme;
    NotYours. A job of the installation is nobody, and acts for all."""
    staff = queries.staff_of(actor)
    if gate.holds(actor, Permission.GOVERNANCE_PROGRAMME_SET):
        return staff
    if staff is None:
        raise errors.NotYours
    named = assignee_id is not None and assignee_id == staff.id
    by_post = bool(post) and post in queries.posts_of(staff)
    by_department = not post and department_id is not None and department_id == staff.department_id
    if not (named or by_post or by_department):
        raise errors.NotYours
    return staff
