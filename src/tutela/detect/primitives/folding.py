"""A typed text as the search for values reads it: one spelling of digits, dashes and blanks.

Signs that cannot be seen are left out, so each character of the folded text remembers where it
stood in the text as it was typed.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass

_HAN_DIGITS = dict(
    zip("〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "0001234567891123456789", strict=True)
)
# A number read out aloud; shorter runs are years, chapters and counts.
_HAN_RUN = re.compile(f"[{''.join(_HAN_DIGITS)}](?:[ -]?[{''.join(_HAN_DIGITS)}]){{6,}}")
_LOOKALIKES = {"×": "X", "Х": "X", "х": "X", "Χ": "X", "·": ".", "•": ".", "．": "."}
_DASHES = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d")


@dataclass(frozen=True, slots=True)
class Folded:
    """`places[n]` is where the n-th character of `text` stood."""

    text: str
    places: array[int] | range


def folded(text: str) -> Folded:
    """The text with everything that only looks different made the same."""
    if text.isascii():
        return Folded(text.replace("\t", " "), range(len(text)))
    signs: list[str] = []
    places = array("l")
    for place, sign in enumerate(text):
        plain = sign if sign.isascii() else _plain(sign)
        if plain:
            signs.append(plain)
            places.append(place)
    joined = "".join(signs).replace("\t", " ")
    return Folded(_HAN_RUN.sub(_read_out, joined), places)


def _plain(sign: str) -> str:
    """One character for one, or nothing for a sign that is not seen."""
    if sign in _LOOKALIKES:
        return _LOOKALIKES[sign]
    if sign in _DASHES:
        return "-"
    kind = unicodedata.category(sign)
    if kind in {"Cf", "Mn", "Me"}:
        return ""
    if kind == "Zs":
        return " "
    if kind == "Nd":
        return str(unicodedata.digit(sign))
    simple = unicodedata.normalize("NFKC", sign)
    return simple if len(simple) == 1 and simple.isascii() else sign


def _read_out(match: re.Match[str]) -> str:
    return "".join(_HAN_DIGITS.get(sign, sign) for sign in match[0])
