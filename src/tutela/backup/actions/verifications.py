"""Verifications: copies read back, those that were not read for longest first; what it showed is only added to."""

import logging
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max, Q
from django.urls import reverse
from procrastinate.contrib.django import app

from tutela.access import gate
from tutela.access.gate import Grant
from tutela.backup import events, notice_kinds, permissions, places, queries, verification
from tutela.backup.errors import CopyGone, LevelUnknown
from tutela.backup.models import Copy, Run, Verification
from tutela.backup.rules import CopyState, Level, Result, TargetState
from tutela.backup.verification import Verdict
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.errors import TutelaError
from tutela.notices.actions.notices import notify

from . import copies

BY_READING: Final = (Level.WRITTEN, Level.READ_BACK, Level.OPENED)
AGAIN_AFTER: Final = timedelta(days=7)
"""A copy that was verified within this time waits its turn."""
AT_ONCE: Final = 4
"""Copies that one turn of the timetable reads."""
_log = logging.getLogger("tutela.backup")


def ask_verification(actor: Actor, copy_id: UUID, level: int) -> None:
    """Let the worker verify a copy. CopyUnknown, CopyGone, LevelUnknown."""
    gate.require(actor, permissions.RUN)
    _check(queries.copy(copy_id), level)
    task = app.configure_task("backup.verify_copy")
    task.defer(copy=str(copy_id), level=int(level), actor_kind=actor.kind, actor_id=actor.id)


def verify(actor: Actor, copy_id: UUID, level: int) -> Verification:
    """Read a copy back now, and keep what it showed. CopyUnknown, CopyGone, LevelUnknown."""
    grant = gate.require(actor, permissions.RUN)
    copy = queries.copy(copy_id)
    _check(copy, level)
    keys = verification.identities() if level >= Level.OPENED else []
    if keys:
        _note(grant, copy)
    with places.open_target(copy.target) as place:
        verdict = verification.verify(place, copy.run.set_name or "", Level(level), keys)
    return keep(grant, copy, verdict)


def _check(copy: Copy, level: int) -> None:
    if level not in BY_READING:
        raise LevelUnknown
    if copy.state != CopyState.WRITTEN:
        raise CopyGone


def _note(grant: Grant, copy: Copy) -> None:
    """The leaf before a sealed set is opened."""
    with transaction.atomic():
        copies.record(grant, events.SET_OPENED, copy)


def keep(grant: Grant, copy: Copy, verdict: Verdict) -> Verification:
    """Add what a verification showed, with its leaf."""
    with transaction.atomic():
        row = Verification.objects.create(
            copy=copy, level=int(verdict.level), result=verdict.result, code=verdict.code, at=clock.now(),
            seconds=verdict.seconds, detail=dict(verdict.detail),
        )  # fmt: skip
        copies.record(
            grant, events.COPY_VERIFIED, copy, backup_level=int(verdict.level),
            backup_result=str(verdict.result),
        )  # fmt: skip
        if verdict.result == Result.FAILED:
            _tell(copy, verdict)
    return row


def _tell(copy: Copy, verdict: Verdict) -> None:
    """Whoever runs backups and whoever reads of them: a copy that does not open protects nobody."""
    people = {
        actor.id
        for permission in (permissions.RUN, permissions.READ)
        for actor in gate.holders(permission)
    }
    notify(
        notice_kinds.BACKUP_COPY_BROKEN,
        to=people,
        params={"name": copy.target.name, "code": verdict.code or "backup.copy_broken"},
        link=reverse("backup-view-run", args=[copy.run_id]),
        once=True,
    )


def follow(actor: Actor, run: Run) -> None:
    """The first verification of every copy of a run, as far as this machine's key reaches."""
    for copy in Copy.objects.filter(run=run, state=CopyState.WRITTEN).exclude(
        verifications__level__gt=Level.WRITTEN
    ):
        verify(actor, copy.id, _reach())


def _reach() -> Level:
    """L2 where a key for it is here; a keys set may be sealed to others."""
    return Level.OPENED if verification.identities() else Level.READ_BACK


def verify_oldest(actor: Actor) -> int:
    """Verify the copies whose last verification lies furthest back, at most AT_ONCE of them; how many. Those with
    no verdict at all come first, and offsite ones before others."""
    before = clock.now() - AGAIN_AFTER
    waiting = (
        Copy.objects.filter(state=CopyState.WRITTEN)
        .filter(target__state=TargetState.ACTIVE)
        .annotate(
            last=Max("verifications__at", filter=~Q(verifications__result=Result.NO_VERDICT)),
            tried=Max("verifications__at"),
        )
        .filter(Q(last=None) | Q(last__lt=before))
        # Copies that cannot be reached are tried in turn with the others.
        .order_by(F("tried").asc(nulls_first=True), "-target__offsite", "written_at")
    )
    done = 0
    for copy in waiting[:AT_ONCE]:
        try:
            verify(actor, copy.id, _reach())
        except TutelaError as refused:
            _log.warning("backup.copy_not_verified copy=%s code=%s", copy.id, refused.code)
        else:
            done += 1
    return done
