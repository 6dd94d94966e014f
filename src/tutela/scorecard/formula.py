"""A company's own figure: a formula over the readings of other targets.

    formula := term (("+" | "-") term)*        term := factor (("*" | "/") factor)*
    factor  := number | name | "(" formula ")" | "-" factor
    name    := a target's id, such as encryption-rate, alone or with .numerator or .denominator

A minus between names needs spaces, since ids have hyphens. A formula has no value if one of its names has
none, or on a division by zero.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from .errors import FormulaWrong

LONGEST: Final = 400
DEEPEST: Final = 20
_TOKEN: Final = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)(?![a-z0-9.])"
    r"|(?P<name>[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?:\.(?:numerator|denominator))?)(?![a-z0-9.])"
    r"|(?P<sign>[-+*/()]))"
)
Values = Mapping[str, float | None]
Node = Callable[[Values], float | None]


@dataclass(frozen=True, slots=True)
class Formula:
    """A parsed formula: the `names` it needs; `work_out` returns its value or None."""

    names: frozenset[str]
    work_out: Node

    @property
    def targets(self) -> frozenset[str]:
        """The targets whose readings it needs."""
        return frozenset(name.partition(".")[0] for name in self.names)


@dataclass(slots=True)
class _Reader:
    """The remaining tokens, and the names read so far."""

    tokens: list[tuple[str, str, int]]
    names: set[str] = field(default_factory=set)
    at: int = 0

    def peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def take(self) -> tuple[str, str]:
        if self.at >= len(self.tokens):
            raise FormulaWrong(place=self.tokens[-1][2] if self.tokens else 1)
        kind, text, _place = self.tokens[self.at]
        self.at += 1
        return kind, text

    def wrong(self) -> FormulaWrong:
        return FormulaWrong(place=self.tokens[self.at - 1][2])


def read(text: str) -> Formula:
    """Parse a formula; FormulaWrong names the place of the error."""
    reader = _Reader(_tokens(text))
    node = _sum(reader, 0)
    if reader.peek():
        reader.take()
        raise reader.wrong()
    return Formula(frozenset(reader.names), node)


def _tokens(text: str) -> list[tuple[str, str, int]]:
    if len(text) > LONGEST:
        raise FormulaWrong(place=LONGEST)
    tokens, at, stop = [], 0, len(text.rstrip())
    while at < stop:
        match = _TOKEN.match(text, at)
        if match is None:
            raise FormulaWrong(place=at + 1)
        kind = match.lastgroup or ""
        tokens.append((kind, match[kind], match.start(kind) + 1))
        at = match.end()
    return tokens


def _sum(reader: _Reader, depth: int) -> Node:
    left = _product(reader, depth)
    while reader.peek() in {"+", "-"}:
        left = _both(reader.take()[1], left, _product(reader, depth))
    return left


def _product(reader: _Reader, depth: int) -> Node:
    left = _factor(reader, depth)
    while reader.peek() in {"*", "/"}:
        left = _both(reader.take()[1], left, _factor(reader, depth))
    return left


def _factor(reader: _Reader, depth: int) -> Node:
    kind, text = reader.take()
    if depth > DEEPEST:
        raise reader.wrong()
    if kind == "number":
        return _constant(float(text))
    if kind == "name":
        reader.names.add(text)
        return lambda values: values.get(text)
    if text == "-":
        return _both("-", _constant(0.0), _factor(reader, depth + 1))
    if text != "(":
        raise reader.wrong()
    inner = _sum(reader, depth + 1)
    if reader.take()[1] != ")":
        raise reader.wrong()
    return inner


def _constant(value: float) -> Node:
    return lambda _values: value


def _both(sign: str, left: Node, right: Node) -> Node:
    def work_out(values: Values) -> float | None:
        a, b = left(values), right(values)
        if a is None or b is None or (sign == "/" and b == 0):
            return None
        return {"+": a + b, "-": a - b, "*": a * b}[sign] if sign != "/" else a / b

    return work_out
