"""Rows of a sheet's XML in the form in which nearly all are written, read without the parser.

A plain row is `<row r="2" …><c r="A2" s="1" t="s"><v>7</v></c>…` whose cells have a value, an inline text or
nothing, and no entities. The expressions match it from its first character to its last, so nothing in it is passed
over; each other row is left to the parser, as is the first one of every set of attributes, which shows that they
are sound. Cells become what `Cells` makes of them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tutela.vault.importing.reading.cells import Cell

from .cells import LAST_ROW, LETTERS, LONG, Cells
from .sluice import ODD
from .strings import unescaped
from .styles import Shape

_TEXT = f"[^{ODD}]*+"
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})([0-9]{1,7})"((?: [a-z]{1,3}="[A-Za-z0-9]*+")*+)'
    rf"(?:>(?:<v>({_TEXT})</v>|<is><t(?: xml:space=\"preserve\")?>({_TEXT})</t></is>)</c>| ?/>)"
)
_GROUPS = 6
"""Of a split by it: what stands before a cell, its column and row, its attributes, its value or its text."""
_HEAD = r' *+<row r="([0-9]{1,7})"((?: [A-Za-z_][A-Za-z0-9_:.-]*+="[^"' + ODD + r']*+")*+) ?'
_ROW = re.compile(rf"\s*+{_HEAD}>\s*+")
EMPTY_ROW = re.compile(rf"\s*+{_HEAD}/>")
_NAME = re.compile(r' ([^= ]++)="[^"]*+"')
_FACT = re.compile(r' ([a-z]++)="([^"]*+)"')
_FACTS = frozenset({"s", "t", "cm", "vm", "ph"})
_MOST_KNOWN = 2_000
_PLACES = {letters: place for place, letters in enumerate(LETTERS)}


@dataclass(slots=True)
class _Plan:
    """What is made of the cells of a row, by their places in it; `texts` stand there as they are."""

    facts: list[dict[str, str]]
    shared: list[int]
    numbers: list[int]
    shapes: list[tuple[int, Shape]]
    texts: list[int]
    others: list[int]


class PlainRows:
    """Reads plain rows into `cells`. `trust` is called with a row that the parser has read."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._number: Callable[[str], Cell] = cells.number
        self._heads: set[str] = set()
        self._names: set[tuple[str, ...]] = set()
        self._plans: dict[tuple[str, ...], _Plan] = {}

    def read(self, xml: str) -> bool:
        """A row without its end tag; False, and nothing read, where it is not plain."""
        match = _ROW.match(xml)
        if match is None or not self._is_known(match[2]):
            return False
        parts = _CELL.split(xml[match.end() :])
        plan = self._plans.get(tuple(parts[3::_GROUPS]))
        written, letters = match[1], parts[1::_GROUPS]
        count = len(letters)
        if (
            plan is None
            or any(parts[::_GROUPS])
            or parts[2::_GROUPS].count(written) < count
            or not self._cells.at < int(written) <= LAST_ROW
        ):
            return False
        values: list[Any] = parts[4::_GROUPS]
        if None in values:
            inline = parts[5::_GROUPS]
            values = [a if a is not None else b for a, b in zip(values, inline, strict=True)]
        if letters == LETTERS[:count] and all(values):
            return self._full(int(written), values, plan)
        return self._gaps(int(written), letters, values, plan)

    def read_empty(self, match: re.Match[str]) -> bool:
        """A row without cells, as EMPTY_ROW finds it."""
        number = int(match[1])
        if not self._is_known(match[2]) or not self._cells.at < number <= LAST_ROW:
            return False
        self._cells.begin(number)
        return True

    def trust(self, xml: str) -> None:
        """The attributes of a row that the parser has read, and of its cells, are sound from now on."""
        match = _ROW.match(xml) or EMPTY_ROW.match(xml)
        if match is None:
            return
        names = tuple(_NAME.findall(match[2]))
        if len(self._names) < _MOST_KNOWN and not any(n.startswith("xmlns") for n in names):
            self._names.add(names)
        parts = _CELL.split(xml[match.end() :])
        attributes = tuple(parts[3::_GROUPS])
        if len(self._plans) < _MOST_KNOWN and not any(parts[::_GROUPS]):
            facts = [dict(_FACT.findall(text)) for text in attributes]
            if all(_FACTS.issuperset(of_cell) for of_cell in facts):
                self._plans[attributes] = self._plan(facts)

    def _is_known(self, attributes: str) -> bool:
        if attributes in self._heads:
            return True
        if tuple(_NAME.findall(attributes)) not in self._names:
            return False
        if len(self._heads) < _MOST_KNOWN:
            self._heads.add(attributes)
        return True

    def _plan(self, facts: list[dict[str, str]]) -> _Plan:
        plan = _Plan(facts, [], [], [], [], [])
        for place, of_cell in enumerate(facts):
            kind = of_cell.get("t", "n")
            shape = self._cells.shapes.get(of_cell.get("s"))
            if kind == "s":
                plan.shared.append(place)
            elif kind == "n" and shape:
                plan.shapes.append((place, shape))
            elif kind == "n":
                plan.numbers.append(place)
            elif kind in {"inlineStr", "str"}:
                plan.texts.append(place)
            else:
                plan.others.append(place)
        return plan

    def _full(self, number: int, row: list[Any], plan: _Plan) -> bool:
        """A row whose cells all have a value, from the first column on."""
        cells = self._cells
        if plan.texts:
            text = "".join([row[place] for place in plan.texts])
            if len(text) > LONG:
                return False
            if "_x" in text:
                for place in plan.texts:
                    row[place] = unescaped(row[place])
        cells.begin(number)
        if plan.shared:
            found = cells.shared([row[place] for place in plan.shared])
            for place, cell in zip(plan.shared, found, strict=True):
                row[place] = cell
        for place in plan.numbers:
            row[place] = self._number(row[place])
        for place, shape in plan.shapes:
            row[place] = shape(row[place])
        for place in plan.others:
            row[place] = cells.cell(row[place], plan.facts[place])
        cells.take(row)
        return True

    def _gaps(self, number: int, letters: list[Any], values: list[Any], plan: _Plan) -> bool:
        """A row in which cells are blank or left out."""
        places = [_PLACES.get(name, -1) for name in letters]
        if any(a >= b for a, b in zip([-1, *places], places, strict=False)):
            return False
        if sum(map(len, filter(None, values))) > LONG:
            return False
        if any(of_cell.get("t") == "e" for of_cell in plan.facts):
            return False
        cells = self._cells
        cells.begin(number)
        for place, text, facts in zip(places, values, plan.facts, strict=True):
            if text:
                cells.put(place, cells.cell(text, facts))
        cells.take(cells.row)
        return True
