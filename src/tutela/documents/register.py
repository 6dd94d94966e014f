"""What documents declare while the product starts."""

from collections.abc import Collection, Mapping
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tutela.access import finding as searches
from tutela.access import gate, navigation, permission_specs
from tutela.access.models import Staff
from tutela.access.navigation import Entry, Section
from tutela.base.actor import Actor
from tutela.base.language import name_of
from tutela.notices import kinds, naming
from tutela.programme import registry
from tutela.programme.naming import called
from tutela.trail import event_specs

from . import events, finding, notice_kinds, permissions, queries
from .actions.documents import give_documents
from .models import Document, Version

ENTRIES: Final = (
    Entry(
        view="documents-list-documents",
        label=_("Policies and documents"),
        icon="books",
        section=Section.GOVERNANCE,
        order=40,
    ),
)


def join() -> None:
    event_specs.declare(events)
    permission_specs.declare(permissions)
    navigation.declare(*ENTRIES)
    kinds.declare(notice_kinds)
    naming.of_code("document", _documents)
    source = searches.Source(heading=_("Policies and documents"), find=finding.documents)
    searches.SOURCES.declare("documents", source)
    registry.register_papers("documents", _papers)
    registry.register_owning("documents", registry.Owning(rows=_owned, give=give_documents))


def _documents(actor: Actor, codes: frozenset[str]) -> Mapping[str, str]:
    """What documents are called in the inbox, where notices hold their codes only. What is or was in force
    has a name for everybody, a first draft for those who work on it."""
    rows = Document.objects.filter(code__in=codes)
    if not gate.holds(actor, permissions.DOCUMENT_READ):
        rows = rows.filter(versions__published_at__isnull=False).distinct()
    return called(rows, "code")


def _papers(actor: Actor, person: Staff) -> list[registry.Paper]:
    key = str(person.id)
    approves = gate.holds(actor, permissions.DOCUMENT_APPROVE)
    to_approve = queries.to_approve(key).select_related("document") if approves else []
    to_read = queries.to_read(key).select_related("document")
    return [
        *(
            registry.Paper(name=_name(version), page=_page(version), wanted="approve")
            for version in to_approve
        ),
        *(
            registry.Paper(name=_name(version), page=_page(version), wanted="read")
            for version in to_read
        ),
    ]


def _name(version: Version) -> str:
    return name_of(version.document)


def _page(version: Version) -> str:
    return reverse("documents-view-version", args=[version.document_id, version.number])


def _owned(posts: Collection[str]) -> list[registry.Owned]:
    return [
        registry.Owned(
            name=name_of(document), page=reverse("documents-view-document", args=[document.id])
        )
        for document in Document.objects.filter(owner__in=posts).order_by("code")
    ]
