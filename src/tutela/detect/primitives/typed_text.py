"""Free text prepared for searching, and the numbers in it, also those written in groups of digits."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

Span = tuple[int, int]
Find = Callable[["TypedText"], Iterator[Span]]
# Digits with up to three separators between each two.
_RUN = re.compile(r"(?<!\d)\d(?:[ .\-_/]{0,3}\d){10,}(?:[ .\-_/]{0,3}X(?![0-9A-Z]))?", re.ASCII)
_DIGITS = re.compile(r"\d+(?:X(?!\w))?|X", re.ASCII)
_SHARED_SIGNS = re.compile(r"[ .\-_/]+")
_LABELS = re.compile(
    r"(?:tel|phone|mobile|mob|cell|call|fax|sms|qq|wx|wechat|id|no|num|card|acct|account|m|t|p)\.?$",
    re.IGNORECASE,
)
_LETTERED = re.compile(r"(?<![0-9A-Z])[A-Z]{0,2}\d{7,10}(?![0-9A-Z])", re.ASCII)


@dataclass(frozen=True, slots=True)
class TypedText:
    """A folded text in upper case and as written, and its numbers with their positions."""

    upper: str
    written: str
    numbers: list[tuple[str, Span]]


class Context:
    """Comma-separated words that name the number after them; `gap` is the pattern of what may be between."""

    __slots__ = ("_search",)

    def __init__(self, words: str, gap: str = r"[^\d\n]{0,12}") -> None:
        # For upper-case text, because ignoring case would be slower.
        listed = "|".join(re.escape(word.strip().upper()) for word in words.split(","))
        self._search = re.compile(f"(?:{listed}){gap}$").search

    def stands_before(self, text: str, start: int) -> bool:
        return self._search(text[max(0, start - 32) : start]) is not None


def numbers_of_18(check: Callable[[str, str, int], bool]) -> Find:
    """A search for 18-character numbers that `check(number, text, start)` accepts."""

    def find(searched: TypedText) -> Iterator[Span]:
        for number, (start, end) in searched.numbers:
            if len(number) == 18 and check(number, searched.upper, start):
                yield start, end

    return find


def letters_and_digits(form: re.Pattern[str], context: Context) -> Find:
    """A search for numbers of a form without a check digit, after a word that names them."""

    def find(searched: TypedText) -> Iterator[Span]:
        text = searched.upper
        for match in _LETTERED.finditer(text):
            if form.fullmatch(match[0]) and context.stands_before(text, match.start()):
                yield match.span()

    return find


def numbers_in(text: str) -> Iterator[tuple[str, Span]]:
    """Numbers of 11 to 19 characters, in up to nine groups or in single digits. Only those of 18 characters, which
    have a check digit, may be part of a word."""
    for match in _RUN.finditer(text):
        groups = [
            (match.start() + group.start(), match.start() + group.end())
            for group in _DIGITS.finditer(match[0])
        ]
        for start, end in (*_rows(groups), *_singles(groups)):
            number = bare(text[start:end])
            if 11 <= len(number) <= 19 and (len(number) == 18 or is_free(text, start, end)):
                yield number, (start, end)


def _rows(groups: list[Span]) -> Iterator[Span]:
    """All sequences of up to nine groups with 11 to 19 characters."""
    for first, (start, _) in enumerate(groups):
        total = 0
        for begin, end in groups[first : first + 9]:
            total += end - begin
            if total > 19:
                break
            if total >= 11:
                yield start, end


def _singles(groups: list[Span]) -> Iterator[Span]:
    """All maximal sequences of single digits."""
    for single, row in groupby(groups, key=lambda group: group[1] - group[0] == 1):
        if single:
            spans = list(row)
            yield spans[0][0], spans[-1][1]


def layout(text: str) -> tuple[int, ...] | None:
    """The lengths of a number's groups; None if the separators differ."""
    signs = {sign.strip() or " " for sign in _SHARED_SIGNS.findall(text)}
    return tuple(map(len, _SHARED_SIGNS.split(text))) if len(signs) <= 1 else None


def bare(text: str) -> str:
    return _SHARED_SIGNS.sub("", text)


def is_free(text: str, start: int, end: int) -> bool:
    """Whether digits are not part of a longer word; a label such as tel may precede them."""
    if text[end : end + 1].isascii() and text[end : end + 1].isalpha():
        return False
    head = text[max(0, start - 12) : start]
    if not (head and head[-1].isascii() and head[-1].isalpha()):
        return True
    word = re.search(r"[0-9A-Za-z]+$", head)
    return word is not None and _LABELS.fullmatch(word[0]) is not None
