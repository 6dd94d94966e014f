"""Tell every process that what decisions depend on has changed. Called by actions only."""

from django.db import connection, transaction

from tutela.access import snapshot

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
    # Once a transaction is enough. Robust: the change has lasted, so a failing reload is no failure of
    # its caller; the watcher catches up.
    waiting: list[object] = [entry[1] for entry in connection.run_on_commit]
    if snapshot.reload not in waiting:
        transaction.on_commit(snapshot.reload, robust=True)
    return int(row[0]) if row else 0
