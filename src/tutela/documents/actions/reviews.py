"""A version is handed in, approved by two others, sent back, or published."""

from uuid import UUID

from django.db import transaction

from tutela.access import gate
from tutela.access.models import Staff
from tutela.access.permissions import Permission
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.documents import notice_kinds, queries, rules
from tutela.documents.models import Approval, Version
from tutela.notices.actions.notices import settle
from tutela.trail.events import Event

from .traces import TO_READ, acting_person, leaf, link, tell

State = Version.State


@transaction.atomic
def submit(actor: Actor, version_id: UUID) -> Version:
    """Hand a draft in for review; a new round begins and earlier approvals no longer count."""
    grant = gate.require(actor, Permission.GOVERNANCE_DOCUMENT_DRAFT)
    version = queries.version(version_id, lock=True)
    rules.must_be(version.state, State.DRAFT)
    if version.file is None:
        rules.check_filled(version.text_zh, version.text_en)
    version.state, version.round = State.IN_REVIEW, version.round + 1
    version.save(update_fields=["state", "round"])
    leaf(Event.GOVERNANCE_DOCUMENT_SUBMITTED, actor, version, grant)
    settle(notice_kinds.DOCUMENT_RETURNED, link=link(version))
    tell(notice_kinds.APPROVAL_WANTED, version, [one.id for one in queries.approvers(version)])
    return version


@transaction.atomic
def approve(actor: Actor, version_id: UUID, round_read: int | None = None) -> Version:
    """Say yes; the second yes of two people, neither of them a drafter, makes it ready to publish.
    `round_read`: the round of the page that was read; SubmittedAnew."""
    grant = gate.require(actor, Permission.GOVERNANCE_DOCUMENT_APPROVE)
    version, person = queries.version(version_id, lock=True), acting_person(actor)
    review = _review(version)
    rules.must_be_read(version.round, round_read)
    rules.may_approve(review, str(person.id))
    _say(version, person, Approval.Verdict.APPROVED)
    have = [*review.approvers, str(person.id)]
    settle(notice_kinds.APPROVAL_WANTED, link=link(version), to=[person.id])
    if rules.enough(have):
        version.state = State.APPROVED
        version.save(update_fields=["state"])
        settle(notice_kinds.APPROVAL_WANTED, link=link(version))
        tell(notice_kinds.DOCUMENT_APPROVED, version, [version.drafted_by_id])
    leaf(Event.GOVERNANCE_DOCUMENT_APPROVED, actor, version, grant, approval=len(have))
    return version


@transaction.atomic
def send_back(actor: Actor, version_id: UUID, reason: str) -> Version:
    """Say no, with a reason: the version is a draft again."""
    grant = gate.require(actor, Permission.GOVERNANCE_DOCUMENT_APPROVE)
    version, person = queries.version(version_id, lock=True), acting_person(actor)
    rules.may_send_back(_review(version), str(person.id), reason)
    rules.check_line("reason", reason, rules.REASON_MOST, also="\r\n\t")
    check_free_text(reason=reason)
    _say(version, person, Approval.Verdict.SENT_BACK, reason.strip())
    version.state = State.DRAFT
    version.save(update_fields=["state"])
    settle(notice_kinds.APPROVAL_WANTED, notice_kinds.DOCUMENT_APPROVED, link=link(version))
    tell(notice_kinds.DOCUMENT_RETURNED, version, [version.drafted_by_id])
    leaf(Event.GOVERNANCE_DOCUMENT_RETURNED, actor, version, grant)
    return version


@transaction.atomic
def publish(actor: Actor, version_id: UUID) -> Version:
    """Bring an approved version into force; the one before it is superseded in the same moment."""
    grant = gate.require(actor, Permission.GOVERNANCE_DOCUMENT_PUBLISH)
    version, person = queries.version(version_id, lock=True), acting_person(actor)
    rules.may_publish(_review(version))
    Version.objects.filter(document=version.document, state=State.PUBLISHED).update(
        state=State.SUPERSEDED
    )
    version.state, version.published_by, version.published_at = State.PUBLISHED, person, clock.now()
    version.save(update_fields=["state", "published_by", "published_at"])
    leaf(Event.GOVERNANCE_DOCUMENT_PUBLISHED, actor, version, grant)
    # Nobody is asked to read or to review the version before any more.
    done = (notice_kinds.APPROVAL_WANTED, notice_kinds.DOCUMENT_APPROVED, notice_kinds.REVIEW_DUE)
    settle(*done, *TO_READ, link=link(version))
    tell(notice_kinds.DOCUMENT_PUBLISHED, version, [one.id for one in queries.readers()])
    return version


def _review(version: Version) -> rules.Review:
    said = version.approvals.filter(round=version.round, verdict=Approval.Verdict.APPROVED)
    approvers = tuple(str(key) for key in said.values_list("staff_id", flat=True))
    return rules.Review(state=version.state, drafters=version.drafters, approvers=approvers)


def _say(version: Version, person: Staff, verdict: str, reason: str = "") -> None:
    Approval.objects.create(
        version=version,
        round=version.round,
        staff=person,
        verdict=verdict,
        reason=reason,
        at=clock.now(),
    )
