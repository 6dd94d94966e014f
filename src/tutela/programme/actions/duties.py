"""Occurrences of duties: created ahead, then closed, moved, skipped, or missed for good."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import connection, transaction

from tutela.access import changes, gate
from tutela.access.gate import Grant
from tutela.access.models import Staff
from tutela.base import clock
from tutela.base.actor import SYSTEM, Actor
from tutela.base.free_text import check_free_text
from tutela.programme import errors, events, permissions, queries, rules
from tutela.programme.models import TEXT_LETTERS, DutyOccurrence, DutyTemplate
from tutela.programme.ownership import check_owns_duty
from tutela.proof.rules import check_reason
from tutela.trail.event_specs import EventSpec

from . import news

State = DutyOccurrence.State
_MAKING_LOCK = 7_420_310_003  # an advisory lock; unique in this product


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Work done in Tutela itself: a day of the period it counts for, the evidence, and the day it was
    done (None: today)."""

    of: date
    evidence: str
    done_on: date | None = None


@transaction.atomic
def make_occurrences(actor: Actor, *, until: date) -> int:
    """Create every missing occurrence that begins by a day; how many. Idempotent, and safe to run
    concurrently."""
    grant = gate.require(actor, permissions.DUTY_MAKE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_MAKING_LOCK])
    existing = set(DutyOccurrence.objects.values_list("template_id", "begins"))
    missing = [row for row in _wanted(until) if (row.template_id, row.begins) not in existing]
    DutyOccurrence.objects.bulk_create(missing, batch_size=2_000)
    if missing:
        changes.record(grant, events.OCCURRENCES_MADE, rows=len(missing))
    return len(missing)


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
def mark_missed(actor: Actor) -> int:
    """Mark open occurrences whose due date has passed as missed, for good; how many."""
    grant = gate.require(actor, permissions.DUTY_MAKE)
    late = DutyOccurrence.objects.select_for_update().filter(
        state__in=queries.OPEN_DUTIES, due__lt=clock.today()
    )
    overdue = list(late.select_related("template").order_by("id"))
    for occurrence in overdue:
        occurrence.state = State.MISSED
        occurrence.save(update_fields=["state"])
        _record(grant, events.OCCURRENCE_MISSED, occurrence)
        news.duty_missed(occurrence)
    return len(overdue)


@transaction.atomic
def close_occurrence(
    actor: Actor, *, occurrence_id: int, done_on: date | None = None, evidence: str = ""
) -> DutyOccurrence:
    """Close an occurrence as done on a day (None: today). `evidence` names the proof; an attached file
    serves as well. Where the duty has a target, that must count evidence of the period."""
    grant, occurrence, staff = _locked(actor, occurrence_id)
    day = done_on or clock.today()
    rules.check_close(queries.facts(occurrence), done_on=day, today=clock.today())
    rules.check_proof(evidence, queries.standing_files(occurrence).count())
    if (target := queries.duty_target(occurrence)) and not queries.counted(occurrence):
        raise errors.TargetEvidenceMissing(target=target)
    _done(occurrence, day, staff, evidence)
    _record(grant, events.OCCURRENCE_CLOSED, occurrence)
    return occurrence


@transaction.atomic
def fulfil_duty(actor: Actor, duty: str, work: Work) -> DutyOccurrence | None:
    """Close the occurrence of a duty (by code) that the work's day lies in, on behalf of a room above in
    which the work was done; None if that occurrence is not open any more, or if its target does not count
    the work. The leaf names the
    installation as actor, with the source of `actor`."""
    system = replace(SYSTEM, source=actor.source)
    grant = gate.require(system, permissions.DUTY_MAKE)
    today = clock.today()
    rows = DutyOccurrence.objects.select_for_update(of=("self",)).select_related("template")
    in_time = rows.filter(state__in=queries.OPEN_DUTIES, begins__lte=today, due__gte=today)
    of_day = in_time.filter(begins__lte=work.of, ends__gt=work.of)
    occurrence = of_day.filter(template__code=duty).first()
    if occurrence is None:
        return None
    if queries.duty_target(occurrence) and not queries.counted(occurrence):
        return None
    _done(occurrence, work.done_on or today, None, work.evidence)
    _record(grant, events.OCCURRENCE_CLOSED, occurrence)
    return occurrence


