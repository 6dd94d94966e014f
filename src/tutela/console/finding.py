"""The pages of the navigation for the search."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from tutela.access.finding import Hit, is_fit
from tutela.access.navigation import HEADINGS, Entry, entries
from tutela.base.actor import Actor


def pages(_actor: Actor, words: tuple[str, ...]) -> Iterator[Hit]:
    """By their names in both languages; what does not open for the actor is left out by the search."""
    for entry in entries():
        if is_fit(words, *_names(entry)):
            about = str(HEADINGS[entry.section])
            yield Hit(name=str(entry.label), about=about, page=reverse(entry.view))


def _names(entry: Entry) -> Iterator[str]:
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            yield str(entry.label)
