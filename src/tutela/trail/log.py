"""Write the access log. The one door: every other room appends here, and nothing switches it off."""

from collections.abc import Sequence

from django.db import connection

from tutela.base import ids

from . import receipts
from .errors import TransactionMissing
from .leaves import Draft, Leaf, draft
from .receipts import Receipt
from .rows import Chain
from .statements import APPEND_CHANGE
from .writer import writer


def append(leaf: Leaf) -> Receipt:
    """Make a leaf durable, apart from any open transaction, before returning; TrailClosed if it cannot be."""
    made = draft(leaf, ids.uuid7())
    (leaf_hash,) = writer().append((made,))
    return receipts.issue(leaf, made.id, leaf_hash)


def append_all(leaves: Sequence[Leaf]) -> list[Receipt]:
    """`append` for many leaves in one commit: all are durable, or none is known to be."""
    if not leaves:
        return []
    drafts = [draft(leaf, key) for leaf, key in zip(leaves, ids.uuid7s(len(leaves)), strict=True)]
    hashes = writer().append(drafts)
    return [
        receipts.issue(made.leaf, made.id, leaf_hash)
        for made, leaf_hash in zip(drafts, hashes, strict=True)
    ]


def append_with_change(leaf: Leaf) -> Receipt:
    """Write a change's leaf in the change's own open transaction: both last, or neither does.

    Such a leaf is a chain of its own, for a rolled back link would break the writer's. The next anchor
    (`anchors.py`) names it in a writer's chain, so that it cannot be taken away unseen.
    """
    if not connection.in_atomic_block:
        raise TransactionMissing
    made = draft(leaf, ids.uuid7())
    leaf_hash = _insert(made)
    return receipts.issue(leaf, made.id, leaf_hash)


def _insert(made: Draft) -> bytes:
    (one,) = Chain(made.id).stamp((made,))
    with connection.cursor() as cursor:
        cursor.execute(APPEND_CHANGE, (one.leaf,))
    return one.leaf_hash
