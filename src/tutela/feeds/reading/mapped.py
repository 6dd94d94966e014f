"""A company's own look log as CSV or JSON lines, by its mapping."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from tutela.feeds.errors import (
    ColumnMissing,
    FieldUnknown,
    LineCut,
    LineTooLong,
    LineWrong,
    NumberWrong,
    TimeWrong,
)
from tutela.feeds.rules import NUMBER_LIMIT, Action
from tutela.vault import catalogue
from tutela.vault.errors import UnknownField
from tutela.vault.told import Told

from .lines import LINE_BYTES, filled
from .mapping import OF_CUSTOMERS, LogMapping, Part
from .times import moment_of
from .told import PERSON_LENGTH, Line, Lines, Look, Read

csv.field_size_limit(LINE_BYTES)
Row = tuple[int, Mapping[str, str]]
"""Where a record begins, and its texts by column."""
_SEPARATORS: Final = str.maketrans({",": " ", ";": " ", "|": " ", "、": " ", "，": " "})


class CsvReader:
    """Comma-separated values with a header (RFC 4180), strictly: a quote left open is a cut file."""

    def __init__(self, mapping: LogMapping) -> None:
        self._mapping = mapping

    def read(self, lines: Lines) -> Read:
        for line, texts in self._rows(lines):
            yield look_of(self._mapping, line, texts)

    def columns(self, lines: Lines) -> Sequence[str]:
        return next((row for _line, row in records(lines, self._mapping.delimiter)), [])

    def _rows(self, lines: Lines) -> Iterator[Row]:
        rows = records(lines, self._mapping.delimiter)
        _first, names = next(rows, (1, []))
        names = [name.strip() for name in names]
        for part, name in self._mapping.columns.items():
            if names.count(name) != 1:
                raise ColumnMissing(line=1, column=part.value)
        for line, cells in rows:
            if len(cells) != len(names):
                raise LineWrong(line=line, reader="csv")
            yield line, dict(zip(names, cells, strict=True))


def records(lines: Lines, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """The records of a CSV text with the line on which each begins; LineCut, LineTooLong, LineWrong."""
    place = _Place(lines)
    rows = csv.reader(place, delimiter=delimiter, strict=True)
    while True:
        place.begins = place.number + 1
        place.taken = 0
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            if "unexpected end" in str(error):
                raise LineCut(line=place.begins) from None
            if "field larger" in str(error):
                raise LineTooLong(line=place.begins, most=LINE_BYTES) from None
            raise LineWrong(line=place.begins, reader="csv") from None
        if cells and any(cells):
            yield place.begins, cells


class _Place:
    """The lines with their ends, as `csv` wants them, and where it is."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self.number = self.begins = self.taken = 0

    def __iter__(self) -> "_Place":
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number = line.number
        self.taken += len(line.text)
        if self.taken > LINE_BYTES:
            raise LineTooLong(line=self.begins, most=LINE_BYTES)
        return line.text + "\n"


class JsonReader:
    """One JSON object a line (RFC 8259): no NaN, no name twice. A column is a key; `a.b` is key b of object a."""

    def __init__(self, mapping: LogMapping) -> None:
        self._mapping = mapping

    def read(self, lines: Lines) -> Read:
        for line in filled(lines):
            yield look_of(self._mapping, line.number, self._texts(object_of(line)))

    def columns(self, lines: Lines) -> Sequence[str]:
        first = next(filled(lines), None)
        return list(flat(object_of(first))) if first else []

    def _texts(self, found: Mapping[str, Any]) -> dict[str, str]:
        return {name: text_at(found, name) for name in self._mapping.columns.values()}


def object_of(line: Line, reader: str = "json") -> dict[str, Any]:
    """The JSON object of a line; LineCut for one that ends too early, LineWrong."""
    try:
        found = json.loads(line.text, parse_constant=_refused, object_pairs_hook=_once_each)
    except json.JSONDecodeError as error:
        is_cut = error.pos >= len(line.text.rstrip()) or "Unterminated" in error.msg
        raise (
            LineCut(line=line.number) if is_cut else LineWrong(line=line.number, reader=reader)
        ) from None
    except (ValueError, RecursionError):
        raise LineWrong(line=line.number, reader=reader) from None
    if not isinstance(found, dict):
        raise LineWrong(line=line.number, reader=reader)
    return found


def _refused(_: str) -> None:
    raise ValueError


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def text_at(found: Mapping[str, Any], name: str) -> str:
    """What stands under a name, as text; "" for nothing, for objects and lists."""
    value: Any = found.get(name)
    if value is None and "." in name:
        value = found
        for key in name.split("."):
            value = value.get(key) if isinstance(value, dict) else None
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return ",".join(str(one) for one in value if isinstance(one, str | int))
    return "" if value is None or isinstance(value, dict | bool) else str(value)


def flat(found: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """The names of all values, those of inner objects behind a dot."""
    for name, value in found.items():
        if isinstance(value, dict):
            yield from flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}"


def look_of(mapping: LogMapping, line: int, texts: Mapping[str, str]) -> Look:
    """A record's look by the mapping; LineWrong with what is missing or wrong."""
    told = {part: texts.get(name, "").strip() for part, name in mapping.columns.items()}
    for part in (Part.AT, Part.PERSON):
        if not told.get(part):
            raise ColumnMissing(line=line, column=part.value)
    at = moment_of(told[Part.AT], mapping.zone)
    if at is None:
        raise TimeWrong(line=line)
    record = told.get(Part.RECORD, "")
    return Look(
        line=line,
        same=(record or "\0".join(texts[name] for name in sorted(texts))).encode(),
        at=at,
        person=told[Part.PERSON][:PERSON_LENGTH],
        action=mapping.actions.get(told.get(Part.ACTION, "").casefold(), Action.READ),
        customers=tuple(
            Told(by, text) for part, by in OF_CUSTOMERS.items() if (text := told.get(part, ""))
        ),
        fields=_fields(mapping, line, told.get(Part.FIELDS, "")),
        rows=_number(line, told.get(Part.ROWS, "")),
        number=_number(line, told.get(Part.NUMBER, "")),
        stream=told.get(Part.STREAM, ""),
    )


def _fields(mapping: LogMapping, line: int, text: str) -> tuple[int, ...]:
    """The fields that the record names by code or by table, and those of every record."""
    if not text:
        return mapping.fields
    found = set(mapping.fields)
    for word in text.translate(_SEPARATORS).split():
        if (known := mapping.objects.get(word.casefold())) is not None:
            found.update(known)
            continue
        try:
            found.add(catalogue.by_code(word).id)
        except UnknownField:
            raise FieldUnknown(line=line) from None
    return tuple(sorted(found))


def _number(line: int, text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or len(text) > 16 or int(text) > NUMBER_LIMIT:
        raise NumberWrong(line=line)
    return int(text)
