"""Shapes what the import pages show: columns with their choices, batches with their counts."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from tutela.access import queries as people
from tutela.base.actor import Actor
from tutela.base.errors import Invalid, TutelaError
from tutela.trail.leaves import moment

from . import catalogue
from .importing import batches, targets
from .importing.actions.files import ColumnView, Inspection
from .importing.batches import BatchState
from .importing.delimiters import escaped, spelled
from .importing.errors import BadFile, FileChanged, NotATable, SheetBroken, ZipBomb
from .importing.orders import DEFAULT_SOURCE, Instructions
from .importing.reading.table import ReadAs
from .importing.rejected_rows import OpenedRejects, RejectedRow
from .importing.rejects import sentence
from .importing.targets import Target

REJECTS_SHOWN = 100
_HOPELESS = (FileChanged, NotATable, SheetBroken, ZipBomb)
SURE, LIKELY = 0.8, 0.6
_TASK = "vault.import_upload"
_KEPT, _UPLOADS = 20, "vault.upload_pages"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file with the field that is chosen for it now. `clears`: a blank cell clears the
    stored value."""

    view: ColumnView
    chosen: str
    clears: bool = False

    @property
    def sure(self) -> str:
        """How far the proposal is to be trusted, as the colour of its mark."""
        if not self.view.field:
            return "none"
        return "good" if self.view.score >= SURE else "warn" if self.view.score >= LIKELY else "bad"

    @property
    def percent(self) -> int:
        return round(100 * self.view.score)


@dataclass(frozen=True, slots=True)
class Line:
    """One import as a list shows it."""

    batch: BatchState
    who: str
    collection: str

    @property
    def started(self) -> datetime:
        return moment(self.batch.id)

    @property
    def mapping_query(self) -> str:
        """What leads a rehearsal back to its mapping."""
        code = targets.collection_code(self.batch.collection)
        about = {"collection": code, "source": self.batch.source, "rehearsal": str(self.batch.id)}
        return urlencode(about)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An upload that the worker has not begun or not finished. `status` is the queue's word;
    `address` is its page, where this session knows it."""

    upload: UUID
    collection: str
    source: str
    status: str
    address: str


def asked_of(given: Mapping[str, Any]) -> dict[str, str]:
    """Collection, source and saved mapping as a link or a form names them."""
    return {
        "collection": str(given.get("collection", ""))[:40],
        "source": str(given.get("source", "") or DEFAULT_SOURCE)[:40],
        "mapping": str(given.get("mapping", ""))[:64],
    }


def map_address(upload: UUID, asked: Mapping[str, str]) -> str:
    return f"{reverse('vault-map-columns', args=[upload])}?{urlencode(asked)}"


def read_address(upload: UUID) -> str:
    return reverse("vault-read-file", args=[upload])


def columns(
    inspection: Inspection, fields: Mapping[str, str], clears: Collection[str]
) -> list[Column]:
    """Each column with the field that a mapping gives it, and whether its blanks clear."""
    listed = ((view, fields.get(view.column, "")) for view in inspection.columns)
    return [Column(view, field, field in clears) for view, field in listed]


def chosen(inspection: Inspection, given: Mapping[str, Any]) -> list[Column]:
    """Each column with what the form's select and check say of it; they are numbered as the columns are."""
    return [
        Column(view, str(given.get(f"field-{n}", "")), f"clears-{n}" in given)
        for n, view in enumerate(inspection.columns)
    ]


def instructions(collection: str, source: str, columns: Iterable[Column]) -> Instructions:
    """The mapping that a person has settled."""
    mapped = [column for column in columns if column.chosen]
    fields = {column.view.column: column.chosen for column in mapped}
    return Instructions(
        collection, source, fields, clears=[one.chosen for one in mapped if one.clears]
    )


def missing(collection: int, have: Collection[str]) -> list[Target]:
    """The mandatory fields that no column is mapped to."""
    return [
        target
        for target in targets.targets_of(collection)
        if target.mandatory and target.code not in have
    ]


