"""Whose work a duty or a task is: by name, post or department."""

from dataclasses import dataclass

from tutela.access import gate
from tutela.access.models import Staff
from tutela.base.actor import Actor

from . import errors, permissions, queries
from .models import DutyTemplate, Task


@dataclass(frozen=True, slots=True)
class Ownership:
    """Who acts, and what work is theirs. `all` for whoever runs the programme and for the installation."""

    staff: Staff | None
    posts: frozenset[str]
    all: bool

    def covers(self, *, department_id: int | None, post: str, assignee_id: object = None) -> bool:
        """Whether work is theirs by name, post or department."""
        if self.all or self.staff is None:
            return self.all
        by_name = assignee_id is not None and assignee_id == self.staff.id
        by_post = bool(post) and post in self.posts
        own = self.staff.department_id
        return (
            by_name or by_post or (not post and department_id is not None and department_id == own)
        )

    def covers_task(self, task: Task) -> bool:
        """Whether a task is theirs, as its owner, its assignee or its creator."""
        created = self.staff is not None and task.created_by_id == self.staff.id
        return created or self.covers(
            department_id=task.department_id, post=task.post, assignee_id=task.assignee_id
        )


def ownership_of(actor: Actor) -> Ownership:
    """Read once for a page of many tasks."""
    staff = queries.staff_of(actor)
    posts = frozenset(queries.posts_of(staff)) if staff else frozenset()
    return Ownership(staff, posts, gate.holds(actor, permissions.PROGRAMME_SET))


def check_owns_duty(actor: Actor, duty: DutyTemplate) -> Staff | None:
    """The acting person, if the duty is theirs or they run the programme; NotYours. A job of the
    installation is nobody, and acts for all."""
    own = ownership_of(actor)
    if not own.covers(department_id=duty.department_id, post=duty.post):
        raise errors.NotYours
    return own.staff


def check_owns_task(actor: Actor, task: Task) -> Staff | None:
    """The acting person, if the task is theirs; NotYours."""
    own = ownership_of(actor)
    if not own.covers_task(task):
        raise errors.NotYours
    return own.staff
