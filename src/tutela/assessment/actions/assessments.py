"""The yearly assessment: opened, handed in, given back, closed, exported."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.urls import reverse

from tutela.access import gate
from tutela.access.permissions import Permission
from tutela.access.posts import POSTS, PostSpec
from tutela.assessment import live, notice_kinds, queries, rules
from tutela.assessment.controls import CONTROLS, VERSION
from tutela.assessment.errors import AssessmentExists
from tutela.assessment.live import Live
from tutela.assessment.models import DUTY, REASON_LETTERS, Assessment, Rating
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.keys import custody
from tutela.notices.actions.notices import notify, settle
from tutela.programme.actions.duties import Work, fulfil_duty
from tutela.trail.events import Event

from .traces import leaf, locked


@transaction.atomic
def open_assessment(actor: Actor, year: int) -> Assessment:
    """Begin a year's assessment over the control set of today; AssessmentExists, YearRefused."""
    grant = gate.require(actor, Permission.GOVERNANCE_ASSESSMENT_OPEN)
    rules.may_open(year, clock.today())
    made = Assessment(year=year, control_set=VERSION, opened_by_id=actor.id, opened_at=clock.now())
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise AssessmentExists(year=year) from error
    rows = [Rating(assessment=made, control=c.code, live=c.live) for c in CONTROLS.values()]
    Rating.objects.bulk_create(rows)
    leaf(Event.GOVERNANCE_ASSESSMENT_OPENED, actor, made, grant, controls=len(rows))
    notify(
        notice_kinds.ASSESSMENT_OPENED,
        posts=[code for code, post in POSTS.items() if _rates(post)],
        params={"year": year},
        link=reverse("assessment-view", args=[year]),
    )
    return made


def _rates(post: PostSpec) -> bool:
    return Permission.GOVERNANCE_ASSESSMENT_RATE in post.permissions


@transaction.atomic
def submit_assessment(actor: Actor, year: int) -> Assessment:
    """Hand a fully rated assessment in; RatingsMissing tells how many are left."""
    grant = gate.require(actor, Permission.GOVERNANCE_ASSESSMENT_CLOSE)
    held = locked(year)
    rules.may_submit(held.state, queries.unrated(held))
    held.submitted_by_id, held.submitted_at = actor.id, clock.now()
    held.save()
    leaf(Event.GOVERNANCE_ASSESSMENT_SUBMITTED, actor, held, grant)
    link = reverse("assessment-view", args=[year])
    settle(notice_kinds.ASSESSMENT_RETURNED, link=link)
    notify(
        notice_kinds.ASSESSMENT_WAITS,
        to=queries.second_people(actor),
        params={"year": year},
        link=link,
        once=True,
    )
    return held


@transaction.atomic
def return_assessment(actor: Actor, year: int, reason: str) -> Assessment:
    """Give an assessment that was handed in back for more work; the reason stands on its page until it
    is handed in again, and sealed in the trace."""
    grant = gate.require(actor, Permission.GOVERNANCE_ASSESSMENT_CLOSE)
    held = locked(year)
    rules.may_return(held.state, reason)
    check_free_text(reason=reason)
    handed_in = str(held.submitted_by_id)
    held.submitted_by = held.submitted_at = None
    held.returned_by_id, held.returned_at = actor.id, clock.now()
    held.returned_reason = reason.strip()[:REASON_LETTERS]
    held.save()
    note = custody.seal_note(held.returned_reason)
    leaf(Event.GOVERNANCE_ASSESSMENT_RETURNED, actor, held, grant, note=note)
    link = reverse("assessment-view", args=[year])
    settle(notice_kinds.ASSESSMENT_WAITS, link=link)
    if handed_in != actor.id:
        notify(notice_kinds.ASSESSMENT_RETURNED, to=[handed_in], params={"year": year}, link=link)
    return held


@transaction.atomic
def close_assessment(actor: Actor, year: int) -> Assessment:
    """Confirm as the second person. The readings that answer live controls are kept from now on."""
    grant = gate.require(actor, Permission.GOVERNANCE_ASSESSMENT_CLOSE)
    held = locked(year)
    rules.may_close(held.state, str(held.submitted_by_id), actor.id)
    at = clock.now()
    held.closed_by_id, held.closed_at = actor.id, at
    held.save()
    # Read after the closing: whether the year is assessed is itself one of the readings.
    rows = list(held.ratings.exclude(live=""))
    read = live.read([row.live for row in rows], year, clock.today())
    for row in rows:
        _keep(row, read[row.live], at)
    leaf(Event.GOVERNANCE_ASSESSMENT_CLOSED, actor, held, grant)
    open_asks = (notice_kinds.ASSESSMENT_WAITS, notice_kinds.ASSESSMENT_OPENED)
    settle(*open_asks, link=reverse("assessment-view", args=[year]))
    # The duty of the year asks for just this.
    evidence = f"{year} 年度评估，已确认关闭 · Assessment of {year}, confirmed and closed"
    fulfil_duty(actor, DUTY, Work(of=date(year, 12, 31), evidence=evidence))
    return held


def _keep(row: Rating, found: Live, at: datetime) -> None:
    reading = found.reading
    row.verdict = found.verdict
    row.value, row.unit = reading.value, reading.unit
    row.numerator, row.denominator = reading.numerator, reading.denominator
    row.goal, row.read_at = found.goal.value if found.goal else None, at
    row.save()


@transaction.atomic
def export_report(actor: Actor, year: int, language: str) -> Assessment:
    """Log that the report leaves as a file; the caller then writes it."""
    grant = gate.require(actor, Permission.GOVERNANCE_ASSESSMENT_READ)
    found = queries.assessment(year)
    leaf(Event.GOVERNANCE_ASSESSMENT_EXPORTED, actor, found, grant, language=language)
    return found
