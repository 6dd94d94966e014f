"""Open a file that is to be imported, and look at it."""

from dataclasses import asdict, dataclass, replace
from uuid import UUID

from tutela.access import gate
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.detect.file_kinds import FileKind
from tutela.keys import spool
from tutela.keys.spool import SpoolSource
from tutela.trail import log
from tutela.trail.leaves import Leaf
from tutela.vault import events, permissions
from tutela.vault.importing import orders, reach
from tutela.vault.importing.delimiters import typed
from tutela.vault.importing.how_read import HowRead, how_read
from tutela.vault.importing.mappings import SavedMappings
from tutela.vault.importing.orders import Instructions, Mapped
from tutela.vault.importing.reading import read, sniff
from tutela.vault.importing.reading.sources import Source
from tutela.vault.importing.reading.table import ReadAs, Table, stored_table
from tutela.vault.importing.reading.verified import check_hash


@dataclass(frozen=True, slots=True)
class ColumnView:
    """One column as a person sees it: the proposed field, why, and a few masked values. `in_doubt`: somebody
    should look at it."""

    column: str
    field: str
    score: float
    why: tuple[str, ...]
    samples: tuple[str, ...]
    in_doubt: bool = False


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a file is. `rows` is exact, or an estimate when `estimated`; `mapping_name` is the saved
    mapping that was recognised by the file's columns, "" when the mapping is proposed; `clears` the fields
    whose stored value a blank clears; `way` reads it so again."""

    collection: str
    columns: tuple[ColumnView, ...]
    rows: int
    estimated: bool
    mapping_name: str
    clears: frozenset[str]
    read: HowRead
    way: ReadAs

    def mapping(self) -> dict[str, str]:
        """Column to field, of the columns that have one."""
        return {view.column: view.field for view in self.columns if view.field}


def open_file(
    actor: Actor, source: Source, mapping: Mapped = None, read_as: ReadAs | None = None
) -> Table:
    """The table of a file with its first rows, once a request. What an upload was found to be is kept with
    it, so that it is surveyed once, and again if it is to be read in another way. `mapping`: whose columns
    help to find the header; without `read_as` it is read as it was before, or as it tells."""
    gate.require(actor, permissions.IMPORT_RUN)
    if read_as is not None:
        check_free_text(**asdict(read_as))
        read_as = replace(read_as, delimiter=typed(read_as.delimiter))
        kept = stored_table(source)
        read_as = None if kept and kept.way == read_as else read_as
    table = read.open_table(source, SavedMappings(actor).knows(mapping), read_as)
    if isinstance(source, SpoolSource) and table.is_new:
        source.keep_memo(table.as_memo())
    return table


def open_queued(
    actor: Actor, source: Source, mapping: Mapped, sha256: str, way: ReadAs | None = None
) -> Table:
    """The table of an upload that waited for the worker, without its rows: as it was found when it was
    looked at, or read in that `way` again when it was looked at in another since. FileChanged when it is
    another file than that of this hash, "" for any."""
    table = stored_table(source)
    if table is None or (way and table.way != way):
        table = open_file(actor, source, mapping, way)
    check_hash(table.survey, sha256)
    return table


@dataclass(frozen=True, slots=True)
class Ways:
    """The parts of `ReadAs` that somebody may give for a file that was refused, none for kinds that are read
    in one way only or not at all; and the names of a workbook's sheets."""

    parts: frozenset[str] = frozenset()
    sheets: tuple[str, ...] = ()


def ways_of(actor: Actor, source: Source) -> Ways:
    """How a file could be read."""
    gate.require(actor, permissions.IMPORT_RUN)
    with source.open() as stream:
        sheets = read.sheet_names(stream)
        if sheets:
            return Ways(frozenset({"sheet"}), sheets)
        stream.seek(0)
        kind = sniff.file_kind(stream)
    if kind is FileKind.DBF:
        return Ways(frozenset({"encoding"}))
    is_text = kind in {FileKind.TEXT, FileKind.BINARY}
    return Ways(frozenset({"delimiter", "encoding"}) if is_text else frozenset())


def inspect(actor: Actor, table: Table, collection: str = "") -> Inspection:
    """Look at a file: its form, its columns, the proposed mapping. Values are shown masked."""
    grant = gate.require(actor, permissions.IMPORT_RUN)
    asked = Instructions(collection=collection)
    order = reach.narrowed(actor, orders.settle(table, SavedMappings(actor), asked))
    leaf = Leaf(
        event=events.IMPORT_INSPECTED,
        actor=actor,
        decision=grant.as_leaf(),
        detail=table.as_detail() | {"columns": len(table.columns)},
    )
    log.append(leaf)
    views = [
        ColumnView(
            proposal.column,
            proposal.field,
            proposal.score,
            proposal.why,
            shown,
            proposal.in_doubt,
        )
        for proposal, shown in zip(order.proposals, order.samples(), strict=True)
    ]
    return Inspection(
        collection=order.collection,
        columns=tuple(views),
        rows=table.total.rows,
        estimated=table.total.about,
        mapping_name=order.name,
        clears=order.plan.clears,
        read=how_read(table),
        way=table.way,
    )


def drop_upload(actor: Actor, upload: UUID) -> None:
    """Give an upload up; another account's stays."""
    gate.require(actor, permissions.IMPORT_RUN)
    spool.drop(upload, actor.id)
