"""Group commit: leaves that are queued at the same time are committed together by one of their callers.

A caller that finds nobody writing writes what is queued, its own leaf included; a batch is what was queued during
the commit before. There is no timed window, and no thread of its own, to and from which each leaf would be handed.
After a lost connection the batch is retried: (writer, seq, at) is unique, so a first attempt that was committed is
recognised. Callers whose leaf is not known to be durable get TrailClosed and must show nothing.
"""

import atexit
import logging
import os
import shutil
import threading
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.conf import settings
from psycopg import pq

from tutela.base import clock, ids

from .connect import own_connection
from .errors import TrailClosed
from .leaves import Draft, moment
from .pulse import CLOSED_SECONDS, Pulse, Why
from .rows import Chain, Stamped, parameter
from .statements import APPEND, DURABLE, LANDED, MALFORMED, TREE_HEALTH, UNLINKED, UNTIMELY

WAIT_SECONDS = 5.0
"""Timeout of a caller; after it nothing may be shown, even if the leaf is committed later."""
TURN_SECONDS = 0.1
"""A caller that sleeps so long looks whether anybody writes, in case the call to do so was missed."""
RETRY_SECONDS = 0.05
BATCH_LEAVES = 2_000
BACKLOG = 20_000
CHECK_SECONDS = 10.0
SKEW_SECONDS = 2.0
DISK_SHARE, DISK_BYTES = 0.10, 2 * 1024**3
"""Closed if free space is under a tenth of the disk and under 2 GiB."""

_NAME = b"trail_append"
# A hanging session must not block the sequencer.
_LIMITS = "-c statement_timeout=5s -c idle_in_transaction_session_timeout=5s"
_log = logging.getLogger("tutela.trail")


@dataclass(slots=True, eq=False)
class Ticket:
    """The request of one caller. Once settled: a 32-byte leaf hash per draft in `hashes`, or a reason in `why`."""

    drafts: Sequence[Draft]
    queued: float
    done: threading.Lock = field(default_factory=threading.Lock)
    hashes: list[bytes] = field(default_factory=list)
    why: Why = Why.NONE
    settled: bool = False
    gone: bool = False
    others: "Sleepers | None" = None


Sleepers = deque[Ticket]
"""Tickets of a settled batch whose callers still sleep. Each one wakes the next: waking all at once would make
them compete for the GIL, which costs more than the leaves."""


class Refusing(Exception):
    """The log must not be written now, although the database might accept it."""

    def __init__(self, why: Why) -> None:
        self.why = why
        super().__init__(why)


