"""Bring files in: the upload is sealed as it arrives, the worker imports it, the caller asks how it goes."""

from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from ninja import Query

from tutela.keys.spool import SpoolSource, SpoolWriter
from tutela.vault import permissions as vault_permissions
from tutela.vault.importing import rehearsals, rejected_rows
from tutela.vault.importing.actions.files import drop_upload, inspect, open_file
from tutela.vault.importing.actions.imports import check_writer
from tutela.vault.importing.actions.orders import prepare_order
from tutela.vault.importing.orders import DEFAULT_SOURCE, Instructions

from . import actions, errors, queries, shapes
from .call import Call
from .frame import reply, verb
from .records import Once

FILE_LIMIT: Final = 8 * 1024**3
_PIECE: Final = 1024 * 1024
_FILE: Final = {
    "requestBody": {
        "required": True,
        "description": "The file itself: CSV (UTF-8 or GB18030), XLSX or Parquet, with Content-Length.",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@verb(
    "POST",
    "/imports",
    vault_permissions.IMPORT_RUN,
    {202: shapes.QueuedOut},
    query=shapes.ImportIn,
    extra=_FILE,
)
def import_file(
    request: Call, asked: Query[shapes.ImportIn], idempotency_key: Once = None
) -> HttpResponse:
    """Import a file in the background; with `dry_run`, rehearse it there and change nothing.

    A file that is no table, or lacks a column that must be there, is refused at once. The same file
    twice changes nothing.
    """
    upload = _received(request)
    queued: list[UUID] = []
    try:
        return reply(*_queue(request, asked, upload, idempotency_key or "", queued))
    finally:
        if not queued:
            drop_upload(request.actor, upload.spool)


@verb("GET", "/imports/{uuid:import_id}", vault_permissions.IMPORT_READ, shapes.ImportOut)
def read_import(request: Call, import_id: UUID) -> HttpResponse:
    """How far an import is: queued, running, finished or failed, with its counts so far."""
    return reply(queries.import_state(import_id, request.actor))


@verb("GET", "/imports/{uuid:import_id}/rejects", vault_permissions.IMPORT_READ, shapes.RejectsOut)
def list_rejects(request: Call, import_id: UUID) -> HttpResponse:
    """The rejected rows: row number, field, code and reason; never a value."""
    batch = queries.batch_of(import_id, request.actor)
    return reply({"rejects": rejected_rows.rejects_of(request.actor, batch) if batch else []})


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
) -> tuple[dict[str, Any], int]:
    """Look at the file, settle its mapping, and hand it to the worker, once for each key; `queued` is
    told that the upload is the worker's now."""
    actor = request.actor
    table = open_file(actor, upload)
    proposed = inspect(actor, table, asked.collection)
    mapping = asked.mapping or proposed.mapping()
    source = asked.source or DEFAULT_SOURCE
    order = prepare_order(actor, table, Instructions(proposed.collection, source, mapping))
    settled = order.checked_plan()
    check_writer(actor, source, settled)

    def act() -> actions.Answer:
        import_id = upload.spool
        if asked.dry_run:
            import_id = rehearsals.queue_rehearsal(actor, order, upload.spool, keep=False)
        else:
            actions.queue_import(
                actor,
                upload.spool,
                sha256=table.survey.sha256,
                collection=order.collection,
                source=source,
                mapping=settled.as_dict(),
            )
        queued.append(upload.spool)
        answer = {"import_id": str(import_id), "state": "queued", "collection": order.collection}
        return answer, 202

    payload = {**asked.model_dump(mode="json"), "sha256": table.survey.sha256}
    return actions.once(actor, "import_file", key, payload, act)
