"""Documents: adopted or added, drafted, approved by two others, published, read and understood."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from tutela.access import gate
from tutela.access import queries as access
from tutela.access.models import Staff
from tutela.access.permissions import Permission
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.crypto import digest
from tutela.keys import custody
from tutela.notices.actions import notify, settle
from tutela.notices.kinds import NoticeKind
from tutela.trail import log
from tutela.trail.events import Event
from tutela.trail.leaves import Leaf

from . import file_check, library, queries, rules
from .errors import (
    AttestedAlready,
    DocumentExists,
    FileMissing,
    NotOpened,
    OpenVersionExists,
    PersonNeeded,
)
from .models import Approval, Attestation, Document, Opening, Version

State = Version.State
_TO_READ = (NoticeKind.DOCUMENT_PUBLISHED, NoticeKind.DOCUMENT_UNREAD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a version holds: two texts, or a file with its name."""

    text_zh: str = ""
    text_en: str = ""
    file: bytes = b""
    file_name: str = ""
    change: str = ""
    review_on: date


def file_label(version_id: UUID) -> str:
    return f"documents.version.{version_id}"


@transaction.atomic
def adopt_template(actor: Actor, *, code: str, company: str) -> Version:
    """Make one of the twelve policies a document of the company, as a first draft to work on."""
    grant = gate.require(actor, Permission.GOVERNANCE_DOCUMENT_DRAFT)
    brought = library.template(code)
    rules.check_line("company", company, rules.NAME_MOST)
    check_free_text(company=company)
    document = _new_document(
        code, Document.Kind.POLICY, (brought.name_zh, brought.name_en), brought.owner
    )
    draft = Draft(
        text_zh=library.filled(brought.text_zh, company),
        text_en=library.filled(brought.text_en, company),
        review_on=clock.today() + timedelta(days=365),
    )
    version = _new_version(document, 1, draft, _person(actor))
    _leaf(Event.GOVERNANCE_DOCUMENT_ADOPTED, actor, version, grant)
    return version


@transaction.atomic
def add_document(
    actor: Actor, *, code: str, names: tuple[str, str], owner: str, draft: Draft
) -> Version:
    """Add an own document (a file, or texts) with its first draft; names are Chinese, English."""
    grant = gate.require(actor, Permission.GOVERNANCE_DOCUMENT_DRAFT)
    kind = Document.Kind.FILE if draft.file else Document.Kind.POLICY
    rules.check_code(code)
    rules.check_names(*names)
    check_free_text(code=code, name_zh=names[0], name_en=names[1])
    _check(draft, kind)
    version = _new_version(_new_document(code, kind, names, owner), 1, draft, _person(actor))
    _leaf(Event.GOVERNANCE_DOCUMENT_DRAFTED, actor, version, grant)
    return version


@transaction.atomic
def draft_version(actor: Actor, document_id: UUID, draft: Draft) -> Version:
    """Change the open draft, or begin the next version when the last one is published."""
    grant = gate.require(actor, Permission.GOVERNANCE_DOCUMENT_DRAFT)
    document, drafter = queries.document(document_id, lock=True), _person(actor)
    last = document.versions.order_by("-number").first()
    _check(draft, document.kind, held=bool(last and last.state == State.DRAFT and last.file))
    if last and last.state == State.DRAFT:
        version = _write(last, draft, drafter)
        version.save()
    elif last and last.is_open:
        raise OpenVersionExists(version=last.number)
    else:
        version = _new_version(document, last.number + 1 if last else 1, draft, drafter)
    _leaf(Event.GOVERNANCE_DOCUMENT_DRAFTED, actor, version, grant)
    return version


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
    _leaf(Event.GOVERNANCE_DOCUMENT_SUBMITTED, actor, version, grant)
    settle(NoticeKind.DOCUMENT_RETURNED, link=_link(version))
    _tell(NoticeKind.APPROVAL_WANTED, version, [one.id for one in queries.approvers(version)])
    return version


@transaction.atomic
def approve(actor: Actor, version_id: UUID, round_read: int | None = None) -> Version:
    """Say yes; the second yes of two people, neither of them a drafter, makes it ready to publish.
    `round_read`: the round of the page that was read; SubmittedAnew."""
    grant = gate.require(actor, Permission.GOVERNANCE_DOCUMENT_APPROVE)
    version, person = queries.version(version_id, lock=True), _person(actor)
    review = _review(version)
    rules.must_be_read(version.round, round_read)
    rules.may_approve(review, str(person.id))
    _say(version, person, Approval.Verdict.APPROVED)
    have = [*review.approvers, str(person.id)]
    settle(NoticeKind.APPROVAL_WANTED, link=_link(version), to=[person.id])
    if rules.enough(have):
        version.state = State.APPROVED
        version.save(update_fields=["state"])
        settle(NoticeKind.APPROVAL_WANTED, link=_link(version))
        _tell(NoticeKind.DOCUMENT_APPROVED, version, [version.drafted_by_id])
    _leaf(Event.GOVERNANCE_DOCUMENT_APPROVED, actor, version, grant, approval=len(have))
    return version


@transaction.atomic
def send_back(actor: Actor, version_id: UUID, reason: str) -> Version:
    """Say no, with a reason: the version is a draft again."""
    grant = gate.require(actor, Permission.GOVERNANCE_DOCUMENT_APPROVE)
    version, person = queries.version(version_id, lock=True), _person(actor)
    rules.may_send_back(_review(version), str(person.id), reason)
    rules.check_line("reason", reason, rules.REASON_MOST, also="\r\n\t")
    check_free_text(reason=reason)
    _say(version, person, Approval.Verdict.SENT_BACK, reason.strip())
    version.state = State.DRAFT
    version.save(update_fields=["state"])
    settle(NoticeKind.APPROVAL_WANTED, NoticeKind.DOCUMENT_APPROVED, link=_link(version))
    _tell(NoticeKind.DOCUMENT_RETURNED, version, [version.drafted_by_id])
    _leaf(Event.GOVERNANCE_DOCUMENT_RETURNED, actor, version, grant)
    return version


