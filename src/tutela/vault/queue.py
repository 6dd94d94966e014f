"""The queue: open work items that nobody works on, because who did has left or nobody was named. Reads only."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils.functional import Promise

from tutela.access import gate
from tutela.access import queries as people
from tutela.access.models import Staff
from tutela.base import clock
from tutela.base.actor import Actor

from . import assignments, permissions
from .queries import HELD, fetch
from .work_items import Kind

MOST: Final = 1_000
"""Lines of one person's queue: who has more hands some out first."""
# What is assigned and waits for its second person is not handed out twice.
_QUEUE: Final = f"""
    SELECT w.work_item_id, w.customer_id, w.kind, w.opened, coalesce(w.released_from, w.assignee),
        w.released_at, c.branch_id
    FROM vault.work_item w JOIN vault.customer c ON c.customer_id = w.customer_id AND c.state = {HELD}
    WHERE (w.assignee IS NULL OR w.assignee = ANY(%(gone)s::uuid[]))
    AND w.opened <= %(today)s AND (w.closed IS NULL OR w.closed > %(today)s)
    AND c.branch_id = ANY(%(branches)s::int[])
    AND (%(ids)s::uuid[] IS NULL OR w.work_item_id = ANY(%(ids)s::uuid[]))
    AND NOT EXISTS (SELECT FROM vault.assignment a WHERE a.work_item_id = w.work_item_id AND a.state = 1)
    ORDER BY w.released_at DESC NULLS LAST, w.opened, w.work_item_id LIMIT {MOST}"""


@dataclass(frozen=True, slots=True)
class Queued:
    """One work item without an assignee. `before`: whose it was, if anybody's."""

    work_item: UUID
    customer: UUID
    kind: int
    opened: date
    before: UUID | None
    released_at: datetime | None
    branch: int

    @property
    def label(self) -> Promise:
        """Its kind, in the active language."""
        return Kind(self.kind).label

    @property
    def days(self) -> int:
        """How many days ago it was opened."""
        return (clock.today() - self.opened).days


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who may be handed work: by login, with name and post."""

    login: str
    name: str
    post: str


def queued(actor: Actor, only: list[UUID] | None = None) -> list[Queued]:
    """The queue of the customers in the actor's reach, or those items of it; leavers' items first."""
    gate.require(actor, permissions.WORK_ITEM_ASSIGN)
    values = {
        "gone": people.gone_ids(),
        "today": clock.today(),
        "branches": _branches(actor),
        "ids": only,
    }
    items = [Queued(*row) for row in fetch(_QUEUE, values)]
    scope = gate.write_scope(actor, assignments.CLASSES, permission=permissions.WORK_ITEM_ASSIGN)
    return [item for item in items if scope.covers(str(item.customer), item.branch)]


def colleagues(actor: Actor) -> list[Colleague]:
    """Who works at the branches in the actor's reach and may open clear values there; never the actor."""
    held = people.assignments_on(clock.today()).filter(
        branch_id__in=_branches(actor),
        post_id__in=permissions.RECORD_CHANGE.posts,
        staff__is_active=True,
        staff__kind=Staff.Kind.STAFF,
    )
    rows = held.exclude(staff_id=actor.id).order_by("staff__name", "staff__login")
    return [Colleague(one.staff.login, one.staff.name, one.post_id) for one in rows[:MOST]]


def _branches(actor: Actor) -> list[int]:
    scope = gate.write_scope(actor, assignments.CLASSES, permission=permissions.WORK_ITEM_ASSIGN)
    return [branch for branch in people.branch_codes().values() if scope.covers("", branch)]
