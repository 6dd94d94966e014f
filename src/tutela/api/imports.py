"""Bring files in: the upload is sealed as it arrives, the worker imports it, the caller asks how it goes."""

import hashlib
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from ninja import Query

from tutela.keys.spool import SpoolSource, SpoolWriter
from tutela.vault import permissions as vault_permissions
from tutela.vault.importing import actions as importing
from tutela.vault.importing import plan, rehearsals, rejected_rows, targets
from tutela.vault.importing.mappings import SavedMappings

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


@dataclass(frozen=True, slots=True)
class _Upload:
    """A sealed upload and the SHA-256 of its clear bytes, in hex."""

    source: SpoolSource
    sha256: str


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
            importing.drop_spool(request.actor, upload.source.spool)


@verb("GET", "/imports/{uuid:import_id}", vault_permissions.IMPORT_READ, shapes.ImportOut)
def read_import(request: Call, import_id: UUID) -> HttpResponse:
    """How far an import is: queued, running, finished or failed, with its counts so far."""
    return reply(queries.import_state(import_id, request.actor))


@verb("GET", "/imports/{uuid:import_id}/rejects", vault_permissions.IMPORT_READ, shapes.RejectsOut)
def list_rejects(request: Call, import_id: UUID) -> HttpResponse:
    """The rejected rows: row number, field, code and reason; never a value."""
    batch = queries.batch_of(import_id, request.actor)
    return reply({"rejects": rejected_rows.rejects_of(request.actor, batch) if batch else []})


def _received(request: Call) -> _Upload:
    """Seal the body piece by piece; LengthMissing, BodyTooLarge, BodyCutOff."""
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length.isdigit() or not int(length):
        raise errors.LengthMissing
    if int(length) > FILE_LIMIT:
        raise errors.BodyTooLarge(limit=FILE_LIMIT)
    writer, digest = SpoolWriter(), hashlib.sha256()
    try:
        while piece := request.read(_PIECE):
            writer.write(piece)
            digest.update(piece)
        _need_whole(writer.size, int(length))
        return _Upload(SpoolSource(writer.finish()), digest.hexdigest())
    except BaseException:
        writer.drop()
        raise


def _need_whole(received: int, announced: int) -> None:
    if received != announced:
        raise errors.BodyCutOff(received=received, announced=announced)


def _queue(
    request: Call, asked: shapes.ImportIn, upload: _Upload, key: str, queued: list[UUID]
) -> tuple[dict[str, Any], int]:
    """Look at the file, settle its mapping, and hand it to the worker, once for each key; `queued` is
    told that the upload is the worker's now."""
    found = importing.inspect(request.actor, upload.source, asked.collection)
    number = targets.collection_number(found.collection)
    named = found.mapping()
    if asked.mapping:
        named = SavedMappings(request.actor).load(asked.mapping, number)
    settled = plan.checked(number, named, [view.column for view in found.columns])
    source = asked.source or importing.DEFAULT_SOURCE
    importing.check_writer(request.actor, source, settled)

    def rehearse() -> UUID:
        order = importing.prepare_order(
            request.actor, upload.source, collection=found.collection, source_name=source,
            mapping=settled.as_dict(),
        )  # fmt: skip
        return rehearsals.queue_rehearsal(request.actor, order, upload.source.spool, keep=False)

    def act() -> actions.Answer:
        import_id = upload.source.spool
        if asked.dry_run:
            import_id = rehearse()
        else:
            actions.queue_import(
                request.actor,
                upload.source.spool,
                sha256=upload.sha256,
                collection=found.collection,
                source=source,
                mapping=settled.as_dict(),
            )
        queued.append(upload.source.spool)
        told = {"import_id": str(import_id), "state": "queued"}
        return {**told, "collection": found.collection}, 202

    told = {**asked.model_dump(mode="json"), "sha256": upload.sha256}
    return actions.once(request.actor, "import_file", key, told, act)
