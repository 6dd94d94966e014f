"""How a run ends without a set, and the leaves of runs."""

import shutil
from typing import Final

from django.db import transaction
from django.urls import reverse

from tutela.access import changes, gate
from tutela.access.gate import Grant
from tutela.backup import events, making, notice_kinds, permissions, queries
from tutela.backup.models import Run
from tutela.backup.rules import OPEN, CopyState, Kind, RunState
from tutela.base import clock
from tutela.base.errors import TutelaError
from tutela.notices.actions.notices import notify
from tutela.notices.kinds import NoticeKind
from tutela.trail.event_specs import EventSpec

_UNENDED: Final = {RunState.SCHEDULED, *OPEN}


def family(run: Run) -> list[Run]:
    """The run, and the keys run of the same snapshot."""
    return [run, *Run.objects.filter(parent=run, kind=Kind.KEYS)]


def fail(grant: Grant, run: Run, error: TutelaError) -> None:
    """End a run without a set, and tell who runs backups."""
    with transaction.atomic():
        for one in family(Run.objects.select_for_update(of=("self",)).get(id=run.id)):
            if one.state not in _UNENDED:
                continue
            one.state, one.code, one.ended_at = RunState.FAILED, error.code, clock.now()
            one.save(update_fields=["state", "code", "ended_at"])
            one.copies.filter(state=CopyState.UPLOADING).update(
                state=CopyState.LOST, code=error.code
            )
            forget_staged(one)
        making.forget_clear()
        record(grant, events.RUN_FAILED, run, code=error.code, backup_stage=run.stage)
        tell(notice_kinds.BACKUP_FAILED, run, code=error.code)


def forget_staged(run: Run) -> None:
    """Remove the parts of a set from the working folder."""
    if run.set_name:
        shutil.rmtree(making.staged(run.set_name), ignore_errors=True)


def tell(kind: NoticeKind, run: Run, **more: str) -> None:
    """Notify who runs or manages backups, with the local day on which the run was due."""
    day = run.due_at.astimezone(queries.zone()).date().isoformat()
    to = {one.id for one in gate.holders(permissions.RUN)}
    to |= {one.id for one in gate.holders(permissions.MANAGE)}
    notify(
        kind,
        to=sorted(to),
        params={"day": day, **more},
        link=reverse("backup-view-run", args=[run.id]),
    )


def record(grant: Grant, event: EventSpec, run: Run, **more: str | int) -> None:
    """The leaf of a run, in the change's own transaction."""
    changes.record(
        grant,
        event,
        backup_run=str(run.id),
        backup_kind=run.kind,
        backup_weekly=int(run.weekly),
        **more,
    )
