"""Reviews: a version is submitted, approved by two others, sent back, or published."""

from uuid import UUID

from django.db import transaction

from tutela.access import gate
from tutela.access.models import Staff
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.documents import events, notice_kinds, permissions, queries, rules
from tutela.documents.models import Approval, Version
from tutela.notices.actions.notices import settle

from .leaves import record
from .news import TO_READ, link, notify_people

State = Version.State


@transaction.atomic
def submit(actor: Actor, version_id: UUID) -> Version:
    """Submit a draft for review: a new round begins, and earlier approvals no longer count."""
    grant = gate.require(actor, permissions.DOCUMENT_DRAFT)
    version = queries.version(version_id, lock=True)
    rules.check_state(version.state, State.DRAFT)
    if version.file is None:
        rules.check_filled(version.text_zh, version.text_en)
    version.state, version.round = State.IN_REVIEW, version.round + 1
    version.save(update_fields=["state", "round"])
    record(grant, events.DOCUMENT_SUBMITTED, version)
    settle(notice_kinds.DOCUMENT_RETURNED, link=link(version))
    notify_people(
        notice_kinds.APPROVAL_WANTED, version, [person.id for person in queries.approvers(version)]
    )
    return version


@transaction.atomic
def approve(actor: Actor, version_id: UUID, round_read: int | None = None) -> Version:
    """Approve a version. The second approval, both by people who did not draft it, makes it ready to
    publish. `round_read` is the round the approver has read; SubmittedAnew."""
    grant = gate.require(actor, permissions.DOCUMENT_APPROVE)
    version, person = queries.version(version_id, lock=True), queries.acting_person(actor)
    review = _review(version)
    rules.check_round(version.round, round_read)
    rules.check_approval(review, str(person.id))
    _store(version, person, Approval.Verdict.APPROVED)
    have = [*review.approvers, str(person.id)]
    settle(notice_kinds.APPROVAL_WANTED, link=link(version), to=[person.id])
    if rules.is_approved(have):
        version.state = State.APPROVED
        version.save(update_fields=["state"])
        settle(notice_kinds.APPROVAL_WANTED, link=link(version))
        notify_people(notice_kinds.DOCUMENT_APPROVED, version, [version.drafted_by_id])
    record(grant, events.DOCUMENT_APPROVED, version, approval=len(have))
    return version


@transaction.atomic
def send_back(actor: Actor, version_id: UUID, reason: str) -> Version:
    """Return a version to its drafters with a reason."""
    grant = gate.require(actor, permissions.DOCUMENT_APPROVE)
    version, person = queries.version(version_id, lock=True), queries.acting_person(actor)
    rules.check_send_back(_review(version), str(person.id), reason)
    rules.check_line("reason", reason, rules.REASON_MOST, also="\r\n\t")
    check_free_text(reason=reason)
    _store(version, person, Approval.Verdict.SENT_BACK, reason.strip())
    version.state = State.DRAFT
    version.save(update_fields=["state"])
    settle(notice_kinds.APPROVAL_WANTED, notice_kinds.DOCUMENT_APPROVED, link=link(version))
    notify_people(notice_kinds.DOCUMENT_RETURNED, version, [version.drafted_by_id])
    record(grant, events.DOCUMENT_RETURNED, version)
    return version


@transaction.atomic
def publish(actor: Actor, version_id: UUID) -> Version:
    """Bring an approved version into force and supersede the one before."""
    grant = gate.require(actor, permissions.DOCUMENT_PUBLISH)
    version, person = queries.version(version_id, lock=True), queries.acting_person(actor)
    rules.check_publish(_review(version))
    Version.objects.filter(document=version.document, state=State.PUBLISHED).update(
        state=State.SUPERSEDED
    )
    version.state, version.published_by, version.published_at = State.PUBLISHED, person, clock.now()
    version.save(update_fields=["state", "published_by", "published_at"])
    record(grant, events.DOCUMENT_PUBLISHED, version)
    # Requests to read or review the superseded version are settled.
    done = (notice_kinds.APPROVAL_WANTED, notice_kinds.DOCUMENT_APPROVED, notice_kinds.REVIEW_DUE)
    settle(*done, *TO_READ, link=link(version))
    notify_people(
        notice_kinds.DOCUMENT_PUBLISHED, version, [person.id for person in queries.readers()]
    )
    return version


def _review(version: Version) -> rules.Review:
    approvals = version.approvals.filter(round=version.round, verdict=Approval.Verdict.APPROVED)
    approvers = tuple(str(key) for key in approvals.values_list("staff_id", flat=True))
    return rules.Review(state=version.state, drafters=version.drafters, approvers=approvers)


def _store(version: Version, person: Staff, verdict: str, reason: str = "") -> None:
    Approval.objects.create(
        version=version,
        round=version.round,
        staff=person,
        verdict=verdict,
        reason=reason,
        at=clock.now(),
    )
