"""The verbs of the import: inspect, prepare_order, save_mapping, run_import, list_imports.

    order = prepare_order(actor, FileSource(path), collection="customer", source_name="core")
    result = run_import(actor, order)

Every act leaves a leaf: inspected, mapping saved, started, one for each committed chunk, finished or
failed, rejects opened. A batch that was stopped is found again by its file's hash, source, collection
and mapping, and goes on after its last committed chunk.
"""

import contextlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import DatabaseError, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from tutela.access import gate
from tutela.access.gate import Grant
from tutela.base import clock
from tutela.base.actor import Actor, Channel
from tutela.base.errors import NotAllowed
from tutela.base.free_text import check_free_text
from tutela.keys import custody, spool
from tutela.trail import log
from tutela.trail.errors import TrailClosed
from tutela.trail.event_specs import EventSpec
from tutela.trail.leaves import Leaf
from tutela.vault import events, feeds, pace, permissions
from tutela.vault.catalogue import Collection
from tutela.vault.errors import WorkItemsFromFeeds

from . import batches, branches, mappings, orders, plan, propose, reach, read, readers, run
from . import rejects as rejecting
from .batches import Batch, BatchState
from .counts import Counts
from .crew import Work
from .errors import ImportStopped
from .job import Job
from .mappings import SavedMappings
from .orders import Mapped, Order, Wanted
from .prepare import Columns
from .read import CHUNK_ROWS, Table
from .run import Watcher
from .sources import FileSource, Source
from .totals import Known

DEFAULT_SOURCE = "core"


@dataclass(frozen=True, slots=True)
class ColumnView:
    """One column as a person sees it: the proposed field, why, and a few masked values."""

    column: str
    field: str
    score: float
    why: tuple[str, ...]
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a file is. `rows` is exact, or an estimate when `estimated`; `mapping_name` is the saved
    mapping that was recognised by the file's columns, "" when the mapping is proposed."""

    kind: str
    encoding: str
    delimiter: str
    collection: str
    columns: tuple[ColumnView, ...]
    rows: int
    estimated: bool
    header_row: int
    mapping_name: str

    def mapping(self) -> dict[str, str]:
        """Column to field, of the columns that have one."""
        return {view.column: view.field for view in self.columns if view.field}


@dataclass(slots=True)
class ImportResult(Counts):
    """What an import did. `rows` is the sum of the four counts; `mapping` as the shell shows it."""

    rejects_file: str = ""
    seconds: float = 0.0
    mapping: list[dict[str, Any]] = field(default_factory=list)
    batch: str = ""
    resumed: bool = False
    dry_run: bool = False

    def as_row(self) -> dict[str, Any]:
        """Ready for JSON."""
        return asdict(self)


def inspect(actor: Actor, source: Source, collection: str = "") -> Inspection:
    """Look at a file: its form, its columns, the proposed mapping. Values are shown masked."""
    grant = gate.require(actor, permissions.IMPORT_RUN)
    saved = SavedMappings(actor)
    table = read.open_table(source, saved.knows(None))
    sample = table.sample(propose.SAMPLE_ROWS)
    order = orders.settle(table, sample, Wanted(saved, collection, None, DEFAULT_SOURCE))
    order = reach.narrowed(actor, order)
    _tell(events.IMPORT_INSPECTED, grant, table, columns=len(table.columns))
    views = [
        ColumnView(one.column, one.field, one.score, one.why, shown)
        for one, shown in zip(order.proposals, order.samples(sample), strict=True)
    ]
    return Inspection(
        kind=table.survey.kind.value,
        encoding=table.survey.encoding,
        delimiter=table.delimiter,
        collection=order.collection,
        columns=tuple(views),
        rows=order.total.rows,
        estimated=order.total.about,
        header_row=table.first_data_row - 1,
        mapping_name=order.name,
    )


def prepare_order(
    actor: Actor,
    source: Source,
    *,
    collection: str = "",
    source_name: str = DEFAULT_SOURCE,
    mapping: Mapped = None,
    changes: Mapping[str, str] | None = None,
) -> Order:
    """Open a file and settle its mapping; `changes` mends it: {column: field, "" to leave it out}."""
    gate.require(actor, permissions.IMPORT_RUN)
    check_free_text(source=source_name)
    saved = SavedMappings(actor)
    table = read.open_table(source, saved.knows(mapping))
    sample = table.sample(propose.SAMPLE_ROWS)
    order = orders.settle(table, sample, Wanted(saved, collection, mapping, source_name))
    order = order if mapping else reach.narrowed(actor, order)
    if not changes:
        return order
    return orders.given(table, sample, order.plan, changes, source_name, order.name)


def save_mapping(actor: Actor, name: str, order: Order) -> None:
    """Keep an order's mapping by name; it is recalled for every file of the account with the same columns.
    MappingTaken."""
    grant = gate.require(actor, permissions.MAPPING_SAVE)
    check_free_text(name=name)
    header = order.table.columns
    checked = order.checked_plan()
    leaf = Leaf(
        event=events.MAPPING_SAVED,
        actor=actor,
        decision=grant.as_leaf(),
        detail={"collection": order.collection, "columns": len(checked.columns)},
    )
    with transaction.atomic():
        mappings.save(actor, name, checked, header)
        log.append_with_change(leaf)


