"""Batches: one row for each import, found again after a stop, and the sums of their chunks."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import DatabaseError, InterfaceError, connection, transaction

from tutela.access import queries as people
from tutela.access.models import Branch
from tutela.base import ids
from tutela.base.actor import Actor
from tutela.trail import log
from tutela.trail.events import Event
from tutela.trail.leaves import Leaf

from . import match, statements, targets
from .errors import BatchMissing, BranchMissing, ImportRunning
from .orders import Order
from .plan import Plan
from .run import Tally
from .totals import Total

_SUMS = (
    "coalesce(sum(rows), 0), coalesce(sum(created), 0), coalesce(sum(changed), 0),"
    " coalesce(sum(unchanged), 0), coalesce(sum(rejected), 0)"
)

_STATES = f"""
    SELECT b.batch_id, b.actor_id, b.source, b.collection, b.state, b.mapping -> 'columns',
        (SELECT ARRAY[{_SUMS}] FROM vault.import_chunk c WHERE c.batch_id = b.batch_id),
        coalesce(b.total, 0), b.total_about
    FROM vault.import_batch b"""
_OWN = "(%s::text IS NULL OR b.actor_id = %s)"
FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Batch:
    """One import of one file. `chunk_rows` stays with it, so that a resumed run cuts the same chunks."""

    id: UUID
    collection: int
    source: str
    chunk_rows: int
    total: Total
    resumed: bool


@dataclass(frozen=True, slots=True)
class BatchState:
    """A batch as a page shows it. `state` running or finished; times are aware."""

    id: UUID
    actor_id: str
    source: str
    collection: int
    state: str
    tally: Tally
    total: Total
    columns: dict[str, str]

    @property
    def percent(self) -> int | None:
        """Whole per cent that is done, 100 once it is finished; None while it is not known."""
        return 100 if self.state == FINISHED else self.total.percent(self.tally.rows)

    def how_far(self) -> dict[str, Any]:
        """Rows in all, whether that is an estimate, and the per cent, as the API and the shell tell."""
        return {
            "total": self.total.rows if self.total.rows or self.state == FINISHED else None,
            "estimated": bool(self.total.rows) and self.total.about,
            "percent": self.percent,
        }

    def as_row(self) -> dict[str, Any]:
        """Ready for JSON."""
        about = {"batch": str(self.id), "actor": self.actor_id, "source": self.source}
        about |= {"collection": targets.collection_code(self.collection), "state": self.state}
        return {**about, **self.tally.counts(), **self.how_far()}


@contextmanager
def claimed(actor: Actor, order: Order, chunk_rows: int) -> Iterator[Batch]:
    """The unfinished batch of the same file, source, collection and mapping, or a new one; held by
    this session alone. ImportRunning when another process is at it."""
    plan, sha256, source = order.plan, order.table.survey.sha256, order.source_name
    columns = json.dumps(plan.as_dict(), ensure_ascii=False, sort_keys=True)
    lock = _lock_number(f"{sha256}/{source}/{plan.collection}/{columns}")
    if not match.fetch("SELECT pg_try_advisory_lock(%s)", (lock,))[0][0]:
        raise ImportRunning
    try:
        yield _found(plan, sha256, source) or _made(actor, order, chunk_rows)
    finally:
        _let_go(lock)


def _lock_number(text: str) -> int:
    from tutela.crypto import digest

    return int.from_bytes(digest.sha256(text.encode())[:8], "big", signed=True)


def _let_go(lock: int) -> None:
    try:
        match.fetch("SELECT pg_advisory_unlock(%s)", (lock,))
    except (DatabaseError, InterfaceError, OSError):
        connection.close()  # the lock ends with the session


def _found(plan: Plan, sha256: str, source: str) -> Batch | None:
    found = match.fetch(
        "SELECT batch_id, mapping ->> 'chunk_rows', coalesce(total, 0), total_about"
        " FROM vault.import_batch"
        " WHERE file_hash = %s AND source = %s AND collection = %s AND state = 'running'"
        " AND mapping -> 'columns' = %s::jsonb ORDER BY started_at DESC LIMIT 1",
        (bytes.fromhex(sha256), source, plan.collection, json.dumps(plan.as_dict())),
    )
    if not found:
        return None
    key, rows, total, about = found[0]
    return Batch(key, plan.collection, source, int(rows), Total(total, about), resumed=True)


def _made(actor: Actor, order: Order, chunk_rows: int) -> Batch:
    batch = new(order, chunk_rows)
    columns = order.plan.as_dict()
    kept = json.dumps({"columns": columns, "chunk_rows": chunk_rows}, ensure_ascii=False)
    _insert(batch, actor, bytes.fromhex(order.table.survey.sha256), kept)
    return batch


def new(order: Order, chunk_rows: int) -> Batch:
    """A batch that nothing is written of yet."""
    return Batch(
        ids.uuid7(), order.plan.collection, order.source_name, chunk_rows, order.total, False
    )


def _insert(batch: Batch, actor: Actor, file_hash: bytes, mapping: str) -> None:
    who = (actor.kind, actor.id, batch.source, batch.collection)
    total = (batch.total.rows, batch.total.about)
    statements.insert_batch((batch.id, *who, file_hash, mapping, *total))


def note_total(batch: Batch, total: Total) -> None:
    """Keep what was learned of the rows in all. That it cannot be kept now is no reason to stop: who
    cannot reach the database is stopped by the next chunk."""
    with suppress(DatabaseError, InterfaceError):
        statements.note_total((total.rows, total.about, batch.id))


@contextmanager
def rehearsed(actor: Actor, batch: Batch) -> Iterator[None]:
    """A batch row for a dry run, so that its chunks can refer to it; rolled back at the end."""
    with transaction.atomic():
        _insert(batch, actor, bytes(32), '{"columns": {}, "chunk_rows": 0}')
        yield
        transaction.set_rollback(True)


def done(batch: Batch) -> set[int]:
    """The chunks that are committed already."""
    return match.chunks_done(batch.id) if batch.resumed else set()


def tally_of(batch: UUID) -> Tally:
    """The sums over a batch's committed chunks."""
    found = match.fetch(
        f"SELECT {_SUMS} FROM vault.import_chunk WHERE batch_id = %s",
        (batch,),
    )
    return Tally(*map(int, found[0]))


