"""The first records of a log as its mapping reads them, masked, before anything is taken in. Nothing is looked up:
whether a person or customer is known here is not told to whoever brings a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, BinaryIO, Final

from django.utils.functional import Promise

from tutela.base.language import name_of
from tutela.vault import catalogue
from tutela.vault.trace import LABELS

from .matching import shown_name
from .reading.kinds import format_named
from .reading.lines import lines_of
from .reading.mapping import LogMapping
from .reading.told import Look
from .rules import Action
from .words import ACTIONS

RECORDS: Final = 8
COLUMNS: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewLine:
    """One record. `named` are the kinds of customers' values that it holds, never the values; `at` None for a
    record that tells of no access."""

    line: int = 0
    at: datetime | None = None
    person: str = ""
    action: str | Promise = ""
    named: Sequence[str | Promise] = ()
    fields: Sequence[str] = ()
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file begins with: its columns where the company says which is what, and records by the mapping."""

    columns: Sequence[str]
    lines: Sequence[PreviewLine]


def columns_of(reader: str, mapping: Mapping[str, Any], stream: BinaryIO) -> list[str]:
    """The names of the columns in a file, at most COLUMNS; LineWrong, MappingWrong, ZoneUnknown."""
    kind = format_named(reader)
    checked = LogMapping.checked(dict(mapping), needs_columns=False)
    stream.seek(0)
    names = kind.reader(checked).columns(lines_of(stream, checked.encoding))
    return [shown_name(name) for name in islice(names, COLUMNS)]


def preview(reader: str, mapping: Mapping[str, Any], stream: BinaryIO) -> Preview:
    """The first records; LineWrong, MappingWrong, ZoneUnknown."""
    kind = format_named(reader)
    columns = columns_of(reader, mapping, stream) if kind.is_mapped else []
    checked = LogMapping.checked(dict(mapping), needs_columns=kind.is_mapped)
    stream.seek(0)
    looks = kind.reader(checked).read(lines_of(stream, checked.encoding))
    return Preview(columns, [_line(look) for look in islice(looks, RECORDS)])


def _line(look: Look | None) -> PreviewLine:
    if look is None:
        return PreviewLine()
    return PreviewLine(
        line=look.line,
        at=look.at,
        person=shown_name(look.person),
        action=ACTIONS[Action(look.action)],
        named=list(dict.fromkeys(LABELS[told.by] for told in look.customers)),
        fields=[name_of(catalogue.BY_ID[number]) for number in look.fields],
        number=look.number,
    )
