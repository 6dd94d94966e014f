"""What became of an upload: its batch, once the worker has begun one, and the counts of it."""

from typing import Final, cast, get_args
from uuid import UUID

from django.db import connection

from tutela.base.actor import Actor
from tutela.vault.importing import batches, targets, viewers

from .answers import ImportOut, ImportState, ReadOut
from .models import Upload

_JOB = "SELECT status::text FROM procrastinate_jobs WHERE id = %s"
_JOB_STATES: Final[dict[str, ImportState]] = {"todo": "queued", "doing": "running"}
_STATES: Final[dict[str, ImportState]] = {
    **{state: state for state in get_args(ImportState)},
    batches.WAITING: "queued",
}


def batch_of(import_id: UUID, actor: Actor) -> UUID | None:
    """The batch of the caller's own upload or of a batch's own id; None before it has begun. BatchMissing
    also for what the caller may not see."""
    upload = Upload.objects.filter(id=import_id, actor_id=actor.id).first()
    if upload is None:
        return viewers.seen(actor, import_id).id
    file_hash = bytes(upload.sha256)
    asked = (upload.source, upload.actor_id, upload.created_at, upload.read_as)
    return batches.of_upload(file_hash, *asked)


def import_state(import_id: UUID, actor: Actor) -> ImportOut:
    """State and counts of an import. BatchMissing."""
    key = batch_of(import_id, actor)
    batch = batches.state_of(key) if key else None
    if batch is None:
        return _before(Upload.objects.get(id=import_id))
    batch = viewers.reader_of(actor).shown_as(batch)
    return {
        "import_id": import_id,
        "batch_id": key,
        "state": _STATES[batch.state],
        "dry_run": batch.dry_run,
        "collection": targets.collection_code(batch.collection),
        "source": batch.source,
        "file_name": batch.file_name,
        "mapping": [{"column": name, "field": field} for name, field in batch.columns.items()],
        "clears": list(batch.clears),
        "read": cast("ReadOut | None", batch.read or None),
        "rows": batch.tally.rows,
        "created": batch.tally.created,
        "changed": batch.tally.changed,
        "unchanged": batch.tally.unchanged,
        "rejected": batch.tally.rejected,
        "kept": batch.tally.kept,
        "cleared": batch.tally.cleared,
        **batch.how_far(),
    }


def _before(upload: Upload) -> ImportOut:
    """An upload that no batch has begun of: it waits, or its job has come to nothing."""
    with connection.cursor() as cursor:
        cursor.execute(_JOB, [upload.job])
        row = cursor.fetchone()
    return {
        "import_id": upload.id,
        "batch_id": None,
        "state": _JOB_STATES.get(row[0] if row else "", "failed"),
        "dry_run": False,
        "collection": upload.collection,
        "source": upload.source,
        "file_name": "",
        "mapping": [],
        "clears": [],
        "read": None,
        "rows": 0,
        "created": 0,
        "changed": 0,
        "unchanged": 0,
        "rejected": 0,
        "kept": 0,
        "cleared": 0,
        "total": None,
        "estimated": False,
        "percent": None,
    }
