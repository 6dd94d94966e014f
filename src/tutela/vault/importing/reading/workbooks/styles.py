"""What a cell's number format makes of its number: a day, a time, a number with leading zeros.

Built-in formats have no text in the file. 27 to 36 and 50 to 58 are days and times in Chinese, Japanese and
Korean offices alone (ECMA-376-1 18.8.30), but others leave them unused, so they are read as such everywhere;
34, 35, 55 and 56 are times in one of them and days in another, which the number itself tells.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tutela.vault.importing.reading.cells import Cell

from . import days, markup, numbers

Shape = Callable[[str], Cell]
"""From a number's source text to the cell."""
KIND = "XLSX"
MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
_WORDS = markup.vocabulary(["styleSheet", "numFmts", "numFmt", "cellXfs", "xf"], MAIN)
_BUILT_IN: dict[int, Callable[[str, bool], Cell]] = {
    **dict.fromkeys(
        (*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58), days.of_serial
    ),
    **dict.fromkeys((*range(18, 22), *range(32, 36), 45, 47, 55, 56), days.of_clock),
    46: days.of_duration,
    **dict.fromkeys(range(71, 78), days.of_serial),  # Thai
    **dict.fromkeys(range(78, 81), days.of_clock),
}
_QUOTED = re.compile(r'"[^"]*"|[\\_*].|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_GENERAL = re.compile(r"general|am/pm|a/p", re.IGNORECASE)
_PASSED = re.compile(r"\[[hms]+\]", re.IGNORECASE)
_PADDED = re.compile(r'((?:"[^"]*"|\\.)*)(0{2,})(?:;.*)?')
_MOST_STYLES = 100_000
_MOST_CODE = 255
"""Characters of a number format that are looked at: nobody's is longer, and the time grows with their square."""


def shape_of_code(code: str) -> Callable[[str, bool], Cell] | None:
    """What a number format makes of a number; None where it stays a number as it is."""
    if padded := _PADDED.fullmatch(code[:_MOST_CODE]):
        before = re.sub(r'"([^"]*)"|\\(.)', r"\1\2", padded[1])
        return _Padded(before, len(padded[2]))
    bare = _QUOTED.sub("", code[:_MOST_CODE]).partition(";")[0]
    letters = _GENERAL.sub("", bare).lower()
    if "y" in letters or "d" in letters or ("m" in letters and not set("hs") & set(letters)):
        # Alone, [m] is minutes that go past an hour.
        return days.of_duration if _PASSED.search(letters) else days.of_serial
    if _PASSED.search(letters):
        return days.of_duration
    return days.of_clock if set("hs") & set(letters) else None


def shape_of(number: int, code: str | None, *, from_1904: bool) -> Shape | None:
    """What a format, built in by its number or by its code, makes of a number's source text."""
    made = _BUILT_IN.get(number) if code is None else shape_of_code(code)
    return None if made is None else lambda text: made(text, from_1904)


@dataclass(frozen=True, slots=True)
class _Padded:
    """A format of zeros alone: 000000 shows the postcode 010010 for 10010."""

    before: str
    width: int

    def __call__(self, text: str, _from_1904: bool) -> Cell:
        cell = numbers.read(text)
        if type(cell) is str and cell.isdigit():
            return self.before + cell.zfill(self.width)
        return cell


class Styles:
    """The shapes of a workbook's cells by the number of their style."""

    def __init__(self, blocks: Iterable[bytes], *, from_1904: bool) -> None:
        self._codes: dict[int, str] = {}
        self._formats: list[int] = []
        self._inside = False
        self._from_1904 = from_1904
        markup.parse(blocks, self, _WORDS, KIND)

    def shapes(self) -> dict[str | None, Shape]:
        """By the text of a cell's attribute, None for a cell without; plain numbers are not in it."""
        known: dict[int, Shape | None] = {}
        shapes: dict[str | None, Shape] = {}
        for place, number in enumerate(self._formats):
            if number not in known:
                known[number] = shape_of(number, self._codes.get(number), from_1904=self._from_1904)
            shape = known[number]
            if shape:
                shapes[str(place)] = shape
        if "0" in shapes:
            shapes[None] = shapes["0"]
        return shapes

    def start(self, name: str, facts: dict[str, str]) -> None:
        if name == "numFmt" and len(self._codes) < _MOST_STYLES:
            self._codes[_whole(facts.get("numFmtId"))] = facts.get("formatCode", "")
        elif name == "cellXfs":
            self._inside = True
        elif name == "xf" and self._inside and len(self._formats) < _MOST_STYLES:
            self._formats.append(_whole(facts.get("numFmtId")))

    def text(self, text: str) -> None:
        """Formats stand in attributes."""

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._inside = False


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
