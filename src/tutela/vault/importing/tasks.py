"""Imports of uploads in the background."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from procrastinate import JobContext
from procrastinate.contrib.django import app

from tutela.base.actor import Actor, Channel
from tutela.base.errors import NotAllowed, TutelaError
from tutela.keys import spool
from tutela.keys.errors import SpoolBroken, SpoolMissing
from tutela.keys.spool import SpoolSource
from tutela.notices.actions.notices import notify
from tutela.notices.kinds import NoticeKind
from tutela.vault import notice_kinds

from . import batches
from .actions.files import open_queued
from .actions.imports import ImportResult, RunOptions, run_import
from .actions.orders import prepare_order
from .errors import BadFile, ImportStopped, MappingBad
from .orders import Instructions, Order
from .reading.table import ReadAs

RETRIES = 3
_UNREADABLE = (BadFile, MappingBad, SpoolBroken, SpoolMissing)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedUpload:
    """A sealed upload as it waits for the worker. The queue stores the fields as arguments of the job, and
    jobs of an earlier version may wait: a new field needs a default. `sha256`: of the file that was looked
    at, `read_as` the way in which it was read then, nothing: as it was kept; `key`: the public id of the API
    key by which it was asked for; the import stops when that key does.
    """

    upload: str
    actor_kind: str
    actor_id: str
    collection: str
    source: str
    mapping: dict[str, str]
    sha256: str = ""
    key: str = ""
    read_as: dict[str, str] = field(default_factory=dict)
    clears: list[str] | None = None

    @property
    def actor(self) -> Actor:
        """Who asked."""
        return Actor(
            kind="machine" if self.actor_kind == "machine" else "staff",
            id=self.actor_id,
            channel=Channel.JOB,
            session=self.key,
        )

    def order(self, actor: Actor, file: SpoolSource) -> Order:
        """The file, with its mapping settled anew."""
        way = ReadAs(**self.read_as) if self.read_as else None
        return prepare_order(
            actor,
            open_queued(actor, file, self.mapping, self.sha256, way),
            Instructions(self.collection, self.source, self.mapping or None, clears=self.clears),
        )


@app.task(name="vault.import_upload", retry=RETRIES, pass_context=True)
def import_upload(context: JobContext, /, **arguments: Any) -> dict[str, int | str]:
    """Import a sealed upload (see QueuedUpload) for the person who asked, and tell that person how it ended.

    A run that was stopped is tried again and goes on where it was; a bad file is not. The upload is
    deleted when it is done, cannot be done, or failed for the last time.
    """
    queued = QueuedUpload(**arguments)
    actor, file = queued.actor, SpoolSource(UUID(queued.upload))
    try:
        result = run_import(actor, queued.order(actor, file))
    except (*_UNREADABLE, NotAllowed) as error:
        _tell_failed(actor, error.code)
        spool.delete(file.spool)
        return {"code": error.code}
    except Exception as error:
        # The queue tries again; nobody is told before the last try.
        if context.job.attempts >= RETRIES:
            _tell_failed(actor, _code(error))
            spool.delete(file.spool)
        raise
    _tell_done(actor, result, notice_kinds.IMPORT_FINISHED)
    spool.delete(file.spool)
    return {"batch": result.batch, "rows": result.rows, "rejected": result.rejected}


@app.task(name="vault.rehearse_upload", retry=RETRIES, pass_context=True)
def rehearse_upload(
    context: JobContext, /, batch: str, keep: bool, **arguments: Any
) -> dict[str, int | str]:
    """Rehearse a sealed upload (see QueuedUpload) for the person who asked, and say how it ended.

    A try that was stopped left nothing half done; the next goes on after its last chunk.
    """
    queued = QueuedUpload(**arguments)
    actor, file = queued.actor, SpoolSource(UUID(queued.upload))
    rehearsal = UUID(batch)
    try:
        options = RunOptions(dry_run=True, rehearsal=rehearsal)
        result = run_import(actor, queued.order(actor, file), options)
    except Exception as error:
        if not isinstance(error, _UNREADABLE) and context.job.attempts < RETRIES:
            raise
        batches.fail(rehearsal)
        _tell_failed(actor, _code(error))
        if not keep:
            spool.delete(file.spool)
        return {"code": _code(error)}
    _tell_done(actor, result, notice_kinds.IMPORT_REHEARSED)
    if not keep:
        spool.delete(file.spool)
    return {"batch": result.batch, "rows": result.rows, "rejected": result.rejected}


def _code(error: Exception) -> str:
    return error.code if isinstance(error, TutelaError) else ImportStopped.code


def _tell_done(actor: Actor, result: ImportResult, kind: NoticeKind) -> None:
    counts = {"rows": result.rows, "rejected": result.rejected}
    notify(kind, to=[actor.id], params=counts, link=f"/imports/{result.batch}/")


def _tell_failed(actor: Actor, code: str) -> None:
    notify(notice_kinds.IMPORT_FAILED, to=[actor.id], params={"code": code}, link="/imports/")
