"""What divides the cells of a line, as the first lines show it.

Comma, semicolon, tab and vertical bar are taken when they divide most lines alike, or divide a line into names
that are known. Anything else is named and asked for: a wrong guess would put values under wrong names.
"""

import csv
import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Final, NamedTuple
from unicodedata import east_asian_width

from tutela.vault.importing.delimiters import escaped, typed
from tutela.vault.importing.errors import (
    DelimiterUnknown,
    DelimiterWrong,
    FixedWidth,
)

USUAL: Final = ",;\t|"
_SEP_LINE: Final = re.compile(r'\ufeff?"?sep=([^\r\n"]{1,8})"?[\r\n]*', re.IGNORECASE)
_SAMPLE_ROWS: Final = 50
_SHARE: Final = 0.6
_LOOKED_AT: Final = 10_000
_MOST_RUNS: Final = 200
_KNOWN_NAMES: Final = 2
_PLAIN: Final = frozenset("()（）-./:@")
_ONE_NAME: Final = re.compile(r"[\w ()（）]+")
_RUN: Final = re.compile(
    r"[^\w\s\"']{1,8}|[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]{1,8}|\|.{1,3}?\||\t{2,8}"
)
_RUN_ROUND: Final = re.compile(r"[^\w \"'\r\n]{1,8}")

Known = Callable[[str], float]


def check_divides(delimiter: str, lines: Sequence[str]) -> None:
    """DelimiterWrong when the delimiter that was given stands in none of the first lines."""
    if not any(delimiter in line for line in lines):
        raise DelimiterWrong(delimiter=escaped(delimiter), rows=len(lines))


def _is_known(line: str, known: Known) -> bool:
    name = line.strip().strip('"')
    return _ONE_NAME.fullmatch(name) is not None and known(name) >= 0.8


class _Division(NamedTuple):
    """How a mark divides the first lines: into how many known names, how evenly, which share of them alike."""

    names: float
    evenness: float
    share: float
    mark: str

    def is_clear(self) -> bool:
        return self.names >= _KNOWN_NAMES or self.share >= _SHARE


def find_delimiter(lines: Sequence[str], known: Known) -> str:
    """The delimiter of a file by its first lines; DelimiterUnknown, FixedWidth. A file of one column whose
    name is known has a comma."""
    if lines and (said := _SEP_LINE.fullmatch(lines[0])):
        return typed(said[1])
    divisions = [_division(lines, mark, known) for mark in USUAL]
    best = max(divisions, key=lambda one: (one.is_clear(), one.names >= _KNOWN_NAMES, *one[:2]))
    if best.is_clear():
        if longer := _longer(lines, best.mark):
            raise DelimiterUnknown(seen=escaped(longer), rows=len(lines))
        return best.mark
    if is_fixed_width(lines):
        raise FixedWidth
    seen = _unusual(lines)
    if not seen and any(_is_known(line, known) for line in lines[:_SAMPLE_ROWS]):
        return ","
    raise DelimiterUnknown(seen=escaped(seen), rows=len(lines))


def _division(lines: Sequence[str], mark: str, known: Known) -> _Division:
    try:
        rows = list(islice(csv.reader(lines, delimiter=mark), _SAMPLE_ROWS))
    except csv.Error:
        return _Division(0.0, 0.0, 0.0, mark)
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return _Division(0.0, 0.0, 0.0, mark)
    width, count = widths.most_common(1)[0]
    names = max(sum(known(cell.strip()) for cell in row[:200]) for row in rows if len(row) > 1)
    return _Division(names, count * (1 + min(width, 50) / 50), count / len(rows), mark)


def _filled(lines: Sequence[str]) -> list[str]:
    return [text for line in lines[:_SAMPLE_ROWS] if (text := line.strip("\r\n")).strip()]


def _longer(lines: Sequence[str], mark: str) -> str:
    """The longer delimiter of which a mark is only a part, in every line: |+| or ||."""
    filled = _filled(lines)
    dividing = [line for line in filled if mark in line]
    runs = Counter(run for line in dividing for run in _RUN_ROUND.findall(line) if mark in run)
    runs.update(
        found for line in dividing for found in re.findall(r"\|[\w]\|", line) if mark in found
    )
    for run, _count in runs.most_common(3):
        marks = run.count(mark)
        is_all = all(line.count(run) * marks == line.count(mark) > 0 for line in dividing)
        if len(run) > 1 and is_all and len(dividing) > 1:
            return str(run)
    return ""


def _unusual(lines: Sequence[str]) -> str:
    """The sign or signs that stand equally often in nearly all of the first lines, "" for none."""
    filled = _filled(lines)
    if len(filled) < 2:
        return ""
    filled = [line[:_LOOKED_AT] for line in filled]
    runs = Counter(run for line in filled[:5] for run in _RUN.findall(line))
    # Of a line that is all signs there would be a thousand runs, each sought in all lines.
    found = dict(runs.most_common(_MOST_RUNS))
    found |= {char: 1 for run in list(found) for char in run}
    best, best_weight = "", 0
    candidates = [run for run in found if run not in _PLAIN] or [" "]
    for run in candidates:
        count, alike = Counter(line.count(run) for line in filled).most_common(1)[0]
        if count and alike >= 0.8 * len(filled) and count * len(run) > best_weight:
            best, best_weight = run, count * len(run)
    return best


def is_fixed_width(lines: Sequence[str]) -> bool:
    """Whether nearly all lines have a gap of blanks at the same place, where a wide character takes two."""
    filled = _filled(lines)
    if len(filled) < 2 or sum("  " in line.strip() for line in filled) < 0.8 * len(filled):
        return False
    gaps = Counter(place for line in filled for place in _gaps(line))
    return bool(gaps) and gaps.most_common(1)[0][1] >= 0.8 * len(filled)


def _gaps(line: str) -> set[int]:
    """The places inside a line that are blank."""
    place, gaps = 0, set()
    for char in line.rstrip()[:2000]:
        if char in " \N{IDEOGRAPHIC SPACE}":
            gaps.add(place)
        place += 2 if east_asian_width(char) in "WF" else 1
    return gaps
