"""The yearly assessment: opened, submitted, returned, closed, exported."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.urls import reverse

from tutela.access import changes, gate
from tutela.access.gate import Grant
from tutela.assessment import events, live, notice_kinds, permissions, queries, rules
from tutela.assessment.controls import CONTROLS, VERSION
from tutela.assessment.errors import AssessmentExists, AssessmentUnknown
from tutela.assessment.live import Live
from tutela.assessment.models import DUTY, REASON_LETTERS, Assessment, Rating
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.keys import custody
from tutela.notices.actions.notices import notify, settle
from tutela.notices.queries import post_holders
from tutela.programme.actions.duties import Work, fulfil_duty
from tutela.trail.event_specs import EventSpec


def locked(year: int) -> Assessment:
    assessment = Assessment.objects.select_for_update().filter(year=year).first()
    if assessment is None:
        raise AssessmentUnknown(year=year)
    return assessment


def record(
    grant: Grant, event: EventSpec, assessment: Assessment, note: str = "", /, **detail: str | int
) -> None:
    subject = ("assessment", str(assessment.id))
    changes.record_with_note(grant, event, note, subject, year=assessment.year, **detail)


@transaction.atomic
def open_assessment(actor: Actor, year: int) -> Assessment:
    """Open a year's assessment with the current control set; AssessmentExists, YearRefused."""
    grant = gate.require(actor, permissions.ASSESSMENT_OPEN)
    rules.check_year(year, clock.today())
    assessment = Assessment(
        year=year, control_set=VERSION, opened_by_id=actor.id, opened_at=clock.now()
    )
    try:
        with transaction.atomic():
            assessment.save(force_insert=True)
    except IntegrityError as error:
        raise AssessmentExists(year=year) from error
    rows = [Rating(assessment=assessment, control=c.code, live=c.live) for c in CONTROLS.values()]
    Rating.objects.bulk_create(rows)
    record(grant, events.ASSESSMENT_OPENED, assessment, controls=len(rows))
    notify(
        notice_kinds.ASSESSMENT_OPENED,
        to=post_holders(permissions.ASSESSMENT_RATE.posts),
        params={"year": year},
        link=reverse("assessment-view", args=[year]),
    )
    return assessment


@transaction.atomic
def submit_assessment(actor: Actor, year: int) -> Assessment:
    """Submit a fully rated assessment; RatingsMissing says how many are left."""
    grant = gate.require(actor, permissions.ASSESSMENT_CLOSE)
    assessment = locked(year)
    rules.check_submit(assessment.state, queries.unrated(assessment))
    assessment.submitted_by_id, assessment.submitted_at = actor.id, clock.now()
    assessment.save()
    record(grant, events.ASSESSMENT_SUBMITTED, assessment)
    link = reverse("assessment-view", args=[year])
    settle(notice_kinds.ASSESSMENT_RETURNED, link=link)
    notify(
        notice_kinds.ASSESSMENT_WAITS,
        to=queries.second_people(actor),
        params={"year": year},
        link=link,
        once=True,
    )
    return assessment


@transaction.atomic
def return_assessment(actor: Actor, year: int, reason: str) -> Assessment:
    """Return a submitted assessment for more work. The reason is shown until it is submitted again, and
    is sealed in the leaf."""
    grant = gate.require(actor, permissions.ASSESSMENT_CLOSE)
    assessment = locked(year)
    rules.check_return(assessment.state, reason)
    check_free_text(reason=reason)
    submitted_by = str(assessment.submitted_by_id)
    assessment.submitted_by = assessment.submitted_at = None
    assessment.returned_by_id, assessment.returned_at = actor.id, clock.now()
    assessment.returned_reason = reason.strip()[:REASON_LETTERS]
    assessment.save()
    note = custody.seal_note(assessment.returned_reason)
    record(grant, events.ASSESSMENT_RETURNED, assessment, note)
    link = reverse("assessment-view", args=[year])
    settle(notice_kinds.ASSESSMENT_WAITS, link=link)
    if submitted_by != actor.id:
        notify(
            notice_kinds.ASSESSMENT_RETURNED, to=[submitted_by], params={"year": year}, link=link
        )
    return assessment


@transaction.atomic
def close_assessment(actor: Actor, year: int) -> Assessment:
    """Close a submitted assessment as the second person. The readings of live controls are stored."""
    grant = gate.require(actor, permissions.ASSESSMENT_CLOSE)
    assessment = locked(year)
    rules.check_close(assessment.state, str(assessment.submitted_by_id), actor.id)
    at = clock.now()
    assessment.closed_by_id, assessment.closed_at = actor.id, at
    assessment.save()
    # Read after closing: whether the year is assessed is one of the readings.
    rows = list(assessment.ratings.exclude(live=""))
    read = live.read([row.live for row in rows], year, clock.today())
    for row in rows:
        _keep(row, read[row.live], at)
    record(grant, events.ASSESSMENT_CLOSED, assessment)
    open_asks = (notice_kinds.ASSESSMENT_WAITS, notice_kinds.ASSESSMENT_OPENED)
    settle(*open_asks, link=reverse("assessment-view", args=[year]))
    evidence = f"{year} 年度评估，已确认关闭 · Assessment of {year}, confirmed and closed"
    fulfil_duty(actor, DUTY, Work(of=date(year, 12, 31), evidence=evidence))
    return assessment


def _keep(row: Rating, answer: Live, at: datetime) -> None:
    reading = answer.reading
    row.verdict = answer.verdict
    row.value, row.unit = reading.value, reading.unit
    row.numerator, row.denominator = reading.numerator, reading.denominator
    row.goal, row.read_at = answer.goal.value if answer.goal else None, at
    row.save()


@transaction.atomic
def export_report(actor: Actor, year: int, language: str) -> Assessment:
    """Record the export of the report, which the caller writes afterwards."""
    grant = gate.require(actor, permissions.ASSESSMENT_READ)
    assessment = queries.assessment(year)
    record(grant, events.ASSESSMENT_EXPORTED, assessment, language=language)
    return assessment
