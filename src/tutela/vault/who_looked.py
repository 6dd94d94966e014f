"""Who has seen a customer, as the customer may be told: day, post and department, purpose and way; no names.

For the customers' own door. Who asks must be able to see the customer; one outside the scope is answered like one
who is not there. A look that another system reported is told as one from outside.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Literal
from uuid import UUID

from django.utils import timezone

from tutela.access import gate
from tutela.access import permissions as access_permissions
from tutela.access.models import Assignment, Staff
from tutela.access.posts import POSTS
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.trail import event_specs, log, queries
from tutela.trail.leaves import Exposure, Leaf
from tutela.trail.queries import LeafFilter, LeafRow

from . import events, looks, permissions
from .look_kinds import KINDS
from .view import facts_of, visible_levels

Kind = Literal["clear", "masked", "exported", "outside"]
MOST_DAYS: Final = 3_660
MOST: Final = 10_000
"""So many of the newest looks are told."""
BATCH: Final = 1_000


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class Look:
    """Looks of one day that are alike. `post` and `department` are codes, empty where nobody knows; `system` is
    the other system of an outside look; `name` is told only where it was asked for."""

    day: date
    kind: Kind
    actor_kind: str
    post: str
    department: str
    purpose: str
    channel: str
    system: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The looks of some days and how often each was, newest first; `complete` is False if older ones are left
    out."""

    looks: list[tuple[Look, int]]
    first: date
    last: date
    complete: bool


def tell(
    actor: Actor, customer_id: UUID, purpose: str, days: int = 365, *, names: bool = False
) -> Told:
    """What a customer may learn. CustomerNotFound, or what the gate refuses. The leaf is durable before anything
    is read; names need the right to search the trail, too."""
    gate.require(actor, permissions.CUSTOMER_LOOKS_TELL)
    if names:
        gate.require(actor, access_permissions.TRAIL_SEARCH)
    why = looks.purpose_of(purpose)
    facts = facts_of(actor, customer_id)
    _levels, grant = visible_levels(actor, facts, why)
    last = clock.today()
    first = last - timedelta(days=min(max(days, 1), MOST_DAYS) - 1)
    log.append(
        Leaf(
            event=events.CUSTOMER_LOOKS_TOLD,
            actor=actor,
            subjects=looks.subjects_of([facts.customer_id]),
            purpose=why.value,
            decision=grant.as_leaf(),
            detail={"since_ms": int(_midnight(first).timestamp() * 1000)},
        )
    )
    rows = _rows(facts.customer_id, _midnight(first))
    people = _people({row.actor_id for row in rows if row.actor_kind in {"staff", "machine"}})
    counted = Counter(_look(row, people, names=names) for row in rows[:MOST])
    found = sorted(counted.items(), key=lambda pair: pair[0], reverse=True)
    return Told(looks=found, first=first, last=last, complete=len(rows) <= MOST)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _rows(customer_id: UUID, since: datetime) -> list[LeafRow]:
    """The newest looks that were not refused, at most one more than MOST."""
    wanted = LeafFilter(
        subject=("customer", str(customer_id)),
        since=since,
        events=(*KINDS.clear, *KINDS.masked, *event_specs.outside()),
        outcome="allow",
    )
    found: list[LeafRow] = []
    while len(found) <= MOST:
        before = found[-1].id if found else None
        page = queries.leaves(wanted, limit=BATCH, before=before)
        found += page
        if len(page) < BATCH:
            break
    return [row for row in found if not row.broken]


@dataclass(frozen=True, slots=True)
class _Person:
    """What is known of who looked: name, department, and posts with their first and last days."""

    name: str
    department: str
    posts: list[tuple[str, date, date | None]]

    def post_on(self, day: date) -> str:
        held = {
            post for post, starts, ends in self.posts if starts <= day and (not ends or day <= ends)
        }
        return held.pop() if len(held) == 1 else ""


def _people(ids: set[str]) -> dict[str, _Person]:
    people = {
        str(key): _Person(name, department or "", [])
        for key, name, department in Staff.objects.filter(pk__in=ids).values_list(
            "pk", "name", "department__code"
        )
    }
    held = Assignment.objects.filter(staff_id__in=people).values_list(
        "staff_id", "post__code", "starts", "ends"
    )
    for key, post, starts, ends in held:
        people[str(key)].posts.append((post, starts, ends))
    return people


def _look(row: LeafRow, people: Mapping[str, _Person], *, names: bool) -> Look:
    person = people.get(row.actor_id)
    day = timezone.localtime(row.at).date()
    decided = str(row.decision.get("cell", "")).partition(":")[0]
    outside = event_specs.is_outside(row.event)
    return Look(
        day=day,
        kind=_kind(row, outside=outside),
        actor_kind=row.actor_kind,
        post=decided if decided in POSTS else person.post_on(day) if person else "",
        department=person.department if person else "",
        purpose=row.purpose,
        channel=row.channel,
        system=str(row.detail.get("system", "")) if outside else "",
        name=person.name if person and names else "",
    )


def _kind(row: LeafRow, *, outside: bool) -> Kind:
    if outside:
        return "outside"
    if row.exposure is Exposure.EXPORT:
        return "exported"
    return "clear" if row.event in KINDS.clear else "masked"
