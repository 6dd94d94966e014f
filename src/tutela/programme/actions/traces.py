"""How this room asks whose work something is, and leaves its traces."""

from dataclasses import dataclass

from tutela.access import gate
from tutela.access.gate import Grant
from tutela.access.models import Staff
from tutela.access.permissions import Permission
from tutela.base.actor import Actor
from tutela.keys import custody
from tutela.programme import errors, queries
from tutela.programme.models import Task
from tutela.trail import log
from tutela.trail.events import Event
from tutela.trail.leaves import Leaf

Subject = tuple[str, str]


def leaf(event: Event, actor: Actor, grant: Grant, *subjects: Subject, **detail: str | int) -> None:
    """The trace of a change, in the change's own transaction."""
    leaf_with_reason(event, actor, grant, "", *subjects, **detail)


def leaf_with_reason(
    event: Event,
    actor: Actor,
    grant: Grant,
    reason: str,
    *subjects: Subject,
    **detail: str | int,
) -> None:
    """The same with a reason, which is sealed."""
    log.append_with_change(
        Leaf(
            event=event,
            actor=actor,
            subjects=subjects,
            decision=grant.as_leaf(),
            detail=detail,
            note=custody.seal_note(reason),
        )
    )


@dataclass(frozen=True, slots=True)
class Hands:
    """Who acts, and what work is theirs. `all` for whoever runs the programme and for the installation."""

    staff: Staff | None
    posts: frozenset[str]
    all: bool

    def hold(self, *, department_id: int | None, post: str, assignee_id: object = None) -> bool:
        """Whether work is theirs by name, post or department."""
        if self.all or self.staff is None:
            return self.all
        named = assignee_id is not None and assignee_id == self.staff.id
        by_post = bool(post) and post in self.posts
        own = self.staff.department_id
        return named or by_post or (not post and department_id is not None and department_id == own)

    def hold_task(self, task: Task) -> bool:
        """Whether a task is theirs, as its owner, its person or its maker."""
        made = self.staff is not None and task.created_by_id == self.staff.id
        return made or self.hold(
            department_id=task.department_id, post=task.post, assignee_id=task.assignee_id
        )


def hands(actor: Actor) -> Hands:
    """Asked once for a page of many tasks."""
    staff = queries.staff_of(actor)
    posts = frozenset(queries.posts_of(staff)) if staff else frozenset()
    return Hands(staff, posts, gate.holds(actor, Permission.GOVERNANCE_PROGRAMME_SET))


def owner(actor: Actor, *, department_id: int | None, post: str) -> Staff | None:
    """The acting person, if the work is theirs by post or department, or they run the programme;
    NotYours. A job of the installation is nobody, and acts for all."""
    own = hands(actor)
    if not own.hold(department_id=department_id, post=post):
        raise errors.NotYours
    return own.staff


def task_owner(actor: Actor, task: Task) -> Staff | None:
    """The acting person, if the task is theirs, also as whom it names or who made it; NotYours."""
    own = hands(actor)
    if not own.hold_task(task):
        raise errors.NotYours
    return own.staff
