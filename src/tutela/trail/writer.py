"""The one writer thread of a process: gathers leaves, commits them together, then lets their callers go.

It flushes whatever gathered while the last commit was in flight; there is no timed window. If the
connection is lost the same batch is tried again: (writer, seq, at) is unique, so a first try that did
land is seen and never doubled. Whoever waited in vain gets TrailClosed and must show nothing.
"""

import atexit
import logging
import os
import shutil
import threading
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
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
from .statements import APPEND, DURABLE, LANDED, MALFORMED, UNLINKED, UNTIMELY

WAIT_SECONDS = 5.0
"""Longest that a caller waits; after it nothing may be shown, whatever becomes of the leaf."""
RETRY_SECONDS = 0.05
BATCH_LEAVES = 2_000
BACKLOG = 20_000
CHECK_SECONDS = 10.0
SKEW_SECONDS = 2.0
DISK_SHARE, DISK_BYTES = 0.10, 2 * 1024**3
"""Closed when free space is under a tenth of the disk and under 2 GiB."""

_NAME = b"trail_append"
# A session that hangs half-way must not hold back the sequencer.
_LIMITS = "-c statement_timeout=5s -c idle_in_transaction_session_timeout=5s"
_log = logging.getLogger("tutela.trail")


@dataclass(slots=True, eq=False)
class Ticket:
    """What one caller waits for. `hashes` has one 32-byte leaf hash for each draft, once durable."""

    drafts: Sequence[Draft]
    queued: float
    done: threading.Lock = field(default_factory=threading.Lock)
    hashes: list[bytes] = field(default_factory=list)
    why: Why = Why.NONE
    abandoned: bool = False
    others: "Line | None" = None


Line = deque[Ticket]
"""Those of a settled batch who still sleep. Each one who wakes wakes the next: were all woken at once,
they would fall asleep again over Python's lock, which costs more than the leaves."""


class Refusing(Exception):
    """The log must not be written now, whatever the database would say."""

    def __init__(self, why: Why) -> None:
        self.why = why
        super().__init__(why)


class Writer:
    """One process's writer. The thread and its connection are made by the first append."""

    def __init__(self) -> None:
        self.pulse = Pulse()
        self._queue: SimpleQueue[Ticket | None] = SimpleQueue()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._connection: psycopg.Connection[Any] | None = None
        self._chain = Chain(ids.uuid7())
        self._checked = 0.0

    def append(self, drafts: Sequence[Draft]) -> list[bytes]:
        """The leaf hashes, once all drafts are durable; TrailClosed if that cannot be said in time."""
        now = clock.monotonic()
        why = self.pulse.refusal(now) or (self._queue.qsize() > BACKLOG and Why.BACKLOG)
        if why:
            raise TrailClosed(why=why.value)
        self._start()
        ticket = Ticket(drafts, now)
        ticket.done.acquire()
        self._queue.put(ticket)
        if not _wait(ticket):
            self.pulse.close(clock.monotonic(), Why.TIMEOUT)
            raise TrailClosed(why=Why.TIMEOUT.value)
        if ticket.why:
            raise TrailClosed(why=ticket.why.value)
        return ticket.hashes

    def stop(self) -> None:
        """Write what waits, then end the thread."""
        thread = self._thread
        if thread is not None and thread.is_alive():
            self._queue.put(None)
            thread.join(WAIT_SECONDS)
        self._thread = None
        self._chain = Chain(ids.uuid7())

    def _start(self) -> None:
        thread = self._thread
        if thread is not None and thread.is_alive():
            return
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="trail-writer", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            tickets, last = self._gather()
            if tickets:
                self._settle(tickets)
            if last:
                self._disconnect()
                return

    def _gather(self) -> tuple[list[Ticket], bool]:
        """Wait for one ticket and take all that are there; True when it is time to stop."""
        tickets: list[Ticket] = []
        leaves = 0
        ticket = self._queue.get()
        while ticket is not None:
            if not ticket.abandoned:
                tickets.append(ticket)
                leaves += len(ticket.drafts)
            if leaves >= BATCH_LEAVES:
                return tickets, False
            try:
                ticket = self._queue.get_nowait()
            except Empty:
                return tickets, False
        return tickets, True

    def _settle(self, tickets: list[Ticket]) -> None:
        """Make one batch durable and let its callers go, or tell them why not."""
        stamped = self._chain.stamp([draft for ticket in tickets for draft in ticket.drafts])
        try:
            why = self._persist(stamped)
        except Exception as error:  # the thread must live, and a caller must never hang
            _log.error("trail.writer_fault %s", type(error).__name__)
            why = Why.FAULT
        now = clock.monotonic()
        if why:
            # Whether the batch landed may be unknown, so nothing may be linked to it.
            self._chain = Chain(ids.uuid7())
            self._disconnect()
            self.pulse.close(now, why)
            _log.error("trail.closed why=%s leaves=%d", why.value, len(stamped))
        else:
            self.pulse.acknowledged(now, now - tickets[0].queued)
        _release(tickets, stamped, why)

    def _persist(self, stamped: list[Stamped]) -> Why:
        """Commit the batch, trying again for a second; the reason if that is not possible."""
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
            # The first try was still being committed when we looked: its rows are there, its head too.
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


