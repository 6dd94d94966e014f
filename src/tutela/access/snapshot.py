"""The snapshot this process decides from: loaded from the database, swapped whole, watched.

A watcher thread listens for NOTIFY and looks at the epoch row once a second. Without a heartbeat for
five seconds clear access closes (`fresh` is false). Nothing here is a cache of decisions.
"""

import logging
import os
import select
import socket
import threading
from collections.abc import Callable, Sequence
from typing import Any, Final

import psycopg
from django.db import connection, connections

from tutela.base import clock

from .compile import BranchRow, KeyRow, PersonRow, Snapshot, compile_snapshot
from .live_access import LiveAccess
from .matrix import Matrix, from_canonical
from .purposes import Purpose

CHANNEL: Final = "tutela_access"
POLL_SECONDS: Final = 1.0
STALE_SECONDS: Final = 5.0
RETRY_SECONDS: Final = 0.5

Values = Sequence[Any]
Read = Callable[[str, Values], list[tuple[Any, ...]]]
_log = logging.getLogger("tutela.access")

_EPOCH = "SELECT value FROM access_epoch"
_MATRIX = "SELECT canonical FROM access_matrix_version ORDER BY id DESC LIMIT 1"
_BRANCHES = "SELECT id, parent_id FROM access_branch"
_PEOPLE = """
    SELECT s.id, s.kind, s.is_active, s.customer_id, a.post_id, a.branch_id
    FROM access_staff s
    LEFT JOIN access_assignment a
        ON a.staff_id = s.id AND a.starts <= %s AND (a.ends IS NULL OR a.ends >= %s)
    ORDER BY s.id, a.id
"""
_KEYS = """
    SELECT id, public_id, hash, staff_id, expires FROM access_api_key
    WHERE revoked_at IS NULL AND expires > %s
"""

_TEMPORARY = """
    SELECT id, kind, asker_id, branch_id, customers, classes, purpose, started_at, until, session,
        first_approver, second_approver
    FROM access_temporary_access
    WHERE started_at IS NOT NULL AND ended_at IS NULL AND until > %s
    ORDER BY started_at, id
"""


class _State:
    """What this process knows. A forked child starts with an empty one."""

    def __init__(self) -> None:
        self.snapshot: Snapshot | None = None
        self.beat = 0.0
        self.watcher: threading.Thread | None = None
        self.stopping = threading.Event()
        self.lock = threading.Lock()
        self.bell = socket.socketpair()


_state = _State()


def _after_fork() -> None:
    global _state
    _state = _State()


os.register_at_fork(after_in_child=_after_fork)


def current() -> Snapshot:
    """The snapshot in force; the first call of a process loads it and starts the watcher."""
    state = _state
    if state.snapshot is not None and state.watcher is not None:
        return state.snapshot
    return _start(state)


def fresh() -> bool:
    """Whether the database has answered within the last five seconds."""
    return clock.monotonic() - _state.beat <= STALE_SECONDS


def reload() -> Snapshot:
    """Load anew on the caller's connection; actions do so after their commit."""
    loaded = _load(_read_here)
    _install(_state, loaded)
    return current()


def stop() -> None:
    """End the watcher and forget the snapshot; the next question starts anew."""
    global _state
    state, _state = _state, _State()
    state.stopping.set()
    state.bell[1].send(b".")
    if state.watcher is not None and state.watcher is not threading.current_thread():
        state.watcher.join(timeout=2 * POLL_SECONDS)
    for end in state.bell:
        end.close()


def _start(state: _State) -> Snapshot:
    with state.lock:
        if state.snapshot is None:
            _install(state, _load(_read_here))
        if state.watcher is None:
            state.watcher = threading.Thread(
                target=_watch, args=(state,), name="access-watcher", daemon=True
            )
            state.watcher.start()
    if state.snapshot is None:
        raise AssertionError("a snapshot was installed above")
    return state.snapshot


def _install(state: _State, loaded: Snapshot) -> None:
    """A reload that began earlier must not undo one that began later."""
    now = state.snapshot
    if now is None or loaded.epoch >= now.epoch:
        state.snapshot = loaded
    state.beat = clock.monotonic()


