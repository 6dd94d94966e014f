"""Follow the sequenced trail: count, judge, raise. One watcher leads by an advisory lock, others stand by.

Counters, position and alerts are one transaction: after a crash the leaves since then are read again, and nothing
is raised twice or missed.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from threading import Event
from typing import Final, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg
from django.conf import settings
from django.db import Error as DatabaseFault
from django.db import connection, transaction

from tutela.base import clock
from tutela.base.errors import TutelaError
from tutela.trail import queries as trail
from tutela.trail.connect import own_connection
from tutela.trail.tree import state, witnesses

from . import queries
from .actions import counters
from .actions.alerts import raise_alerts
from .engine import Engine
from .families import health
from .findings import Finding
from .known import Known
from .look import Calendar, Sequenced
from .world import Health

BATCH: Final = 4_000
SAVE_SECONDS: Final = 60.0
IDLE_SECONDS: Final = 0.25
HEALTH_SECONDS: Final = 10.0
BOOK_SECONDS: Final = 2.0
LOCK: Final = 0x7761_7463
"""The advisory lock of the leader."""
_QUIET: Final = timedelta(minutes=1)
_log = logging.getLogger("tutela.watch")


class Source(Protocol):
    """Where leaves come from, in order."""

    def sequenced(self, after: int, limit: int, epoch: int) -> Sequence[Sequenced]: ...

    def leaf_ids(self, epoch: int, indices: Sequence[int]) -> Mapping[int, UUID]: ...

    def newest_epoch(self) -> int: ...

    def health(self) -> Health: ...


class Tree:
    """The trail's own tree."""

    def sequenced(self, after: int, limit: int, epoch: int) -> Sequence[Sequenced]:
        return state.sequenced(after, limit, epoch)

    def leaf_ids(self, epoch: int, indices: Sequence[int]) -> Mapping[int, UUID]:
        return state.leaf_ids(epoch, indices)

    def newest_epoch(self) -> int:
        tree = state.current()
        return tree.epoch if tree else 0

    def health(self) -> Health:
        """What the sequencer, the last verification and the server's clock say."""
        tree = state.health()
        now = clock.now()
        broken = [tree.why] if tree and tree.why else []
        verified = trail.last_verified()
        if verified is not None and verified.broken:
            broken.append("verification")
        quorum = witnesses.quorum()
        alone = now - (quorum.met_at or quorum.since) if quorum else None
        return Health(
            at_ms=queries.milliseconds(now),
            lag_seconds=int(tree.lag) if tree else None,
            minutes_without_quorum=int(alone.total_seconds() // 60) if alone is not None else None,
            skew_seconds=_skew(),
            broken=broken,
        )


def _skew() -> int:
    """Whole seconds between the server's clock and this process's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (server,) = cursor.fetchone() or (clock.now(),)
    return int(abs((clock.now() - server).total_seconds()))


class Watcher:
    """An engine at its place in the trail."""

    def __init__(self, source: Source | None = None) -> None:
        self.source: Source = source or Tree()
        self.known = Known()
        self._edition = queries.edition()
        self.engine = Engine(self.known, queries.book(), Calendar(ZoneInfo(settings.TIME_ZONE)))
        stored = counters.load(self.engine)
        self.epoch = stored.epoch
        self._since_ms = queries.milliseconds(stored.since)
        self._saved_at = self._book_at = clock.monotonic()
        self._health_at = 0.0

    def step(self, *, limit: int = BATCH) -> int:
        """Count and judge the next leaves; how many there were."""
        self._reread()
        leaves = self.source.sequenced(self.engine.next - 1, limit, self.epoch)
        if not leaves and self.epoch < self.source.newest_epoch():
            self.epoch += 1
            self.engine.next = 0
            leaves = self.source.sequenced(-1, limit, self.epoch)
        found = self.engine.feed(leaves)
        if not leaves:
            found += self.engine.advance(queries.milliseconds(clock.now() - _QUIET))
            found += self._health()
        found = [one for one in found if one.at_ms >= self._since_ms]
        if found or clock.monotonic() - self._saved_at >= SAVE_SECONDS:
            self.keep(found)
        return len(leaves)

    def keep(self, found: Sequence[Finding] = ()) -> None:
        """Store what was counted and raise what was found."""
        with transaction.atomic():
            counters.save(self.engine, self.epoch)
            if found:
                indices = sorted({index for one in found for index in one.leaves})
                raise_alerts(found, self.epoch, self.source.leaf_ids(self.epoch, indices))
        counters.saved(self.engine)
        self._saved_at = clock.monotonic()

    def _reread(self) -> None:
        """Settings and mutes that have changed; baselines, when posts have."""
        if clock.monotonic() - self._book_at >= BOOK_SECONDS:
            self._book_at = clock.monotonic()
            edition = queries.edition()
            if edition != self._edition:
                self._edition, self.engine.book = edition, queries.book()
        if self.known.refresh():
            self.engine.baselines.forget()

    def _health(self) -> Iterable[Finding]:
        if clock.monotonic() - self._health_at < HEALTH_SECONDS:
            return ()
        self._health_at = clock.monotonic()
        told = self.source.health()
        day = self.engine.calendar.place(told.at_ms)[0]
        finding = health.trail(told, self.engine.book, day)
        return (finding,) if finding else ()


def catch_up(watcher: Watcher) -> int:
    """All leaves that have a place, then what was counted is stored; how many."""
    total = 0
    while done := watcher.step():
        total += done
    watcher.keep()
    return total


def run(stopping: Event) -> None:
    """Follow the trail until told to stop. After a fault of the database it begins again from what is stored."""
    while not stopping.is_set():
        try:
            with own_connection("tutela watch") as link:
                _lead(link, stopping)
        except (psycopg.Error, DatabaseFault, TutelaError) as fault:
            _log.warning("the watch begins again", extra={"why": _kind(fault)})
            connection.close()
            stopping.wait(1.0)


def _kind(fault: Exception) -> str:
    """The type of a fault, and of the database's one its code: the text may hold data of a row."""
    cause = fault if isinstance(fault, psycopg.Error) else fault.__cause__
    code = getattr(cause, "sqlstate", None)
    return f"{type(fault).__name__} {code}" if code else type(fault).__name__


def _lead(link: "psycopg.Connection[tuple[object, ...]]", stopping: Event) -> None:
    """Wait for the lock, then follow."""
    while not stopping.is_set():
        row = link.execute("SELECT pg_try_advisory_lock(%s)", (LOCK,)).fetchone()
        if row and row[0]:
            break
        stopping.wait(1.0)
    watcher = Watcher()
    while not stopping.is_set():
        if not watcher.step():
            link.execute("SELECT 1")  # whoever lost the connection has lost the lock
            stopping.wait(IDLE_SECONDS)
    watcher.keep()
