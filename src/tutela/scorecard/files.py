"""Reports in CSV, XLSX or Parquet files, with the columns target, from, to, unit, value, numerator,
denominator, source, signer, file_hash, corrects, reason, withdraws (yes or empty). `to` is the last day,
included."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Final, Protocol, TypeVar
from uuid import UUID

from django.db import transaction

from tutela.base.actor import Actor
from tutela.base.registry import Registry

from .actions.evidence import Report, add_evidence
from .errors import FileWrong, PeriodWrong

Kind = TypeVar("Kind")


class ReadList(Protocol):
    """The rows of a file with their numbers, text by column; `how` says what a person says of the file."""

    def __call__(
        self, path: Path, columns: Sequence[str], needed: Sequence[str], how: Mapping[str, str]
    ) -> list[tuple[int, dict[str, str]]]: ...


READERS: Final = Registry[ReadList]("readers of lists")
READER: Final = "list"
"""The reader that all files have; figures come from evidence alone, so it is declared, not imported."""
LARGEST = 8 * 1024 * 1024
"""Bytes of the largest file."""
COLUMNS = (
    "target", "from", "to", "unit", "value", "numerator", "denominator", "source", "signer", "file_hash",
    "corrects", "reason", "withdraws",
)  # fmt: skip
NEEDED = ("target", "from", "to")
WORDS = ("target", "unit", "source", "signer", "file_hash", "reason")


@transaction.atomic
def add_all(actor: Actor, file: Path, how: Mapping[str, str] | None = None) -> list[UUID]:
    """Record all reports of a file or none; returns the ids of the rows. FileWrong names the line, and
    what the import's reader refuses is refused here. `how`: sheet, delimiter, encoding, if somebody says."""
    return [add_evidence(actor, report) for report in _reports(file, how or {})]


def days(first: str, last: str) -> tuple[date, date]:
    """Two days in ISO format; PeriodWrong."""
    try:
        return date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        raise PeriodWrong from None


def report(columns: Mapping[str, str], line: int) -> Report:
    """One report from text by column; FileWrong with the line and the column."""
    column = ""

    def read(name: str, kind: Callable[[str], Kind]) -> Kind | None:
        nonlocal column
        column = name
        return kind(columns[name]) if columns.get(name) else None

    words = {name: columns.get(name, "") for name in WORDS}
    try:
        begins, last = read("from", date.fromisoformat), read("to", date.fromisoformat)
        if begins is None or last is None:
            raise FileWrong(line=line, field="from, to")
        return Report(
            begins=begins, ends=last + timedelta(days=1), value=read("value", float),
            numerator=read("numerator", int), denominator=read("denominator", int),
            corrects=read("corrects", UUID), withdraws=read("withdraws", _yes) or False, **words,
        )  # fmt: skip
    except (ValueError, OverflowError):
        raise FileWrong(line=line, field=column) from None


def _yes(text: str) -> bool:
    if text != "yes":
        raise ValueError
    return True


def _reports(file: Path, how: Mapping[str, str]) -> Iterator[Report]:
    if file.stat().st_size > LARGEST:
        raise FileWrong(line=0, field="size")
    for line, row in READERS[READER](file, COLUMNS, NEEDED, how):
        yield report(row, line)
