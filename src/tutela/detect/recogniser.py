"""What a recogniser declares. Each one is a file of `recognisers/`, with its own examples."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from tutela.detect.classes import CLASSES, LEVEL_0197, DataClass, Level
from tutela.detect.primitives.characters import half_width, prose
from tutela.detect.primitives.typed_text import Span, TypedText

# A value passes from PASS up; under a header that names the kind, from PASS_WITH_HEADER up.
PASS: Final = 0.5
PASS_WITH_HEADER: Final = 0.3
HIDDEN: Final = "******"


class Today(NamedTuple):
    """Today's date in the two forms that are compared: yyyymmdd and yyyy-mm-dd."""

    basic: str
    iso: str

    @classmethod
    def of(cls, day: date) -> Today:
        return cls(day.strftime("%Y%m%d"), day.isoformat())


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that can be wrong with a value: a stable code, and its English sentence without the value."""

    code: str
    sentence: str


NUMBER_LOSSY: Final = Problem("number_lossy", "A spreadsheet has cut off digits of this number.")

Score = Callable[[str], float]
Clean = Callable[[str], str]
Check = Callable[[str, Today], Problem | None]
Ready = Callable[[str, Today], object]


def matching(pattern: str | re.Pattern[str]) -> Ready:
    """The fast path for values whose clean form is exactly a pattern."""
    full = re.compile(pattern).fullmatch
    return lambda text, _today: full(text)


def passing(check: Check) -> Ready:
    """The fast path for values of which the check alone knows whether they are clean."""
    return lambda text, today: check(text, today) is None


def word_list(text: str) -> frozenset[str]:
    """A closed list of words, parted by blanks."""
    return frozenset(text.split())


def any_text(text: str) -> float:
    """The score of kinds that only a header can tell: enough under a header, never without."""
    return 0.35 if text else 0.0


@dataclass(frozen=True, slots=True)
class Form:
    """How a value is written.

    `clean` gives the canonical text; `check` expects it and says what is wrong; without `check`
    any text is right. `ready` is the fast path: true only for canonical text that has no problem.
    `problems` are those that `check` can return. `numeric`: a spreadsheet may have cut digits off.
    `keeps_marks`: a mark such as 未知 or NULL is a value here.
    """

    clean: Clean
    ready: Ready
    check: Check | None = None
    problems: tuple[Problem, ...] = ()
    numeric: bool = False
    keeps_marks: bool = False


TEXT: Final = Form(prose, matching(r"[!-~\u3001-\u303f\u4e00-\u9fff]+"), keeps_marks=True)
"""Any text: only its letters, digits and spaces are made half width."""


@dataclass(frozen=True, slots=True)
class Mask:
    """What of a cleaned value may be seen by one who may not see it.

    `name` is stable: the catalogue names masks by it. `hide` shows at most `shown` characters (of an e-mail:
    before the @). `example` is a made-up value that pages show masked.
    """

    name: str
    hide: Callable[[str], str]
    shown: int
    example: str


GENERIC: Final = Mask("generic", lambda _value: HIDDEN, 0, "某某某某")


def ends(value: str, first: int, last: int) -> str:
    """A value with its first and last characters shown, and a star for each of the others."""
    return value[:first] + "*" * (len(value) - first - last) + value[len(value) - last :]


@dataclass(frozen=True, slots=True)
class TextSearch:
    """How values are found in a text that somebody typed.

    `noun` names a value in a sentence ("a licence plate"). Where two findings overlap, the lower
    `order` is taken. `find` gives the places in the folded text. Each of `examples` holds one value of this
    kind and none of another; `counter_examples` hold none at all.
    """

    noun: str
    order: int
    find: Callable[[TypedText], Iterator[Span]]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Recogniser:
    """One kind of value. `id` is stable and the name of its file.

    `score` takes half-width, stripped text and gives 0 (is not) to 1 (surely is). `headers` are
    the words of column headers, in Chinese, pinyin (full and initials) and English, parted by commas; "=" before a
    word: only as the whole header; "cert no" also stands for certNo, cert_no and CERTNO.
    `rank` settles overlaps of columns: the lower, the more specific. `covers`: narrower kinds that a field
    of this kind also takes. `possible`: whether a value of this form may exist on a day.
    The examples are run by `tests/detect/test_recognisers.py`: `cleaned` from raw to canonical text, `refused`
    from canonical text to the code of its problem, `masked` from value to mask.
    """

    id: str
    name: str
    data_class: DataClass
    score: Score
    headers: str
    must_match: tuple[str, ...]
    must_not_match: tuple[str, ...]
    rank: int
    level: Level | None = None
    needs_header: bool = False
    covers: tuple[str, ...] = ()
    possible: Callable[[str, Today], bool] | None = None
    form: Form = TEXT
    mask: Mask = GENERIC
    in_text: TextSearch | None = None
    cleaned: Mapping[str, str] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)
    masked: Mapping[str, str] = field(default_factory=dict)

    def validate(self, value: str) -> float:
        """Score of one value as it stands in a file: full width and spaces allowed."""
        return self.score(half_width(value))

    @property
    def header_words(self) -> tuple[str, ...]:
        """The words of `headers`, one by one."""
        words = (word.strip() for word in self.headers.split(","))
        return tuple(word for word in words if word)

    @property
    def jrt0171(self) -> Level:
        """Level of JR/T 0171: its own, else that of its class."""
        return self.level or CLASSES[self.data_class].jrt0171

    @property
    def jrt0197(self) -> int:
        """Level of JR/T 0197, 1 to 5."""
        return LEVEL_0197[self.jrt0171]

    @property
    def sensitive(self) -> bool:
        """Whether its class counts as sensitive personal information."""
        return CLASSES[self.data_class].sensitive
