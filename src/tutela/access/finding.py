"""What the search over Tutela's own pages and papers looks through: rooms declare it while the product starts.

It never looks for customers; their values are searched by keyed tags, with a purpose and a leaf.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.db.models import Q
from django.utils.functional import Promise

from tutela.base.actor import Actor
from tutela.base.registry import Registry

from . import gate

MOST: Final = 20
"""Hits of one kind that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """What was found. `about` says in a word which of several of that name it is."""

    name: str
    about: str
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One kind of things. `find` takes the reader and the words sought, without capitals, and gives what the
    reader may see; what the reader cannot open is left out here, whatever it gives."""

    heading: str | Promise
    find: Callable[[Actor, tuple[str, ...]], Iterable[Hit]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The hits of one kind, `MOST` at most, and whether there are more."""

    heading: str | Promise
    hits: list[Hit]
    more: bool


SOURCES: Final = Registry[Source]("what the search looks through")


def search(actor: Actor, text: str) -> list[Found]:
    """All kinds of which something fits every word of the text; nothing for a text without words."""
    words = tuple(text.casefold().split())
    if not words:
        return []
    found = []
    for source in SOURCES.values():
        open_to = (hit for hit in source.find(actor, words) if gate.can_open(actor, hit.page))
        hits = list(islice(open_to, MOST + 1))
        if hits:
            found.append(Found(heading=source.heading, hits=hits[:MOST], more=len(hits) > MOST))
    return found


def is_fit(words: Iterable[str], *texts: str) -> bool:
    """Whether each word stands in one of the texts."""
    whole = "\n".join(texts).casefold()
    return all(word in whole for word in words)


def fits(words: Iterable[str], *columns: str) -> Q:
    """The same, asked of columns."""
    asked = Q()
    for word in words:
        one = Q()
        for column in columns:
            one |= Q(**{f"{column}__icontains": word})
        asked &= one
    return asked
