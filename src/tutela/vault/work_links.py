"""What joins customers with people and with each other, for who judges looks (`watch`): ids as text, days.

These are facts for a machine: no page shows them, so they ask no gate and leave no leaf.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from tutela.crypto.normalise import Transform

from . import catalogue
from .queries import fetch_binary
from .work_items import Kind

_COMMON_NUMBER: Final = 6
"""A telephone that more customers share is a company's, and makes nobody a relative."""
_CONTACTS: Final = ("phone", "landline", "email")
_WORK: Final = """
    SELECT w.customer_id::text, w.assignee::text, w.kind, w.opened, w.closed FROM vault.work_item w
    WHERE w.customer_id = ANY(%(customers)s::uuid[])
    UNION ALL
    SELECT a.customer_id::text, a.assignee::text, w.kind, a.assigned_at::date, w.closed
    FROM vault.assignment a JOIN vault.work_item w USING (work_item_id)
    WHERE a.work_item_id IN (
        SELECT work_item_id FROM vault.work_item WHERE customer_id = ANY(%(customers)s::uuid[]))
      AND a.state IN (1, 2) AND a.assignee IS DISTINCT FROM w.assignee"""
_SHARING: Final = """
    WITH own AS (
        SELECT DISTINCT t.customer_id, t.tag FROM vault.tag t
        WHERE t.customer_id = ANY(%(customers)s::uuid[]) AND t.field = ANY(%(fields)s) AND t.transform <> %(part)s)
    SELECT own.customer_id::text, array_agg(DISTINCT t.customer_id::text)
    FROM own JOIN vault.tag t ON t.tag = own.tag AND t.field = ANY(%(fields)s)
    WHERE t.customer_id <> own.customer_id
      AND (SELECT count(*) FROM (SELECT FROM vault.tag c WHERE c.tag = own.tag LIMIT %(common)s + 1) AS carrier)
          <= %(common)s
    GROUP BY own.customer_id"""
_BRANCHES: Final = (
    "SELECT customer_id::text, branch_id FROM vault.customer WHERE customer_id = ANY(%s::uuid[])"
)
_BEHIND: Final = """
    SELECT asked.id::text, ARRAY(
        SELECT c.customer_id::text FROM vault.customer c WHERE c.customer_id > asked.id
        ORDER BY c.customer_id LIMIT %(step)s::int)
    FROM unnest(%(customers)s::uuid[]) AS asked (id)"""


@dataclass(frozen=True, slots=True)
class Work:
    """A work item as it joins. `person`: the assignee, also one still to be confirmed; None for nobody."""

    customer_id: str
    person: str | None
    kind: Kind
    opened: date
    closed: date | None


def _array(ids: Sequence[str]) -> str:
    """Ids as the text of an array."""
    return "{" + ",".join(ids) + "}"


def work_of(customers: Sequence[str]) -> list[Work]:
    """All work on these customers, with everybody to whom it was assigned."""
    return [
        Work(customer, person, Kind(kind), opened, closed)
        for customer, person, kind, opened, closed in fetch_binary(
            _WORK, {"customers": _array(customers)}
        )
    ]


def sharing_contacts(customers: Sequence[str]) -> dict[str, frozenset[str]]:
    """To each of these the customers who carry the same tag of a telephone or e-mail address. Tags are of a field:
    a mobile number that stands as another's landline is not found."""
    values = {
        "customers": _array(customers),
        "fields": [catalogue.by_code(code).id for code in _CONTACTS],
        "part": int(Transform.LAST4),
        "common": _COMMON_NUMBER,
    }
    return {customer: frozenset(others) for customer, others in fetch_binary(_SHARING, values)}


def branches_of(customers: Sequence[str]) -> dict[str, int]:
    """The branch of each of these customers that exists."""
    return dict(fetch_binary(_BRANCHES, [_array(customers)]))


def behind(customers: Sequence[str], step: int) -> dict[str, list[str]]:
    """To each of these the next `step` customers by id. Ids rise in the order in which customers came in, which
    for a list is the order of its numbers."""
    return dict(fetch_binary(_BEHIND, {"step": step, "customers": _array(customers)}))