def finish(batch: Batch, actor: Actor) -> Tally:
    """Write the sums and the leaf that says it is done."""
    with transaction.atomic():
        tally = tally_of(batch.id)
        statements.finish_batch((*tally.counts().values(), tally.rows, batch.id))
        log.append_with_change(
            Leaf(
                event=Event.VAULT_IMPORT_FINISHED,
                actor=actor,
                detail={"batch": str(batch.id), **tally.counts()},
            )
        )
    return tally


def owner_of(actor: Actor) -> str | None:
    """Whose imports an account may know of: a person the own ones, a machine all (None)."""
    return None if actor.kind == "machine" else actor.id


def need(batch: UUID, actor: Actor) -> int:
    """The collection of a batch, or BatchMissing, also when it is another person's."""
    owner = owner_of(actor)
    found = match.fetch(
        "SELECT collection FROM vault.import_batch WHERE batch_id = %s"
        " AND (%s::text IS NULL OR actor_id = %s)",
        (batch, owner, owner),
    )
    if not found:
        raise BatchMissing
    return int(found[0][0])


def recent(actor: Actor, limit: int = 20) -> list[BatchState]:
    """The newest batches that the actor may know of, with what is committed of them so far."""
    statement = f"{_STATES} WHERE {_OWN} ORDER BY b.started_at DESC LIMIT %s"
    owner = owner_of(actor)
    return [_state(row) for row in match.fetch(statement, (owner, owner, limit))]


def state_of(batch: UUID, actor: Actor) -> BatchState | None:
    """One batch, if there is such a one that the actor may know of."""
    owner = owner_of(actor)
    found = match.fetch(f"{_STATES} WHERE b.batch_id = %s AND {_OWN}", (batch, owner, owner))
    return _state(found[0]) if found else None


def _state(row: Sequence[Any]) -> BatchState:
    return BatchState(
        id=row[0],
        actor_id=row[1],
        source=row[2],
        collection=row[3],
        state=row[4],
        columns=_columns(row[5]),
        tally=Tally(*map(int, row[6])),
        total=Total(*row[7:]),
    )


def _columns(stored: object) -> dict[str, str]:
    read = json.loads(stored) if isinstance(stored, str) else stored
    return dict(read) if isinstance(read, dict) else {}


def branches() -> dict[str, int]:
    """Branch ids by code and by name."""
    listed = list(Branch.objects.values_list("id", "code", "name_zh", "name_en"))
    named = {name: number for number, _code, zh, en in listed for name in (zh, en) if name}
    return named | {code: number for number, code, _zh, _en in listed}


def head_office() -> int:
    """The branch of customers whose file names none."""
    found = Branch.objects.filter(parent=None).order_by("id").values_list("id", flat=True).first()
    if found is None:
        raise BranchMissing
    return int(found)


def home_branch(actor: Actor) -> int:
    """The branch of a person's new customers whose row names none: that of the person's post."""
    return people.post_branch(actor.id) or head_office()


def only_branch() -> int | None:
    """The head office while there is no other branch: a company that has not brought in its branches
    yet can still bring in files that name some."""
    found = list(Branch.objects.values_list("id", flat=True)[:2])
    return int(found[0]) if len(found) == 1 else None
