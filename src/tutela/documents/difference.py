"""What became of one text in another: line by line, and within a changed line word by word. Pure.

A Chinese sign counts as a word of its own; a run of Latin letters or digits as one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from tutela.base.marked_text import Block, blocks

_WORDS: Final = re.compile(r"[A-Za-z0-9]+|\s+|.")
# Two lines that share less are told as one gone and one come, not as a change.
_ALIKE: Final = 0.4
# Beyond so many words a line's comparison would take longer than anybody waits.
_MOST_WORDS: Final = 2_000
# Lines that stay are shown around a change; longer stretches fold.
AROUND: Final = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words of a line; `marked` when the other text does not have it there."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One line: `kind` is same, removed or added. A changed line is a removed row and an added one."""

    kind: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows to show together; `folded` ones are alike in both texts and far from any change."""

    rows: tuple[Row, ...]
    folded: bool


def compare(old: str, new: str) -> list[Row]:
    """The lines of both texts in order. Empty lines, spaces at the ends of lines and the marks of
    headings and tables do not count."""
    before, after = _lines(old), _lines(new)
    rows: list[Row] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            rows += [_whole("same", line) for line in before[a:b]]
        else:
            rows += _replaced(before[a:b], after[c:d])
    return rows


def folded(rows: Sequence[Row]) -> list[Stretch]:
    """The rows as stretches: changes with what is around them, and folded what stays."""
    changes = [place for place, row in enumerate(rows) if row.kind != "same"]
    near = {place for change in changes for place in range(change - AROUND, change + AROUND + 1)}
    found: list[Stretch] = []
    begun: list[Row] = []
    for place, row in enumerate(rows):
        if begun and (place in near) != (place - 1 in near):
            found.append(Stretch(tuple(begun), folded=place - 1 not in near))
            begun = []
        begun.append(row)
    if begun:
        found.append(Stretch(tuple(begun), folded=len(rows) - 1 not in near))
    return found


def _lines(text: str) -> list[str]:
    """The text as its reader sees it, line by line: headings bare, a list's dots, a table's rows."""
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
    """Lines that stand in each other's place, each beside its like; then what is left of either."""
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
