"""Run an import, and list imports."""

import contextlib
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import DatabaseError
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from tutela.access import gate
from tutela.access.gate import Grant
from tutela.base import clock
from tutela.base.actor import Actor, Channel
from tutela.base.errors import NotAllowed
from tutela.keys import custody
from tutela.trail import log
from tutela.trail.errors import TrailClosed
from tutela.trail.leaves import Leaf
from tutela.vault import events, feeds, pace, permissions
from tutela.vault.catalogue import Collection
from tutela.vault.errors import WorkItemsFromFeeds
from tutela.vault.importing import batches, branches, reach, run, viewers
from tutela.vault.importing import rejects as rejecting
from tutela.vault.importing.batches import Batch, BatchState
from tutela.vault.importing.counts import Counts
from tutela.vault.importing.crew import Work
from tutela.vault.importing.errors import FileChanged, ImportStopped
from tutela.vault.importing.how_read import how_read
from tutela.vault.importing.job import Job
from tutela.vault.importing.orders import Order
from tutela.vault.importing.prepare import Columns
from tutela.vault.importing.reading.read import CHUNK_ROWS
from tutela.vault.importing.reading.sources import FileSource, Source
from tutela.vault.importing.run import Watcher
from tutela.vault.importing.totals import Known


@dataclass(slots=True)
class ImportResult(Counts):
    """What an import did. `rows` is the sum of the four counts; `mapping` and `read` (HowRead) as the
    shell shows them."""

    rejects_file: str = ""
    seconds: float = 0.0
    mapping: list[dict[str, Any]] = field(default_factory=list)
    read: dict[str, Any] = field(default_factory=dict)
    batch: str = ""
    resumed: bool = False
    dry_run: bool = False

    def as_row(self) -> dict[str, Any]:
        """Ready for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How an order is run. `rejects`: where the list of rejected rows goes, for a path source by default
    beside the file; `workers`: processes, None for as many as fit. With `dry_run` every chunk is rolled
    back; `rehearsal` is the batch that was made for it when it was handed to the worker."""

    dry_run: bool = False
    rehearsal: UUID | None = None
    rejects: Path | None = None
    workers: int | None = None
    chunk_rows: int = CHUNK_ROWS
    progress: Watcher | None = None


def run_import(actor: Actor, order: Order, options: RunOptions = RunOptions()) -> ImportResult:
    """Import a file by its order.

    Run again after any stop: what is committed is neither lost nor done twice.
    """
    begun = clock.monotonic()
    grant = gate.require(actor, permissions.IMPORT_RUN)
    gate.check_still_valid(actor)
    custody.check_ready()
    check_writer(actor, order)
    path = _rejects_path(order.table.source, options.rejects)
    result = (_rehearse if options.dry_run else _import)(grant, order, options)
    if path and result.rejected and not options.dry_run:
        rejecting.write_file(path, UUID(result.batch), order.plan.as_dict())
        result.rejects_file = str(path)
    result.seconds = round(clock.monotonic() - begun, 3)
    return result


def check_writer(actor: Actor, order: Order) -> None:
    """Whether this actor may write these columns at all: a source's own feed, or a person whose post
    writes their classes. Work items open clear values, so people bring none in by file.
    SourceNotRegistered, ClassNotWritable, WorkItemsFromFeeds."""
    checked = order.checked_plan()
    if feeds.check_feed(actor, order.source_name, checked.collection):
        return
    if checked.collection == Collection.WORK_ITEM:
        raise WorkItemsFromFeeds
    reach.check_classes(actor, checked)


def _import(grant: Grant, order: Order, options: RunOptions) -> ImportResult:
    with batches.claimed(grant.actor, order, options.chunk_rows) as batch:
        totals = _carry_out(grant, order, batch, options)
    # The worker counts the encrypted share anew, so that the home page tells of these rows.
    task = app.configure_task("vault.count_encryption", queueing_lock="vault.count_encryption")
    with contextlib.suppress(AlreadyEnqueued):
        task.defer(timestamp=int(clock.now().timestamp()))
    return _result(order, batch, totals)


def _rehearse(grant: Grant, order: Order, options: RunOptions) -> ImportResult:
    """Do all of it, chunk by chunk, and roll each back: leaves and counts stay. It is a search."""
    if options.rehearsal is None:
        pace.check(grant.actor)
    rehearsal, alone = options.rehearsal, replace(options, workers=1)
    with batches.rehearsed(grant.actor, order, options.chunk_rows, rehearsal) as batch:
        return _result(order, batch, _carry_out(grant, order, batch, alone))


