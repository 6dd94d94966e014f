"""What one column looks like: its header read as a name, and a sample of its values.

A look is made once for a table and asked for every collection; what takes time is found out when it is asked for.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, cached_property
from itertools import islice

from tutela.base.free_text import find_customer_value
from tutela.detect.columns import ColumnVerdict, classify_column, header_index
from tutela.detect.primitives.characters import is_blank
from tutela.detect.primitives.header_words import SAME, Name, WordIndex, fit_words, in_pinyin
from tutela.detect.values import clean_column, has_check

from . import targets

_GROUPED = 0.95
"""What a name is worth that is known only without the group over it, or with the word that was cut off."""
SEARCHED, LONGEST = 200, 2_000
"""How many values of a column are searched for personal data, and how much of each."""
MOST_CELLS, LEAST_VALUES = 40_000, 60
"""Of a wide table fewer values of each column are looked at, so that all take no longer than those of a hundred
columns; but so many of each, which tell a kind as well."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_COUNTED = re.compile(r"(.*[\u3400-\u9fff])\d{1,2}")
_TYPED = re.compile(r"[\u3400-\u9fff].*\d|\d.*[\u3400-\u9fff]|[\u3400-\u9fff]{6}|\w \w")

NameFit = tuple[float, float]
"""How well a header is a name: whole, and without the roles of both."""


@cache
def _synonyms() -> Mapping[str, Name]:
    """Every name of every field, read."""
    all_targets = [t for number, _code in targets.collections() for t in targets.targets_of(number)]
    words = {word for target in all_targets for word in target.synonyms}
    return {word: header_index.read(word) for word in sorted(words)}


@cache
def _indexes() -> tuple[WordIndex, WordIndex]:
    """The names whole, and without their roles."""
    names = _synonyms()
    return (
        WordIndex({word: name.whole for word, name in names.items()}),
        WordIndex({word: name.rest for word, name in names.items()}),
    )


def synonym(word: str) -> Name:
    """A name of a field, read."""
    return _synonyms()[word]


class Look:
    """One column of a table."""

    def __init__(
        self, header: str, values: Sequence[str], today: date, searched: int = SEARCHED
    ) -> None:
        self.header, self.values, self.today, self.searched = header, values, today, searched
        self.name = header_index.read(header)
        self._forms: dict[str, float] = {}

    @cached_property
    def kinds(self) -> dict[str, float]:
        """The kinds that the header names, each with its fit."""
        return {kind: score for kind, score, _word in header_index.matches(self.header)}

    @cached_property
    def verdict(self) -> ColumnVerdict:
        """The kind of the column, by header and values."""
        return classify_column(self.header, self.values, today=self.today)

    @cached_property
    def fits(self) -> dict[str, NameFit]:
        """The names of fields that the header is, ends with or contains."""
        found: dict[str, NameFit] = {}
        whole_index, rest_index = _indexes()
        for name, worth in self._variants():
            for word in whole_index.near(name.whole) | rest_index.near(name.rest):
                before = found.get(word, (0.0, 0.0))
                found[word] = (
                    max(worth * fit_words(name.whole, synonym(word).whole), before[0]),
                    max(worth * _fit_rest(name, synonym(word)), before[1]),
                )
        return found

    def _variants(self) -> list[tuple[Name, float]]:
        """The header, and what it may be short for, with its worth."""
        group, blank, leaf = self.header.rpartition(" ")
        variants = [(self.name, 1.0)]
        if self.header.endswith("日"):  # 终止日 is short for 终止日期
            variants.append((header_index.read(self.header + "期"), _GROUPED))
        if blank and group and _HAN.search(leaf):
            variants += [
                (header_index.read(group + leaf), 1.0),
                (header_index.read(leaf), _GROUPED),
            ]
        if counted := _COUNTED.fullmatch(self.header):  # 手机1 is 手机
            variants.append((replace(header_index.read(counted[1]), place=self.name.place), 0.99))
        return variants + [(name, _GROUPED) for name in in_pinyin(self.name)]

    def form(self, recogniser: str) -> float:
        """The share of values that have the form of a kind; -1 when the kind has none to test."""
        if recogniser not in self._forms:
            self._forms[recogniser] = self._form(recogniser)
        return self._forms[recogniser]

    def _form(self, recogniser: str) -> float:
        if not has_check(recogniser) or not self.values:
            return -1.0
        _cleaned, problems = clean_column(recogniser, self.values, self.today)
        return 1.0 - len({index for index, _problem in problems}) / len(self.values)

    @cached_property
    def personal(self) -> tuple[tuple[str, ...], int, int]:
        """What typed text holds: the kinds of personal data in it, and in how many of how many values.

        Columns of codes are no typed text: there digits pass a check by chance.
        """
        distinct = dict.fromkeys(self.values)
        cells = [value[:LONGEST] for value in islice(distinct, self.searched)]
        if not any(_TYPED.search(cell) for cell in cells):
            return (), 0, len(cells)
        kinds = [finding.kind for cell in cells if (finding := find_customer_value(cell))]
        return tuple(sorted(set(kinds))), len(kinds), len(cells)


def _fit_rest(header: Name, word: Name) -> float:
    """Without the roles: 客户编号 has 编号 as its rest, which only the same word may fit, not any 编号."""
    fit = fit_words(header.rest, word.rest)
    cut = word.rest != word.whole and header.rest == header.whole
    return fit if fit >= SAME or not cut else 0.0


def look_at(columns: Sequence[str], rows: Sequence[Sequence[str]], today: date) -> list[Look]:
    """The looks of a table's columns."""
    most = max(LEAST_VALUES, MOST_CELLS // max(1, len(columns)))
    searched = max(1, min(SEARCHED, most // 2))
    return [
        Look(header, list(islice(_values(rows, at), most)), today, searched)
        for at, header in enumerate(columns)
    ]


def _values(rows: Sequence[Sequence[str]], index: int) -> Iterator[str]:
    cells = (row[index] for row in rows if index < len(row))
    return (cell for cell in cells if not is_blank(cell))
