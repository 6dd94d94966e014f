"""Work items: the policy, claim or service case for which somebody looks. Only reads here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tutela.access.plan import Scope
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.crypto.blind import IndexKeys
from tutela.crypto.errors import BadValue
from tutela.keys import custody

from . import queries, rows
from .queries import Facts, fetch, fetch_binary


class Kind(IntEnum):
    """Stable numbers of the kinds of work item."""

    POLICY = 1
    CLAIM = 2
    CASE = 3

    @property
    def label(self) -> Promise:
        """The name in the active language."""
        return _LABELS[self]


_LABELS: dict[Kind, Promise] = {
    Kind.POLICY: _("Policy"),
    Kind.CLAIM: _("Claim"),
    Kind.CASE: _("Service case"),
}
_COLUMNS = "work_item_id, customer_id, kind, assignee, opened, closed"


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One piece of work on one customer. `assignee`: a staff id; `closed`: the day it ended."""

    work_item_id: UUID
    customer_id: UUID
    kind: int
    assignee: UUID | None
    opened: date
    closed: date | None

    @property
    def label(self) -> Promise:
        """Its kind, in the active language."""
        return Kind(self.kind).label

    def days(self, day: date) -> int:
        """For how many days it has been open."""
        return max(0, ((self.closed or day) - self.opened).days)

    def is_open(self, day: date) -> bool:
        """Whether it is open on a day."""
        return self.opened <= day and (self.closed is None or self.closed > day)


def named(actor: Actor, numbers: Mapping[UUID, str]) -> dict[UUID, UUID]:
    """By customer, the customer's own work item of a number or id: an open one first, then the actor's.
    Another customer's of the same number is none, so that nothing of that one shows."""
    index = custody.index_keys()
    names = {number: _names(index, number) for number in set(numbers.values())}
    wanted = {(customer, name) for customer, text in numbers.items() for name in names[text]}
    statement = """
        SELECT customer_id, work_item_id, number_tag FROM vault.work_item
        WHERE work_item_id = ANY(%s) OR number_tag = ANY(%s)
        ORDER BY closed IS NULL, coalesce(assignee::text = %s, FALSE), opened"""
    listed = {name for variants in names.values() for name in variants}
    ids = [name for name in listed if isinstance(name, UUID)]
    tags = [name for name in listed if not isinstance(name, UUID)]
    return {
        customer: item
        for customer, item, tag in fetch_binary(statement, [ids, tags, actor.id])
        if (customer, item) in wanted or (customer, bytes(tag)) in wanted
    }


def names_of(number: str) -> tuple[list[UUID], list[bytes]]:
    """The ids and the number tags that a number may stand for."""
    names = _names(custody.index_keys(), number)
    ids = [name for name in names if isinstance(name, UUID)]
    return ids, [name for name in names if not isinstance(name, UUID)]


def customers_of(number: str, limit: int) -> list[UUID]:
    """Customers of the work items of a number or id, of whatever kind; none for a text that is no number."""
    ids, tags = names_of(number)
    statement = """
        SELECT DISTINCT customer_id FROM vault.work_item
        WHERE work_item_id = ANY(%s) OR number_tag = ANY(%s) ORDER BY customer_id LIMIT %s"""
    return [row[0] for row in fetch_binary(statement, [ids, tags, limit])]


def kinds_of(ids: list[UUID]) -> dict[UUID, Kind]:
    """The kind of work items by id; those that are not there are left out."""
    statement = "SELECT work_item_id, kind FROM vault.work_item WHERE work_item_id = ANY(%s)"
    return {key: Kind(kind) for key, kind in fetch_binary(statement, [ids])}


def _names(index: IndexKeys, number: str) -> list[UUID | bytes]:
    """What a number may stand for: an id, or the tag of a number of each kind."""
    try:
        return [UUID(number)]
    except ValueError:
        pass
    try:
        return [rows.work_item_tag(index, kind, number) for kind in Kind]
    except BadValue:
        return []


@dataclass(frozen=True, slots=True)
class Carrying:
    """A work item that carries a number that was typed, and its customer. `is_own`: open, and the actor's."""

    work_item_id: UUID
    facts: Facts
    is_own: bool


def carrying(actor: Actor, scope: Scope, number: str) -> list[Carrying]:
    """The work items of this number, of whatever kind, of customers in scope."""
    ids, tags = names_of(number)
    return [
        Carrying(item, facts, own)
        for item, facts, own in queries.of_number(actor, scope, ids, tags)
    ]


def of_customer(customer_id: UUID) -> list[WorkItem]:
    """The work items of a customer, open ones first, then the newest."""
    statement = f"""SELECT {_COLUMNS} FROM vault.work_item WHERE customer_id = %s
        ORDER BY closed IS NOT NULL, opened DESC"""
    return [WorkItem(*row) for row in fetch(statement, [customer_id])]


def own_items(actor: Actor, items: Iterable[WorkItem]) -> list[WorkItem]:
    """The open ones of these that the actor has: no other opens a value."""
    today = clock.today()
    return [item for item in items if item.is_open(today) and str(item.assignee) == actor.id]


@dataclass(frozen=True, slots=True)
class Open:
    """How many work items are open, and since when the oldest is; None for none."""

    number: int
    oldest: date | None


def open_among(staff_ids: Sequence[UUID]) -> Open:
    """The open work items of these people, counted."""
    today = clock.today()
    statement = """SELECT count(*), min(opened) FROM vault.work_item
        WHERE assignee = ANY(%s) AND opened <= %s AND (closed IS NULL OR closed > %s)"""
    ((number, oldest),) = fetch(statement, [list(staff_ids), today, today])
    return Open(number, oldest)


def of_ids(ids: list[UUID]) -> list[WorkItem]:
    """Those of these ids."""
    statement = f"SELECT {_COLUMNS} FROM vault.work_item WHERE work_item_id = ANY(%s)"
    return [WorkItem(*row) for row in fetch(statement, [ids])]


def open_of(staff_id: UUID, limit: int = 100) -> list[WorkItem]:
    """The open work items of a staff member, newest first."""
    today = clock.today()
    statement = f"""SELECT {_COLUMNS} FROM vault.work_item
        WHERE assignee = %s AND opened <= %s AND (closed IS NULL OR closed > %s)
        ORDER BY opened DESC LIMIT %s"""
    return [WorkItem(*row) for row in fetch(statement, [staff_id, today, today, limit])]


def sealed_numbers(items: list[UUID]) -> dict[UUID, bytes]:
    """The numbers of work items as they are stored."""
    statement = (
        "SELECT work_item_id, number_sealed FROM vault.work_item WHERE work_item_id = ANY(%s)"
    )
    return {item: bytes(sealed) for item, sealed in fetch(statement, [items])}