def encodings() -> list[tuple[str, str]]:
    """(name, name as people know it) of the encodings that can be chosen."""
    return [
        ("utf-8", "UTF-8"),
        ("gb18030", _("GB18030, GBK, GB 2312 (simplified Chinese)")),
        ("big5", _("Big5 (traditional Chinese)")),
        ("utf-16le", "UTF-16 LE"),
        ("utf-16be", "UTF-16 BE"),
        ("shift-jis", _("Shift JIS (Japanese)")),
        ("euc-jp", _("EUC-JP (Japanese)")),
        ("euc-kr", _("EUC-KR (Korean)")),
        ("windows-1252", _("Windows-1252 (Western European)")),
        ("windows-1251", _("Windows-1251 (Cyrillic)")),
    ]


def way_of(given: Mapping[str, Any]) -> ReadAs | None:
    """How a form says that the file is to be read; None where it says nothing."""
    parts = {part.name: str(given.get(part.name, ""))[:255] for part in fields(ReadAs)}
    return ReadAs(**parts) if any(name in given for name in parts) else None


def typed_way(way: ReadAs) -> dict[str, str]:
    """As a form sends it and shows it."""
    return asdict(way) | {"delimiter": escaped(way.delimiter)}


def can_be_read_again(refused: Invalid) -> bool:
    """Whether a refused file may be a table after all, if a person says how it is to be read."""
    return isinstance(refused, BadFile) and not isinstance(refused, _HOPELESS)


def collections() -> list[tuple[str, str]]:
    """(code, name) of everything that can be imported."""
    return [(code, label_of(number)) for number, code in targets.collections()]


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of how a file was read."""

    label: str
    text: str


def reading(read: Mapping[str, Any]) -> list[Fact]:
    """How a file was read (HowRead as a row), in words; nothing of what its kind does not have."""
    about = [
        Fact(_("Format"), str(read.get("kind", "")).upper()),
        Fact(_("Sheet"), str(read.get("sheet", ""))),
        Fact(_("Sheets left out"), " · ".join(read.get("left_out", ()))),
        Fact(_("Delimiter"), spelled(str(read.get("delimiter", "")))),
        Fact(_("Encoding"), str(read.get("encoding", "")).upper()),
        Fact(_("Header in row"), str(read.get("header_row") or "")),
    ]
    return [fact for fact in about if fact.text]


def label_of(number: int) -> str:
    known = {int(info.id): info.label() for info in catalogue.COLLECTIONS}
    return known.get(number) or _("Work items")


def refusal(refused: TutelaError, collection: str) -> str:
    """The sentence of a refused mapping, with the field's name where it has the field's code."""
    known = targets.by_code(targets.collection_number(collection))
    code = str(refused.params.get("field", ""))
    if code not in known:
        return refused.text()
    return type(refused)(**(refused.params | {"field": known[code].label()})).text()


def kind_of(given: Mapping[str, Any], summary: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The kind of problem that a link from its count names, if the import has it."""
    wanted = (str(given.get("field", "")), str(given.get("code", "")))
    return next((kind for kind in summary if (kind["field"], kind["code"]) == wanted), None)


