"""Anchor the leaves of changes: name each of them in a leaf of this process's chain.

A change's leaf stands alone, for it lasts or goes with its change. So what waits without an anchor is
gathered here every minute: a leaf whose subjects are those leaves, with the Merkle root of their hashes.
"""

from typing import Final
from uuid import UUID

from django.db import connection

from tutela.base.actor import SYSTEM
from tutela.crypto import merkle

from . import log
from .events import Event
from .leaves import SUBJECT_LIMIT, Leaf, moment

BATCH: Final = min(SUBJECT_LIMIT, 900)
"""An anchor must fit one leaf; 900 subjects take 45 KB."""
MOST_AT_ONCE: Final = 1000
_WAITING: Final = "SELECT leaf_id, hash FROM trail.loose ORDER BY at, leaf_id LIMIT %s"
_SETTLE: Final = "SELECT trail.settle_anchored(%s, %s)"


def anchor_changes() -> int:
    """Anchor all that waits; how many leaves. If it stops half-way, some are named twice: no harm."""
    total = 0
    for _ in range(MOST_AT_ONCE):
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
            event=Event.TRAIL_CHANGES_ANCHORED,
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
