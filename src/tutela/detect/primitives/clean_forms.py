"""Canonical forms used by several recognisers. A text that cannot be parsed is returned with its characters
normalised only, so that the check can report what is wrong."""

import re

from tutela.detect.primitives.characters import half_width, unwrapped

# LibreOffice 7.4 writes three digits of exponent, 1.10101199003071E+017.
SCIENTIFIC = re.compile(r"(\d)\.(\d+)[eE]\+?(\d{1,3})|(\d)[eE]\+(\d{1,3})")
_FLOAT_TAIL = re.compile(r"(\d+)\.0+")


def whole_number(text: str) -> str:
    """Undo spreadsheet formats: 1.0 is 1, 1.2E+1 is 12. A number with lost digits, as 1.2E+5, is unchanged."""
    if match := _FLOAT_TAIL.fullmatch(text):
        return match[1]
    match = SCIENTIFIC.fullmatch(text)
    if match and match[1] and len(match[2]) == int(match[3]):
        return match[1] + match[2]
    return text


def code(text: str) -> str:
    """Identity numbers, credit codes, cards: without spaces and dashes, in upper case."""
    text = whole_number(unwrapped(half_width(text)))
    if SCIENTIFIC.fullmatch(text):
        return text
    return text.replace(" ", "").replace("-", "").upper()


def reference(text: str) -> str:
    """Policy and claim numbers: the insurer's form without spaces."""
    return whole_number(unwrapped(half_width(text))).replace(" ", "")