def _carry_out(grant: Grant, order: Order, batch: Batch, options: RunOptions) -> Counts:
    actor = grant.actor
    if not batch.resumed or batch.dry_run:
        about: dict[str, str | int] = {
            "batch": str(batch.id),
            "collection": order.collection,
            "columns": len(order.plan.columns),
            "clears": len(order.plan.clears),
            "dry_run": int(batch.dry_run),
        }
        leaf = Leaf(
            event=events.IMPORT_STARTED,
            actor=actor,
            decision=grant.as_leaf(),
            detail=order.table.as_detail() | about,
        )
        log.append(leaf)
    _drive(actor, order, batch, options)
    return batches.finish(batch, actor)


def _drive(actor: Actor, order: Order, batch: Batch, options: RunOptions) -> None:
    # A shell's process has few threads and none that holds a lock for long: forking spares each
    # worker the start of an interpreter. A server's process starts fresh ones.
    how = run.How(
        run.workers_for(order.table, batch.chunk_rows, options.workers),
        fork=actor.channel is Channel.SHELL,
        chunk_rows=batch.chunk_rows,
        watch=partial(_watch, actor, options.progress),
        known=Known(batch.total, partial(batches.note_total, batch)),
        before=batches.tally_of(batch.id).rows,
    )
    try:
        run.drive(order.table, _work(actor, order, batch), batches.done(batch), how)
    except ImportStopped as stopped:
        _failed(actor, batch, str(stopped.params["cause"]))
        raise
    except (NotAllowed, FileChanged) as refused:
        _failed(actor, batch, refused.code)
        raise


def _watch(actor: Actor, progress: Watcher | None, done: int, total: int) -> None:
    """After each chunk: an account that was disabled, or a key that was revoked, goes no further."""
    gate.check_still_valid(actor)
    if progress:
        progress(done, total)


def _failed(actor: Actor, batch: Batch, cause: str) -> None:
    """The leaf of a failure, if the database is there to take it; the batch stays to be resumed."""
    leaf = Leaf(
        event=events.IMPORT_FAILED,
        actor=actor,
        detail={"batch": str(batch.id), "code": cause},
    )
    try:
        log.append(leaf)
    except (TrailClosed, DatabaseError):
        return


def _work(actor: Actor, order: Order, batch: Batch) -> Work:
    table = order.table
    places = order.plan.places(table.columns)
    is_feed = feeds.is_feed(actor, batch.source, batch.collection)
    job = Job(
        batch=batch.id,
        collection=batch.collection,
        source=batch.source,
        actor=actor,
        mapped=frozenset(target.id for _place, target in places),
        branches=branches.by_name(),
        branch=branches.head_office() if is_feed else branches.home_branch(actor),
        elsewhere=branches.only_branch(),
        dry_run=batch.dry_run,
        is_feed=is_feed,
        clears=frozenset(
            target.id for _place, target in places if target.code in order.plan.clears
        ),
    )
    return Work(job, Columns(table.columns, places, table.first_data_row), clock.today())


def _result(order: Order, batch: Batch, totals: Counts) -> ImportResult:
    mapping = [
        {
            "column": proposal.column,
            "field": proposal.field,
            "score": proposal.score,
            "in_doubt": proposal.in_doubt,
            "why": list(proposal.why),
        }
        for proposal in order.proposals
    ]
    result = ImportResult(
        mapping=mapping,
        read=how_read(order.table).as_row(),
        batch=str(batch.id),
        resumed=batch.resumed and not batch.dry_run,
        dry_run=batch.dry_run,
    )
    result.add(totals)
    return result


def _rejects_path(source: Source, asked: Path | None) -> Path | None:
    """Where the rejects list goes; refused at once if it could not be written at the end."""
    path = asked
    if path is None and isinstance(source, FileSource):
        path = source.path.with_name(f"{source.path.name}.rejects.csv")
    if path is not None:
        rejecting.check_writable(path)
    return path


def list_imports(actor: Actor, limit: int = 20) -> list[BatchState]:
    """The newest imports that the actor may see, with what is committed of them so far."""
    gate.require(actor, permissions.IMPORT_READ)
    reader = viewers.reader_of(actor)
    listed = batches.recent(limit, None if reader.machine else reader.stewarded, actor.id)
    return [reader.shown_as(state) for state in listed]