def run_import(
    actor: Actor,
    file: Order | Source,
    *,
    collection: str = "",
    source_name: str = DEFAULT_SOURCE,
    mapping: Mapped = None,
    dry_run: bool = False,
    progress: Watcher | None = None,
    workers: int | None = None,
    rejects: Path | None = None,
    chunk_rows: int = CHUNK_ROWS,
    rehearsal: UUID | None = None,
) -> ImportResult:
    """Import a file, or an order of `prepare_order` (then the next three are the order's).

    The list of rejected rows goes to `rejects`, for a path source by default beside the file. Run
    again after any stop: what is committed is neither lost nor done twice. With `dry_run` every chunk is
    rolled back; `rehearsal` is the batch that was made for it when it was handed to the worker.
    """
    begun = clock.monotonic()
    grant = gate.require(actor, permissions.IMPORT_RUN)
    gate.check_still_valid(actor)
    custody.check_ready()
    if not isinstance(file, Order):
        file = prepare_order(
            actor, file, collection=collection, source_name=source_name, mapping=mapping
        )
    check_writer(actor, file.source_name, file.checked_plan())
    path = _rejects_path(file.table.source, rejects)
    if dry_run:
        result = _rehearse(grant, file, progress, chunk_rows, rehearsal)
    else:
        result = _import(grant, file, progress, workers, chunk_rows)
    if path and result.rejected and not dry_run:
        rejecting.write_file(path, UUID(result.batch), file.plan.as_dict())
        result.rejects_file = str(path)
    result.seconds = round(clock.monotonic() - begun, 3)
    return result


def check_writer(actor: Actor, source_name: str, mapped: plan.Plan) -> None:
    """Whether this actor may write these columns at all: a source's own feed, or a person whose post
    writes their classes. Work items open clear values, so people bring none in by file.
    SourceNotRegistered, ClassNotWritable, WorkItemsFromFeeds."""
    if feeds.check_feed(actor, source_name, mapped.collection):
        return
    if mapped.collection == Collection.WORK_ITEM:
        raise WorkItemsFromFeeds
    reach.check_classes(actor, mapped)


def _import(
    grant: Grant, order: Order, progress: Watcher | None, workers: int | None, chunk_rows: int
) -> ImportResult:
    with batches.claimed(grant.actor, order, chunk_rows) as batch:
        totals = _carry_out(grant, order, batch, progress, workers)
    _ask_for_count()
    return _result(order, batch, totals)


def _rehearse(
    grant: Grant,
    order: Order,
    progress: Watcher | None,
    chunk_rows: int,
    rehearsal: UUID | None,
) -> ImportResult:
    """Do all of it, chunk by chunk, and roll each back: leaves and counts stay. It is a search."""
    if rehearsal is None:
        pace.check(grant.actor)
    with batches.rehearsed(grant.actor, order, chunk_rows, rehearsal) as batch:
        return _result(order, batch, _carry_out(grant, order, batch, progress, 1))


def _carry_out(
    grant: Grant, order: Order, batch: Batch, progress: Watcher | None, workers: int | None
) -> Counts:
    if not batch.resumed or batch.dry_run:
        _tell(
            events.IMPORT_STARTED,
            grant,
            order.table,
            batch=str(batch.id),
            collection=order.collection,
            columns=len(order.plan.columns),
            dry_run=int(batch.dry_run),
        )
    _drive(grant.actor, order, batch, progress, workers)
    return batches.finish(batch, grant.actor)


def _ask_for_count() -> None:
    """Have the worker count the encrypted share anew, so that the home page tells of these rows."""
    task = app.configure_task("vault.count_encryption", queueing_lock="vault.count_encryption")
    with contextlib.suppress(AlreadyEnqueued):
        task.defer(timestamp=int(clock.now().timestamp()))


def _drive(
    actor: Actor, order: Order, batch: Batch, progress: Watcher | None, workers: int | None
) -> None:
    hands = run.workers_for(order.table, batch.chunk_rows, workers)
    # A shell's process has few threads and none that holds a lock for long: forking spares each
    # worker the start of an interpreter. A server's process starts fresh ones.
    how = run.How(
        hands,
        fork=actor.channel is Channel.SHELL,
        chunk_rows=batch.chunk_rows,
        watch=partial(_watch, actor, progress),
        known=Known(batch.total, partial(batches.note_total, batch)),
        before=batches.tally_of(batch.id).rows,
    )
    try:
        run.drive(order.table, _work(actor, order, batch), batches.done(batch), how)
    except ImportStopped as stopped:
        _failed(actor, batch, str(stopped.params["cause"]))
        raise
    except NotAllowed as refused:
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
    )
    return Work(job, Columns(table.columns, places, table.first_data_row), clock.today())


def _result(order: Order, batch: Batch, totals: Counts) -> ImportResult:
    mapping = [
        {"column": one.column, "field": one.field, "score": one.score, "why": list(one.why)}
        for one in order.proposals
    ]
    result = ImportResult(
        mapping=mapping,
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


def _tell(event: EventSpec, grant: Grant, table: Table, **detail: str | int) -> None:
    about: dict[str, str | int] = {"file_hash": table.survey.sha256, "bytes": table.survey.size}
    leaf = Leaf(event=event, actor=grant.actor, decision=grant.as_leaf(), detail=about | detail)
    log.append(leaf)


def list_imports(actor: Actor, limit: int = 20) -> list[BatchState]:
    """The newest imports that the actor may see, with what is committed of them so far."""
    gate.require(actor, permissions.IMPORT_READ)
    reader = readers.reader_of(actor)
    return batches.recent(limit, None if reader.machine else reader.stewarded, actor.id)


def drop_spool(actor: Actor, upload: UUID) -> None:
    """Give an upload up."""
    gate.require(actor, permissions.IMPORT_RUN)
    spool.delete(upload)
