"""The leader's own connection: an advisory lock says who leads, and the server lets a leader that froze go."""

import contextlib
from typing import Any, Final

import psycopg

from tutela.trail.connect import own_connection

LOCK: Final = 0x7472_6565
"""The advisory lock of the leader."""
_LIMITS: Final = (
    "-c statement_timeout=60s -c idle_in_transaction_session_timeout=5s -c idle_session_timeout=15s"
    " -c synchronous_commit=off"
)
"""Nobody waits for the disk but before something is signed: whoever appends flushes the same log file."""
_HARDEN: Final = "SELECT set_config('synchronous_commit', 'on', true), pg_logical_emit_message(true, 'tutela', '')"
"""A transaction that writes nothing but itself, durably, and with it all that were before it."""
_LEAD: Final = "SELECT pg_try_advisory_lock(%s)"
_UNLOCK: Final = "SELECT pg_advisory_unlock(%s)"


class Link:
    """A connection of the sequencer; `leads` is true while it holds the lock, which ends with the connection."""

    def __init__(self) -> None:
        self._connection = own_connection("tutela-sequencer", _LIMITS)
        self._leads = False

    def lead(self) -> bool:
        """Whether this connection leads now; else another one does. psycopg.Error if the connection is lost."""
        if not self._leads:
            self._leads = bool(self.one(_LEAD, LOCK)[0])
        return self._leads

    def harden(self) -> None:
        """Everything that this connection has committed is on the disk when this returns."""
        self.rows(_HARDEN)

    def close(self) -> None:
        """Let another one lead at once; the server would notice a moment late."""
        if self._leads:
            with contextlib.suppress(psycopg.Error):
                self.one(_UNLOCK, LOCK)
        self._connection.close()

    def row(self, statement: str, *values: object) -> tuple[Any, ...] | None:
        """The first row, or None."""
        rows = self.rows(statement, *values)
        return rows[0] if rows else None

    def one(self, statement: str, *values: object) -> tuple[Any, ...]:
        """The only row."""
        (row,) = self.rows(statement, *values)
        return row

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        with self._connection.cursor(binary=True) as cursor:
            return cursor.execute(statement, values).fetchall()
