"""Ratings of controls, and the files that prove them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from tutela.access import gate
from tutela.assessment import events, permissions, queries, rules
from tutela.assessment.controls import CONTROLS
from tutela.assessment.errors import (
    ControlUnknown,
    RatingChanged,
)
from tutela.assessment.models import PROOF_OF, Assessment, Rating
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.proof.actions import attachments
from tutela.proof.actions.attachments import Upload
from tutela.proof.models import Attachment

from .assessments import locked, record


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRating:
    """A rating as entered. `version` is that of the rating it replaces, if the caller has seen one."""

    verdict: str = ""
    note: str = ""
    evidence: str = ""
    version: int | None = None


@transaction.atomic
def rate_control(actor: Actor, year: int, control: str, new: NewRating) -> Rating:
    """Rate a control; RatingChanged if it was rated since the caller read it."""
    grant = gate.require(actor, permissions.ASSESSMENT_RATE)
    assessment = locked(year)
    row = _rating(assessment, control)
    files = queries.standing(queries.files([row.pk]).get(row.pk, ()))
    rated = rules.Rated(
        verdict=new.verdict,
        note=new.note,
        evidence=new.evidence,
        live=row.live,
        files=len(files),
    )
    rules.check_rating(assessment.state, rated)
    check_free_text(note=new.note, evidence=new.evidence)
    if new.version is not None and new.version != row.version:
        raise RatingChanged
    row.verdict, row.note, row.evidence = new.verdict, new.note.strip(), new.evidence.strip()
    row.rated_by_id, row.rated_at, row.version = actor.id, clock.now(), row.version + 1
    row.save()
    event = events.ASSESSMENT_RATED
    record(grant, event, assessment, control=control, verdict=new.verdict)
    return row


@transaction.atomic
def attach_proof(
    actor: Actor, year: int, control: str, uploads: Sequence[Upload]
) -> list[Attachment]:
    """Attach files as proof of a rating, all or none; they stay when the rating changes."""
    grant = gate.require(actor, permissions.ASSESSMENT_RATE)
    assessment = locked(year)
    rules.check_open(assessment.state)
    holder = (PROOF_OF, str(_rating(assessment, control).pk))
    return [attachments.attach(grant, holder, upload) for upload in uploads]


@transaction.atomic
def withdraw_proof(actor: Actor, attachment: Attachment, reason: str) -> Attachment:
    """Withdraw a file while the assessment is open. The only proof of a met control cannot be
    withdrawn before another one is attached."""
    grant = gate.require(actor, permissions.ASSESSMENT_RATE)
    assessment = locked(queries.rating_of(attachment).assessment.year)
    rules.check_open(assessment.state)
    row = queries.rating_of(attachment)
    left = len(queries.standing(queries.files([row.pk])[row.pk]))
    needed = row.verdict == rules.Verdict.MET and not row.evidence and left == 1
    return attachments.withdraw(grant, attachment, reason, needed=needed)


def _rating(of: Assessment, control: str) -> Rating:
    row = of.ratings.filter(control=control).first()
    if row is None:
        raise ControlUnknown(control=control if control in CONTROLS else "")
    return row
