"""Reads of documents, for pages, reminders and evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from tutela.access import gate
from tutela.access import queries as access
from tutela.access.models import Department, Staff
from tutela.base import clock
from tutela.base.actor import Actor

from . import library, permissions
from .errors import DocumentUnknown, PersonNeeded
from .models import Attestation, Document, Version

State = Version.State


def acting_person(actor: Actor) -> Staff:
    """The member of staff who acts; PersonNeeded for machines and the installation, which sign nothing."""
    if actor.kind != "staff":
        raise PersonNeeded
    return access.staff_by_id(actor.id)


def published_count() -> tuple[int, int]:
    """How many of the supplied policies are in force, and how many there are."""
    published = Version.objects.filter(
        state=State.PUBLISHED, document__code__in=library.CODES
    ).count()
    return published, len(library.CODES)


def document(document_id: UUID, *, lock: bool = False) -> Document:
    """By id; DocumentUnknown. `lock` locks the row."""
    rows = Document.objects.select_for_update() if lock else Document.objects.all()
    row = rows.filter(id=document_id).first()
    if row is None:
        raise DocumentUnknown
    return row


def version(version_id: UUID, *, lock: bool = False) -> Version:
    """By id; DocumentUnknown. `lock` locks its document, so that writers run one after another."""
    row = Version.objects.select_related("document").filter(id=version_id).first()
    if row is None:
        raise DocumentUnknown
    if lock:
        document(row.document_id, lock=True)
        row = Version.objects.select_related("document").filter(id=version_id).first()
        if row is None:  # discarded while this waited
            raise DocumentUnknown
    return row


def check_visible(actor: Actor, shown: Version) -> None:
    """What is or was in force is visible to all staff, drafts to those who work on documents."""
    if shown.published_at is None:
        gate.require(actor, permissions.DOCUMENT_READ)
    else:
        gate.check_known(actor)


def staff_count() -> int:
    """How many people must read what is in force."""
    return readers().count()


def readers() -> QuerySet[Staff]:
    """Those who must read what is in force: active people, not machines."""
    return Staff.objects.filter(kind=Staff.Kind.STAFF, is_active=True)


def read_counts(versions: Sequence[UUID]) -> dict[UUID, int]:
    """By version, how many of the active staff have attested it."""
    rows = (
        Attestation.objects.filter(version__in=versions, staff__in=readers())
        .values_list("version")
        .annotate(Count("id"))
    )
    return dict(rows)


def approvers(of: Version) -> list[Staff]:
    """Those whose post may approve today, except the drafters."""
    posts = permissions.DOCUMENT_APPROVE.posts
    holders = access.assignments_on(clock.today()).filter(post__in=posts).values("staff")
    return list(readers().filter(id__in=holders).exclude(id__in=of.drafters))


def to_review(days: int = 30) -> QuerySet[Version]:
    """Versions in force whose review date is near or past."""
    near = clock.today() + timedelta(days=days)
    rows = Version.objects.filter(state=State.PUBLISHED, review_on__lte=near)
    return rows.select_related("document").defer("file", "text_zh", "text_en")


def unread_by(version_id: UUID) -> QuerySet[Staff]:
    """The active staff who have not attested a version."""
    done = Attestation.objects.filter(version=version_id).values("staff")
    return readers().exclude(id__in=done).select_related("department").order_by("staff_no")


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """The active staff of a department, and who of them has not attested a version."""

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
    """Every department with active staff, by falling number of missing attestations."""
    done = set(Attestation.objects.filter(version=version_id).values_list("staff_id", flat=True))
    by_department: dict[int, list[Staff]] = {}
    departments: dict[int, Department | None] = {}
    for person in readers().select_related("department").order_by("staff_no"):
        key = person.department_id or 0
        departments[key] = person.department
        by_department.setdefault(key, []).append(person)
    counts = [
        Readers(
            department=departments[key],
            people=len(people),
            still=tuple(person for person in people if person.id not in done),
        )
        for key, people in by_department.items()
    ]
    return sorted(counts, key=lambda count: (-len(count.still), -count.people))


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """A document in the list, with its version in force, its open version, and attestations."""

    document: Document
    published: Version | None
    open: Version | None
    read: int
    staff: int
    attested: bool

    @property
    def current(self) -> Version | None:
        """The version in force, else the open one."""
        return self.published or self.open

    @property
    def percent(self) -> int | None:
        return int(100 * self.read / self.staff) if self.staff and self.published else None


def lines(actor: Actor, *, drafts: bool) -> list[DocumentRow]:
    """Every document the actor may see: supplied ones in the library's order, then the company's own."""
    rows = Version.objects.exclude(state=State.SUPERSEDED).defer("text_zh", "text_en", "file")
    if not drafts:
        rows = rows.filter(state=State.PUBLISHED)
    versions = list(rows.select_related("document__owner"))
    published = [version for version in versions if version.state == State.PUBLISHED]
    read = read_counts([version.id for version in published])
    mine = _attested(actor, [version.id for version in published])
    people = staff_count()
    current = {version.document_id: version for version in published}
    opened = {version.document_id: version for version in versions if version.is_open}
    documents = {version.document_id: version.document for version in versions}
    return [
        DocumentRow(
            document=document,
            published=(now := current.get(key)),
            open=opened.get(key),
            read=read.get(now.id, 0) if now else 0,
            staff=people,
            attested=bool(now and now.id in mine),
        )
        for key, document in sorted(documents.items(), key=lambda pair: _place(pair[1]))
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
    """Whether the actor has opened the version's file."""
    return actor.kind == "staff" and shown.openings.filter(staff=UUID(actor.id)).exists()


def to_read(staff_id: str) -> QuerySet[Version]:
    """The versions in force that a person has not attested."""
    done = Attestation.objects.filter(staff=UUID(staff_id)).values("version")
    return Version.objects.filter(state=State.PUBLISHED).exclude(id__in=done)


def to_approve(staff_id: str) -> QuerySet[Version]:
    """The versions in review that a person has neither drafted nor decided on in this round."""
    waiting = Version.objects.filter(state=State.IN_REVIEW).exclude(
        Q(drafted_by=UUID(staff_id)) | Q(writers__contains=[staff_id])
    )
    decided = Q(approvals__staff=UUID(staff_id))
    keys = [
        version.id
        for version in waiting.filter(decided).distinct().prefetch_related("approvals")
        if any(
            a.round == version.round and str(a.staff_id) == staff_id
            for a in version.approvals.all()
        )
    ]
    return waiting.exclude(id__in=keys)
