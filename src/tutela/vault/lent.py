"""Customers who are lent to a person now, by temporary access: lists name them with a mark, and a search finds
them by a value of a class that is lent. No value is shown for it, not even a mask: what is lent opens on the
customer's page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tutela.access import snapshot
from tutela.access.live_access import LiveAccess, in_order
from tutela.access.models import Branch
from tutela.access.purposes import LABELS, Purpose
from tutela.access.sessions import fingerprint
from tutela.base import clock
from tutela.base.actor import Actor, Channel
from tutela.base.language import name_of

from . import queries
from .queries import Facts, Tags


@dataclass(frozen=True, slots=True)
class Lent:
    """One customer who is lent until a moment, as a list names it."""

    customer_id: UUID
    purpose: Purpose
    until: datetime
    branch: str

    @property
    def short(self) -> str:
        """The end of the id: the beginning of ours is a time, which many share."""
        return f"…{str(self.customer_id)[-8:]}"

    @property
    def purpose_words(self) -> str:
        return str(LABELS[self.purpose])


def listed(actor: Actor) -> list[Lent]:
    """Everybody who is lent to this person on a page, what ends first first."""
    live = _live(actor)
    ids = {UUID(item) for access in live for item in access.customers}
    facts = queries.facts(actor, ids, {}) if ids else {}
    names = {one.id: name_of(one) for one in Branch.objects.filter(id__in={
        fact.branch_id for fact in facts.values()})}  # fmt: skip
    found = [
        Lent(UUID(item), access.purpose, access.until, names.get(facts[UUID(item)].branch_id, ""))
        for access in live
        for item in access.customers
        if UUID(item) in facts
    ]
    return sorted(set(found), key=lambda one: (one.until, one.customer_id))


def carrying(
    actor: Actor, purpose: Purpose, data_class: int, tags: Callable[[], Tags]
) -> list[tuple[Facts, LiveAccess]]:
    """Customers lent for this purpose, with this class, who have the value of these tags; each with its access. Of
    a class that is not lent nothing is told."""
    live = [one for one in _live(actor) if one.purpose is purpose and data_class in one.classes]
    if not live:
        return []
    found = queries.carriers_among(tags(), [UUID(item) for one in live for item in one.customers])
    facts = queries.facts(actor, found, {}) if found else {}
    return [(facts[key], _first(actor, live, key, purpose)) for key in found if key in facts]


def _first(actor: Actor, live: Sequence[LiveAccess], key: UUID, purpose: Purpose) -> LiveAccess:
    return in_order(live, str(key), purpose, _session(actor), clock.now())[0]


def _live(actor: Actor) -> list[LiveAccess]:
    """What holds now for this person in this session. What is lent shows on pages alone."""
    if actor.kind != "staff" or actor.channel is not Channel.PAGE:
        return []
    at, session = clock.now(), _session(actor)
    return [
        one
        for one in snapshot.current().temporary
        if one.asker == actor.id and one.started <= at < one.until and one.session in ("", session)
    ]


def _session(actor: Actor) -> str:
    return fingerprint(actor.session)
