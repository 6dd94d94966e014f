"""Verbs of rehearsals: hand one to the worker, start the import that was rehearsed."""

from dataclasses import asdict
from uuid import UUID

from django.db import transaction

from tutela.access import gate
from tutela.base.actor import Actor
from tutela.keys import spool
from tutela.keys.errors import SpoolBroken, SpoolMissing
from tutela.vault import pace, permissions

from . import batches, targets, viewers
from .actions.imports import check_writer
from .batches import BatchState, NewBatch
from .errors import BatchMissing, RehearsalOver
from .orders import Order
from .reading.read import CHUNK_ROWS
from .tasks import QueuedUpload, import_upload, rehearse_upload


def queue_rehearsal(actor: Actor, order: Order, upload: UUID, *, keep: bool) -> UUID:
    """Have the worker rehearse an order; the batch that tells how it goes. `keep`: the sealed file stays
    when it is done, for the import itself. SearchLimit: a rehearsal counts as a search."""
    gate.require(actor, permissions.IMPORT_RUN)
    check_writer(actor, order)
    pace.check(actor)
    with transaction.atomic():
        kept = upload if keep else None
        batch = batches.insert(
            actor, order, NewBatch(CHUNK_ROWS, batches.WAITING, dry_run=True, upload=kept)
        )
        queued = QueuedUpload(
            upload=str(upload),
            actor_kind=actor.kind,
            actor_id=actor.id,
            collection=order.collection,
            source=order.source_name,
            mapping=order.plan.as_dict(),
            clears=sorted(order.plan.clears),
            sha256=order.table.survey.sha256,
            read_as=asdict(order.table.way),
        )
        rehearse_upload.defer(batch=str(batch.id), keep=keep, **asdict(queued))
    return batch.id


def start_rehearsed(actor: Actor, rehearsal: UUID) -> tuple[UUID, str]:
    """Have the worker import the file of one's own rehearsal with its mapping: the upload and the
    file's hash. BatchMissing, RehearsalOver."""
    gate.require(actor, permissions.IMPORT_RUN)
    state = own_rehearsal(actor, rehearsal)
    if state.upload is None:
        raise RehearsalOver
    try:
        spool.source_of(state.upload, actor.id).open().close()
    except (SpoolMissing, SpoolBroken):
        raise RehearsalOver from None
    queued = QueuedUpload(
        upload=str(state.upload),
        actor_kind=actor.kind,
        actor_id=actor.id,
        collection=targets.collection_code(state.collection),
        source=state.source,
        mapping=state.columns,
        clears=list(state.clears),
        sha256=state.file_hash,
        read_as=state.read_as,
    )
    import_upload.defer(**asdict(queued))
    return state.upload, state.file_hash


def own_rehearsal(actor: Actor, rehearsal: UUID) -> BatchState:
    """A rehearsal of the actor's own, or BatchMissing."""
    state = viewers.seen(actor, rehearsal)
    if not state.dry_run or state.actor_id != actor.id:
        raise BatchMissing
    return state
