"""Documents: adopted from a template, added, given to another post."""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction

from tutela.access import gate
from tutela.access import queries as access
from tutela.access.models import Post
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.documents import events, library, permissions, queries, rules
from tutela.documents.errors import (
    DocumentExists,
)
from tutela.documents.models import Document, Version

from .drafts import Draft, check_draft, new_version
from .leaves import record


@transaction.atomic
def adopt_template(actor: Actor, *, code: str, company: str) -> Version:
    """Adopt one of the twelve templates as a document of the company, in its first draft."""
    grant = gate.require(actor, permissions.DOCUMENT_DRAFT)
    template = library.template(code)
    rules.check_line("company", company, rules.NAME_MOST)
    check_free_text(company=company)
    document = _new_document(
        code, Document.Kind.POLICY, (template.name_zh, template.name_en), template.owner
    )
    draft = Draft(
        text_zh=library.filled(template.text_zh, company),
        text_en=library.filled(template.text_en, company),
        review_on=clock.today() + timedelta(days=365),
    )
    version = new_version(document, 1, draft, queries.acting_person(actor))
    record(grant, events.DOCUMENT_ADOPTED, version)
    return version


@transaction.atomic
def add_document(
    actor: Actor, *, code: str, names: tuple[str, str], owner: str, draft: Draft
) -> Version:
    """Add a document of the company's own, a file or texts, with its first draft; names are (zh, en)."""
    grant = gate.require(actor, permissions.DOCUMENT_DRAFT)
    kind = Document.Kind.FILE if draft.file else Document.Kind.POLICY
    rules.check_code(code)
    rules.check_names(*names)
    check_free_text(code=code, name_zh=names[0], name_en=names[1])
    check_draft(draft, kind)
    version = new_version(
        _new_document(code, kind, names, owner), 1, draft, queries.acting_person(actor)
    )
    record(grant, events.DOCUMENT_DRAFTED, version)
    return version


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


def give_documents(posts: Collection[str], to: Post) -> int:
    """Give all documents of these posts (by code) to another post; how many. Called when a department
    hands its work over: that action asks the gate and records the leaf."""
    return Document.objects.filter(owner__in=posts).update(owner=to)
