"""Bring files in: the upload is sealed as it arrives, the worker imports it, the caller asks how it goes."""

from dataclasses import asdict
from typing import Final, cast
from uuid import UUID

from ninja import Query

from tutela.keys.spool import SpoolSource, SpoolWriter
from tutela.vault import permissions as vault_permissions
from tutela.vault.importing import rehearsals, rejected_rows
from tutela.vault.importing.actions.files import drop_upload, inspect, open_file
from tutela.vault.importing.actions.imports import check_writer
from tutela.vault.importing.actions.orders import prepare_order
from tutela.vault.importing.orders import DEFAULT_SOURCE, Instructions
from tutela.vault.importing.reading.table import ReadAs

from . import actions, answers, errors, queries, shapes
from .call import Call
from .frame import verb
from .records import Once

FILE_LIMIT: Final = 8 * 1024**3
_PIECE: Final = 1024 * 1024
_FILE: Final = {
    "requestBody": {
        "required": True,
        "description": "The file itself: CSV, XLSX, XLS, ODS, DBF or Parquet, with Content-Length.",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


_QUEUED: Final = {202: answers.QueuedOut}


@verb("POST", "/imports", vault_permissions.IMPORT_RUN, _QUEUED, _FILE)
def import_file(
    request: Call, asked: Query[shapes.ImportIn], idempotency_key: Once = None
) -> actions.Answer:
    """Import a file in the background; with `dry_run`, rehearse it there and change nothing.

    A file that is no table, or lacks a column that must be there, is refused at once. The same file
    twice changes nothing.
    """
    upload = _received(request)
    queued: list[UUID] = []
    try:
        return _queue(request, asked, upload, idempotency_key or "", queued)
    finally:
        if not queued:
            drop_upload(request.actor, upload.spool)


@verb("GET", "/imports/{uuid:import_id}", vault_permissions.IMPORT_READ, answers.ImportOut)
def read_import(request: Call, import_id: UUID) -> answers.ImportOut:
    """How far an import is: queued, running, finished or failed, with its counts so far."""
    return queries.import_state(import_id, request.actor)


@verb("GET", "/imports/{uuid:import_id}/rejects", vault_permissions.IMPORT_READ, answers.RejectsOut)
def list_rejects(request: Call, import_id: UUID) -> answers.RejectsOut:
    """The rejected rows: row number, the file's column, field, code and reason; never a value."""
    batch = queries.batch_of(import_id, request.actor)
    rejects = rejected_rows.rejects_of(request.actor, batch) if batch else []
    return {"rejects": cast(list[answers.RejectOut], rejects)}


@verb(
    "GET",
    "/imports/{uuid:import_id}/rejects/summary",
    vault_permissions.IMPORT_READ,
    answers.RejectSummaryOut,
)
def sum_up_rejects(request: Call, import_id: UUID) -> answers.RejectSummaryOut:
    """The rejected rows counted by field and reason; of a rehearsal with masked examples."""
    batch = queries.batch_of(import_id, request.actor)
    kinds = rejected_rows.summary_of(request.actor, batch) if batch else []
    return {"kinds": cast(list[answers.RejectKindOut], kinds)}


def _received(request: Call) -> SpoolSource:
    """Seal the body piece by piece; LengthMissing, BodyTooLarge, BodyCutOff."""
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length.isdigit() or not int(length):
        raise errors.LengthMissing
    if int(length) > FILE_LIMIT:
        raise errors.BodyTooLarge(limit=FILE_LIMIT)
    writer = SpoolWriter()
    try:
        while piece := request.read(_PIECE):
            writer.write(piece)
        _need_whole(writer.size, int(length))
        return SpoolSource(writer.finish())
    except BaseException:
        writer.drop()
        raise


def _need_whole(received: int, announced: int) -> None:
    if received != announced:
        raise errors.BodyCutOff(received=received, announced=announced)


def _queue(
    request: Call, asked: shapes.ImportIn, upload: SpoolSource, key: str, queued: list[UUID]
) -> actions.Answer:
    """Look at the file, settle its mapping, and hand it to the worker, once for each key; `queued` is
    told that the upload is the worker's now."""
    actor = request.actor
    way = ReadAs(asked.sheet, asked.delimiter, asked.encoding)
    table = open_file(actor, upload, read_as=way)
    proposed = inspect(actor, table, asked.collection)
    mapping = asked.mapping or proposed.mapping()
    source = asked.source or DEFAULT_SOURCE
    clears = None if asked.mapping else sorted(proposed.clears)
    if asked.clears is not None:
        clears = [field for field in asked.clears if field]
    wanted = Instructions(proposed.collection, source, mapping, clears=clears)
    order = prepare_order(actor, table, wanted)
    check_writer(actor, order)

    def act() -> actions.Answer:
        import_id = upload.spool
        if asked.dry_run:
            import_id = rehearsals.queue_rehearsal(actor, order, upload.spool, keep=False)
        else:
            file = actions.QueuedFile(
                upload=import_id,
                sha256=table.survey.sha256,
                collection=order.collection,
                source=source,
                mapping=order.plan.as_dict(),
                read_as=asdict(table.way),
                clears=sorted(order.plan.clears),
            )
            actions.queue_import(actor, file)
        queued.append(upload.spool)
        answer: answers.QueuedOut = {
            "import_id": import_id,
            "state": "queued",
            "collection": order.collection,
            "in_doubt": [
                {"column": view.column, "field": view.field, "why": list(view.why)}
                for view in ([] if asked.mapping else proposed.columns)
                if view.in_doubt
            ],
            "read": cast(answers.ReadOut, proposed.read.as_row()),
        }
        return answer, 202

    body = {**asked.model_dump(mode="json"), "sha256": table.survey.sha256}
    return actions.once(actor, actions.Repeatable("import_file", key, body, _QUEUED), act)
