"""Reading the trail by those who may: the one way for every door, and itself traced.

The trail lies below this room and knows nobody's rights, so the question is asked here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from tutela.base.actor import Actor
from tutela.trail import actions, figures, log, queries
from tutela.trail import events as trail_events
from tutela.trail.event_specs import EventSpec
from tutela.trail.figures import Tally
from tutela.trail.leaves import Leaf
from tutela.trail.queries import EVERY_LEAF, LeafFilter, LeafRow

from . import gate, people_search, permissions
from .errors import TooManyFilters
from .grants import Grant

BATCH = 1_000
"""Leaves that an export reads at once."""
MOST_KEPT = 50
"""Filters that one account keeps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From a moment until another, which is not included, in days of the zone of this IANA name."""

    since: datetime
    until: datetime
    zone: str


def search_leaves(
    actor: Actor, wanted: LeafFilter = EVERY_LEAF, *, limit: int = 100, before: UUID | None = None
) -> list[LeafRow]:
    """Leaves, newest first; ids are UUID text, and the only subject is a customer. The search's own leaf is
    durable before the rows are read."""
    grant = gate.require(actor, permissions.TRAIL_SEARCH)
    asked = _with_ids(wanted)
    _trace(grant, trail_events.LEAVES_SEARCHED, asked, limit=limit)
    return queries.leaves(asked, limit=limit, before=before)


def export_leaves(
    actor: Actor,
    wanted: LeafFilter,
    file_format: str,
    limit: int,
    before: UUID | None = None,
) -> Iterator[LeafRow]:
    """The same leaves for a file, at most `limit`, read in batches while the file is written. The export's own
    leaf is durable before this returns; the right is asked again for each batch. `before` is the id of the last
    row of the part before."""
    grant = gate.require(actor, permissions.TRAIL_SEARCH)
    asked = _with_ids(wanted)
    _trace(grant, trail_events.LEAVES_EXPORTED, asked, limit=limit, format=file_format)
    return _batches(actor, asked, limit, before)


def _batches(
    actor: Actor, wanted: LeafFilter, limit: int, before: UUID | None
) -> Iterator[LeafRow]:
    left = limit
    while left > 0:
        gate.require(actor, permissions.TRAIL_SEARCH)
        rows = queries.leaves(wanted, limit=min(left, BATCH), before=before)
        yield from rows
        if len(rows) < min(left, BATCH):
            return
        left, before = left - len(rows), rows[-1].id


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a page tells of a person or customer: counts of the whole span, and the newest entries of it."""

    tallies: list[Tally]
    rows: list[LeafRow]


def read_of_person(actor: Actor, person_id: UUID, days: Span, limit: int) -> Read:
    """What one person did; one leaf for the counts and the entries, before either is read."""
    grant = gate.require(actor, permissions.TRAIL_SEARCH)
    wanted = LeafFilter(actor_id=str(person_id), since=days.since, until=days.until)
    _trace(grant, trail_events.LEAVES_COUNTED, wanted, limit=limit)
    tallies = figures.of_actor(str(person_id), days.since, days.until, days.zone)
    return Read(tallies=tallies, rows=queries.leaves(wanted, limit=limit))


def names_customer(actor: Actor, customer_id: UUID) -> bool:
    """Whether the trail names this customer. Who asks for one whom it does not name leaves a leaf that does not
    either: else asking twice would answer otherwise."""
    grant = gate.require(actor, permissions.TRAIL_SEARCH)
    if figures.known("customer", [str(customer_id)]):
        return True
    _trace(grant, trail_events.LEAVES_COUNTED, LeafFilter(subject=("customer", "?")))
    return False


def read_of_customer(
    actor: Actor, customer_id: UUID, days: Span, limit: int, events: tuple[str, ...]
) -> Read:
    """Who looked at one customer, and the newest entries of these events; one leaf, before either is read."""
    grant = gate.require(actor, permissions.TRAIL_SEARCH)
    subject = ("customer", str(customer_id))
    wanted = LeafFilter(subject=subject, since=days.since, until=days.until, events=events)
    _trace(grant, trail_events.LEAVES_COUNTED, wanted, limit=limit)
    tallies = figures.of_subject(subject, days.since, days.until, days.zone)
    return Read(tallies=tallies, rows=queries.leaves(wanted, limit=limit))


def count_of_peers(
    actor: Actor, person_id: UUID, events: tuple[str, ...], days: Span
) -> dict[str, dict[str, int]]:
    """By each post that a person holds, how often its holders did one of these events: by id, zeros too. Part of
    `read_of_person`, whose leaf covers it."""
    gate.require(actor, permissions.TRAIL_SEARCH)
    by_post = people_search.peers(person_id)
    everybody = {person for people in by_post.values() for person in people}
    counted = figures.by_actor(everybody, events, days.since, days.until)
    return {
        post: {person: counted.get(person, 0) for person in people}
        for post, people in by_post.items()
    }


def kept_filters(actor: Actor) -> list[tuple[str, str]]:
    """The filters that a reader of the trail keeps for himself: name, and query of a link."""
    gate.require(actor, permissions.TRAIL_SEARCH)
    return queries.kept_filters(actor.id)


def keep_filter(actor: Actor, name: str, query: str) -> None:
    """Keep a filter: ids, codes and days. TooManyFilters beyond MOST_KEPT; a name that is there is replaced."""
    gate.require(actor, permissions.TRAIL_SEARCH)
    names = {kept for kept, _query in queries.kept_filters(actor.id)}
    if name not in names and len(names) >= MOST_KEPT:
        raise TooManyFilters(limit=MOST_KEPT)
    actions.keep_filter(actor.id, name, query)


def drop_filter(actor: Actor, name: str) -> None:
    """Forget one of one's own filters; nothing happens when there is none of the name."""
    gate.require(actor, permissions.TRAIL_SEARCH)
    actions.drop_filter(actor.id, name)


def _with_ids(wanted: LeafFilter) -> LeafFilter:
    """A word that is no id finds nothing; the trail takes no such word in either."""
    person = wanted.actor_id
    return replace(wanted, actor_id=str(UUID(int=0))) if person and not _is_id(person) else wanted


def _trace(
    grant: Grant,
    event: EventSpec,
    wanted: LeafFilter,
    **more: str | int,
) -> None:
    """The leaf of reading the trail: by what, about whom, and never a word that was typed."""
    person, (_, customer) = wanted.actor_id, wanted.subject or ("customer", "")
    by = {
        "person": person,
        "customer": customer,
        "since": wanted.since,
        "until": wanted.until,
        "event": wanted.names,
        "purpose": wanted.purpose,
        "outcome": wanted.outcome,
    }
    detail = {"by": "+".join(name for name, value in by.items() if value) or "all", **more}
    if person:
        detail["target"] = person
    log.append(
        Leaf(
            event=event,
            actor=grant.actor,
            subjects=(("customer", customer),) if _is_id(customer) else (),
            decision=grant.as_leaf(),
            detail=detail,
        )
    )


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
