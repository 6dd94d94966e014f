"""Values of customers in a text that somebody typed: which kind, and where.

A sentence has no header that says what a number is, so only what its own form proves is taken:
a check digit, a number range, an address with an @; or a number behind a word that names it.
Dates, amounts, numbers of standards, ids, hashes and short service numbers are none of these.
Names, addresses and states of health have no form: this cannot find them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from tutela.detect.primitives.folding import folded
from tutela.detect.primitives.typed_text import TypedText, numbers_in
from tutela.detect.recogniser import TextSearch
from tutela.detect.recognisers import REGISTRY


@dataclass(frozen=True, slots=True)
class Finding:
    """One value: the recogniser's id, and its characters `start` up to `end` in the typed text."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """Line and character, both counted from 1."""

    line: int
    character: int


def _searches() -> dict[str, TextSearch]:
    searches = {kind.id: kind.in_text for kind in REGISTRY.values() if kind.in_text}
    return dict(sorted(searches.items(), key=lambda item: item[1].order))


SEARCHES: Final = _searches()
"""What can be found, by recogniser id, the more special first."""
_FINDS: Final = tuple((kind, search.find) for kind, search in SEARCHES.items())
_UPPER: Final = {ord(small): small.upper() for small in "abcdefghijklmnopqrstuvwxyz"}
# Ids of our own and hashes: digits inside them are no number of anybody.
_OWN = re.compile(
    r"(?<![0-9A-Za-z])(?:[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}"
    r"|[0-9A-Fa-f]{32}(?:[0-9A-Fa-f]{8}|[0-9A-Fa-f]{32}|[0-9A-Fa-f]{64}|[0-9A-Fa-f]{96})?)"
    r"(?![0-9A-Za-z])"
)


def find_values(text: str) -> list[Finding]:
    """Every value of a customer in a text, in the order in which they stand there."""
    if not any(map(str.isdigit, text)) and not _may_hold(text):
        return []
    read = folded(text)
    written = _OWN.sub(lambda match: " " * len(match[0]), read.text)
    upper = written.translate(_UPPER)
    searched = TypedText(upper, written, list(numbers_in(upper)))
    taken, findings = bytearray(len(upper)), list[Finding]()
    for kind, find in _FINDS:
        for start, end in find(searched):
            if not any(taken[start:end]):
                taken[start:end] = b"x" * (end - start)
                findings.append(Finding(kind, read.places[start], read.places[end - 1] + 1))
    return sorted(findings, key=lambda one: one.start)


def first_value(text: str) -> Finding | None:
    """The first value of a customer in a text, or None."""
    return next(iter(find_values(text)), None)


def place_of(text: str, start: int) -> Place:
    """Where a character stands, as a person counts."""
    before = text[:start].replace("\r\n", "\n").replace("\r", "\n")
    return Place(before.count("\n") + 1, len(before) - before.rfind("\n"))


def _may_hold(text: str) -> bool:
    """Whether a text without digits can hold a value: an address, or digits in words."""
    return "@" in text or "＠" in text or (len(text) >= 7 and not text.isascii())
