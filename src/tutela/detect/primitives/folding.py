"""Fold free text for the search of values: one form of digits, dashes and spaces.

Invisible characters are removed, so the original position of each character is kept.
"""

import re
import unicodedata
from array import array
from dataclasses import dataclass

from tutela.detect.primitives.characters import DASHES

_HAN_DIGITS = dict(
    zip("〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "0001234567891123456789", strict=True)
)
# A number in Chinese digits; shorter runs are years, chapters and counts.
_HAN_RUN = re.compile(f"[{''.join(_HAN_DIGITS)}](?:[ -]?[{''.join(_HAN_DIGITS)}]){{6,}}")
_LOOKALIKES = {"×": "X", "Х": "X", "х": "X", "Χ": "X", "·": ".", "•": ".", "．": "."}
_DASHES = frozenset(DASHES + "\uff0d")


@dataclass(frozen=True, slots=True)
class Folded:
    """`places[n]` is the original index of the n-th character of `text`."""

    text: str
    places: "array[int] | range"


def folded(text: str) -> Folded:
    """Replace characters by their ASCII equivalents, where there is one."""
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
    digits = _HAN_RUN.sub(
        lambda run: "".join(_HAN_DIGITS.get(sign, sign) for sign in run[0]), joined
    )
    return Folded(digits, places)


def _plain(sign: str) -> str:
    """The replacement of one character: one character, or "" for an invisible one."""
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
