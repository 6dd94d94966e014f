"""Difference of two texts, by line, and by word within a changed line. Pure.

A Chinese character is a word; so is a run of Latin letters or digits.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from tutela.base.marked_text import Block, blocks

_WORDS: Final = re.compile(r"[A-Za-z0-9]+|\s+|.")
# Two lines that have less in common are one removed and one added, not a change.
_ALIKE: Final = 0.4
# Longer lines are not compared by word: it takes too long.
_MOST_WORDS: Final = 2_000
# Unchanged lines shown around a change; the others are folded.
AROUND: Final = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words of a line; `marked` where the other text differs."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One line: `kind` is same, removed or added. A changed line is a removed row and an added one."""

    kind: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive rows; `folded` where they are equal and far from any change."""

    rows: tuple[Row, ...]
    folded: bool


def compare(old: str, new: str) -> list[Row]:
    """The lines of both texts in order. Empty lines, trailing spaces and the markup of headings and tables
    are ignored."""
    before, after = _lines(old), _lines(new)
    rows: list[Row] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            rows += [_whole("same", line) for line in before[a:b]]
        else:
            rows += _replaced(before[a:b], after[c:d])
    return rows


def folded(rows: Sequence[Row]) -> list[Stretch]:
    """The rows as stretches: changes with their surroundings, and folded unchanged rows."""
    changes = [place for place, row in enumerate(rows) if row.kind != "same"]
    near = {place for change in changes for place in range(change - AROUND, change + AROUND + 1)}
    stretches: list[Stretch] = []
    begun: list[Row] = []
    for place, row in enumerate(rows):
        if begun and (place in near) != (place - 1 in near):
            stretches.append(Stretch(tuple(begun), folded=place - 1 not in near))
            begun = []
        begun.append(row)
    if begun:
        stretches.append(Stretch(tuple(begun), folded=len(rows) - 1 not in near))
    return stretches


def _lines(text: str) -> list[str]:
    """The lines of a text as rendered: headings without markup, list items with dots, table rows."""
    return [line for block in blocks(text) for line in _shown(block) if line]


def _shown(block: Block) -> list[str]:
    if block.kind == "list":
        return [f"• {line}" for line in block.lines]
    if block.kind == "table":
        return [" · ".join(row) for row in block.rows]
    return [block.text]


def _whole(kind: str, line: str) -> Row:
    return Row(kind, (Piece(line, marked=False),))


def _replaced(before: Sequence[str], after: Sequence[str]) -> Iterator[Row]:
    """Replaced lines in pairs, then the rest of either text."""
    pairs = min(len(before), len(after))
    for old, new in zip(before[:pairs], after[:pairs], strict=True):
        yield from _changed(old, new)
    yield from (_whole("removed", line) for line in before[pairs:])
    yield from (_whole("added", line) for line in after[pairs:])


def _changed(old: str, new: str) -> Iterator[Row]:
    words = _WORDS.findall(old), _WORDS.findall(new)
    match = SequenceMatcher(None, *words, autojunk=False)
    if max(map(len, words)) > _MOST_WORDS or match.ratio() < _ALIKE:
        yield _whole("removed", old)
        yield _whole("added", new)
        return
    steps = match.get_opcodes()
    yield Row("removed", tuple(_pieces(words[0], [(k, a, b) for k, a, b, _c, _d in steps])))
    yield Row("added", tuple(_pieces(words[1], [(k, c, d) for k, _a, _b, c, d in steps])))


def _pieces(words: Sequence[str], steps: Sequence[tuple[str, int, int]]) -> Iterator[Piece]:
    for kind, begin, end in steps:
        if begin < end:
            yield Piece("".join(words[begin:end]), marked=kind != "equal")
