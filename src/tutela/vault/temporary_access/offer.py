"""The way from a refusal to a request: the address of the form, filled in. For whoever shows a refusal."""

from collections.abc import Collection, Iterable
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from tutela.access import gate, permissions, snapshot
from tutela.access.matrix_rules import NEVER_CLEAR, NEVER_CLEAR_FOR
from tutela.access.purposes import Purpose
from tutela.base.actor import Actor


def request_address(
    actor: Actor, customers: Iterable[UUID | str], classes: Collection[int], purpose: Purpose | None
) -> str:
    """Where this person asks for clear values of these customers, classes and purpose; blank when they cannot ask.

    The address holds opaque ids and class numbers only."""
    if not gate.holds(actor, permissions.TEMPORARY_ACCESS_REQUEST):
        return ""
    return _address("vault-request-temporary-access", customers, classes, purpose)


def break_glass_address(
    actor: Actor, customers: Iterable[UUID | str], classes: Collection[int], purpose: Purpose | None
) -> str:
    """The same for break-glass; blank when the matrix names no post of theirs."""
    person = snapshot.current().people.get(actor.id)
    if person is None or not gate.holds(actor, permissions.BREAK_GLASS_START):
        return ""
    if not any(slot.post in snapshot.current().break_glass for slot in person.slots):
        return ""
    return _address("vault-start-break-glass", customers, classes, purpose)


def _address(
    view: str, customers: Iterable[UUID | str], classes: Collection[int], purpose: Purpose | None
) -> str:
    never = {int(item) for item in NEVER_CLEAR}
    query = [
        *(("customer", str(item)) for item in customers),
        *(("class", str(item)) for item in sorted(classes) if item not in never),
    ]
    if purpose is not None and purpose not in NEVER_CLEAR_FOR:
        query.append(("purpose", purpose.value))
    return f"{reverse(view)}?{urlencode(query)}" if query else reverse(view)