def _wait(ticket: Ticket) -> bool:
    """Sleep until the ticket is settled, then wake the next in line; False when that took too long."""
    settled = False
    try:
        settled = ticket.done.acquire(timeout=WAIT_SECONDS)
    finally:
        # Whatever ends the sleep, the line goes on. Whoever leaves early says so before looking for
        # the line: either it is there, or those who wake this one will see that nobody does.
        ticket.abandoned = not settled
        if ticket.others:
            _wake(ticket.others)
    return settled


def _wake(line: Line) -> None:
    """Wake the next one, and on until one is woken who will wake the rest. More than one does no harm."""
    while line:
        try:
            ticket = line.popleft()
        except IndexError:  # another thread took the last
            return
        ticket.done.release()
        if not ticket.abandoned:
            return


def _release(tickets: list[Ticket], stamped: list[Stamped], why: Why) -> None:
    at, line = 0, deque(tickets)
    for ticket in tickets:
        after = at + len(ticket.drafts)
        ticket.hashes = [one.leaf_hash for one in stamped[at:after]]
        ticket.why = why
        ticket.others = line
        at = after
    _wake(line)


def _connect() -> psycopg.Connection[Any]:
    connection = own_connection("tutela-trail", _LIMITS)
    connection.execute(DURABLE)
    _checked(connection.pgconn.prepare(_NAME, APPEND.encode()))
    return connection


def _execute(connection: psycopg.Connection[Any], stamped: Sequence[Stamped]) -> None:
    """One statement and its commit. Straight to libpq, which gives up Python's lock only once."""
    _checked(connection.pgconn.exec_prepared(_NAME, [parameter(stamped)], [pq.Format.BINARY]))


def _checked(result: pq.abc.PGresult) -> None:
    if result.status not in {pq.ExecStatus.COMMAND_OK, pq.ExecStatus.TUPLES_OK}:
        raise psycopg.errors.error_from_result(result, encoding="utf-8")


def _refused(error: Exception) -> Why:
    """Why the log's own function takes no such batch; trying again would not help."""
    code = error.sqlstate if isinstance(error, psycopg.Error) else None
    if code == UNTIMELY:
        return Why.CLOCK
    return Why.FAULT if code in {MALFORMED, UNLINKED} else Why.NONE


def _is_second(error: psycopg.Error) -> bool:
    return isinstance(error, psycopg.errors.UniqueViolation) or error.sqlstate == UNLINKED


def _landed(connection: psycopg.Connection[Any], stamped: Sequence[Stamped]) -> bool:
    """Whether an earlier try of this very batch is in the table: all of it is, or nothing."""
    first, last = stamped[0], stamped[-1]
    moments = [moment(one.draft.id) for one in stamped]
    found = connection.execute(
        LANDED, (first.writer, first.seq, last.seq, min(moments), max(moments))
    ).fetchone()
    return found is not None and found[0] == len(stamped)


def _check_clock(connection: psycopg.Connection[Any]) -> None:
    told = connection.execute("SELECT clock_timestamp()").fetchone()
    if told is None or abs((told[0] - clock.now()).total_seconds()) > SKEW_SECONDS:
        raise Refusing(Why.CLOCK)


def _check_disk() -> None:
    """Only where the database is on this machine, which a socket's path tells."""
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
    # The parent's thread and connection stay with the parent: psycopg does not close them from here.
    global _writer, _inherited
    _inherited = _writer
    _writer = Writer()


_inherited: Writer | None = None
os.register_at_fork(after_in_child=_after_fork)


def stop() -> None:
    """Write what waits and let go of the connection; the next append starts anew."""
    _writer.stop()


atexit.register(stop)