class Writer:
    """The writer of one process: a queue, a connection and a chain, used by the caller that holds `_writing`."""

    def __init__(self) -> None:
        self.pulse = Pulse()
        self._queue: deque[Ticket] = deque()
        self._writing = threading.Lock()
        self._connection: psycopg.Connection[Any] | None = None
        self._chain = Chain(ids.uuid7())
        self._checked = 0.0
        self._eye: psycopg.Connection[Any] | None = None

    def append(self, drafts: Sequence[Draft]) -> list[bytes]:
        """The leaf hashes, once all drafts are durable; TrailClosed on failure or timeout."""
        now = clock.monotonic()
        why = self.pulse.refusal(now) or (len(self._queue) > BACKLOG and Why.BACKLOG)
        if why:
            raise TrailClosed(why=why.value)
        ticket = Ticket(drafts, now)
        ticket.done.acquire()
        self._queue.append(ticket)
        if not self._settled(ticket) or clock.monotonic() - now > WAIT_SECONDS:
            self.pulse.close(clock.monotonic(), Why.TIMEOUT)
            raise TrailClosed(why=Why.TIMEOUT.value)
        if ticket.why:
            raise TrailClosed(why=ticket.why.value)
        return ticket.hashes

    def look_at_tree(self) -> None:
        """Let the pulse know how far the tree is behind, on a connection of its own: a caller's may be within a
        transaction. One thread at a time. psycopg.Error without a database."""
        for attempt in range(2):
            try:
                if self._eye is None or self._eye.closed:
                    self._eye = own_connection("tutela-trail-eye", _LIMITS)
                row = self._eye.execute(TREE_HEALTH).fetchone()
            except psycopg.Error:  # an idle connection that was lost meanwhile
                self._close_eye()
                if attempt:
                    raise
            else:
                lag, why = row or (0.0, None)
                self.pulse.saw_tree(clock.monotonic(), lag, Why(why or ""))
                return

    def _close_eye(self) -> None:
        eye, self._eye = self._eye, None
        if eye is not None:
            eye.close()

    def stop(self) -> None:
        """Write what is queued, then close the connections."""
        self._close_eye()
        if not self._writing.acquire(timeout=WAIT_SECONDS):
            return
        sleepers: Sleepers = deque()
        try:
            while tickets := self._gather():
                self._settle(tickets, sleepers)
            self._disconnect()
            self._chain = Chain(ids.uuid7())
            self.pulse.forget_tree()
        finally:
            self._writing.release()
        _wake(sleepers)

    def _settled(self, ticket: Ticket) -> bool:
        """Write if nobody else does, else sleep until the ticket is settled or it is this caller's turn to write;
        then wake the next in line. False when that took too long."""
        turn = min(TURN_SECONDS, WAIT_SECONDS)
        turns = round(WAIT_SECONDS / turn)
        try:
            while not ticket.settled and turns:
                if self._writing.acquire(blocking=False):
                    self._write(ticket)
                else:
                    ticket.done.acquire(timeout=turn)
                    turns -= 1
        finally:
            # Keep waking the others, whatever ended the wait. `gone` is set before `others` is read: either the
            # others are there already, or the thread that wakes this ticket sees that it is gone.
            ticket.gone = True
            if ticket.others:
                _wake(ticket.others)
        return ticket.settled

    def _write(self, own: Ticket) -> None:
        """Write batches until this caller's own ticket is settled; then somebody else's turn comes."""
        others: Sleepers = deque()
        try:
            while not own.settled and (tickets := self._gather()):
                self._settle(tickets, others, own)
        finally:
            self._writing.release()
            # Whoever queued up while this caller wrote has seen the lock taken, and sleeps.
            if self._queue:
                _call(self._queue)

    def _gather(self) -> list[Ticket]:
        """All tickets that are queued, up to BATCH_LEAVES leaves."""
        tickets: list[Ticket] = []
        leaves = 0
        while self._queue and leaves < BATCH_LEAVES:
            ticket = self._queue.popleft()
            if not ticket.gone:
                tickets.append(ticket)
                leaves += len(ticket.drafts)
        return tickets

    def _settle(self, tickets: list[Ticket], others: Sleepers, own: Ticket | None = None) -> None:
        """Make one batch durable and note it on the tickets, with the reason if it failed, or was interrupted."""
        stamped: list[Stamped] = []
        why = Why.FAULT
        try:
            stamped = self._chain.stamp([draft for ticket in tickets for draft in ticket.drafts])
            why = self._persist(stamped)
        except Exception as error:  # no caller may hang
            _log.error("trail.writer_fault %s", type(error).__name__)
        finally:
            now = clock.monotonic()
            if why:
                # It may be unknown whether the batch was committed, so nothing may link to it.
                self._chain = Chain(ids.uuid7())
                self._disconnect()
                self.pulse.close(now, why)
                _log.error("trail.closed why=%s leaves=%d", why.value, len(stamped))
            else:
                self.pulse.acknowledged(now, now - tickets[0].queued)
            _release(tickets, stamped, why, others)
            others.extend([ticket for ticket in tickets if ticket is not own])

    def _persist(self, stamped: list[Stamped]) -> Why:
        """Commit the batch, retrying for CLOSED_SECONDS; returns the reason of a failure."""
        until = clock.monotonic() + CLOSED_SECONDS
        for attempt in range(1_000):
            try:
                self._commit(stamped, again=attempt > 0)
            except Refusing as refusing:
                return refusing.why
            except psycopg.errors.CheckViolation:
                return Why.PARTITION
            except psycopg.errors.DiskFull:
                return Why.DISK
            except (psycopg.Error, OSError) as error:
                if (why := _refused(error)) is not Why.NONE:
                    _log.error("trail.append_refused %s", why.value)
                    return why
                _log.warning("trail.append_failed %s attempt=%d", type(error).__name__, attempt)
                self._disconnect()
            else:
                return Why.NONE
            if clock.monotonic() > until:
                break
            time.sleep(RETRY_SECONDS)
        return Why.DATABASE

    def _commit(self, stamped: list[Stamped], *, again: bool) -> None:
        connection = self._connected()
        if again and _landed(connection, stamped):
            return
        try:
            _execute(connection, stamped)
        except psycopg.Error as error:
            # The first attempt was still being committed when `_landed` looked, and is complete now.
            if not (_is_second(error) and _landed(connection, stamped)):
                raise

    def _connected(self) -> psycopg.Connection[Any]:
        if self._connection is None or self._connection.closed:
            self._connection = _connect()
            self._checked = 0.0
        now = clock.monotonic()
        if now - self._checked > CHECK_SECONDS or not self._checked:
            _check_clock(self._connection)
            _check_disk()
            self._checked = now
        return self._connection

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def _call(queue: Sleepers) -> None:
    """Wake the first in the queue, whose turn to write it is. One that is missed looks by itself in a moment."""
    with suppress(IndexError):  # another caller has just taken them all
        _rouse(queue[0])


