"""Tells every process that what decisions depend on has changed. Called by actions only."""

from django.db import connection, transaction

from . import snapshot

_BUMP = """
    INSERT INTO access_epoch AS held (id, value) VALUES (1, 1)
    ON CONFLICT (id) DO UPDATE SET value = held.value + 1 RETURNING value
"""


def bump() -> int:
    """Raise the epoch in the change's own transaction; other processes hear of it at its commit,
    this one loads anew at once."""
    with connection.cursor() as cursor:
        cursor.execute(_BUMP)
        row = cursor.fetchone()
        cursor.execute(f"NOTIFY {snapshot.CHANNEL}")
    transaction.on_commit(snapshot.reload)
    return int(row[0]) if row else 0
