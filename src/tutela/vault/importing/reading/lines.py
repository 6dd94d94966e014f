"""The lines of a text, a piece of the file at a time; one that does not end is cut off, not held."""

import codecs
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import BinaryIO

from .encoding import ESCAPE
from .quoting import Style, split_lines

PIECE = 1 << 14
CELL_BYTES = 1 << 20
LINE_CHARS = 4 * CELL_BYTES
_KEPT = 1000
_PEEK_LINES = 200
_PEEK_CHARS = 1 << 20
_VAIN_CHARS, _VAIN_SHARE = 32 << 20, 8
"""Characters that may be read in vain, looking for the end of a quoted cell: some in any file, and so many for
each one of it."""
FEW_LINES = 8
_MARK = "\ufeff"
_MARKS = "\0\\\"'"


@dataclass
class Batch:
    """Whole lines with their ends, as one `text`. `marks`: which characters of `_MARKS` may stand in them;
    `is_cut`: it is the beginning of one line that is longer than LINE_CHARS."""

    text: str
    marks: str = ""
    is_cut: bool = False

    @cached_property
    def lines(self) -> list[str]:
        """Each with its end."""
        return [self.text] if self.is_cut else split_lines(self.text)


def batches(stream: BinaryIO, codec: str) -> Iterator[Batch]:
    """The lines of a file from its beginning."""
    stream.seek(0)
    if not codec.startswith("utf") and stream.read(3) != codecs.BOM_UTF8:
        stream.seek(0)
    decoder = codecs.getincrementaldecoder(codec)(ESCAPE)
    signs = [(mark, mark.encode()) for mark in _MARKS]
    held: list[str] = []
    size, skips, before = 0, False, ""
    while piece := stream.read(PIECE):
        text = decoder.decode(piece)
        # Sought in bytes, which is ten times as quick: half a sign is as good as one.
        marks = "".join([mark for mark, sign in signs if sign in piece])
        if _MARK in text:
            marks += _MARK
        ends = "\n" in text or "\r" in text
        if skips and not ends:
            continue
        if skips:
            text, skips = _after_line(text), False
        held.append(text)
        size += len(text)
        if ends:
            batch, rest = _batch("".join(held), before + marks)
            yield batch
            held, size, before = [rest], len(rest), ""
        before += marks
        if size > LINE_CHARS:
            yield Batch("".join(held)[:_KEPT], is_cut=True)
            held, size, skips = [], 0, True
    if not skips:
        held.append(decoder.decode(b"", True))
        batch, rest = _batch("".join(held), before)
        yield Batch(batch.text + rest, batch.marks)


def _after_line(text: str) -> str:
    first = min(at for at in (text.find("\n"), text.find("\r")) if at >= 0)
    return text[first + 1 :].removeprefix("\n") if text[first] == "\r" else text[first + 1 :]


def _batch(text: str, marks: str) -> tuple[Batch, str]:
    """The whole lines of a text, and what follows: a carriage return at its end may be half of one."""
    if _MARK in marks:  # files that were put one behind the other
        text = "".join([line.lstrip(_MARK) for line in split_lines(text)])
    end = 1 + max(text.rfind("\n"), text.rfind("\r", 0, -1) if "\r" in text else -1)
    return Batch(text[:end], marks), text[end:]


class Feed:
    """Batches of lines, mended in a file's style: `lines`, with a place among them: `at` is the next line's.
    `marks`: which characters of `_MARKS` may stand in them; `is_cut`: as of a batch."""

    def __init__(self, source: Iterator[Batch]) -> None:
        self._source, self._ahead = source, deque[Batch]()
        self._style: Style | None = None
        self._carried = ""
        self._batch = Batch("")
        self._spare = _VAIN_CHARS
        self.at = 0

    @property
    def lines(self) -> list[str]:
        return self._batch.lines

    @property
    def marks(self) -> str:
        return self._batch.marks

    @property
    def is_cut(self) -> bool:
        return self._batch.is_cut

    def head(self) -> list[str]:
        """The first lines, as they stand in the file, up to one that is cut off. Nothing is taken."""
        lines: list[str] = []
        size = 0
        for batch in self._source:
            self._ahead.append(batch)
            if batch.is_cut:
                break
            lines += batch.lines
            size += len(batch.text)
            if len(lines) >= _PEEK_LINES or size > _PEEK_CHARS:
                break
        return lines[:_PEEK_LINES]

    def mend(self, style: Style) -> None:
        """From now on lines are mended in this style."""
        self._style = None if style.is_plain else style

    def fill(self) -> bool:
        """Whether there is a line at `at`, from the next batch if need be."""
        while self._is_empty():
            batch = self._next()
            if batch is None:
                return False
            self._batch, self.at = batch, 0
        return True

    def _is_empty(self) -> bool:
        return self.at >= len(self.lines) if self.at else not self._batch.text

    def whole(self) -> str:
        """The lines of a batch of which none was taken, as one text; "" where some were, or one is cut off."""
        return "" if self.at or self.is_cut else self._batch.text

    def take(self) -> None:
        """All lines that are there are taken."""
        self._batch, self.at = Batch(""), 0

    def spend(self, lines: Sequence[str]) -> None:
        """These were read in vain."""
        self._spare -= sum(map(len, lines))

    def most_lines(self, most: int) -> int:
        """How many lines may be read at once: few when too many were read in vain, for in a file of quotes
        that never close each line would be read with all that follow."""
        return most if self._spare > 0 else FEW_LINES

    def from_here(self, most: int) -> Iterator[str]:
        """Lines from `at` on, which become the first of `lines`, and further batches are added; no more than
        LINE_CHARS and a line."""
        here = self._batch = _of_lines(self.lines[self.at :], self.marks)
        self.at, size = 0, 0
        for at in range(most):
            while at >= len(here.lines):
                batch = self._next()
                if batch is None:
                    return
                if batch.is_cut:
                    self._ahead.appendleft(batch)
                    return
                marks = "".join({*here.marks, *batch.marks})
                here = self._batch = _of_lines(here.lines + batch.lines, marks)
            yield here.lines[at]
            size += len(here.lines[at])
            if size > LINE_CHARS:
                return

    def _next(self) -> Batch | None:
        batch = self._ahead.popleft() if self._ahead else next(self._source, None)
        if batch is not None:
            self._spare += _VAIN_SHARE * len(batch.text)
        if self._style is None or (batch is not None and batch.is_cut):
            return batch
        if batch is None:
            carried, self._carried = self._carried, ""
            return _of_lines([carried], _MARKS) if carried else None
        lines = split_lines(self._carried + self._style.mended(batch.text))
        # A line whose end stands behind a backslash goes on in the next batch.
        self._carried = lines.pop() if lines and lines[-1][-1] not in "\r\n" else ""
        return _of_lines(lines, batch.marks)


def _of_lines(lines: list[str], marks: str) -> Batch:
    """Lines that are split already."""
    batch = Batch("".join(lines), marks)
    batch.lines = lines
    return batch
