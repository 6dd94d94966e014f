"""Whole labelled tables through the proposal of an import: which column goes to which field."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from random import Random

from tutela.vault.importing import propose, targets
from tutela.vault.importing.propose import Proposal

from .columns import ROWS, Column, Result, labelled, made
from .made import TODAY


@dataclass(slots=True)
class Mapped:
    """Results by style; the tables whose collection was guessed, and the others by name."""

    styles: dict[str, Result] = field(default_factory=dict)
    guessed: int = 0
    wrong: list[str] = field(default_factory=list)


def measure(file: str, seed: int, rows: int = ROWS) -> Mapped:
    """How the tables of a file are mapped: as tables of their collection, and guessed without it."""
    mapped = Mapped()
    for place, columns in enumerate(_tables(file)):
        first = columns[0]
        headers, cells = [column.header for column in columns], _cells(columns, seed, place, rows)
        guess, _proposals = propose.guess_collection(headers, cells, TODAY)
        found = targets.collection_code(guess)
        mapped.guessed += found == first.collection
        if found != first.collection:
            mapped.wrong.append(f"{first.table} is {first.collection}, taken for {found}")
        number = targets.collection_number(first.collection)
        proposals = propose.propose(headers, cells, number, TODAY)
        result = mapped.styles.setdefault(first.style, Result())
        for column, proposal in zip(columns, proposals, strict=True):
            _count(result, column, proposal)
    return mapped


def _tables(file: str) -> Iterator[list[Column]]:
    for _name, columns in groupby(labelled(file), lambda column: column.table):
        yield list(columns)


def _cells(columns: list[Column], seed: int, place: int, rows: int) -> list[tuple[str, ...]]:
    values = (
        made(column, Random(f"{seed}/{place}/{index}"), rows)
        for index, column in enumerate(columns)
    )
    return list(zip(*values, strict=True))


def _count(result: Result, column: Column, proposal: Proposal) -> None:
    """A column that may be left out is right so, and counts for neither figure."""
    found = proposal.field
    if found in column.fields:
        result.right += bool(found)
        return
    result.wrong += bool(found)
    result.missed += "" not in column.fields
    wanted = "|".join(sorted(code or "nothing" for code in column.fields))
    result.misses.append(
        f"{column.table}: {column.header} is {wanted}, mapped to {found or 'nothing'}"
    )
