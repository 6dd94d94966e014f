"""Imports of uploads in the background, and the sweep of what was left behind."""

from uuid import UUID

from procrastinate.contrib.django import app

from tutela.base.actor import Actor, Channel
from tutela.notices.actions import notify
from tutela.notices.kinds import NoticeKind

from . import actions, spool
from .errors import BadFile, MappingBad, SpoolBroken, SpoolMissing


@app.task(name="vault.import_upload", retry=3)
def import_upload(
    upload: str,
    actor_kind: str,
    actor_id: str,
    collection: str,
    source: str,
    mapping: dict[str, str],
) -> dict[str, int | str]:
    """Import a sealed upload for the person who asked; the upload is deleted when it is done.

    A run that was stopped is tried again and goes on where it was; a bad file is not.
    """
    machine = actor_kind == "machine"
    actor = Actor(kind="machine" if machine else "staff", id=actor_id, channel=Channel.JOB)
    place = spool.SpoolSource(UUID(upload))
    try:
        result = actions.run_import(
            actor, place, collection=collection, source_name=source, mapping=mapping or None
        )
    except (BadFile, MappingBad, SpoolBroken, SpoolMissing) as error:
        notify(
            NoticeKind.IMPORT_FAILED,
            to=[actor_id],
            params={"code": error.code},
            link="/imports/",
        )
        spool.delete(place.spool)
        return {"code": error.code}
    notify(
        NoticeKind.IMPORT_FINISHED,
        to=[actor_id],
        params={"rows": result.rows, "rejected": result.rejected},
        link=f"/imports/{result.batch}/",
    )
    spool.delete(place.spool)
    return {"batch": result.batch, "rows": result.rows, "rejected": result.rejected}


@app.periodic(cron="41 3 * * *", periodic_id="vault-spool")
@app.task(name="vault.sweep_spool", queueing_lock="vault.sweep_spool")
def sweep_spool(timestamp: int) -> int:  # noqa: ARG001 (what the queue passes)
    """Every night: remove uploads that nobody imported within a week."""
    return spool.sweep()
