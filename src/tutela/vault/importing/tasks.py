"""Imports of uploads in the background."""

from uuid import UUID

from procrastinate import JobContext
from procrastinate.contrib.django import app

from tutela.base.actor import Actor, Channel
from tutela.base.errors import NotAllowed, TutelaError
from tutela.keys import spool
from tutela.keys.errors import SpoolBroken, SpoolMissing
from tutela.notices.actions.notices import notify
from tutela.vault import notice_kinds

from . import actions, batches
from .errors import BadFile, ImportStopped, MappingBad

RETRIES = 3


@app.task(name="vault.import_upload", retry=RETRIES, pass_context=True)
def import_upload(
    context: JobContext,
    upload: str,
    actor_kind: str,
    actor_id: str,
    collection: str,
    source: str,
    mapping: dict[str, str],
    key: str = "",
) -> dict[str, int | str]:
    """Import a sealed upload for the person who asked, and tell that person how it ended.

    A run that was stopped is tried again and goes on where it was; a bad file is not. The upload is
    deleted when it is done, cannot be done, or failed for the last time. `key`: the public id of the API
    key by which it was asked for; the import stops when that key does.
    """
    machine = actor_kind == "machine"
    actor = Actor(
        kind="machine" if machine else "staff", id=actor_id, channel=Channel.JOB, session=key
    )
    place = spool.SpoolSource(UUID(upload))
    try:
        result = actions.run_import(
            actor, place, collection=collection, source_name=source, mapping=mapping or None
        )
    except (BadFile, MappingBad, NotAllowed, SpoolBroken, SpoolMissing) as error:
        _tell_failed(actor, error.code)
        spool.delete(place.spool)
        return {"code": error.code}
    except Exception as error:
        # The queue tries again; nobody is told before the last try.
        if context.job.attempts >= RETRIES:
            _tell_failed(
                actor, error.code if isinstance(error, TutelaError) else ImportStopped.code
            )
            spool.delete(place.spool)
        raise
    notify(
        notice_kinds.IMPORT_FINISHED,
        to=[actor.id],
        params={"rows": result.rows, "rejected": result.rejected},
        link=f"/imports/{result.batch}/",
    )
    spool.delete(place.spool)
    return {"batch": result.batch, "rows": result.rows, "rejected": result.rejected}


@app.task(name="vault.rehearse_upload", retry=RETRIES, pass_context=True)
def rehearse_upload(
    context: JobContext,
    batch: str,
    upload: str,
    keep: bool,
    actor_kind: str,
    actor_id: str,
    collection: str,
    source: str,
    mapping: dict[str, str],
) -> dict[str, int | str]:
    """Rehearse a sealed upload for the person who asked, and say how it ended.

    A try that was stopped left nothing half done; the next goes on after its last chunk.
    """
    machine = actor_kind == "machine"
    actor = Actor(kind="machine" if machine else "staff", id=actor_id, channel=Channel.JOB)
    place, rehearsal = spool.SpoolSource(UUID(upload)), UUID(batch)
    try:
        result = actions.run_import(
            actor, place, collection=collection, source_name=source, mapping=mapping or None,
            dry_run=True, rehearsal=rehearsal,
        )  # fmt: skip
    except Exception as error:
        last = context.job.attempts >= RETRIES
        if last or isinstance(error, (BadFile, MappingBad, SpoolBroken, SpoolMissing)):
            batches.fail(rehearsal)
            _tell_failed(
                actor, error.code if isinstance(error, TutelaError) else ImportStopped.code
            )
            if not keep:
                spool.delete(place.spool)
            return {"code": error.code if isinstance(error, TutelaError) else ImportStopped.code}
        raise
    notify(
        notice_kinds.IMPORT_REHEARSED,
        to=[actor.id],
        params={"rows": result.rows, "rejected": result.rejected},
        link=f"/imports/{result.batch}/",
    )
    if not keep:
        spool.delete(place.spool)
    return {"batch": result.batch, "rows": result.rows, "rejected": result.rejected}


def _tell_failed(actor: Actor, code: str) -> None:
    notify(notice_kinds.IMPORT_FAILED, to=[actor.id], params={"code": code}, link="/imports/")
