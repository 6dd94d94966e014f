"""Canonical text that several kinds share. A text that cannot be read is returned as it came,
only with its characters made half width, so that the check can say what is wrong."""

from __future__ import annotations

import re

from tutela.detect.primitives.characters import half_width, unwrapped

SCIENTIFIC = re.compile(r"(\d)\.(\d+)[eE]\+?(\d{1,2})|(\d)[eE]\+(\d{1,2})")
_FLOAT_TAIL = re.compile(r"(\d+)\.0+")


def whole_number(text: str) -> str:
    """Digits out of what a spreadsheet wrote: 1.0 is 1; 1.2E+2 stays, for it lost digits."""
    if match := _FLOAT_TAIL.fullmatch(text):
        return match[1]
    match = SCIENTIFIC.fullmatch(text)
    if match and match[1] and len(match[2]) == int(match[3]):
        return match[1] + match[2]
    return text


def code(text: str) -> str:
    """Identity numbers, credit codes, cards: no blanks or dashes, letters upper case."""
    text = whole_number(unwrapped(half_width(text)))
    if SCIENTIFIC.fullmatch(text):
        return text
    return text.replace(" ", "").replace("-", "").upper()


def reference(text: str) -> str:
    """Policy and claim numbers: the insurer's own form, only blanks taken out."""
    return whole_number(unwrapped(half_width(text))).replace(" ", "")
