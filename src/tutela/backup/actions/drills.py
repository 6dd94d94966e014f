"""Restore drills: declared, carried out, ended with a signed report. What was measured is only added to."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from procrastinate.contrib.django import app

from tutela.access import changes, gate
from tutela.access import queries as access
from tutela.access.gate import Grant
from tutela.backup import (
    drill_report,
    events,
    notice_kinds,
    permissions,
    places,
    queries,
    scratch,
    signing,
    verification,
)
from tutela.backup.drill import choosing, work
from tutela.backup.drill.work import StageRun, Work
from tutela.backup.errors import ChoiceUnknown, DrillGoing, DrillKeyMissing, DrillUnknown
from tutela.backup.models import Copy, Drill, DrillStage
from tutela.backup.restoring.database import remove_tree
from tutela.backup.restoring.errors import BootFailed, BrokenBelieved, ChecksFailed, RestoreFailed
from tutela.backup.rules import Chosen, DrillState, Level, Result
from tutela.backup.verification import AGAINST, Verdict
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.errors import TutelaError
from tutela.notices.actions.notices import notify
from tutela.trail.connect import own_connection
from tutela.trail.event_specs import EventSpec
from tutela.vault import journal
from tutela.vault.actions import destructions
from tutela.vault.journal import Entry

from . import copies, verifications

LOCK: Final = 0x7475_6472_6C6C
"""The advisory lock of the process that carries out a drill."""
ENDED: Final = (DrillState.PASSED, DrillState.FAILED, DrillState.ABORTED)
BROKEN_OFF: Final = "backup.interrupted"
QUARTER_DAYS: Final = 80
"""The timetable declares a drill so many days after the last passed one, or the first backup."""
_VERDICTS: Final = (*AGAINST, ChecksFailed, RestoreFailed, BootFailed, BrokenBelieved)
_log = logging.getLogger("tutela.backup")


def start_drill(actor: Actor, chosen: str = "", copy_id: UUID | None = None) -> UUID:
    """Declare a drill: its recovery time counts from now on, and the worker carries it out. `chosen` is newest,
    oldest or random, "" for what is next in turn. ChoiceUnknown, DrillGoing, DrillKeyMissing, NothingToRestore,
    CopyUnknown."""
    gate.require(actor, permissions.DRILL)
    drill = _declare(actor, chosen, copy_id)
    app.configure_task("backup.run_drill").defer(drill=str(drill.id))
    return drill.id


def _declare(actor: Actor, chosen: str, copy_id: UUID | None) -> Drill:
    if chosen not in {"", *choosing.TURN}:
        raise ChoiceUnknown
    kind = Chosen.ASKED if copy_id else Chosen(chosen) if chosen else choosing.next_choice()
    if not verification.identities():
        raise DrillKeyMissing
    copy = queries.copy(copy_id) if copy_id else choosing.choose(kind)
    person = access.staff_by_id(actor.id) if actor.kind != "system" else None
    now = clock.now()
    with transaction.atomic():
        if Drill.objects.exclude(state__in=ENDED).exclude(declared_at=None).exists():
            raise DrillGoing
        drill = Drill.objects.create(
            run=copy.run,
            copy=copy,
            chosen=kind,
            requested_by=person,
            created_at=now,
            declared_at=now,
        )
        _record(gate.require(actor, permissions.DRILL), events.DRILL_STARTED, drill)
    return drill


def run_drill(actor: Actor, drill_id: UUID) -> Drill:
    """Carry a declared drill out to its report. Whatever fails is written down and not raised. DrillUnknown."""
    grant = gate.require(actor, permissions.DRILL)
    drill = (
        Drill.objects.select_related("run", "copy__target", "copy__run").filter(id=drill_id).first()
    )
    if drill is None:
        raise DrillUnknown
    if drill.state in ENDED:
        return drill
    with _alone():
        if DrillStage.objects.filter(drill=drill).exists():
            return _end(grant, drill, None, BROKEN_OFF, is_verdict=False)
        return _carry_out(grant, drill)


def drill_now(actor: Actor, chosen: str = "", copy_id: UUID | None = None) -> Drill:
    """Declare a drill and carry it out in this process, as the shell does."""
    gate.require(actor, permissions.DRILL)
    return run_drill(actor, _declare(actor, chosen, copy_id).id)


def abort_broken(actor: Actor) -> int:
    """End drills whose process is gone, and destroy what it left; how many."""
    grant = gate.require(actor, permissions.DRILL)
    try:
        with _alone():
            has_begun = ~Q(state=DrillState.PLANNED) | Q(stages__isnull=False)
            found = list(Drill.objects.exclude(state__in=ENDED).filter(has_begun).distinct())
            for drill in found:
                remove_tree(_folder(drill))
                _end(grant, drill, None, BROKEN_OFF, is_verdict=False)
    except DrillGoing:
        return 0
    return len(found)


def plan(actor: Actor) -> bool:
    """Declare the quarter's drill when it is due and can be: whether one was declared. Without a key or a set
    here it is left to people, who are told by the duty."""
    gate.require(actor, permissions.DRILL)
    last = Drill.objects.filter(state=DrillState.PASSED).order_by("-ended_at").first()
    newest = queries.newest_good()
    since = last.ended_at if last else newest.snapshot_at if newest else None
    if since is None or (last and (clock.now() - since).days < QUARTER_DAYS):
        return False
    try:
        start_drill(actor)
    except TutelaError as refused:
        _log.warning("backup.drill_not_declared code=%s", refused.code)
        return False
    return True


@contextmanager
def _alone() -> Iterator[None]:
    """DrillGoing if another process carries a drill out."""
    with own_connection("tutela-backup-drill") as link:
        row = link.execute("SELECT pg_try_advisory_lock(%s)", (LOCK,)).fetchone()
        if row is None or not row[0]:
            raise DrillGoing
        yield


def _folder(drill: Drill) -> Path:
    return Path(settings.TUTELA_BACKUP_FOLDER) / "drill" / str(drill.id)


def _carry_out(grant: Grant, drill: Drill) -> Drill:
    copy = drill.copy
    assert copy is not None  # noqa: S101 declared with one
    code, is_verdict, done = "", False, None
    try:
        with places.open_target(copy.target) as place:
            done = _work(grant, drill, copy, place)
            work.run(done, scratch.machine())
    except _VERDICTS as error:
        code, is_verdict = error.code, True
    except TutelaError as error:
        code = error.code
    except Exception as error:
        _log.exception("backup.drill_broken drill=%s", drill.id)
        code = f"backup.broken.{type(error).__name__.lower()}"
    return _end(grant, drill, done, code, is_verdict=is_verdict)


def _work(grant: Grant, drill: Drill, copy: Copy, place: Any) -> Work:
    def begun(stage: str) -> None:
        drill.state = DrillState(stage)
        drill.save(update_fields=["state"])

    def ended(now: StageRun) -> None:
        DrillStage.objects.create(
            drill=drill, stage=now.stage, started_at=now.started_at, seconds=now.seconds,
            result=Result(now.result), code=now.code, detail=_detail(now),
        )  # fmt: skip

    def opened() -> None:
        with transaction.atomic():
            copies.record(grant, events.SET_OPENED, copy, backup_drill=str(drill.id))

    return Work(
        place=place, set_name=copy.run.set_name or "", url=copy.target.url,
        identities=verification.identities(), entries=_entries(), folder=_folder(drill),
        jobs=settings.TUTELA_BACKUP_JOBS, begun=begun, ended=ended, opened=opened,
    )  # fmt: skip


def _entries() -> list[Entry]:
    """What was destroyed, as database and journal know it."""
    both = {one.order: one for one in (*destructions.approved_since(None), *journal.entries())}
    return list(both.values())


def _detail(now: StageRun) -> dict[str, Any]:
    return {**now.facts, "checks": [one.as_row() for one in now.checks], "commands": now.commands}


def _end(grant: Grant, drill: Drill, done: Work | None, code: str, *, is_verdict: bool) -> Drill:
    """Write the report, sign it, and say what came of it."""
    now = clock.now()
    drill.ended_at, drill.code = now, code
    drill.state = (
        DrillState.PASSED if not code else DrillState.FAILED if is_verdict else DrillState.ABORTED
    )
    level = done.level if done else Level.WRITTEN
    drill.rto_seconds = _seconds(drill.declared_at, done.smoke_at if done and not code else None)
    drill.rpo_seconds = _seconds(drill.run.snapshot_at if drill.run else None, drill.declared_at)
    drill.report = _report(drill, done, level)
    drill.report_signature = signing.sign(drill_report.canonical(drill.report))
    with transaction.atomic():
        drill.save(
            update_fields=[
                "state", "code", "ended_at", "rto_seconds", "rpo_seconds", "report", "report_signature",
            ]
        )  # fmt: skip
        event = events.DRILL_FAILED if code else events.DRILL_PASSED
        _record(grant, event, drill, backup_level=int(level))
        if code:
            _tell(drill)
    if drill.copy is not None and done is not None:
        _verdict(grant, drill, level, is_verdict=is_verdict)
    return drill


def _verdict(grant: Grant, drill: Drill, level: Level, *, is_verdict: bool) -> None:
    """What the drill says of the copy: the level it came to, or what is against it."""
    assert drill.copy is not None  # noqa: S101 asked before
    result = Result.PASSED if not drill.code else Result.FAILED if is_verdict else Result.NO_VERDICT
    asked = level if not drill.code else Level.RESTORED if level < Level.RESTORED else Level.BOOTED
    if drill.code == BrokenBelieved.code:
        result = Result.NO_VERDICT
    seconds = drill.rto_seconds or 0.0
    verdict = Verdict(asked, result, drill.code, seconds, {"drill": str(drill.id)})
    verifications.keep(grant, drill.copy, verdict)


def _seconds(since: datetime | None, until: datetime | None) -> float | None:
    return None if since is None or until is None else (until - since).total_seconds()


def _report(drill: Drill, done: Work | None, level: Level) -> dict[str, Any]:
    table = queries.timetable()
    promised = {
        "rto_seconds": table.rto_minutes * 60 if table.rto_minutes else None,
        "rpo_seconds": table.rpo_hours * 3600 if table.rpo_hours else None,
        "edition": table.edition,
    }
    pair = done.pair if done else None
    return {
        "drill": str(drill.id), "chosen": drill.chosen, "code": drill.code, "level": int(level),
        "set": drill.run.set_name if drill.run else "", "keys_set": pair.keys.name if pair else "",
        "target": drill.copy.target.name if drill.copy else "",
        "declared_at": _iso(drill.declared_at), "ended_at": _iso(drill.ended_at),
        "snapshot_at": _iso(drill.run.snapshot_at if drill.run else None),
        "rto_seconds": drill.rto_seconds, "rpo_seconds": drill.rpo_seconds, "promised": promised,
        "rto_met": _is_met(drill.rto_seconds, promised["rto_seconds"]),
        "rpo_met": _is_met(drill.rpo_seconds, promised["rpo_seconds"]),
        "refused_broken_copy": bool(done and done.refused),
        "sealed_bytes": pair.sealed_bytes if pair else 0,
        "plain_bytes": pair.full.plain_bytes + pair.keys.plain_bytes if pair else 0,
        "product": settings.VERSION,
        "stages": [
            {"stage": one.stage, "seconds": round(one.seconds, 3), "result": one.result, "code": one.code,
             "checks": one.detail.get("checks", [])}
            for one in drill.stages.order_by("started_at", "id")
        ],
    }  # fmt: skip


def _iso(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def _is_met(measured: float | None, promised: int | None) -> bool | None:
    """None while nobody has signed a promise, or nothing was measured."""
    return None if measured is None or promised is None else measured <= promised


def _record(grant: Grant, event: EventSpec, drill: Drill, **more: str | int) -> None:
    """The leaf of a drill, in the change's own transaction."""
    changes.record(
        grant, event, backup_drill=str(drill.id), backup_run=str(drill.run_id),
        backup_copy=str(drill.copy_id), **more,
    )  # fmt: skip


def _tell(drill: Drill) -> None:
    """Notify who runs or manages backups of a drill that did not pass."""
    at = drill.declared_at or drill.created_at
    to = {one.id for one in gate.holders(permissions.DRILL)}
    to |= {one.id for one in gate.holders(permissions.MANAGE)}
    day = at.astimezone(queries.zone()).date().isoformat()
    notify(
        notice_kinds.BACKUP_DRILL_FAILED,
        to=sorted(to),
        params={"day": day, "code": drill.code},
        link=reverse("backup-view-drill", args=[drill.id]),
    )
