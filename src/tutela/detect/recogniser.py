"""The declaration of a recogniser. Each one is a file of `recognisers/`, with its own examples."""

import re
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from tutela.detect.classes import CLASSES, DataClass, Level
from tutela.detect.primitives.characters import half_width, prose
from tutela.detect.primitives.typed_text import Span, TypedText

# Minimum score to pass, without and with a header that names the kind.
PASS: Final = 0.5
PASS_WITH_HEADER: Final = 0.3
HIDDEN: Final = "******"


class Today(NamedTuple):
    """Today's date as yyyymmdd and yyyy-mm-dd, for comparisons."""

    basic: str
    iso: str

    @classmethod
    def of(cls, day: date) -> "Today":
        return cls(day.strftime("%Y%m%d"), day.isoformat())


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of a value: a stable code, and an English sentence (msgid) without the value."""

    code: str
    sentence: str


NUMBER_LOSSY: Final = Problem("number_lossy", "Digits of this number were lost in a spreadsheet.")
VALUE_MASKED: Final = Problem("value_masked", "The value is masked: * stands for a part of it.")

Score = Callable[[str], float]
Clean = Callable[[str], str]
Check = Callable[[str, Today], Problem | None]
Ready = Callable[[str, Today], object]


class Matching:
    """The fast path for values whose canonical form is exactly a pattern, for one value or a column of them."""

    __slots__ = ("full",)

    def __init__(self, pattern: str | re.Pattern[str]) -> None:
        self.full = re.compile(pattern).fullmatch

    def __call__(self, text: str, _today: Today) -> object:
        """Truthy if the whole text matches."""
        return self.full(text)


def matching(pattern: str | re.Pattern[str]) -> Ready:
    """The fast path for values whose canonical form is exactly a pattern."""
    return Matching(pattern)


def passing(check: Check) -> Ready:
    """The fast path for values that are canonical if the check finds no problem."""
    return lambda text, today: check(text, today) is None


def word_list(text: str) -> frozenset[str]:
    """A closed list of words, separated by white space."""
    return frozenset(text.split())


def listed(words: frozenset[str], unclear: Container[str] = ()) -> Score:
    """The score of a closed list: 0.85, or 0.4 for words that have other meanings elsewhere."""
    return lambda text: 0.0 if text not in words else 0.4 if text in unclear else 0.85


def any_text(text: str) -> float:
    """The score of kinds that only a header identifies: passes under a header, never without."""
    return 0.35 if text else 0.0


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a value.

    `clean` returns the canonical text; `check` expects it and returns a problem or None; without `check` any
    text is valid. `ready` is the fast path: truthy only for canonical text without a problem. `problems` are
    those that `check` can return. `numeric`: a spreadsheet may have truncated digits. `keeps_marks`: a mark such
    as 未知 or NULL is a value.
    """

    clean: Clean
    ready: Ready
    check: Check | None = None
    problems: tuple[Problem, ...] = ()
    numeric: bool = False
    keeps_marks: bool = False


TEXT: Final = Form(prose, matching(r"[!-~\u3001-\u303f\u4e00-\u9fff]+"), keeps_marks=True)
"""Any text; letters, digits and spaces become half width."""


@dataclass(frozen=True, slots=True)
class Mask:
    """The masked form of a canonical value.

    `name` is stable: the catalogue refers to it. `hide` shows at most `shown` characters (for e-mail, before
    the @). `example` is an invented value that pages show masked.
    """

    name: str
    hide: Callable[[str], str]
    shown: int
    example: str


GENERIC: Final = Mask("generic", lambda _value: HIDDEN, 0, "某某某某")


def ends(value: str, first: int, last: int) -> str:
    """A value with all but its first and last characters replaced by stars."""
    return value[:first] + "*" * (len(value) - first - last) + value[len(value) - last :]


@dataclass(frozen=True, slots=True)
class TextSearch:
    """The search for values in free text.

    `noun` is for sentences ("a licence plate"). Of overlapping findings the one with the lowest `order` is
    used. `find` yields positions in the folded text. Each of `examples` contains exactly one value, of this kind;
    `counter_examples` contain none of any kind.
    """

    noun: str
    order: int
    find: Callable[[TypedText], Iterator[Span]]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Recogniser:
    """One kind of value. `id` is stable and the name of its file.

    `score` rates half-width, stripped text from 0 (is not) to 1 (certainly is); without it only a header
    identifies the kind. `headers` are words of column headers in Chinese, pinyin (full and initials) and English,
    separated by commas; "=" before a word: only as the whole header; "cert no" also matches certNo, cert_no and
    CERTNO. Of kinds that fit equally the one with the lowest `rank`, the most specific, is chosen. `covers`:
    narrower kinds that a field of this kind accepts. `maps_by_values`: whether values alone, under a header that
    says nothing, may map a column to a field: a day does not say what happened on it. `names_field`: whether a
    header word of the kind tells the field, where a collection has one of the kind: 日期 does not. `possible`:
    whether a value can exist on a day.
    The examples are run by `tests/detect/test_recognisers.py`: `cleaned` maps raw to canonical text, `refused`
    canonical text to the code of its problem, `masked` a value to its mask.
    """

    id: str
    name: str
    data_class: DataClass
    headers: str
    rank: int
    score: Score = any_text
    must_match: tuple[str, ...] = ()
    must_not_match: tuple[str, ...] = ()
    level: Level | None = None
    needs_header: bool = False
    maps_by_values: bool = True
    names_field: bool = False
    covers: tuple[str, ...] = ()
    possible: Callable[[str, Today], bool] | None = None
    form: Form = TEXT
    mask: Mask = GENERIC
    in_text: TextSearch | None = None
    cleaned: Mapping[str, str] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)
    masked: Mapping[str, str] = field(default_factory=dict)

    def validate(self, value: str) -> float:
        """The score of one raw value."""
        return self.score(half_width(value))

    @property
    def header_words(self) -> tuple[str, ...]:
        """The words of `headers`."""
        words = (word.strip() for word in self.headers.split(","))
        return tuple(word for word in words if word)

    @property
    def jrt0171(self) -> Level:
        """Level of JR/T 0171: its own, or that of its class."""
        return self.level or CLASSES[self.data_class].jrt0171
