"""Write the access log. The one door: every other room appends here, and nothing switches it off."""

from collections.abc import Sequence

from django.db import connection

from tutela.base import ids

from . import receipts
from .errors import TransactionMissing
from .leaves import Draft, Leaf, draft, moment
from .receipts import Receipt
from .rows import Chain
from .statements import LEAF, SUBJECTS
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

    Such a leaf is a chain of its own, for a rolled back link would break the writer's.
    """
    if not connection.in_atomic_block:
        raise TransactionMissing
    made = draft(leaf, ids.uuid7())
    leaf_hash = _insert(made)
    return receipts.issue(leaf, made.id, leaf_hash)


def _insert(made: Draft) -> bytes:
    (one,) = Chain(made.id).stamp((made,))
    leaf, at = made.leaf, moment(made.id)
    who = (leaf.event.value, leaf.actor.kind, leaf.actor.id, leaf.purpose, made.outcome)
    chain = (one.leaf, one.leaf_hash, one.previous)
    with connection.cursor() as cursor:
        cursor.execute(LEAF, (at, made.id, one.writer, one.seq, *who, *chain))
        if leaf.subjects:
            kinds, subjects = zip(*leaf.subjects, strict=True)
            cursor.execute(SUBJECTS, (at, made.id, list(kinds), list(subjects)))
    return one.leaf_hash
