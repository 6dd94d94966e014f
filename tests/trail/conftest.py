"""A leaf to write and the rows that were written."""

from uuid import uuid4

import pytest
from django.db import connection

from tutela.base.actor import Actor, Channel
from tutela.trail.leaves import Exposure, Leaf
from tutela.vault import events

CLERK = Actor(
    kind="staff",
    id="0192f0c1-7a54-7c33-9d1e-2f6f5c1a4b01",
    channel=Channel.PAGE,
    session="s3ss10n-key",
    second_factor=True,
    source="10.1.2.3",
)


def make_leaf(**changes):
    told = {
        "event": events.FIELD_REVEALED,
        "actor": CLERK,
        "subjects": (("customer", str(uuid4())),),
        "classes": (1, 2),
        "fields": (7,),
        "exposure": Exposure.CLEAR,
        "purpose": "claim",
        "decision": {"outcome": "allow", "cell": "claims_adjuster:2:claim"},
        "detail": {"rows": 1},
    }
    return Leaf(**{**told, **changes})


def query(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def chains():
    """Every writer's links in order: (writer, seq, previous, leaf hash)."""
    return query("SELECT writer, seq, previous, leaf_hash FROM trail.leaf ORDER BY writer, seq")


def assert_unbroken():
    """Each chain counts from one and each link names the hash before it."""
    last = (None, 0, bytes(32))
    for writer, seq, previous, leaf_hash in chains():
        before = last if last[0] == writer else (writer, 0, bytes(32))
        assert (seq, bytes(previous)) == (before[1] + 1, before[2])
        last = (writer, seq, bytes(leaf_hash))


@pytest.fixture
def leaf():
    return make_leaf
