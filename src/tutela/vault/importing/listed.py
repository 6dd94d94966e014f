"""Short lists that people bring in besides customers: staff, branches, reports. The same reader as an import's.

    for number, row in read_listed(source, ("code", "parent"), needed=("code",)): ...

A list is taken whole or not at all, so a row that cannot be read stops it with its number.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from .delimiters import typed
from .errors import ColumnMissing, ListTooLong, RowUnreadable
from .reading import read
from .reading.encoding import ESCAPED
from .reading.sources import FileSource, Source
from .reading.table import ReadAs
from .rejects import sentence

MOST_ROWS = 200_000
_RAGGED, _ENCODING = "row_ragged", "encoding"


def read_listed(
    path: Path | Source, columns: Sequence[str], needed: Sequence[str], how: Mapping[str, str]
) -> list[tuple[int, dict[str, str]]]:
    """(row number, text by column name) of each row of a CSV, XLSX or Parquet file, or of an upload. `columns`
    find the header, and all of `needed` must be there; `how`: the parts of `ReadAs` that somebody gives. BadFile,
    ColumnMissing, RowUnreadable, ListTooLong."""
    asked = ReadAs(**how)
    known = {name.casefold() for name in columns}
    table = read.open_table(
        FileSource(path) if isinstance(path, Path) else path,
        lambda cell: float(cell.strip().casefold() in known),
        ReadAs(asked.sheet, typed(asked.delimiter), asked.encoding),
    )
    names = [_name(name, columns) for name in table.columns]
    if missing := [name for name in needed if name not in names]:
        raise ColumnMissing(column=missing[0])
    rows: list[tuple[int, dict[str, str]]] = []
    with read.Reading(table) as reading:
        for number, cells, faults in reading.rows():
            if len(rows) >= MOST_ROWS:
                raise ListTooLong(limit=MOST_ROWS)
            rows.append((number, _row(number, cells, names, [code for _place, code in faults])))
    return rows


def _name(name: str, columns: Sequence[str]) -> str:
    """A column by the name that it is asked for by, whatever its case."""
    return next((one for one in columns if one.casefold() == name.casefold()), name)


def _row(number: int, cells: list[str], names: Sequence[str], codes: list[str]) -> dict[str, str]:
    if codes:
        raise RowUnreadable(row=number, reason=sentence(codes[0]))
    if len(cells) != len(names) and (len(cells) < len(names) or any(cells[len(names) :])):
        raise RowUnreadable(row=number, reason=sentence(_RAGGED))
    if ESCAPED.search("".join(cells)):
        raise RowUnreadable(row=number, reason=sentence(_ENCODING))
    return {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name}
