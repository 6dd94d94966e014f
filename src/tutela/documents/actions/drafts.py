"""Drafts: written, changed, discarded."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from tutela.access import gate
from tutela.access.models import Staff
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.crypto import digest
from tutela.documents import events, file_check, permissions, queries, rules
from tutela.documents.errors import (
    FileMissing,
    OpenVersionExists,
)
from tutela.documents.models import Document, Version
from tutela.keys import custody

from .leaves import record

State = Version.State


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The content of a version: two texts, or a file with its name."""

    text_zh: str = ""
    text_en: str = ""
    file: bytes = b""
    file_name: str = ""
    change: str = ""
    review_on: date


def file_label(version_id: UUID) -> str:
    return f"documents.version.{version_id}"


@transaction.atomic
def draft_version(actor: Actor, document_id: UUID, draft: Draft) -> Version:
    """Change the open draft, or draft the next version once the last one is published."""
    grant = gate.require(actor, permissions.DOCUMENT_DRAFT)
    document, drafter = queries.document(document_id, lock=True), queries.acting_person(actor)
    last = document.versions.order_by("-number").first()
    check_draft(
        draft, document.kind, has_file=bool(last and last.state == State.DRAFT and last.file)
    )
    if last and last.state == State.DRAFT:
        version = _write(last, draft, drafter)
        version.save()
    elif last and last.is_open:
        raise OpenVersionExists(version=last.number)
    else:
        version = new_version(document, last.number + 1 if last else 1, draft, drafter)
    record(grant, events.DOCUMENT_DRAFTED, version)
    return version


@transaction.atomic
def discard(actor: Actor, version_id: UUID) -> UUID | None:
    """Discard a draft. Earlier versions stay; a document without another version is deleted and its code
    is free again. Returns the id of the remaining document, if any."""
    grant = gate.require(actor, permissions.DOCUMENT_DRAFT)
    version = queries.version(version_id, lock=True)
    rules.check_discard(
        number=version.number,
        state=version.state,
        rounds=version.round,
        own=str(version.drafted_by_id) == actor.id,
        keeper=gate.holds(actor, permissions.DOCUMENT_PUBLISH),
    )
    record(grant, events.DOCUMENT_DISCARDED, version)
    document = version.document
    version.delete()
    if document.versions.exists():
        return document.id
    document.delete()
    return None


def new_version(document: Document, number: int, draft: Draft, drafter: Staff) -> Version:
    version = _write(Version(document=document, number=number), draft, drafter)
    version.save(force_insert=True)
    return version


def _write(version: Version, draft: Draft, drafter: Staff) -> Version:
    """Write the draft into the row. Without a new file the current one stays."""
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


def check_draft(draft: Draft, kind: str, *, has_file: bool = False) -> None:
    """The draft is valid; `has_file` if the version has a file already."""
    rules.check_review_date(draft.review_on, clock.today())
    rules.check_line("change", draft.change, rules.LINE_MOST)
    check_free_text(change=draft.change, file=draft.file_name)
    if draft.file:
        file_check.check_file(draft.file_name, draft.file)
    elif kind == Document.Kind.FILE and not has_file:
        raise FileMissing
    elif kind == Document.Kind.POLICY:
        rules.check_texts(draft.text_zh, draft.text_en)
        check_free_text(text_zh=draft.text_zh, text_en=draft.text_en)
