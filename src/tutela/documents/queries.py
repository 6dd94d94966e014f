"""Reads of documents: for pages, for the scorecard, and who may see what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from tutela.access import gate
from tutela.access import queries as access
from tutela.access.models import Department, Staff
from tutela.access.permissions import Permission
from tutela.access.posts import POSTS
from tutela.base import clock
from tutela.base.actor import Actor

from . import library
from .errors import DocumentUnknown
from .models import Attestation, Document, Version

State = Version.State


def published_count() -> tuple[int, int]:
    """How many of the policies that Tutela brings are in force, and how many there are."""
    published = Version.objects.filter(
        state=State.PUBLISHED, document__code__in=library.CODES
    ).count()
    return published, len(library.CODES)


def document(document_id: UUID, *, lock: bool = False) -> Document:
    """By id; DocumentUnknown. `lock` holds it against another writer."""
    rows = Document.objects.select_for_update() if lock else Document.objects.all()
    found = rows.filter(id=document_id).first()
    if found is None:
        raise DocumentUnknown
    return found


def version(version_id: UUID, *, lock: bool = False) -> Version:
    """By id; DocumentUnknown. `lock` holds its document, so that two writers queue up."""
    found = Version.objects.select_related("document").filter(id=version_id).first()
    if found is None:
        raise DocumentUnknown
    if lock:
        document(found.document_id, lock=True)
        found = Version.objects.select_related("document").filter(id=version_id).first()
        if found is None:  # thrown away while we waited
            raise DocumentUnknown
    return found


def may_see(actor: Actor, shown: Version) -> None:
    """What is or was in force is for all staff; drafts are for those who work on documents."""
    if shown.published_at is None:
        gate.require(actor, Permission.GOVERNANCE_DOCUMENT_READ)
    else:
        gate.require_known(actor)


def staff_count() -> int:
    """The people who must read: active, and not machines."""
    return readers().count()


def readers() -> QuerySet[Staff]:
    """The people who must read what is in force."""
    return Staff.objects.filter(kind=Staff.Kind.STAFF, is_active=True)


def read_counts(versions: Sequence[UUID]) -> dict[UUID, int]:
    """For each version, how many of the active staff have confirmed it."""
    rows = (
        Attestation.objects.filter(version__in=versions, staff__in=readers())
        .values_list("version")
        .annotate(Count("id"))
    )
    return dict(rows)


def approvers(of: Version) -> list[Staff]:
    """Those whose post may approve today, without those who drafted it."""
    posts = [
        code
        for code, spec in POSTS.items()
        if Permission.GOVERNANCE_DOCUMENT_APPROVE in spec.permissions
    ]
    held = access.assignments_on(clock.today()).filter(post__in=posts).values("staff")
    return list(readers().filter(id__in=held).exclude(id__in=of.drafters))


def to_review(days: int = 30) -> QuerySet[Version]:
    """The versions in force whose review date is near or past."""
    near = clock.today() + timedelta(days=days)
    rows = Version.objects.filter(state=State.PUBLISHED, review_on__lte=near)
    return rows.select_related("document").defer("file", "text_zh", "text_en")


def unread_by(version_id: UUID) -> QuerySet[Staff]:
    """The active staff who have not confirmed a version yet."""
    done = Attestation.objects.filter(version=version_id).values("staff")
    return readers().exclude(id__in=done).select_related("department").order_by("staff_no")


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """How many of a department's active staff have confirmed a version, and who has not."""

    department: Department | None
    people: int
    still: tuple[Staff, ...]

    @property
    def read(self) -> int:
        return self.people - len(self.still)

    @property
    def percent(self) -> int:
        return int(100 * self.read / self.people)


def readers_by_department(version_id: UUID) -> list[Readers]:
    """Every department with active staff, those with the most still to read first."""
    done = set(Attestation.objects.filter(version=version_id).values_list("staff_id", flat=True))
    held: dict[int, list[Staff]] = {}
    departments: dict[int, Department | None] = {}
    for one in readers().select_related("department").order_by("staff_no"):
        key = one.department_id or 0
        departments[key] = one.department
        held.setdefault(key, []).append(one)
    found = [
        Readers(
            department=departments[key],
            people=len(people),
            still=tuple(one for one in people if one.id not in done),
        )
        for key, people in held.items()
    ]
    return sorted(found, key=lambda one: (-len(one.still), -one.people))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One document of the list: what is in force, what is being worked on, who has read."""

    document: Document
    published: Version | None
    open: Version | None
    read: int
    staff: int
    attested: bool

    @property
    def current(self) -> Version | None:
        """The version in force, else the one being worked on."""
        return self.published or self.open

    @property
    def percent(self) -> int | None:
        return int(100 * self.read / self.staff) if self.staff and self.published else None


def lines(actor: Actor, *, drafts: bool) -> list[Line]:
    """Every document this person may see, in the order of the library, own ones after."""
    rows = Version.objects.exclude(state=State.SUPERSEDED).defer("text_zh", "text_en", "file")
    if not drafts:
        rows = rows.filter(state=State.PUBLISHED)
    versions = list(rows.select_related("document__owner"))
    published = [one for one in versions if one.state == State.PUBLISHED]
    read = read_counts([one.id for one in published])
    mine = _attested(actor, [one.id for one in published])
    people = staff_count()
    current = {one.document_id: one for one in published}
    opened = {one.document_id: one for one in versions if one.is_open}
    documents = {one.document_id: one.document for one in versions}
    return [
        Line(
            document=one,
            published=(now := current.get(key)),
            open=opened.get(key),
            read=read.get(now.id, 0) if now else 0,
            staff=people,
            attested=bool(now and now.id in mine),
        )
        for key, one in sorted(documents.items(), key=lambda pair: _place(pair[1]))
    ]


def _place(document: Document) -> tuple[int, str]:
    codes = library.CODES
    at = codes.index(document.code) if document.code in codes else len(codes)
    return at, document.code


def _attested(actor: Actor, versions: Sequence[UUID]) -> set[UUID]:
    if actor.kind != "staff":
        return set()
    rows = Attestation.objects.filter(version__in=versions, staff=UUID(actor.id))
    return set(rows.values_list("version_id", flat=True))


def has_attested(actor: Actor, shown: Version) -> bool:
    return shown.id in _attested(actor, [shown.id])


def has_opened(actor: Actor, shown: Version) -> bool:
    """Whether this person has opened the version's file."""
    return actor.kind == "staff" and shown.openings.filter(staff=UUID(actor.id)).exists()


def to_read(staff_id: str) -> QuerySet[Version]:
    """The versions in force that a person has not confirmed yet."""
    done = Attestation.objects.filter(staff=UUID(staff_id)).values("version")
    return Version.objects.filter(state=State.PUBLISHED).exclude(id__in=done)


def to_approve(staff_id: str) -> QuerySet[Version]:
    """The versions in review on which a person has not said anything in this round."""
    waiting = Version.objects.filter(state=State.IN_REVIEW).exclude(
        Q(drafted_by=UUID(staff_id)) | Q(writers__contains=[staff_id])
    )
    said = Q(approvals__staff=UUID(staff_id))
    keys = [
        one.id
        for one in waiting.filter(said).distinct().prefetch_related("approvals")
        if any(a.round == one.round and str(a.staff_id) == staff_id for a in one.approvals.all())
    ]
    return waiting.exclude(id__in=keys)
