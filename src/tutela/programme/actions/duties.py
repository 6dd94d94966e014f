"""Duties: their periods are made ahead, then done, moved, skipped, or missed for good."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import connection, transaction

from tutela.access import gate
from tutela.access.gate import Grant
from tutela.access.models import Staff
from tutela.access.permissions import Permission
from tutela.base import clock
from tutela.base.actor import SYSTEM, Actor
from tutela.base.free_text import check_free_text
from tutela.programme import errors, queries, rules
from tutela.programme.models import DutyOccurrence, DutyTemplate
from tutela.trail.events import Event

from . import news
from .traces import leaf, owner

State = DutyOccurrence.State
LETTERS = 400
_MAKING = 7_420_310_003  # any number that no other lock of this product has


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What was done in Tutela itself: a day of the period it is for, words that name it, and the day it
    was done, today unless `done_on` says else."""

    of: date
    evidence: str
    done_on: date | None = None


@transaction.atomic
def make_occurrences(*, actor: Actor, until: date) -> int:
    """Every period that begins by a day and is not there yet; how many were made. Safe to repeat, and
    for several at once."""
    grant = gate.require(actor, Permission.GOVERNANCE_DUTY_MAKE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_MAKING])
    have = set(DutyOccurrence.objects.values_list("template_id", "begins"))
    made = [row for row in _wanted(until) if (row.template_id, row.begins) not in have]
    DutyOccurrence.objects.bulk_create(made, batch_size=2_000)
    if made:
        leaf(Event.GOVERNANCE_OCCURRENCES_MADE, actor, grant, rows=len(made))
    return len(made)


def _wanted(until: date) -> Iterator[DutyOccurrence]:
    for template in DutyTemplate.objects.filter(retired_on__isnull=True).order_by("id"):
        for period in rules.periods(rules.Cadence(template.cadence), template.starts, until):
            yield DutyOccurrence(
                template=template,
                begins=period.begins,
                ends=period.ends,
                due=rules.due_of(period, template.grace_days),
            )


@transaction.atomic
def mark_missed(*, actor: Actor) -> int:
    """Open duties whose last day has passed become missed, and stay so; how many."""
    grant = gate.require(actor, Permission.GOVERNANCE_DUTY_MAKE)
    late = DutyOccurrence.objects.select_for_update().filter(
        state__in=queries.OPEN_DUTIES, due__lt=clock.today()
    )
    found = list(late.select_related("template").order_by("id"))
    for one in found:
        one.state = State.MISSED
        one.save(update_fields=["state"])
        _leaf(Event.GOVERNANCE_OCCURRENCE_MISSED, actor, grant, one)
        news.duty_missed(one)
    return len(found)


@transaction.atomic
def close_occurrence(
    *, actor: Actor, occurrence_id: int, done_on: date | None = None, evidence: str = ""
) -> DutyOccurrence:
    """The duty was done on a day, today unless `done_on` says else. `evidence` says where to look; an
    attached file will do too."""
    grant, one, staff = _held(actor, occurrence_id)
    day = done_on or clock.today()
    rules.may_close(queries.facts(one), done_on=day, today=clock.today())
    rules.needs_proof(evidence, queries.standing(one.attachments.all()).count())
    _done(one, day, staff, evidence)
    _leaf(Event.GOVERNANCE_OCCURRENCE_CLOSED, actor, grant, one)
    return one


@transaction.atomic
def fulfil_duty(actor: Actor, duty: str, work: Work) -> DutyOccurrence | None:
    """How a room above closes a duty (by its code): the period that the work's day lies in is done,
    because what it asks for was done in Tutela itself; nothing where that period is not open any more.
    The installation closes it; the trace says from where the act of `actor` came."""
    system = replace(SYSTEM, source=actor.source)
    grant = gate.require(system, Permission.GOVERNANCE_DUTY_MAKE)
    today = clock.today()
    found = DutyOccurrence.objects.select_for_update(of=("self",)).select_related("template")
    in_time = found.filter(state__in=queries.OPEN_DUTIES, begins__lte=today, due__gte=today)
    of_day = in_time.filter(begins__lte=work.of, ends__gt=work.of)
    one = of_day.filter(template__code=duty).first()
    if one is None:
        return None
    _done(one, work.done_on or today, None, work.evidence)
    _leaf(Event.GOVERNANCE_OCCURRENCE_CLOSED, system, grant, one)
    return one


