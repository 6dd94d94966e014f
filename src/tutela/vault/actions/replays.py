"""Carry out again, in a restored database, the destructions that its backup does not know of.

Only a restore calls this, before the service opens, with the right of the owner of the tables, which no page
has. Each customer gets a leaf first; the database asks for it.
"""

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connections, transaction

from tutela.base import clock
from tutela.base.actor import SYSTEM
from tutela.keys import custody
from tutela.trail import log
from tutela.trail.leaves import Leaf
from tutela.vault import events, looks
from tutela.vault.journal import Entry

ABSENT, GONE, REPLAYED, KEYLESS = "absent", "gone", "replayed", "keyless"
_REPLAY = "SELECT outcome FROM vault.replay_destruction(%s::jsonb, %s)"
_KEYLESS = "SELECT vault.keyless()"
_KNOWN = """
    SELECT c.branch_id FROM vault.customer c WHERE c.customer_id = %s
    AND NOT (c.state = 2 AND EXISTS (SELECT FROM vault.destruction d
        WHERE d.order_id = %s AND d.decision = 'approved'))"""
_BRANCH = "SELECT branch_id FROM vault.customer WHERE customer_id = %s"


def replay(entries: Iterable[Entry]) -> Counter[str]:
    """Destroy again what these entries of the journal tell, then whoever has rows and only destroyed keys. How
    many were absent, gone already, replayed, and keyless."""
    found: Counter[str] = Counter()
    for entry in entries:
        found[_replayed(entry)] += 1
    for customer in _owner(_KEYLESS, ()):
        found[KEYLESS] += _replayed(_of_keys(UUID(str(customer[0])))) == REPLAYED
    custody.clear()
    return found


def _replayed(entry: Entry) -> str:
    """What was found of one entry. A customer that is gone by this order already gets no second leaf."""
    customer = UUID(entry.customer)
    leaf = UUID(int=0)
    if _owner(_KNOWN, (customer, entry.order)):
        receipt = log.append(
            Leaf(
                event=events.DESTRUCTION_REPLAYED,
                actor=SYSTEM,
                subjects=looks.subjects_of([customer]),
                detail={"order": entry.order},
            )
        )
        leaf = receipt.leaf_id
    elif _owner(_BRANCH, (customer,)):
        return GONE
    return str(_owner(_REPLAY, (json.dumps(entry.as_row()), leaf))[0][0])


def _of_keys(customer: UUID) -> Entry:
    """An entry for a customer of whom only the destroyed keys tell: order and people are not known."""
    now = clock.now().isoformat()
    branch = int(_owner(_BRANCH, (customer,))[0][0])
    unknown = str(UUID(int=0))
    return Entry(
        order=str(customer), customer=str(customer), branch=branch, proposed_by="unknown", proposed_at=now,
        proposed_leaf=unknown, reason="unknown", decided_by=SYSTEM.id, decided_at=now, decided_leaf=unknown,
    )  # fmt: skip


def _owner(statement: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """A statement with the owner's right, committed by itself."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