def _read_here(statement: str, values: Values) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _load(read: Read) -> Snapshot:
    """The epoch is read first: a change that commits meanwhile shows as a higher one, and is read again."""
    day = clock.today()
    epoch = read(_EPOCH, ())
    matrix = read(_MATRIX, ())
    return compile_snapshot(
        epoch=epoch[0][0] if epoch else 0,
        day=day,
        matrix=from_canonical(matrix[0][0]) if matrix else _no_matrix(),
        branches=[BranchRow(*row) for row in read(_BRANCHES, ())],
        people=_people(read(_PEOPLE, (day, day))),
        keys=[
            KeyRow(str(row[0]), row[1], bytes(row[2]), str(row[3]), row[4])
            for row in read(_KEYS, (clock.now(),))
        ],
        temporary=[_live(*row) for row in read(_TEMPORARY, (clock.now(),))],
    )


def _live(
    key: Any, kind: str, asker: Any, branch: int | None, customers: Any, classes: Any, purpose: str,
    started: Any, until: Any, session: str, *approvers: Any,
) -> LiveAccess:  # fmt: skip
    """One row; Any as the database gives ids, arrays and moments."""
    return LiveAccess(
        id=str(key),
        kind=kind,
        asker=str(asker),
        branch=branch,
        customers=frozenset(map(str, customers)),
        classes=frozenset(classes),
        purpose=Purpose(purpose),
        started=started,
        until=until,
        session=session,
        approvers=tuple(str(approver) for approver in approvers if approver),
    )


def _no_matrix() -> Matrix:
    """Before the first matrix is published nobody sees anything."""
    return Matrix(version=0, owners={}, rules=(), canonical="", hash="0" * 64)


def _people(rows: list[tuple[Any, ...]]) -> list[PersonRow]:
    """One row an account and post; accounts without a post come once, with an empty one."""
    people: dict[str, tuple[str, bool, str]] = {}
    posts: dict[str, list[tuple[str, int | None]]] = {}
    for key, kind, active, customer, post, branch in rows:
        staff = str(key)
        people[staff] = (kind, active, str(customer) if customer else "")
        own = posts.setdefault(staff, [])
        if post is not None:
            own.append((post, branch))
    return [
        PersonRow(staff, kind, active, customer, tuple(posts[staff]))
        for staff, (kind, active, customer) in people.items()
    ]


def _watch(state: _State) -> None:
    """Runs until stopped; whatever breaks is tried again, and meanwhile `fresh` runs out."""
    while not state.stopping.is_set():
        try:
            with _connect() as link:
                link.add_notify_handler(lambda _: None)  # else they would pile up unread
                link.execute(f"LISTEN {CHANNEL}")
                while not state.stopping.is_set():
                    _look(state, link)
                    # Readable: a notification, which the next look takes in, or the call to stop.
                    _wait(link.fileno(), state.bell[0].fileno())
        except Exception as error:
            _log.warning("snapshot not refreshed", extra={"error": type(error).__name__})
            state.stopping.wait(RETRY_SECONDS)


def _wait(*files: int) -> None:
    """Until one of them is readable, at most until the next look is due. `select` has too few numbers."""
    waiter = select.poll()
    for file in files:
        waiter.register(file, select.POLLIN)
    waiter.poll(POLL_SECONDS * 1000)


def _connect() -> psycopg.Connection[tuple[Any, ...]]:
    """A connection of the watcher's own: listening needs one that no pool takes away."""
    wanted = connections["default"].get_connection_params()
    wanted.pop("cursor_factory", None)
    return psycopg.connect(**{**wanted, "autocommit": True, "application_name": CHANNEL})


def _look(state: _State, link: psycopg.Connection[tuple[Any, ...]]) -> None:
    """One heartbeat; reload when the epoch has risen or a new day has begun."""

    def read(statement: str, values: Values) -> list[tuple[Any, ...]]:
        # The statements are this module's constants, which the type cannot know.
        return link.execute(statement.encode(), values).fetchall()

    rows = read(_EPOCH, ())
    now = state.snapshot
    if now is None or (rows and rows[0][0] > now.epoch) or clock.today() != now.day:
        _install(state, _load(read))
    state.beat = clock.monotonic()