def _done(one: DutyOccurrence, day: date, staff: Staff | None, evidence: str) -> None:
    check_free_text(evidence=evidence)
    one.state, one.done_on, one.done_at, one.done_by = State.DONE, day, clock.now(), staff
    one.evidence = evidence.strip()[:LETTERS]
    one.save(update_fields=["state", "done_on", "done_at", "done_by", "evidence"])


@transaction.atomic
def move_occurrence(*, actor: Actor, occurrence_id: int, to: date, reason: str) -> DutyOccurrence:
    """Give a duty a later last day, at most the end of the next period, and say why."""
    grant, one, _staff = _held(actor, occurrence_id)
    rules.may_move(
        queries.facts(one), to=to, reason=reason, today=clock.today(), latest=latest_move(one)
    )
    check_free_text(reason=reason)
    one.moved_from = one.moved_from or one.due
    one.due, one.state, one.reason = to, State.MOVED, reason.strip()[:LETTERS]
    one.save(update_fields=["due", "state", "reason", "moved_from"])
    _leaf(Event.GOVERNANCE_OCCURRENCE_MOVED, actor, grant, one)
    return one


def latest_move(one: DutyOccurrence) -> date:
    """The last day to which a duty may be moved: the end of the next period."""
    cadence = rules.Cadence(one.template.cadence)
    return rules.period_of(cadence, one.ends).ends - timedelta(days=1)


@transaction.atomic
def skip_occurrence(*, actor: Actor, occurrence_id: int, reason: str) -> DutyOccurrence:
    """Leave one period out, and say why. Only before its last day has passed."""
    grant, one, _staff = _held(actor, occurrence_id)
    rules.may_change(queries.facts(one), clock.today())
    rules.needs_reason(reason)
    check_free_text(reason=reason)
    one.state, one.reason = State.SKIPPED, reason.strip()[:LETTERS]
    one.save(update_fields=["state", "reason"])
    _leaf(Event.GOVERNANCE_OCCURRENCE_SKIPPED, actor, grant, one)
    return one


def _held(actor: Actor, occurrence_id: int) -> tuple[Grant, DutyOccurrence, Staff | None]:
    """The occurrence, locked, if it is the actor's to change."""
    grant = gate.require(actor, Permission.GOVERNANCE_DUTY_CLOSE)
    found = DutyOccurrence.objects.select_for_update(of=("self",)).select_related("template")
    one = found.filter(id=occurrence_id).first()
    if one is None:
        raise errors.OccurrenceUnknown
    duty = one.template
    return grant, one, owner(actor, department_id=duty.department_id, post=duty.post)


def _leaf(event: Event, actor: Actor, grant: Grant, one: DutyOccurrence) -> None:
    leaf(
        event,
        actor,
        grant,
        ("duty", str(one.pk)),
        duty=one.template.code,
        occurrence=one.pk,
        begins=one.begins.isoformat(),
        due=one.due.isoformat(),
        state=one.state,
    )


@transaction.atomic
def export_duties(*, actor: Actor, year: int, department: str = "") -> list[DutyTemplate]:
    """The duties of a year as they leave the house in a file, after the trace of it."""
    grant = gate.require(actor, Permission.GOVERNANCE_PROGRAMME_READ)
    found = queries.duties_of_year(year, department)
    named = {"department": department} if department else {}
    leaf(Event.GOVERNANCE_DUTY_EXPORTED, actor, grant, rows=len(found), **named)
    return found
