"""Up to three examples of each problem, masked: what a dry run shows of cells that it does not keep.

An example is a row's number and its cell under the mask of its field. A field without a mask shows only
what is too short for anybody's value and has no letters (a wrong date), for a column that is mapped
wrongly may hold anything.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tutela.base.free_text import find_customer_value
from tutela.detect.recogniser import HIDDEN
from tutela.detect.values import clean, mask
from tutela.vault import catalogue
from tutela.vault.catalogue import OPEN_MASK

from .prepare import Prepared, Problem

EXAMPLES = 3
_SHORTEST_HIDDEN = 12
_LONGEST = 200
_OF_NUMBERS = frozenset({"id", "number", "card"})
"""Masks that show the ends of a number, which of an address or an illness would be the half of it."""


class Example(NamedTuple):
    """A row and its cell, masked; "" for a blank cell and for a row that is wrong as a whole."""

    row: int
    cell: str


@dataclass(frozen=True, slots=True)
class RejectSummary:
    """One problem of an import: the code of the field ("" for the row as a whole), the code of what is
    wrong, in how many rows, and up to three examples, which only a dry run has."""

    field: str
    code: str
    count: int
    examples: tuple[Example, ...] = ()


Listed = tuple[Problem, str | None]
"""A problem, and its cell masked where it is an example."""


def examples(problems: Sequence[Problem], prepared: Prepared) -> dict[Problem, str]:
    """The first three problems of each field and code of a chunk, each with its masked cell."""
    seen: dict[tuple[str, str], int] = {}
    masked: dict[Problem, str] = {}
    for problem in sorted(problems):
        kind = (problem.field, problem.code)
        seen[kind] = seen.get(kind, 0) + 1
        if seen[kind] <= EXAMPLES:
            masked[problem] = _masked(problem, prepared)
    return masked


def summed(listed: Iterable[Listed]) -> list[RejectSummary]:
    """By field and code, the most frequent first."""
    counts: dict[tuple[str, str], int] = {}
    shown: dict[tuple[str, str], list[Example]] = {}
    for problem, cell in listed:
        kind = (problem.field, problem.code)
        counts[kind] = counts.get(kind, 0) + 1
        if cell is not None:
            shown.setdefault(kind, []).append(Example(problem.row, cell))
    return [
        RejectSummary(*kind, count, tuple(sorted(shown.get(kind, ()))[:EXAMPLES]))
        for kind, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]


def _masked(problem: Problem, prepared: Prepared) -> str:
    place, cells = prepared.places.get(problem.field, -1), prepared.raw.get(problem.row, [])
    if not 0 <= place < len(cells) or len(cells) < len(prepared.header):
        return ""
    field = catalogue.BY_CODE.get(problem.field)
    text = clean(field.recogniser if field else "", cells[place][:_LONGEST])
    if field is None or field.mask == OPEN_MASK:
        return text if _is_harmless(text) else HIDDEN
    if field.mask in _OF_NUMBERS and not _is_number(text):
        return HIDDEN
    return mask(field.mask, text)


def _is_number(text: str) -> bool:
    return text.isascii() and sum(map(str.isdigit, text)) * 2 >= len(text) and "@" not in text


def _is_harmless(text: str) -> bool:
    short = len(text) < _SHORTEST_HIDDEN and not any(map(str.isalpha, text))
    return short and find_customer_value(text) is None
