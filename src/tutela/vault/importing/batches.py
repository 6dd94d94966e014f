"""Batches: one row for each import, found again after a stop, and the sums of their chunks."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, TypedDict
from uuid import UUID

from django.db import DatabaseError, InterfaceError, connection, transaction

from tutela.base import ids
from tutela.base.actor import Actor
from tutela.crypto import digest
from tutela.trail import log
from tutela.trail.leaves import Leaf
from tutela.vault import events, news

from . import branches, file_names, match, statements, targets
from .counts import ALL_NAMES, Counts
from .errors import ImportRunning
from .how_read import how_read
from .orders import Order
from .totals import Total

_SUMS = ", ".join(f"coalesce(sum({name}), 0)" for name in ALL_NAMES)

_STATES = f"""
    SELECT b.batch_id, b.actor_id, b.source, b.collection, b.state, b.mapping -> 'columns',
        (SELECT ARRAY[{_SUMS}] FROM vault.import_chunk c WHERE c.batch_id = b.batch_id),
        coalesce(b.total, 0), b.total_about, b.branch_id, b.dry_run, b.upload,
        encode(b.file_hash, 'hex'), b.finished_at, b.mapping -> 'read_as', b.mapping -> 'read',
        b.mapping -> 'clears', b.file_name
    FROM vault.import_batch b"""
_LOCKS = """
    SELECT (classid::bigint << 32) | objid::bigint FROM pg_locks
    WHERE locktype = 'advisory' AND objsubid = 1
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"""
FINISHED, RUNNING, WAITING, STOPPED, FAILED = "finished", "running", "waiting", "stopped", "failed"


@dataclass(frozen=True, slots=True)
class Batch:
    """One import of one file. `chunk_rows` stays with it, so that a resumed run cuts the same chunks."""

    id: UUID
    collection: int
    source: str
    chunk_rows: int
    total: Total
    resumed: bool
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class NewBatch:
    """How a batch begins. `upload`: the sealed file that a rehearsal keeps for the import itself."""

    chunk_rows: int
    state: str = RUNNING
    dry_run: bool = False
    upload: UUID | None = None


class Progress(TypedDict):
    """Rows in all (None: not known), whether that is an estimate, and the whole per cent done."""

    total: int | None
    estimated: bool
    percent: int | None


@dataclass(frozen=True, slots=True)
class BatchState:
    """A batch as a page shows it. `read_as` is the way in which its file was read (ReadAs), `read` what is
    told of it (HowRead), both empty of an earlier release. `state`: waiting (for the worker), running,
    stopped (nobody is at it: its process was killed), finished or failed. `branch`: of who imported it.
    `upload`: the sealed file of a rehearsal. Times are aware."""

    id: UUID
    actor_id: str
    source: str
    collection: int
    state: str
    tally: Counts
    total: Total
    columns: dict[str, str]
    branch: int
    dry_run: bool
    upload: UUID | None
    file_hash: str
    finished_at: datetime | None
    read_as: dict[str, str] = field(default_factory=dict)
    read: dict[str, Any] = field(default_factory=dict)
    clears: tuple[str, ...] = ()
    """The fields whose stored value a blank cell cleared."""
    file_name: str = ""
    """The file's name, its ending alone if the name holds a customer's value; "" if none was kept."""

    @property
    def percent(self) -> int | None:
        """Whole per cent that is done, 100 once it is finished; None while it is not known."""
        return 100 if self.state == FINISHED else self.total.percent(self.tally.rows)

    def how_far(self) -> Progress:
        """The progress, as the API and the shell show it."""
        return {
            "total": self.total.rows if self.total.rows or self.state == FINISHED else None,
            "estimated": bool(self.total.rows) and self.total.about,
            "percent": self.percent,
        }

    def as_row(self) -> dict[str, Any]:
        """Ready for JSON."""
        about: dict[str, Any] = {
            "batch": str(self.id),
            "actor": self.actor_id,
            "source": self.source,
            "file_name": self.file_name,
        }
        about |= {"collection": targets.collection_code(self.collection), "state": self.state}
        about |= {"dry_run": self.dry_run}
        return {**about, **self.tally.sums(), **self.how_far()}


@contextmanager
def claimed(actor: Actor, order: Order, chunk_rows: int) -> Iterator[Batch]:
    """The unfinished batch of the same file, source, collection and mapping, or a new one; held by
    this session alone. ImportRunning when another process is at it."""
    sha256, source, collection = order.table.survey.sha256, order.source_name, order.plan.collection
    with locked(import_name(actor.id, sha256, source, collection, _settled(order))):
        batch = _unfinished(actor, order)
        yield batch or insert(actor, order, NewBatch(chunk_rows))


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Hold a name for this session alone; ImportRunning when another has it."""
    lock = lock_number(name)
    if not match.fetch("SELECT pg_try_advisory_lock(%s)", (lock,))[0][0]:
        raise ImportRunning
    try:
        yield
    finally:
        _let_go(lock)


