"""Verify that the vault is what the trail says, and anchor once what is older than anchoring.

A run keeps where it is after each part, so that the next call goes on after a stop; only one at a time.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from tutela.access import gate
from tutela.base import clock, ids
from tutela.base.actor import Actor
from tutela.trail import log
from tutela.trail.leaves import Leaf
from tutela.vault import anchors, events, permissions
from tutela.vault.errors import VerifyRunning
from tutela.vault.queries import fetch
from tutela.vault.verification import compare, leaves, whole
from tutela.vault.verification.faults import Tally

ANCHORED_AT_ONCE = 1_000
_ENOUGH = 10_000
"""Entries after which the run's place is kept."""
KEYS, RETURNED, TOTALS = "keys", "returned", "totals"
STAGES = (*leaves.EVENTS, RETURNED, KEYS, TOTALS)
_LOCK = "SELECT pg_try_advisory_lock(hashtext('vault.verify'))"
_UNLOCK = "SELECT pg_advisory_unlock(hashtext('vault.verify'))"
_COLUMNS = """leaves, records, moves, faults, not_anchored, first_faults, last_present,
    first_missing"""
_OPEN_RUN = f"""
    SELECT run_id, started_at, stage, after, {_COLUMNS} FROM vault.verification
    WHERE finished_at IS NULL"""
_NEW_RUN = """
    INSERT INTO vault.verification (run_id, actor_id, started_at, stage) VALUES (%s, %s, %s, %s)"""
_KEEP_PLACE = """
    UPDATE vault.verification SET stage = %s, after = %s, leaves = %s, records = %s, moves = %s,
        faults = %s, not_anchored = %s, first_faults = %s::jsonb, last_present = %s, first_missing = %s
    WHERE run_id = %s"""
_FINISH = "UPDATE vault.verification SET finished_at = %s, outcome = %s WHERE run_id = %s"
_KEEP_LIST = "INSERT INTO vault.anchor (root, entries) VALUES (%s, %s) ON CONFLICT DO NOTHING"
_BEFORE = "SELECT before FROM vault.anchoring WHERE done_at IS NULL"
_ANCHORED = "UPDATE vault.anchoring SET done_at = %s WHERE done_at IS NULL"
Watcher = Callable[[int, int], None]
"""Told after each part: leaves and records so far."""


@dataclass(slots=True)
class Run:
    """One verification: where it is, and what it found. `outcome` is empty until it is finished."""

    id: UUID
    started_at: datetime
    stage: str
    after: UUID | None
    tally: Tally
    outcome: str = ""
    resumed: bool = False

    def as_row(self) -> dict[str, Any]:
        """Ready for JSON."""
        tally, restored = self.tally, self.tally.restored_from
        return {
            "run": str(self.id),
            "outcome": self.outcome,
            "leaves": tally.leaves,
            "records": tally.records,
            "customers": tally.moves,
            "faults": tally.faults,
            "not_anchored": tally.not_anchored,
            "restored_from": restored.isoformat() if restored else "",
            "first_missing": tally.first_missing.isoformat() if tally.first_missing else "",
            "first_faults": tally.first_faults,
        }


def verify(actor: Actor, watch: Watcher | None = None) -> Run:
    """Compare every leaf with the vault, and the vault with the leaves; VerifyRunning if another does."""
    gate.require(actor, permissions.CONTENT_VERIFY)
    with _alone():
        run = _open_run() or _new_run(actor)
        for stage in STAGES[STAGES.index(run.stage) :]:
            run.stage = stage
            for _part in _parts(run):
                _keep_place(run)
                if watch:
                    watch(run.tally.leaves, run.tally.records)
            run.after = None
        _finish(run, actor)
    return run


@contextmanager
def _alone() -> Iterator[None]:
    if not fetch(_LOCK, ())[0][0]:
        raise VerifyRunning
    try:
        yield
    finally:
        fetch(_UNLOCK, ())


def _open_run() -> Run | None:
    runs = fetch(_OPEN_RUN, ())
    if not runs:
        return None
    key, started, stage, after, *counts = runs[0]
    counts[5] = json.loads(counts[5]) if isinstance(counts[5], str) else counts[5]
    stage = stage if stage in STAGES else STAGES[0]
    return Run(key, started, stage, after, Tally(*counts), resumed=True)


def _new_run(actor: Actor) -> Run:
    run = Run(ids.uuid7(), clock.now(), STAGES[0], None, Tally())
    _execute(_NEW_RUN, (run.id, actor.id, run.started_at, run.stage))
    return run


def _parts(run: Run) -> Iterator[None]:
    """Do the run's stage, part by part; its place is right whenever this yields."""
    if run.stage == KEYS:
        return _keys(run)
    if run.stage == RETURNED:
        return _once(lambda: run.tally.add(whole.returned()))
    if run.stage == TOTALS:
        return _once(lambda: _totals(run.tally))
    return _leaves(run)


