"""Months of the log that are long over: leaves with their chains, written as a superuser because the log's own door
takes only leaves of now, then given their places by the tree itself."""

from uuid import UUID

from tests.trail.conftest import make_leaf
from tutela.base import ids
from tutela.trail import leaves, reading
from tutela.trail.rows import Chain
from tutela.trail.segments import rules
from tutela.trail.tree import sequencer

_LEAF = """
    INSERT INTO trail.leaf (at, id, writer, seq, event, actor_kind, actor_id, purpose, outcome, leaf, leaf_hash, previous)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""
_SUBJECT = "INSERT INTO trail.named (key, at) VALUES (trail.subject_key(%s, %s), %s)"
_CHAIN = """
    INSERT INTO trail.chain (writer, seq, hash, at) VALUES (%s, %s, %s, %s)
    ON CONFLICT (writer) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, at = excluded.at"""


def month_ago(months, today):
    """The first day of the month so many months before a day."""
    return rules.plus(today.replace(day=1), -months)


def key_at(moment):
    """An id whose time is this moment."""
    fresh = ids.uuid7()
    ms = int(moment.timestamp() * 1000)
    return UUID(int=ms << 80 | fresh.int & (1 << 80) - 1)


class Past:
    """Writes leaves of past moments, all in one chain."""

    def __init__(self, server):
        self.server = server
        self.chain = Chain(ids.uuid7())

    def month(self, month, count, **changes):
        """`count` leaves evenly over a month, and their ids."""
        for table in ("leaf", "named"):
            self.server.execute("SELECT trail.make_partition(%s, %s)", [table, rules.starts(month)])
        step = (rules.ends(month) - rules.starts(month)) / (count + 1)
        return [self.leaf(rules.starts(month) + step * (n + 1), **changes) for n in range(count)]

    def leaf(self, moment, **changes):
        """One leaf of a moment."""
        moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
        told = make_leaf(**changes)
        (stamped,) = self.chain.stamp((leaves.draft(told, key_at(moment)),))
        key, document = stamped.draft.id, leaves.read(stamped.leaf)
        event, kind, actor, purpose, outcome = reading.columns_of(document)
        self.server.execute(
            _LEAF,
            [moment, key, stamped.writer, stamped.seq, event, kind, actor, purpose, outcome, stamped.leaf,
             stamped.leaf_hash, stamped.previous],
        )  # fmt: skip
        for subject in set(told.subjects):
            self.server.execute(_SUBJECT, [*subject, moment])
        self.server.execute(_CHAIN, [stamped.writer, stamped.seq, stamped.leaf_hash, moment])
        return key


def sequence():
    """Give every leaf its place and sign the tree."""
    sequencer.sequence_once()