def of_kind(rows: list[dict[str, Any]], kind: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """The rejected rows of one kind of problem, or all."""
    if kind is None:
        return rows
    return [row for row in rows if all(row[name] == kind[name] for name in ("field", "code"))]


def summary(kinds: list[dict[str, Any]], collection: int) -> list[dict[str, Any]]:
    """Each kind of problem, with `label`, the name of its field, and `query`, what leads to its rows."""
    labels = {target.code: target.label() for target in targets.targets_of(collection)}
    return [
        kind
        | {
            "label": labels.get(kind["field"], kind["field"]),
            "query": urlencode({"field": kind["field"], "code": kind["code"]}),
        }
        for kind in kinds
    ]


def rejects(rows: list[dict[str, Any]], collection: int) -> list[dict[str, Any]]:
    """The first rejected rows, each with `label`, the name of its field."""
    labels = {target.code: target.label() for target in targets.targets_of(collection)}
    return [
        reject | {"label": labels.get(reject["field"], reject["field"])}
        for reject in rows[:REJECTS_SHOWN]
    ]


def lines(states: Iterable[BatchState]) -> list[Line]:
    listed = list(states)
    names = people.names([state.actor_id for state in listed])
    return [
        Line(state, names.get(state.actor_id, state.actor_id), label_of(state.collection))
        for state in listed
    ]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a rejected row: the field's name, "" for the row as a whole, and why."""

    label: str
    reason: str


def rejected(opened: OpenedRejects, batch: BatchState) -> list[tuple[RejectedRow, list[Fault]]]:
    """Each opened row with its faults in words."""
    labels = {target.code: target.label() for target in targets.targets_of(batch.collection)}
    return [
        (row, [Fault(labels.get(field, ""), sentence(code)) for field, code in row.faults])
        for row in opened.rows
    ]


def remember(session: SessionBase, upload: UUID, digest: str) -> None:
    """Keep for this session what the address of an upload's page needs; the newest are kept."""
    kept = {**session.get(_UPLOADS, {}), str(upload): digest}
    session[_UPLOADS] = dict(list(kept.items())[-_KEPT:])


def waiting(session: SessionBase, actor: Actor) -> list[Waiting]:
    """The actor's uploads in the queue, oldest first."""
    known = session.get(_UPLOADS, {})
    labels = dict(collections())
    return [
        Waiting(upload, labels.get(code, code), source, status, _address(upload, known))
        for upload, code, source, status in _jobs("status IN ('todo', 'doing')", [], actor)
    ]


def _address(upload: UUID, known: Mapping[str, str]) -> str:
    digest = known.get(str(upload))
    return reverse("vault-watch-upload", args=[upload, digest]) if digest else ""


def _jobs(condition: str, values: list[Any], actor: Actor) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (args ->> 'upload')::uuid, args ->> 'collection', args ->> 'source', status::text"
            f" FROM procrastinate_jobs WHERE task_name = %s AND args ->> 'actor_id' = %s"
            f" AND {condition} ORDER BY id",
            [_TASK, actor.id, *values],
        )
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def state_of(upload: UUID, digest: str, actor: Actor) -> dict[str, Any]:
    """`state` of an upload's import (todo, doing, succeeded, failed, unknown) and its line, if begun."""
    jobs = _jobs("args ->> 'upload' = %s", [str(upload)], actor)
    state = jobs[-1][3] if jobs else "unknown"
    line = _line_of_file(upload, digest, actor) if state != "todo" else None
    return {"state": state, "line": line, "going": state in {"todo", "doing"}}


def _line_of_file(upload: UUID, digest: str, actor: Actor) -> Line | None:
    """The newest import of the file; while the queue knows the upload, none that ended before it came and
    none of the same file read in another way, as of another sheet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT batch_id FROM vault.import_batch WHERE encode(file_hash, 'hex') = %s"
            " AND actor_id = %s AND NOT dry_run"
            " AND (state = 'running' OR finished_at >= coalesce((SELECT max(e.at)"
            " FROM procrastinate_events e JOIN procrastinate_jobs j ON j.id = e.job_id"
            " WHERE e.type = 'deferred' AND j.task_name = %s AND j.args ->> 'upload' = %s),"
            " finished_at)) AND coalesce(mapping -> 'read_as' = (SELECT j.args -> 'read_as'"
            " FROM procrastinate_jobs j WHERE j.task_name = %s AND j.args ->> 'upload' = %s"
            " ORDER BY j.id DESC LIMIT 1), TRUE) ORDER BY started_at DESC LIMIT 1",
            [digest, actor.id, *[_TASK, str(upload)] * 2],
        )
        newest = cursor.fetchone()
    state = batches.state_of(newest[0]) if newest else None
    return lines([state])[0] if state else None
