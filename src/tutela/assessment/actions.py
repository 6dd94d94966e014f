"""The yearly assessment's verbs: open, rate, hand in, give back, close."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.urls import reverse

from tutela.access import gate
from tutela.access.permissions import Permission
from tutela.access.posts import POSTS, PostSpec
from tutela.base import clock
from tutela.base.actor import SYSTEM, Actor
from tutela.base.free_text import check_free_text
from tutela.keys import custody
from tutela.notices.actions_notify import notify, settle
from tutela.notices.kinds import NoticeKind
from tutela.programme.actions.attachments import Upload, attach_held
from tutela.programme.actions.duties import ASSESSMENT_DUTY, Work, close_with_work
from tutela.programme.actions.withdrawals import withdraw_held
from tutela.programme.models import Attachment
from tutela.trail import log
from tutela.trail.events import Event
from tutela.trail.leaves import Leaf

from . import live, queries, rules
from .actions_risk import (
    accept_risk,
    change_risk,
    close_risk,
    end_acceptances,
    register_risk,
    warn_acceptances,
)
from .controls import CONTROLS, VERSION
from .errors import AssessmentExists, AssessmentUnknown, ControlUnknown, RatingChanged
from .live import Live
from .models import REASON_LETTERS, Assessment, Rating

__all__ = [
    "accept_risk", "attach_proof", "change_risk", "close_assessment", "close_risk", "end_acceptances",
    "export_report", "open_assessment", "rate_control", "register_risk", "return_assessment",
    "submit_assessment", "warn_acceptances", "withdraw_proof",
]  # fmt: skip


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
    _leaf(Event.GOVERNANCE_ASSESSMENT_OPENED, actor, made, grant, controls=len(rows))
    notify(
        NoticeKind.ASSESSMENT_OPENED,
        posts=[code for code, post in POSTS.items() if _rates(post)],
        params={"year": year},
        link=reverse("assessment-view", args=[year]),
    )
    return made


def _rates(post: PostSpec) -> bool:
    return Permission.GOVERNANCE_ASSESSMENT_RATE in post.permissions


@transaction.atomic
def rate_control(
    actor: Actor,
    year: int,
    control: str,
    *,
    verdict: str = "",
    note: str = "",
    evidence: str = "",
    version: int | None = None,
) -> Rating:
    """Say what a control was found to be. `version` is the one that was looked at: RatingChanged."""
    grant = gate.require(actor, Permission.GOVERNANCE_ASSESSMENT_RATE)
    held = _locked(year)
    row = _rating(held, control)
    proof = queries.standing(queries.files([row.pk]).get(row.pk, ()))
    rated = rules.Rated(
        verdict=verdict, note=note, evidence=evidence, live=row.live, files=len(proof)
    )
    rules.may_rate(held.state, rated)
    check_free_text(note=note, evidence=evidence)
    if version is not None and version != row.version:
        raise RatingChanged
    row.verdict, row.note, row.evidence = verdict, note.strip(), evidence.strip()
    row.rated_by_id, row.rated_at, row.version = actor.id, clock.now(), row.version + 1
    row.save()
    _leaf(Event.GOVERNANCE_ASSESSMENT_RATED, actor, held, grant, control=control, verdict=verdict)
    return row


@transaction.atomic
def attach_proof(
    actor: Actor, year: int, control: str, uploads: Sequence[Upload]
) -> list[Attachment]:
    """Keep files as proof of a rating, all or none; they stay when the rating changes."""
    grant = gate.require(actor, Permission.GOVERNANCE_ASSESSMENT_RATE)
    held = _locked(year)
    rules.may_prove(held.state)
    holder = (queries.PROOF_OF, str(_rating(held, control).pk))
    return [attach_held(actor=actor, grant=grant, holder=holder, upload=one) for one in uploads]


@transaction.atomic
def withdraw_proof(actor: Actor, attachment: Attachment, reason: str) -> Attachment:
    """A file was the wrong one: it proves nothing any more, as long as the rating may change. A control
    that is met by this file alone keeps it until the right one is there."""
    grant = gate.require(actor, Permission.GOVERNANCE_ASSESSMENT_RATE)
    held = _locked(queries.rating_of(attachment).assessment.year)
    rules.may_prove(held.state)
    row = queries.rating_of(attachment)
    left = len(queries.standing(queries.files([row.pk])[row.pk]))
    needed = row.verdict == rules.Verdict.MET and not row.evidence and left == 1
    return withdraw_held(actor=actor, grant=grant, held=attachment, reason=reason, needed=needed)


def _rating(of: Assessment, control: str) -> Rating:
    row = of.ratings.filter(control=control).first()
    if row is None:
        raise ControlUnknown(control=control if control in CONTROLS else "")
    return row


@transaction.atomic
def submit_assessment(actor: Actor, year: int) -> Assessment:
    """Hand a fully rated assessment in; RatingsMissing tells how many are left."""
    grant = gate.require(actor, Permission.GOVERNANCE_ASSESSMENT_CLOSE)
    held = _locked(year)
    rules.may_submit(held.state, queries.unrated(held))
    held.submitted_by_id, held.submitted_at = actor.id, clock.now()
    held.save()
    _leaf(Event.GOVERNANCE_ASSESSMENT_SUBMITTED, actor, held, grant)
    link = reverse("assessment-view", args=[year])
    settle(NoticeKind.ASSESSMENT_RETURNED, link=link)
    notify(
        NoticeKind.ASSESSMENT_WAITS,
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
    held = _locked(year)
    rules.may_return(held.state, reason)
    check_free_text(reason=reason)
    handed_in = str(held.submitted_by_id)
    held.submitted_by = held.submitted_at = None
    held.returned_by_id, held.returned_at = actor.id, clock.now()
    held.returned_reason = reason.strip()[:REASON_LETTERS]
    held.save()
    note = custody.seal_note(held.returned_reason)
    _leaf(Event.GOVERNANCE_ASSESSMENT_RETURNED, actor, held, grant, note=note)
    link = reverse("assessment-view", args=[year])
    settle(NoticeKind.ASSESSMENT_WAITS, link=link)
    if handed_in != actor.id:
        notify(NoticeKind.ASSESSMENT_RETURNED, to=[handed_in], params={"year": year}, link=link)
    return held


@transaction.atomic
def close_assessment(actor: Actor, year: int) -> Assessment:
    """Confirm as the second person. The readings that answer live controls are kept from now on."""
    grant = gate.require(actor, Permission.GOVERNANCE_ASSESSMENT_CLOSE)
    held = _locked(year)
    rules.may_close(held.state, str(held.submitted_by_id), actor.id)
    at = clock.now()
    held.closed_by_id, held.closed_at = actor.id, at
    held.save()
    # Read after the closing: whether the year is assessed is itself one of the readings.
    rows = list(held.ratings.exclude(live=""))
    read = live.read([row.live for row in rows], year, clock.today())
    for row in rows:
        _keep(row, read[row.live], at)
    _leaf(Event.GOVERNANCE_ASSESSMENT_CLOSED, actor, held, grant)
    open_asks = (NoticeKind.ASSESSMENT_WAITS, NoticeKind.ASSESSMENT_OPENED)
    settle(*open_asks, link=reverse("assessment-view", args=[year]))
    # The duty of the year asks for just this; the trace says where the confirmation came from.
    close_with_work(
        actor=replace(SYSTEM, source=actor.source),
        duty=ASSESSMENT_DUTY,
        work=Work(
            of=date(year, 12, 31),
            evidence=f"{year} 年度评估，已确认关闭 · Assessment of {year}, confirmed and closed",
        ),
    )
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
    _leaf(Event.GOVERNANCE_ASSESSMENT_EXPORTED, actor, found, grant, language=language)
    return found


def _locked(year: int) -> Assessment:
    held = Assessment.objects.select_for_update().filter(year=year).first()
    if held is None:
        raise AssessmentUnknown(year=year)
    return held


def _leaf(
    event: Event,
    actor: Actor,
    of: Assessment,
    grant: gate.Grant,
    note: str = "",
    **detail: str | int,
) -> None:
    log.append_with_change(
        Leaf(
            event=event,
            actor=actor,
            subjects=(("assessment", str(of.id)),),
            decision=grant.as_leaf(),
            detail={"year": of.year, **detail},
            note=note,
        )
    )