def _wake(sleepers: Sleepers) -> None:
    """Wake the next caller, skipping those that are gone; it will wake the rest. Waking several is harmless."""
    while sleepers:
        try:
            ticket = sleepers.popleft()
        except IndexError:  # another thread took the last
            return
        _rouse(ticket)
        if not ticket.gone:
            return


def _rouse(ticket: Ticket) -> None:
    with suppress(RuntimeError):  # it is being woken already
        ticket.done.release()


def _release(tickets: list[Ticket], stamped: list[Stamped], why: Why, sleepers: Sleepers) -> None:
    """Note on each ticket what became of it; their callers are then to be woken, one after the other."""
    at = 0
    for ticket in tickets:
        after = at + len(ticket.drafts)
        ticket.hashes = [leaf.leaf_hash for leaf in stamped[at:after]]
        ticket.why = why
        ticket.others = sleepers
        # Last, for its caller may be awake and look.
        ticket.settled = True
        at = after


def _connect() -> psycopg.Connection[Any]:
    connection = own_connection("tutela-trail", _LIMITS)
    connection.execute(DURABLE)
    _checked(connection.pgconn.prepare(_NAME, APPEND.encode()))
    return connection


def _execute(connection: psycopg.Connection[Any], stamped: Sequence[Stamped]) -> None:
    """One autocommitted statement, directly through libpq, which releases the GIL only once."""
    _checked(connection.pgconn.exec_prepared(_NAME, [parameter(stamped)], [pq.Format.BINARY]))


def _checked(result: pq.abc.PGresult) -> None:
    if result.status not in {pq.ExecStatus.COMMAND_OK, pq.ExecStatus.TUPLES_OK}:
        raise psycopg.errors.error_from_result(result, encoding="utf-8")


def _refused(error: Exception) -> Why:
    """Why trail.append refused the batch, if retrying would not help; else Why.NONE."""
    code = error.sqlstate if isinstance(error, psycopg.Error) else None
    if code == UNTIMELY:
        return Why.CLOCK
    return Why.FAULT if code in {MALFORMED, UNLINKED} else Why.NONE


def _is_second(error: psycopg.Error) -> bool:
    return isinstance(error, psycopg.errors.UniqueViolation) or error.sqlstate == UNLINKED


def _landed(connection: psycopg.Connection[Any], stamped: Sequence[Stamped]) -> bool:
    """Whether an earlier attempt committed this batch: all of its rows exist, or none."""
    first, last = stamped[0], stamped[-1]
    moments = [moment(leaf.draft.id) for leaf in stamped]
    row = connection.execute(
        LANDED, (first.writer, first.seq, last.seq, min(moments), max(moments))
    ).fetchone()
    return row is not None and row[0] == len(stamped)


def _check_clock(connection: psycopg.Connection[Any]) -> None:
    row = connection.execute("SELECT clock_timestamp()").fetchone()
    if row is None or abs((row[0] - clock.now()).total_seconds()) > SKEW_SECONDS:
        raise Refusing(Why.CLOCK)


def _check_disk() -> None:
    """Refusing if the disk is nearly full; only if the database is local, i.e. its host is a socket path."""
    if not str(settings.DATABASES["default"]["HOST"]).startswith("/"):
        return
    disk = shutil.disk_usage(settings.TUTELA_HOME)
    if disk.free < min(DISK_SHARE * disk.total, DISK_BYTES):
        raise Refusing(Why.DISK)


_writer = Writer()


def writer() -> Writer:
    """This process's writer."""
    return _writer


def _after_fork() -> None:
    # Keeps a reference to the parent's writer, so that its connection is not closed from the child.
    global _writer, _inherited
    _inherited = _writer
    _writer = Writer()


_inherited: Writer | None = None
os.register_at_fork(after_in_child=_after_fork)


def stop() -> None:
    """Write what is queued and close the connection; the next append starts again."""
    _writer.stop()


atexit.register(stop)
