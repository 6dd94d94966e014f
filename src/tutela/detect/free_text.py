"""Find customers' values in free text.

Without a header only values with sufficient form of their own are recognised: by a check digit, a number range
or an @, or by a preceding word that names the number. Dates, amounts, numbers of standards, ids, hashes and
short service numbers are excluded. Names, addresses and health data cannot be found.
"""

import re
from dataclasses import dataclass
from typing import Final

from tutela.detect.primitives.folding import folded
from tutela.detect.primitives.typed_text import TypedText, numbers_in
from tutela.detect.recogniser import TextSearch
from tutela.detect.recognisers import REGISTRY


@dataclass(frozen=True, slots=True)
class Finding:
    """One value: the recogniser's id, and its position `start` to `end` in the text."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """Line and character, counted from 1."""

    line: int
    character: int


SEARCHES: Final[dict[str, TextSearch]] = dict(
    sorted(
        ((kind.id, kind.in_text) for kind in REGISTRY.values() if kind.in_text),
        key=lambda item: item[1].order,
    )
)
"""The searches by recogniser id, most specific first."""
_FINDS: Final = tuple((kind, search.find) for kind, search in SEARCHES.items())
_UPPER: Final = {ord(small): small.upper() for small in "abcdefghijklmnopqrstuvwxyz"}
# Our own ids and hashes, whose digits are not searched.
_OWN = re.compile(
    r"(?<![0-9A-Za-z])(?:[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}"
    r"|[0-9A-Fa-f]{32}(?:[0-9A-Fa-f]{8}|[0-9A-Fa-f]{32}|[0-9A-Fa-f]{64}|[0-9A-Fa-f]{96})?)"
    r"(?![0-9A-Za-z])"
)


def find_values(text: str) -> list[Finding]:
    """All customers' values in a text, in order of position."""
    # Without digits there may be an e-mail address, or a number in Chinese characters.
    words = "@" in text or "＠" in text or (len(text) >= 7 and not text.isascii())
    if not words and not any(map(str.isdigit, text)):
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
    return sorted(findings, key=lambda finding: finding.start)


def place_of(text: str, start: int) -> Place:
    """The line and character of an index into the text."""
    before = text[:start].replace("\r\n", "\n").replace("\r", "\n")
    return Place(before.count("\n") + 1, len(before) - before.rfind("\n"))
