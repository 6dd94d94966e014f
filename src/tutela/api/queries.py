"""What became of an upload: its batch, once the worker has begun one, and the counts of it."""

from typing import Any, Final
from uuid import UUID

from django.db import connection

from tutela.base.actor import Actor
from tutela.vault.importing import batches, readers, targets

from .models import Upload

_JOB = "SELECT status::text FROM procrastinate_jobs WHERE id = %s"
_COUNTS: Final = ("rows", "created", "changed", "unchanged", "rejected")
_UNKNOWN: Final = {"total": None, "estimated": False, "percent": None}
_WAITING: Final = {"todo": "queued", "doing": "running"}


def batch_of(import_id: UUID, actor: Actor) -> UUID | None:
    """The batch of the caller's own upload or of a batch's own id; None before it has begun. BatchMissing
    also for what the caller may not see."""
    upload = Upload.objects.filter(id=import_id, actor_id=actor.id).first()
    if upload is None:
        return readers.seen(actor, import_id).id
    file_hash = bytes(upload.sha256)
    return batches.of_upload(file_hash, upload.source, upload.actor_id, upload.created_at)


def import_state(import_id: UUID, actor: Actor) -> dict[str, Any]:
    """State and counts of an import. BatchMissing."""
    batch = batch_of(import_id, actor)
    found = batches.state_of(batch) if batch else None
    if found is None:
        return _before(Upload.objects.get(id=import_id))
    return {
        "import_id": import_id,
        "batch_id": batch,
        "state": "queued" if found.state == batches.WAITING else found.state,
        "dry_run": found.dry_run,
        "collection": targets.collection_code(found.collection),
        "source": found.source,
        "mapping": [{"column": name, "field": field} for name, field in found.columns.items()],
        **found.tally.counts(),
        **found.how_far(),
    }


def _before(upload: Upload) -> dict[str, Any]:
    """An upload that no batch has begun of: it waits, or its job has come to nothing."""
    with connection.cursor() as cursor:
        cursor.execute(_JOB, [upload.job])
        row = cursor.fetchone()
    status = row[0] if row else ""
    return {
        "import_id": upload.id,
        "batch_id": None,
        "state": _WAITING.get(status, "failed"),
        "dry_run": False,
        "mapping": [],
        "collection": upload.collection,
        "source": upload.source,
        **dict.fromkeys(_COUNTS, 0),
        **_UNKNOWN,
    }