def _settled(order: Order) -> dict[str, Any]:
    """What is settled of a file: its columns, which of them clear, and the way in which it is read.
    Another sheet of the same workbook has other rows under the same numbers."""
    return {
        "columns": order.plan.as_dict(),
        "read_as": asdict(order.table.way),
        "clears": sorted(order.plan.clears),
    }


def import_name(
    actor_id: str, sha256: str, source: str, collection: int, settled: Mapping[str, Any]
) -> str:
    """What an import is locked by: the same person's same file, source, collection, mapping and way of
    reading."""
    mapping = json.dumps(dict(settled), ensure_ascii=False, sort_keys=True)
    return f"{actor_id}/{sha256}/{source}/{collection}/{mapping}"


def lock_number(text: str) -> int:
    """The number of a name among the database's advisory locks."""
    return int.from_bytes(digest.sha256(text.encode())[:8], "big", signed=True)


def locks() -> set[int]:
    """The numbers that some session holds now."""
    return {row[0] for row in match.fetch(_LOCKS, ())}


def _let_go(lock: int) -> None:
    try:
        match.fetch("SELECT pg_advisory_unlock(%s)", (lock,))
    except (DatabaseError, InterfaceError, OSError):
        connection.close()  # the lock ends with the session


def _unfinished(actor: Actor, order: Order) -> Batch | None:
    """What the actor left unfinished; another's batch would tell of another's rows. One of a release that
    did not keep how a file was read is begun anew: its chunks may hold other rows."""
    source, collection, settled = order.source_name, order.plan.collection, _settled(order)
    rows = match.fetch(
        "SELECT batch_id, mapping ->> 'chunk_rows', coalesce(total, 0), total_about"
        " FROM vault.import_batch"
        " WHERE file_hash = %s AND source = %s AND collection = %s AND state = 'running'"
        " AND NOT dry_run AND actor_id = %s"
        " AND mapping -> 'columns' = %s::jsonb AND mapping -> 'read_as' = %s::jsonb"
        " AND mapping -> 'clears' = %s::jsonb"
        " ORDER BY started_at DESC LIMIT 1",
        (
            *(bytes.fromhex(order.table.survey.sha256), source, collection, actor.id),
            *map(json.dumps, settled.values()),
        ),
    )
    if not rows:
        return None
    batch, chunk_rows, total, about = rows[0]
    total = Total(total, about)
    return Batch(batch, collection, source, int(chunk_rows), total, resumed=True)


def insert(actor: Actor, order: Order, new: NewBatch) -> Batch:
    """A new batch, with its row."""
    total, collection = order.total, order.plan.collection
    batch = Batch(
        ids.uuid7(),
        collection,
        order.source_name,
        new.chunk_rows,
        total,
        resumed=False,
        dry_run=new.dry_run,
    )
    about = {"chunk_rows": new.chunk_rows, "read": how_read(order.table).as_row()}
    statements.insert_batch(
        (
            *(batch.id, actor.kind, actor.id, batch.source, collection),
            bytes.fromhex(order.table.survey.sha256),
            json.dumps(_settled(order) | about, ensure_ascii=False),
            *(total.rows, total.about, branches.branch_of(actor)),
            *(new.dry_run, new.upload, new.state, file_names.seal(order.table.file_name, batch.id)),
        )
    )
    return batch


def note_total(batch: Batch, total: Total) -> None:
    """Keep what was learned of the rows in all. That it cannot be kept now is no reason to stop: who
    cannot reach the database is stopped by the next chunk."""
    with suppress(DatabaseError, InterfaceError):
        statements.note_total((total.rows, total.about, batch.id))


@contextmanager
def rehearsed(actor: Actor, order: Order, chunk_rows: int, batch: UUID | None) -> Iterator[Batch]:
    """A rehearsal held by this session alone: a new one, or the one that was handed to the worker,
    which goes on after its last chunk when an earlier try was stopped."""
    if batch is None:
        rehearsal = insert(actor, order, NewBatch(chunk_rows, dry_run=True))
    else:
        about = (batch, order.plan.collection, order.source_name, chunk_rows, order.total)
        rehearsal = Batch(*about, resumed=True, dry_run=True)
    with locked(rehearsal_name(rehearsal.id)):
        statements.set_state((RUNNING, rehearsal.id))
        yield rehearsal


