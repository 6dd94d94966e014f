"""Id numbers that somebody types for a customer: whose they are already must not show in the answer.

Whoever may write every customer is told that a number is taken. Everybody else's claim waits for a data
steward, whether a customer beyond their reach has the number or nobody has.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from tutela.access.grants import Grant
from tutela.access.purposes import Purpose
from tutela.base.actor import Actor
from tutela.crypto.errors import BadValue
from tutela.crypto.values import Value
from tutela.keys import custody
from tutela.vault import catalogue, looks, news, rows
from tutela.vault.errors import BadFieldValue, IdentityTaken
from tutela.vault.importing import holding, match
from tutela.vault.importing.reach import Reach
from tutela.vault.queries import Facts


@dataclass(frozen=True, slots=True)
class Queued:
    """What somebody typed waits for a data steward, under this id."""

    held_id: UUID


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed: of a new customer, or a new record or a change of one who exists."""

    collection: int
    facts: Facts
    values: Mapping[int, Value | None]
    customer_id: UUID | None
    record_id: UUID | None = None
    version: int = 0


def is_uncertain(actor: Actor, typed: Typed, purpose: Purpose) -> bool:
    """Whether the values claim an id number that a customer beyond the actor's reach may have.

    IdentityTaken when a customer within reach has it: that one the actor may find anyway.
    """
    if typed.collection != catalogue.Collection.CUSTOMER:
        return False
    number = identity_of(typed.values)
    if number is None:
        return False
    reach = Reach(actor, looks.classes_of(typed.values), purpose)
    owner = match.by_identity([number]).get(number)
    within = reach.within(match.branches_of([owner] if owner else []))
    if owner is not None and owner == typed.customer_id:
        return False
    if owner is not None and owner in within:
        raise IdentityTaken
    return not reach.everything


def queue(grant: Grant, typed: Typed) -> Queued:
    """Put it into the steward's queue; the leaf names whom the id number met, for the auditor."""
    number = identity_of(typed.values)
    texts = {
        field: "" if value is None else catalogue.as_text(value)
        for field, value in typed.values.items()
    }
    target = (str(typed.customer_id or ""), str(typed.record_id or ""), typed.version)
    fields = tuple(sorted(typed.values))
    # What somebody left empty on the form is to be empty.
    waiting = holding.Waiting(0, typed.facts.branch_id, texts, fields, target, fields)
    with transaction.atomic():
        (row_id,) = holding.hold(
            grant.actor, [waiting], batch=None, collection=typed.collection, source=""
        )
        met = set(match.by_identity([number] if number else []).values())
        met |= {typed.customer_id} if typed.customer_id else set()
        holding.leave(grant.actor, 1, sorted(met), {"held_row": str(row_id)}, grant.as_leaf())
        news.rows_held(None)
    return Queued(row_id)


def identity_of(values: Mapping[int, Value | None]) -> bytes | None:
    """The tag of the id number among a customer's values; BadFieldValue if it is none."""
    field = catalogue.role_of(catalogue.Collection.CUSTOMER, "identity")
    value = values.get(field.id) if field else None
    if field is None or value is None:
        return None
    try:
        return rows.identity_tag(custody.index_keys(), catalogue.as_text(value))
    except BadValue:
        raise BadFieldValue(field=field.code) from None
