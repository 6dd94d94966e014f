"""The timetable kept: due times are stored ahead, what did not start is missed, and is caught up once.

`watch` runs in the worker and in the process that follows the trail: a dead worker's backups are missed all the
same, and within the hour.
"""

import logging

from django.db import transaction

from tutela.access import gate
from tutela.access.gate import Grant
from tutela.backup import events, notice_kinds, permissions, queries, rules
from tutela.backup.errors import RunGoing
from tutela.backup.models import Run
from tutela.backup.rules import OPEN, Kind, RunState
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.errors import TutelaError

from . import endings, runs, uploads

_log = logging.getLogger("tutela.backup")


def watch(actor: Actor) -> int:
    """Store the due times that lie ahead, and write down what was missed; how many. It plans nothing before there
    are keys and a target, so that an installation that is being set up misses nothing."""
    grant = gate.require(actor, permissions.RUN)
    _plan()
    missed = 0
    if not _is_moving():
        for run in Run.objects.filter(planned=True, state=RunState.SCHEDULED).order_by("due_at"):
            if rules.is_overdue(run.due_at, clock.now()):
                missed += _miss(grant, run)
    return missed


def _plan() -> int:
    """Store each due time once, also those of a stop; how many."""
    now = clock.now()
    # What a clock that ran ahead has planned does not hold up the days before it.
    known = Run.objects.filter(planned=True, kind=Kind.FULL, due_at__lte=now + rules.PLANNED_AHEAD)
    planned = known.order_by("-due_at").first()
    if planned is None:
        if queries.missing_roles(Kind.FULL) or not queries.targets():
            return 0
        after = now
    else:
        after = max(planned.due_at, now - rules.MOST_LATE)
    table, zone = queries.timetable(), queries.zone()
    found = rules.due_times(table, zone, after, now + rules.PLANNED_AHEAD)
    made = [
        Run(kind=Kind.FULL, due_at=due, planned=True, weekly=rules.is_weekly(table, zone, due))
        for due in found
    ]
    return len(Run.objects.bulk_create(made, ignore_conflicts=True))


def _is_moving() -> bool:
    """Whether a backup is being made: what is due meanwhile begins after it."""
    since = clock.now() - rules.STANDS_STILL_AFTER
    return Run.objects.filter(state__in=OPEN, moved_at__gte=since).exists()


def _miss(grant: Grant, run: Run) -> int:
    with transaction.atomic():
        locked = Run.objects.select_for_update(of=("self",)).get(id=run.id)
        if locked.state != RunState.SCHEDULED:
            return 0
        locked.state, locked.ended_at = RunState.MISSED, clock.now()
        locked.save(update_fields=["state", "ended_at"])
        day = run.due_at.astimezone(queries.zone()).date().isoformat()
        endings.record(grant, events.RUN_MISSED, locked, due=day)
        endings.tell(notice_kinds.BACKUP_MISSED, locked)
    return 1


def _catch_up() -> None:
    """Ask for one backup in place of the newest planned one, if that was missed or has failed."""
    now = clock.now()
    of_kind = Run.objects.filter(kind=Kind.FULL)
    newest = of_kind.filter(planned=True, due_at__lte=now).order_by("-due_at").first()
    if newest is None:
        return
    with transaction.atomic():
        # Two workers ask once.
        Run.objects.select_for_update(of=("self",)).get(id=newest.id)
        after = of_kind.filter(planned=False, due_at__gt=newest.due_at)
        since = [
            (RunState(state), ended) for state, ended in after.values_list("state", "ended_at")
        ]
        if newest.ended_at and newest.state == RunState.FAILED and not since:
            since_failed = now - newest.ended_at
            if since_failed < rules.TRY_AGAIN_AFTER:
                return
        if rules.tries_again(RunState(newest.state), since, now):
            Run.objects.create(kind=Kind.FULL, due_at=now)


def work(actor: Actor) -> int:
    """Do what is due: go on with what was cut off, carry what waits for a target, begin what is due, catch up what
    was missed. How many runs were carried out; nothing while another process makes a backup."""
    watch(actor)
    _catch_up()
    done = 0
    for run in _due():
        try:
            runs.carry_out(actor, run.id)
        except RunGoing:
            return done
        except TutelaError as refused:
            _log.warning("backup.run_not_done run=%s code=%s", run.id, refused.code)
        done += 1
    return done


def _due() -> list[Run]:
    """Runs that were cut off, then those with parts to carry, then what is due, the oldest first."""
    cut = Run.objects.filter(state__in=(RunState.RUNNING, RunState.DUMPED)).exclude(kind=Kind.KEYS)
    begin = Run.objects.filter(state=RunState.SCHEDULED, due_at__lte=clock.now())
    carried = uploads.waiting()
    return [*cut.order_by("due_at"), *carried, *begin.exclude(kind=Kind.KEYS).order_by("due_at")]
