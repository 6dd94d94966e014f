"""Batches: one row for each import, found again after a stop, and the sums of their chunks."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import DatabaseError, InterfaceError, connection, transaction

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

_SUMS = (
    "coalesce(sum(rows), 0), coalesce(sum(created), 0), coalesce(sum(changed), 0),"
    " coalesce(sum(unchanged), 0), coalesce(sum(rejected), 0)"
)


@dataclass(frozen=True, slots=True)
class Batch:
    """One import of one file. `chunk_rows` stays with it, so that a resumed run cuts the same chunks."""

    id: UUID
    collection: int
    source: str
    chunk_rows: int
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
    columns: dict[str, str]

    def as_row(self) -> dict[str, Any]:
        """Ready for JSON."""
        about = {"batch": str(self.id), "actor": self.actor_id, "source": self.source}
        code = targets.collection_code(self.collection)
        return {**about, "collection": code, "state": self.state, **self.tally.counts()}


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
        yield _found(plan, sha256, source) or _made(actor, plan, sha256, source, chunk_rows)
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
        "SELECT batch_id, mapping ->> 'chunk_rows' FROM vault.import_batch"
        " WHERE file_hash = %s AND source = %s AND collection = %s AND state = 'running'"
        " AND mapping -> 'columns' = %s::jsonb ORDER BY started_at DESC LIMIT 1",
        (bytes.fromhex(sha256), source, plan.collection, json.dumps(plan.as_dict())),
    )
    if not found:
        return None
    return Batch(found[0][0], plan.collection, source, int(found[0][1]), resumed=True)


def _made(actor: Actor, plan: Plan, sha256: str, source: str, chunk_rows: int) -> Batch:
    batch = Batch(ids.uuid7(), plan.collection, source, chunk_rows, resumed=False)
    kept = json.dumps({"columns": plan.as_dict(), "chunk_rows": chunk_rows}, ensure_ascii=False)
    _insert(batch, actor, bytes.fromhex(sha256), kept)
    return batch


def _insert(batch: Batch, actor: Actor, file_hash: bytes, mapping: str) -> None:
    who = (actor.kind, actor.id, batch.source, batch.collection)
    statements.insert_batch((batch.id, *who, file_hash, mapping))


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
        statements.finish_batch((*tally.counts().values(), batch.id))
        log.append_with_change(
            Leaf(
                event=Event.VAULT_IMPORT_FINISHED,
                actor=actor,
                detail={"batch": str(batch.id), **tally.counts()},
            )
        )
    return tally


def need(batch: UUID) -> int:
    """The collection of a batch, or BatchMissing."""
    found = match.fetch("SELECT collection FROM vault.import_batch WHERE batch_id = %s", (batch,))
    if not found:
        raise BatchMissing
    return int(found[0][0])


def recent(limit: int = 20) -> list[BatchState]:
    """The newest batches, with what is committed of them so far."""
    found = match.fetch(
        f"SELECT b.batch_id, b.actor_id, b.source, b.collection, b.state, b.mapping -> 'columns',"
        f" (SELECT ARRAY[{_SUMS}] FROM vault.import_chunk c WHERE c.batch_id = b.batch_id)"
        " FROM vault.import_batch b ORDER BY b.started_at DESC LIMIT %s",
        (limit,),
    )
    return [
        BatchState(
            id=row[0],
            actor_id=row[1],
            source=row[2],
            collection=row[3],
            state=row[4],
            tally=Tally(*map(int, row[6])),
            columns=_columns(row[5]),
        )
        for row in found
    ]


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


def only_branch() -> int | None:
    """The head office while there is no other branch: a company that has not brought in its branches
    yet can still bring in files that name some."""
    found = list(Branch.objects.values_list("id", flat=True)[:2])
    return int(found[0]) if len(found) == 1 else None
