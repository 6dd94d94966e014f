"""Find the header among the first rows: title rows may stand above it, and merged cells may make it
two rows high (a row of groups over a row of names). The names of such a header are "group name".
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tutela.base.free_text import find_customer_value
from tutela.vault.importing.errors import (
    HeaderHoldsValue,
    HeaderMissing,
    HeaderTwice,
    NoRows,
    TooManyColumns,
)

LOOK_AT = 30
MOST_COLUMNS = 1000
_LONGEST_NAME = 60
_MANY = 4
_VALUE_LIKE = re.compile(r"\d{5,}|@|^[-+]?[\d.,/:\-\s]+$")

Known = Callable[[str], float]
"""How much a header looks like the name of a field, 0 to 1."""
Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Header:
    """Names of the columns, and the row (counted from 1) where the data starts."""

    names: tuple[str, ...]
    first_data_row: int


def find(rows: Sequence[Row], known: Known) -> Header:
    """The header of a table whose first rows are given; HeaderMissing, HeaderTwice, NoRows."""
    rows = [[cell.strip() for cell in row] for row in rows[:LOOK_AT]]
    at = _most_known(rows, known)
    if at < 0:
        at = _most_like_names(rows)
    if at < 0:
        raise HeaderMissing(rows=min(len(rows), LOOK_AT))
    names, below = _joined(rows, at)
    header = Header(tuple(_without_blank_end(names)), below + 1)
    _check_names(header.names, blank_too=False)
    if len(rows) < LOOK_AT and header.first_data_row > len(rows):
        raise NoRows(row=header.first_data_row - 1)
    return header


def likeness(rows: Sequence[Row], known: Known) -> int:
    """How much first rows look like those of a table: 2 where a row has two names of fields, or many
    cells that end like one; 1 where a row would do as a header; 0 where none would."""
    rows = [[cell.strip() for cell in row] for row in rows[:LOOK_AT]]
    at = _most_known(rows, known)
    if at < 0:
        return 0
    scores = [known(cell) for cell in rows[at] if cell and len(cell) <= _LONGEST_NAME]
    names, alike = sum(score >= 1 for score in scores), sum(score > 0 for score in scores)
    return 2 if names >= 2 or alike >= _MANY else 1


def letter(index: int) -> str:
    """The spreadsheet's name of a column counted from 0: A, B, … Z, AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def named(names: Iterable[object]) -> Header:
    """The header of a file that names its columns itself, all differently."""
    stripped = tuple(str(name).strip() for name in names)
    _check_names(stripped, blank_too=True)
    return Header(stripped, 1)


def _check_names(names: Sequence[str], *, blank_too: bool) -> None:
    if len(names) > MOST_COLUMNS:
        raise TooManyColumns(columns=len(names), limit=MOST_COLUMNS)
    seen: dict[str, int] = {}
    for index, name in enumerate(names):
        # A row of data that stands where the header should is no header.
        if name and (value := find_customer_value(name)):
            raise HeaderHoldsValue(column=letter(index), kind=value.kind)
        if (name or blank_too) and name in seen:
            said = "".join(filter(str.isprintable, name[:_LONGEST_NAME]))
            raise HeaderTwice(first=letter(seen[name]), second=letter(index), name=said)
        seen[name] = index


def _most_known(rows: Sequence[Row], known: Known) -> int:
    """The row with the most names of fields, the first of equals; -1 if too few are known."""
    best, best_hits = -1, 0.0
    for index, row in enumerate(rows):
        cells = [cell for cell in row if cell]
        hits = sum(known(cell) for cell in cells if len(cell) <= _LONGEST_NAME)
        enough = hits >= 2 or (len(cells) <= 3 and hits >= 0.8 * len(cells) > 0)
        if enough and hits > best_hits:
            best, best_hits = index, hits
    return best


def _most_like_names(rows: Sequence[Row]) -> int:
    """Without known names: the first wide row of distinct short texts that is not like the next."""
    width = max((len([c for c in row if c]) for row in rows), default=0)
    for index, row in enumerate(rows[:-1]):
        cells = [cell for cell in row if cell]
        wide = len(cells) >= max(1, round(0.6 * width))
        if wide and _like_names(cells) and not _like_names([c for c in rows[index + 1] if c]):
            return index
    return -1


def _like_names(cells: Sequence[str]) -> bool:
    short = all(len(c) <= _LONGEST_NAME and not _VALUE_LIKE.search(c) for c in cells)
    return bool(cells) and short and len(set(cells)) == len(cells)


def _joined(rows: Sequence[Row], at: int) -> tuple[list[str], int]:
    """The names, and the number of rows up to and with the last header row."""
    if at + 1 < len(rows) and _makes_pair(rows[at], rows[at + 1]):
        return _pair(rows[at], rows[at + 1]), at + 2
    if at > 0 and _makes_pair(rows[at - 1], rows[at]):
        return _pair(rows[at - 1], rows[at]), at + 1
    return list(rows[at]), at + 1


def _makes_pair(upper: Row, lower: Row) -> bool:
    """Whether two rows are groups over names: each column is named by one, and some group spans."""
    if not _like_names_loosely(upper) or not _like_names_loosely(lower):
        return False
    width = max(len(upper), len(lower))
    up, low = _wide(upper, width), _wide(lower, width)
    spans = any(low[n] and not up[n] and any(up[:n]) for n in range(1, width))
    return (spans or _repeats(up, low)) and all(u or w for u, w in zip(up, low, strict=True))


def _repeats(up: Row, low: Row) -> bool:
    """Whether a group stands over several names: merged cells come with their text repeated."""
    return any(up[n] and up[n] == up[n - 1] and low[n] != low[n - 1] for n in range(1, len(up)))


def _like_names_loosely(cells: Row) -> bool:
    filled = {cell for cell in cells if cell}
    return len(filled) >= 2 and not any(_VALUE_LIKE.search(cell) for cell in filled)


def _pair(upper: Row, lower: Row) -> list[str]:
    """Without merged cells to tell how far a group goes, it goes to the next group."""
    width = max(len(upper), len(lower))
    above, below = _wide(upper, width), _wide(lower, width)
    goes_on = not _repeats(above, below)
    names, group = [], ""
    for up, low in zip(above, below, strict=True):
        group = up or (group if goes_on else "")
        names.append(low or up if low.startswith(group) else f"{group} {low}" if low else up)
    return names


def _wide(row: Row, width: int) -> list[str]:
    return list(row) + [""] * (width - len(row))


def _without_blank_end(names: list[str]) -> list[str]:
    while names and not names[-1]:
        names.pop()
    return names
