"""Append to the access log. Every other room writes through here, and nothing disables it."""

from collections.abc import Sequence

from django.db import connection

from tutela.base import ids

from . import connect, receipts
from .errors import TransactionMissing
from .leaves import Leaf, draft
from .receipts import Receipt
from .rows import Chain
from .statements import APPEND_CHANGE, APPEND_CHANGES
from .tree import closing
from .writer import writer


def append(leaf: Leaf) -> Receipt:
    """Make a leaf durable before returning, independent of any open transaction; TrailClosed, TrailStrained,
    LeafRefused."""
    closing.check((leaf,))
    ready = draft(leaf, ids.uuid7())
    (leaf_hash,) = writer().append((ready,))
    return receipts.issue(leaf, ready.id, leaf_hash)


def append_all(leaves: Sequence[Leaf]) -> list[Receipt]:
    """`append` many leaves in one commit; on an error none counts as durable."""
    if not leaves:
        return []
    closing.check(leaves)
    drafts = [draft(leaf, key) for leaf, key in zip(leaves, ids.uuid7s(len(leaves)), strict=True)]
    hashes = writer().append(drafts)
    return [
        receipts.issue(ready.leaf, ready.id, leaf_hash)
        for ready, leaf_hash in zip(drafts, hashes, strict=True)
    ]


def append_with_change(leaf: Leaf) -> Receipt:
    """Write a change's leaf in the open transaction of the change, to commit or roll back with it.

    Such a leaf is a chain of its own, because a rollback would break the writer's chain. The next anchor
    (`anchors.py`) names it in a writer's chain, so that its removal is detected. TransactionMissing, LeafRefused.
    """
    if not connection.in_atomic_block:
        raise TransactionMissing
    closing.check((leaf,))
    ready = draft(leaf, ids.uuid7())
    (stamped,) = Chain(ready.id).stamp((ready,))
    with connection.cursor() as cursor:
        cursor.execute(APPEND_CHANGE, (stamped.leaf,))
    return receipts.issue(leaf, ready.id, stamped.leaf_hash)


def append_all_with_change(leaves: Sequence[Leaf]) -> None:
    """Write the leaves of one change of many parts in its open transaction, to commit or roll back with it.

    They are one chain of their own, with its head in trail.chain: that any of them goes is detected. No receipts:
    such leaves open nothing. TransactionMissing, LeafRefused, LeafTooLarge.
    """
    if not connection.in_atomic_block:
        raise TransactionMissing
    if not leaves:
        return
    drafts = [draft(leaf, key) for leaf, key in zip(leaves, ids.uuid7s(len(leaves)), strict=True)]
    stamped = Chain(ids.uuid7()).stamp(drafts)
    connect.fetch(APPEND_CHANGES, ([leaf.leaf for leaf in stamped],))