def _done(occurrence: DutyOccurrence, day: date, staff: Staff | None, evidence: str) -> None:
    check_free_text(evidence=evidence)
    occurrence.state, occurrence.done_on, occurrence.done_at, occurrence.done_by = (
        State.DONE,
        day,
        clock.now(),
        staff,
    )
    occurrence.evidence = evidence.strip()[:TEXT_LETTERS]
    occurrence.save(update_fields=["state", "done_on", "done_at", "done_by", "evidence"])


@transaction.atomic
def move_occurrence(actor: Actor, *, occurrence_id: int, to: date, reason: str) -> DutyOccurrence:
    """Give an occurrence a later due date, at most the end of the next period, with a reason."""
    grant, occurrence, _staff = _locked(actor, occurrence_id)
    rules.check_move(
        queries.facts(occurrence),
        to=to,
        reason=reason,
        today=clock.today(),
        latest=latest_move(occurrence),
    )
    check_free_text(reason=reason)
    occurrence.moved_from = occurrence.moved_from or occurrence.due
    occurrence.due, occurrence.state, occurrence.reason = (
        to,
        State.MOVED,
        reason.strip()[:TEXT_LETTERS],
    )
    occurrence.save(update_fields=["due", "state", "reason", "moved_from"])
    _record(grant, events.OCCURRENCE_MOVED, occurrence)
    return occurrence


def latest_move(occurrence: DutyOccurrence) -> date:
    """The latest due date an occurrence can be moved to: the end of the next period."""
    cadence = rules.Cadence(occurrence.template.cadence)
    return rules.period_of(cadence, occurrence.ends).ends - timedelta(days=1)


@transaction.atomic
def skip_occurrence(actor: Actor, *, occurrence_id: int, reason: str) -> DutyOccurrence:
    """Skip an occurrence with a reason, at the latest on its due date."""
    grant, occurrence, _staff = _locked(actor, occurrence_id)
    rules.check_change(queries.facts(occurrence), clock.today())
    check_reason(reason)
    check_free_text(reason=reason)
    occurrence.state, occurrence.reason = State.SKIPPED, reason.strip()[:TEXT_LETTERS]
    occurrence.save(update_fields=["state", "reason"])
    _record(grant, events.OCCURRENCE_SKIPPED, occurrence)
    return occurrence


def _locked(actor: Actor, occurrence_id: int) -> tuple[Grant, DutyOccurrence, Staff | None]:
    """The occurrence, locked for change by the actor; NotYours."""
    grant = gate.require(actor, permissions.DUTY_CLOSE)
    rows = DutyOccurrence.objects.select_for_update(of=("self",)).select_related("template")
    occurrence = rows.filter(id=occurrence_id).first()
    if occurrence is None:
        raise errors.OccurrenceUnknown
    return grant, occurrence, check_owns_duty(actor, occurrence.template)


def _record(grant: Grant, event: EventSpec, occurrence: DutyOccurrence) -> None:
    changes.record(
        grant,
        event,
        ("duty", str(occurrence.pk)),
        duty=occurrence.template.code,
        occurrence=occurrence.pk,
        begins=occurrence.begins.isoformat(),
        due=occurrence.due.isoformat(),
        state=occurrence.state,
    )


@transaction.atomic
def export_duties(actor: Actor, *, year: int, department: str = "") -> list[DutyTemplate]:
    """The duties of a year for a file export, once the export is in the trail."""
    grant = gate.require(actor, permissions.PROGRAMME_READ)
    duties = queries.duties_of_year(year, department)
    named = {"department": department} if department else {}
    changes.record(grant, events.DUTY_EXPORTED, rows=len(duties), **named)
    return duties
