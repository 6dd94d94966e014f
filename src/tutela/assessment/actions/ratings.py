"""What a control was found to be, and the files that prove it."""

from collections.abc import Sequence

from django.db import transaction

from tutela.access import gate
from tutela.access.permissions import Permission
from tutela.assessment import queries, rules
from tutela.assessment.controls import CONTROLS
from tutela.assessment.errors import (
    ControlUnknown,
    RatingChanged,
)
from tutela.assessment.models import PROOF_OF, Assessment, Rating
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.programme.actions.attachments import Upload, attach_held
from tutela.programme.actions.withdrawals import withdraw_held
from tutela.programme.models import Attachment
from tutela.trail.events import Event

from .traces import leaf, locked


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
    held = locked(year)
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
    leaf(Event.GOVERNANCE_ASSESSMENT_RATED, actor, held, grant, control=control, verdict=verdict)
    return row


@transaction.atomic
def attach_proof(
    actor: Actor, year: int, control: str, uploads: Sequence[Upload]
) -> list[Attachment]:
    """Keep files as proof of a rating, all or none; they stay when the rating changes."""
    grant = gate.require(actor, Permission.GOVERNANCE_ASSESSMENT_RATE)
    held = locked(year)
    rules.may_prove(held.state)
    holder = (PROOF_OF, str(_rating(held, control).pk))
    return [attach_held(actor=actor, grant=grant, holder=holder, upload=one) for one in uploads]


@transaction.atomic
def withdraw_proof(actor: Actor, attachment: Attachment, reason: str) -> Attachment:
    """A file was the wrong one: it proves nothing any more, as long as the rating may change. A control
    that is met by this file alone keeps it until the right one is there."""
    grant = gate.require(actor, Permission.GOVERNANCE_ASSESSMENT_RATE)
    held = locked(queries.rating_of(attachment).assessment.year)
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
