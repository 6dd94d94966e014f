"""Anchor the leaves of changes: name each of them in a leaf of this process's chain.

A change's leaf is outside the chains, because it is rolled back with its change. Every minute the unanchored
ones are collected in an anchor: a leaf whose subjects they are, with the Merkle root of their hashes.
"""

from typing import Final
from uuid import UUID

from django.db import connection

from tutela.base.actor import SYSTEM
from tutela.crypto import merkle

from . import events, log
from .leaves import SUBJECT_LIMIT, Leaf, moment

BATCH: Final = min(SUBJECT_LIMIT, 900)
"""An anchor must fit one leaf; 900 subjects take 45 KB."""
RUN_LIMIT: Final = 1000
"""Anchors per run."""
_WAITING: Final = "SELECT leaf_id, hash FROM trail.loose ORDER BY at, leaf_id LIMIT %s"
_SETTLE: Final = "SELECT trail.settle_anchored(%s, %s)"


def anchor_changes() -> int:
    """Anchor all waiting leaves; returns their number. An interruption anchors some twice, harmlessly."""
    total = 0
    for _ in range(RUN_LIMIT):
        with connection.cursor() as cursor:
            cursor.execute(_WAITING, [BATCH])
            waiting = cursor.fetchall()
        if not waiting:
            break
        _anchor([(leaf_id, bytes(digest)) for leaf_id, digest in waiting])
        total += len(waiting)
    return total


def _anchor(waiting: list[tuple[UUID, bytes]]) -> None:
    receipt = log.append(
        Leaf(
            event=events.CHANGES_ANCHORED,
            actor=SYSTEM,
            subjects=tuple(("leaf", str(leaf_id)) for leaf_id, _ in waiting),
            detail={
                "root": merkle.root([digest for _, digest in waiting]).hex(),
                "rows": len(waiting),
            },
        )
    )
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, [moment(receipt.leaf_id), receipt.leaf_id])