def rehearsal_name(batch: UUID) -> str:
    """What a rehearsal is locked by."""
    return f"rehearsal/{batch}"


def fail(batch: UUID) -> None:
    """Say that a rehearsal came to nothing."""
    statements.set_state((FAILED, batch))


def done(batch: Batch) -> set[int]:
    """The chunks that are committed already."""
    return match.chunks_done(batch.id) if batch.resumed else set()


def tally_of(batch: UUID) -> Counts:
    """The sums over a batch's committed chunks."""
    rows = match.fetch(
        f"SELECT {_SUMS} FROM vault.import_chunk WHERE batch_id = %s",
        (batch,),
    )
    return Counts(*map(int, rows[0]))


def finish(batch: Batch, actor: Actor) -> Counts:
    """Write the sums and the leaf that says it is done."""
    with transaction.atomic():
        tally = tally_of(batch.id)
        statements.finish_batch((*tally.sums().values(), tally.rows, batch.id))
        log.append_with_change(
            Leaf(
                event=events.IMPORT_FINISHED,
                actor=actor,
                detail={
                    "batch": str(batch.id),
                    "dry_run": int(batch.dry_run),
                    **tally.sums(),
                },
            )
        )
        if tally.rejected and not batch.dry_run:
            news.rows_held(batch.id)
    return tally


def recent(
    limit: int = 20, within: Collection[int] | None = None, actor: str = ""
) -> list[BatchState]:
    """The newest batches, with what is committed of them so far: those of these branches (None: of all)
    and those of one account."""
    shown = "TRUE" if within is None else "(b.branch_id = ANY(%s) OR b.actor_id = %s)"
    values = [] if within is None else [list(within), actor]
    statement = f"{_STATES} WHERE {shown} ORDER BY b.started_at DESC LIMIT %s"
    return _states(match.fetch(statement, (*values, limit)))


def state_of(batch: UUID) -> BatchState | None:
    """One batch, if there is such a one."""
    states = _states(match.fetch(f"{_STATES} WHERE b.batch_id = %s", (batch,)))
    return states[0] if states else None


def of_upload(
    file_hash: bytes, source: str, actor_id: str, since: datetime, read_as: Mapping[str, str]
) -> UUID | None:
    """The newest import of a file by the actor that runs or began at `since` or later; no rehearsal.
    `read_as`: the way in which it is read, nothing for any."""
    rows = match.fetch(
        """SELECT batch_id FROM vault.import_batch
        WHERE file_hash = %s AND source = %s AND actor_id = %s AND NOT dry_run
            AND (started_at >= %s OR state = 'running')
            AND (%s::jsonb = '{}' OR mapping -> 'read_as' = %s::jsonb)
        ORDER BY started_at DESC LIMIT 1""",
        (file_hash, source, actor_id, since, *[json.dumps(dict(read_as))] * 2),
    )
    return rows[0][0] if rows else None


def _states(rows: Sequence[Sequence[Any]]) -> list[BatchState]:
    running = any(row[4] == RUNNING for row in rows)
    at_work = locks() if running else set()
    return [_state(row, at_work) for row in rows]


def _state(row: Sequence[Any], at_work: Collection[int]) -> BatchState:
    state, dry_run = row[4], row[10]
    if state == RUNNING:
        name = (
            rehearsal_name(row[0])
            if dry_run
            else import_name(row[1], row[12], row[2], row[3], _settled_of(row))
        )
        state = RUNNING if lock_number(name) in at_work else STOPPED
    return BatchState(
        id=row[0],
        actor_id=row[1],
        source=row[2],
        collection=row[3],
        state=state,
        columns=_object(row[5]),
        tally=Counts(*map(int, row[6])),
        total=Total(*row[7:9]),
        branch=row[9] if row[9] is not None else branches.head_office(),
        dry_run=dry_run,
        upload=row[11],
        file_hash=row[12],
        finished_at=row[13],
        read_as=_object(row[14]),
        read=_object(row[15]),
        clears=tuple(_json(row[16]) or ()),
        file_name=file_names.opened(row[17], row[0]),
    )


def _settled_of(row: Sequence[Any]) -> dict[str, Any]:
    parts = {"columns": row[5], "read_as": row[14], "clears": row[16]}
    return {name: _json(part) for name, part in parts.items() if part is not None}


def _object(stored: object) -> dict[str, Any]:
    read = _json(stored)
    return dict(read) if isinstance(read, dict) else {}


def _json(stored: object) -> Any:
    return json.loads(stored) if isinstance(stored, str) else stored
