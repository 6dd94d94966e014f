"""Policies and documents for the search."""

from collections.abc import Iterator

from django.urls import reverse

from tutela.access import gate
from tutela.access.finding import Hit, is_fit
from tutela.base.actor import Actor
from tutela.base.language import name_of

from . import permissions, queries


def documents(actor: Actor, words: tuple[str, ...]) -> Iterator[Hit]:
    """By either name: what is in force for everybody, drafts for those who work on them."""
    for row in queries.lines(actor, drafts=gate.holds(actor, permissions.DOCUMENT_READ)):
        document = row.document
        if is_fit(words, document.name_zh, document.name_en, document.code):
            page = reverse("documents-view-document", args=[document.id])
            yield Hit(name=name_of(document), about=name_of(document.owner), page=page)