@transaction.atomic
def publish(actor: Actor, version_id: UUID) -> Version:
    """Bring an approved version into force; the one before it is superseded in the same moment."""
    grant = gate.require(actor, Permission.GOVERNANCE_DOCUMENT_PUBLISH)
    version, person = queries.version(version_id, lock=True), _person(actor)
    rules.may_publish(_review(version))
    Version.objects.filter(document=version.document, state=State.PUBLISHED).update(
        state=State.SUPERSEDED
    )
    version.state, version.published_by, version.published_at = State.PUBLISHED, person, clock.now()
    version.save(update_fields=["state", "published_by", "published_at"])
    _leaf(Event.GOVERNANCE_DOCUMENT_PUBLISHED, actor, version, grant)
    # Nobody is asked to read or to review the version before any more.
    done = (NoticeKind.APPROVAL_WANTED, NoticeKind.DOCUMENT_APPROVED, NoticeKind.REVIEW_DUE)
    settle(*done, *_TO_READ, link=_link(version))
    _tell(NoticeKind.DOCUMENT_PUBLISHED, version, [one.id for one in queries.readers()])
    return version


@transaction.atomic
def attest(actor: Actor, version_id: UUID) -> Attestation:
    """Confirm for oneself that the version in force was read and understood."""
    gate.require_known(actor)
    version, person = queries.version(version_id, lock=True), _person(actor)
    rules.must_be(version.state, State.PUBLISHED)
    if version.file is not None and not version.openings.filter(staff=person).exists():
        raise NotOpened
    made, new = Attestation.objects.get_or_create(
        version=version, staff=person, defaults={"at": clock.now()}
    )
    if not new:
        raise AttestedAlready
    _leaf(Event.GOVERNANCE_DOCUMENT_ATTESTED, actor, version)
    settle(*_TO_READ, link=_link(version), to=[person.id])
    return made


def _link(version: Version) -> str:
    return reverse("documents-view-document", args=[version.document_id])


def _tell(kind: NoticeKind, version: Version, people: list[UUID]) -> None:
    notify(
        kind,
        to=people,
        params={"document": version.document.code, "version": str(version.number)},
        link=_link(version),
        once=True,
    )


@transaction.atomic
def open_file(actor: Actor, version: Version) -> bytes:
    """The bytes of an own file, for whoever may see the version. That a person has opened what is in
    force is kept: only then it can be confirmed."""
    queries.may_see(actor, version)
    if actor.kind == "staff" and version.state == State.PUBLISHED:
        Opening.objects.get_or_create(
            version=version, staff=_person(actor), defaults={"at": clock.now()}
        )
    return custody.open_secret(file_label(version.id), bytes(version.file or b""))


def _new_document(code: str, kind: str, names: tuple[str, str], owner: str) -> Document:
    document, new = Document.objects.get_or_create(
        code=code,
        defaults={
            "kind": kind,
            "name_zh": names[0].strip(),
            "name_en": names[1].strip(),
            "owner": access.post(owner),
            "created_at": clock.now(),
        },
    )
    if not new:
        raise DocumentExists(document=code)
    return document


def _new_version(document: Document, number: int, draft: Draft, drafter: Staff) -> Version:
    version = _write(Version(document=document, number=number), draft, drafter)
    version.save(force_insert=True)
    return version


def _write(version: Version, draft: Draft, drafter: Staff) -> Version:
    """The draft's content into the row. Without a new file the old one stays."""
    if draft.file:
        version.file = custody.seal_secret(file_label(version.id), draft.file)
        version.file_name, version.file_size = draft.file_name, len(draft.file)
        version.sha256 = digest.sha256(draft.file).hex()
    elif version.file is None:
        version.text_zh, version.text_en = draft.text_zh.strip(), draft.text_en.strip()
        both = f"{version.text_zh}\0{version.text_en}"
        version.sha256 = digest.sha256(both.encode()).hex()
    version.change, version.review_on = draft.change.strip(), draft.review_on
    version.drafted_by, version.drafted_at = drafter, clock.now()
    version.writers = sorted({*version.writers, str(drafter.id)})
    return version


def _check(draft: Draft, kind: str, *, held: bool = False) -> None:
    """Whether a version can hold this; `held` when the draft has its file already."""
    rules.check_review_date(draft.review_on, clock.today())
    rules.check_line("change", draft.change, rules.LINE_MOST)
    check_free_text(change=draft.change, file=draft.file_name)
    if draft.file:
        file_check.check_file(draft.file_name, draft.file)
    elif kind == Document.Kind.FILE and not held:
        raise FileMissing
    elif kind == Document.Kind.POLICY:
        rules.check_texts(draft.text_zh, draft.text_en)
        check_free_text(text_zh=draft.text_zh, text_en=draft.text_en)


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


def _person(actor: Actor) -> Staff:
    """The member of staff who acts; machines and the installation itself sign nothing."""
    if actor.kind != "staff":
        raise PersonNeeded
    return access.staff_by_id(actor.id)


def _leaf(
    event: Event,
    actor: Actor,
    version: Version,
    grant: gate.Grant | None = None,
    **detail: str | int,
) -> None:
    log.append_with_change(
        Leaf(
            event=event,
            actor=actor,
            subjects=(("document", str(version.document_id)),),
            decision=grant.as_leaf() if grant else {},
            detail={"version": version.number, "file_hash": version.sha256, **detail},
        )
    )