def _leaves(run: Run) -> Iterator[None]:
    waiting: list[leaves.Said] = []
    entries = 0
    for said in leaves.read(run.stage, run.after):
        waiting.append(said)
        entries += len(said.entries) + 1
        if entries >= _ENOUGH:
            _compare(run, waiting)
            waiting, entries = [], 0
            yield
    if waiting:
        _compare(run, waiting)
        yield


def _compare(run: Run, waiting: list[leaves.Said]) -> None:
    compare.compare(waiting, run.tally)
    run.after = waiting[-1].leaf


def _keys(run: Run) -> Iterator[None]:
    after = run.after
    while True:
        faults, after = whole.keys_page(after)
        run.tally.add(faults)
        if after is None:
            return
        run.after = after
        yield


def _once(part: Callable[[], None]) -> Iterator[None]:
    part()
    return
    yield


def _totals(tally: Tally) -> None:
    """Rows that no leaf names. Only counts are compared, unless they differ."""
    with transaction.atomic():
        whole.take_time()
        if whole.is_all_named(tally.records, tally.moves):
            return
        every, old, named = whole.not_named()
    tally.not_anchored = every
    tally.add(named)
    tally.faults += every - old - len(named)


def _keep_place(run: Run) -> None:
    tally = run.tally
    counts = (tally.leaves, tally.records, tally.moves, tally.faults, tally.not_anchored)
    moments = (tally.last_present, tally.first_missing)
    named = json.dumps(tally.first_faults)
    _execute(_KEEP_PLACE, (run.stage, run.after, *counts, named, *moments, run.id))


def _finish(run: Run, actor: Actor) -> None:
    """The outcome and its leaf, together."""
    tally = run.tally
    run.outcome = "bad" if tally.faults else "good"
    missing = tally.first_missing
    detail: dict[str, str | int] = {
        "run": str(run.id),
        "code": run.outcome,
        "leaves": tally.leaves,
        "records": tally.records,
        "customers": tally.moves,
        "faults": tally.faults,
        "not_anchored": tally.not_anchored,
    }
    if missing is not None:
        detail["first_missing_ms"] = int(missing.timestamp() * 1000)
    with transaction.atomic():
        _keep_place(run)
        _execute(_FINISH, (clock.now(), run.outcome, run.id))
        log.append_with_change(Leaf(event=events.CONTENT_VERIFIED, actor=actor, detail=detail))


def anchor_older(actor: Actor) -> int:
    """Anchor, once, the rows from before anchoring: a leaf with a root for each thousand; how many rows.

    Rows that came later and that no leaf names are not anchored: `verify` reports them."""
    gate.require(actor, permissions.CONTENT_ANCHOR)
    pending = fetch(_BEFORE, ())
    if not pending:
        return 0
    count = 0
    with _alone(), _not_named() as more:
        while rows := more():
            old = [row for row in rows if row[4] < pending[0][0]]
            if old:
                _anchor(actor, [_entry(row) for row in old])
            count += len(old)
        _execute(_ANCHORED, (clock.now(),))
    return count


@contextmanager
def _not_named() -> Iterator[Callable[[], list[tuple[Any, ...]]]]:
    """Rows that no leaf names, a thousand at each call; the server keeps the rest."""
    with connection.cursor() as cursor:
        with transaction.atomic():
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute(
                f"DECLARE not_named NO SCROLL CURSOR WITH HOLD FOR {whole.NOT_NAMED}",
                {"events": list(leaves.EVENTS)},
            )

        def more() -> list[tuple[Any, ...]]:
            cursor.execute(f"FETCH {ANCHORED_AT_ONCE} FROM not_named")
            return list(cursor.fetchall())

        try:
            yield more
        finally:
            cursor.execute("CLOSE not_named")


def _entry(row: Sequence[Any]) -> bytes:
    """A row of `whole.NOT_NAMED` as a leaf anchors it."""
    customer, record, version, manifest, _at, branch = row
    if record is None or manifest is None:
        return anchors.move(customer.bytes, (version, branch))
    return anchors.pack((customer.bytes, record.bytes), version, bytes(manifest))


def _anchor(actor: Actor, entries: list[bytes]) -> None:
    root, body = anchors.joined(entries)
    detail: dict[str, str | int] = {"root": root.hex(), "rows": len(entries)}
    with transaction.atomic():
        _execute(_KEEP_LIST, (root, body))
        log.append_with_change(Leaf(event=events.CONTENT_ANCHORED, actor=actor, detail=detail))


def last_run() -> Run | None:
    """The newest finished run."""
    runs = fetch(
        f"SELECT run_id, started_at, stage, after, {_COLUMNS}, outcome FROM vault.verification"
        " WHERE finished_at IS NOT NULL ORDER BY finished_at DESC LIMIT 1",
        (),
    )
    if not runs:
        return None
    key, started, stage, after, *counts, outcome = runs[0]
    counts[5] = json.loads(counts[5]) if isinstance(counts[5], str) else counts[5]
    return Run(key, started, stage, after, Tally(*counts), outcome)


def _execute(statement: str, values: tuple[Any, ...]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
