"""The numbers that stand in a typed text: rows of groups of digits that people write as one number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

Span = tuple[int, int]
# Digits with at most three signs between two of them.
_RUN = re.compile(r"(?<!\d)\d(?:[ .\-_/]{0,3}\d){10,}(?:[ .\-_/]{0,3}X(?![0-9A-Z]))?", re.ASCII)
_DIGITS = re.compile(r"\d+(?:X(?!\w))?|X", re.ASCII)
_SHARED_SIGNS = re.compile(r"[ .\-_/]+")
_LABELS = re.compile(
    r"(?:tel|phone|mobile|mob|cell|call|fax|sms|qq|wx|wechat|id|no|num|card|acct|account|m|t|p)\.?$",
    re.IGNORECASE,
)


def numbers_in(text: str) -> Iterator[tuple[str, Span]]:
    """Free-standing numbers of 11 to 19 signs: up to nine groups of digits, or single digits. Those of
    18 may be part of a word: their check digit says what they are."""
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
    """Every row of up to nine groups that has signs enough."""
    for first, (start, _) in enumerate(groups):
        total = 0
        for begin, end in groups[first : first + 9]:
            total += end - begin
            if total > 19:
                break
            if total >= 11:
                yield start, end


def _singles(groups: list[Span]) -> Iterator[Span]:
    """Every whole row of single digits."""
    for single, row in groupby(groups, key=lambda group: group[1] - group[0] == 1):
        if single:
            spans = list(row)
            yield spans[0][0], spans[-1][1]


def layout(text: str) -> tuple[int, ...] | None:
    """The lengths of the groups of a number, or None when they are parted by different signs."""
    signs = {sign.strip() or " " for sign in _SHARED_SIGNS.findall(text)}
    return tuple(map(len, _SHARED_SIGNS.split(text))) if len(signs) <= 1 else None


def bare(text: str) -> str:
    return _SHARED_SIGNS.sub("", text)


def is_free(text: str, start: int, end: int) -> bool:
    """Whether digits are no part of a longer word; a word such as tel may stand before them."""
    if text[end : end + 1].isascii() and text[end : end + 1].isalpha():
        return False
    head = text[max(0, start - 12) : start]
    if not (head and head[-1].isascii() and head[-1].isalpha()):
        return True
    word = re.search(r"[0-9A-Za-z]+$", head)
    return word is not None and _LABELS.fullmatch(word[0]) is not None
