"""What encoding a text has, judged by its characters: that bytes decode does not say that they are read right.

GB18030 gives nearly every row of bytes a meaning, so Big5, Korean or Western text "decodes" and becomes other
characters. Each encoding is therefore a small model of what is written in it: how many bits a character costs,
by how often its group is used there. The encoding in which the same bytes cost least is what they look like.
The groups are computed from Python's codecs (GB 2312 and JIS have their usual characters first, Big5 too, the
2,350 Korean syllables of KS X 1001) and from `tables/characters.txt`; shares are our own choice, tried on the
made files of `docs/decisions/encodings.md`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import log2
from typing import Final

from tutela.detect.tables.sections import sections

ASCII_BITS: Final = 5.0
NUL_BITS: Final = 14.0
BROKEN_BITS: Final = 24.0
RARE_BITS: Final = 24.0
_BETWEEN_LETTERS: Final = re.compile(r"(?<=[A-Za-z])[^\x00-\u02ff](?=[A-Za-z])")
_BESIDE_LETTERS: Final = re.compile(r"(?<=[A-Za-z])[\u0400-\u04ff]|[\u0400-\u04ff](?=[A-Za-z])")
_BETWEEN_BITS: Final = 8.0
_USUAL_BITS: Final = 15.0
_BROKEN: Final = "\ufffd"


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding that can be named: what people call it, Python's codec, and the characters' cost in bits."""

    name: str
    codec: str
    bits: Mapping[str, float]
    other: float = RARE_BITS
    runs: float = 0.0
    """What a letter above ASCII costs more where another such letter stands before it."""

    def cost(self, data: bytes) -> float:
        """Bits that the bytes cost as text of this encoding."""
        text = data.decode(self.codec, "replace")
        bits, other = self.bits, self.other
        total = sum(bits.get(char, other) * count for char, count in Counter(text).items())
        if self.runs:
            total += self.runs * sum(len(run) - 1 for run in _RUN.findall(text))
        return (
            total
            + sum(
                _BETWEEN_BITS
                for char in _BETWEEN_LETTERS.findall(text)
                if bits.get(char, other) > _USUAL_BITS
            )
            + _BETWEEN_BITS * len(_BESIDE_LETTERS.findall(text))
        )


_RUN: Final = re.compile(r"[\x80-\u02ff]{2,}")


def _table(*groups: tuple[Iterable[str], float]) -> dict[str, float]:
    """Bits by character: of a group that has this share of the text, each character is as likely as the
    next. A character of two groups belongs to the first."""
    bits = {chr(code): ASCII_BITS for code in range(1, 128)}
    bits |= {"\0": NUL_BITS, _BROKEN: BROKEN_BITS, "\ufeff": ASCII_BITS}
    for characters, share in groups:
        new = {char for char in characters if len(char) == 1 and char not in bits}
        bits |= dict.fromkeys(new, log2(max(1, len(new)) / share))
    return bits


def _grid(codec: str, leads: Iterable[int], trails: Iterable[int]) -> list[str]:
    """The characters of two bytes in these ranges."""
    trails = tuple(trails)
    return [bytes((a, b)).decode(codec, "ignore") for a in leads for b in trails]


_HIGH: Final = range(0xA1, 0xFF)
_BIG5_TRAILS: Final = (*range(0x40, 0x7F), *_HIGH)
_KANA: Final = [chr(code) for code in range(0x3041, 0x3097)]
_KATAKANA: Final = [chr(code) for code in range(0x30A1, 0x30FD)]
_HALF_KANA: Final = [chr(code) for code in range(0xFF61, 0xFFA0)]
_HAN: Final = [chr(code) for code in (*range(0x4E00, 0xA000), *range(0x3400, 0x4DC0))]
_FORMS: Final = [chr(code) for code in range(0xFF01, 0xFF5F)] + list(
    "　、。·‘’“”《》〈〉【】—…～￥※×℃"
)
_LETTERS: Final = "éèüöäßñçáíóúàãõåøæêëïîôâÉÖÜÄÇÅØÑÁÍÓÚšŠžŽœŒÿýð"
_SIGNS: Final = "€‚„…‘’“”•–—™©®«»°±·×§¡¿ \u00a0£¥º"


@cache
def _simplified() -> dict[str, float]:
    usual = sections("characters.txt")
    return _table(
        (usual["simplified"], 0.62),
        (_grid("gb2312", range(0xB0, 0xD8), _HIGH), 0.28),
        (_FORMS, 0.04),
        (_grid("gb2312", range(0xD8, 0xF8), _HIGH), 0.04),
        (usual["traditional"], 0.006),
        (_HAN, 0.006),
        (_grid("gb2312", range(0xA1, 0xAA), _HIGH), 0.002),
    )


@cache
def _traditional() -> dict[str, float]:
    return _table(
        (sections("characters.txt")["traditional"], 0.62),
        (_grid("big5", range(0xA4, 0xC7), _BIG5_TRAILS), 0.30),
        (_FORMS, 0.04),
        (_grid("big5", range(0xC9, 0xFA), _BIG5_TRAILS), 0.02),
        (_HAN, 0.004),
        (_grid("big5", range(0xA1, 0xA4), _BIG5_TRAILS), 0.002),
    )


@cache
def _japanese() -> dict[str, float]:
    return _table(
        (sections("characters.txt")["japanese"], 0.30),
        (_KANA, 0.20),
        (_KATAKANA, 0.20),
        (_grid("euc_jp", range(0xB0, 0xD0), _HIGH), 0.20),
        (_FORMS, 0.04),
        (_HALF_KANA, 0.02),
        (_grid("euc_jp", range(0xD0, 0xF5), _HIGH), 0.01),
    )


@cache
def _korean() -> dict[str, float]:
    return _table(
        (sections("characters.txt")["korean"], 0.75),
        (_grid("euc_kr", range(0xB0, 0xC9), _HIGH), 0.20),
        (_FORMS, 0.02),
        ((chr(code) for code in range(0xAC00, 0xD7A4)), 0.004),
        (_HAN, 0.004),
    )


@cache
def _western() -> dict[str, float]:
    """A letter with a mark is one of a few in a word of plain letters."""
    return _table((_LETTERS, 0.08), (_SIGNS, 0.02), (map(chr, range(0xC0, 0x100)), 0.01))


@cache
def _cyrillic() -> dict[str, float]:
    small = [chr(code) for code in range(0x430, 0x450)]
    return _table((small, 0.80), (map(str.upper, small), 0.10), ("ёЁіІїЇєЄґҐ№«»–—“”", 0.02))


@cache
def _any() -> dict[str, float]:
    """Of Unicode's own forms, in which all of these are written."""
    bits: dict[str, float] = {}
    for table in (_simplified(), _traditional(), _japanese(), _korean(), _western(), _cyrillic()):
        bits |= {char: min(cost, bits.get(char, cost)) for char, cost in table.items()}
    return bits


@cache
def known() -> Mapping[str, Encoding]:
    """The encodings that can be told apart, by name; all others are nobody's choice."""
    single = {"other": RARE_BITS / 2}
    listed = (
        Encoding("utf-8", "utf-8", _any()),
        Encoding("utf-16le", "utf-16-le", _any()),
        Encoding("utf-16be", "utf-16-be", _any()),
        Encoding("gb18030", "gb18030", _simplified()),
        Encoding("big5", "big5hkscs", _traditional()),
        Encoding("shift-jis", "cp932", _japanese()),
        Encoding("euc-jp", "euc_jp", _japanese()),
        Encoding("euc-kr", "cp949", _korean()),
        Encoding("windows-1252", "cp1252", _western(), runs=3.0, **single),
        Encoding("windows-1251", "cp1251", _cyrillic(), **single),
    )
    return {encoding.name: encoding for encoding in listed}


_ASCII: Final = bytes(range(1, 128))
_MOST_BITS: Final = 11.0
_MARGIN: Final = 3.0


def costs(data: bytes) -> dict[str, float]:
    """Bits that a piece of text costs in each encoding that can be told apart, the least first."""
    found = {name: encoding.cost(data) for name, encoding in known().items()}
    return dict(sorted(found.items(), key=lambda item: item[1]))


def likeliest(data: bytes) -> str:
    """The name of the encoding that a piece of text looks like, "" for none of those that are known or
    where two are as likely."""
    (name, bits), (_second, more) = list(costs(data).items())[:2]
    high = len(data) // 2 if name.startswith("utf-16") else len(data.translate(None, _ASCII))
    plain = ASCII_BITS * (len(data) - high)
    is_poor = bits - plain > _MOST_BITS * high + BROKEN_BITS
    return "" if is_poor or more - bits < _MARGIN else name


def is_unlike(data: bytes, name: str, least: float = 20.0) -> str:
    """The encoding that a piece of text looks like far more than the one named, by `least` bits; "" if the
    one named is right or may be."""
    bits = costs(data)
    best = next(iter(bits))
    return best if bits[name] - bits[best] > least else ""


_MARKS_OF_SEVEN_BITS: Final = (
    ("iso-2022", re.compile(r"\x1b\$[@AB]|\x1b\$\)[ACG]")),
    ("hz-gb-2312", re.compile(r"~\{(?:[!-w][!-~]){1,200}~\}")),
)
_ODD: Final = re.compile("[\x80-\U0010ffff]")


def hidden_in_ascii(text: str) -> str:
    """The name of an encoding that writes other characters with plain ASCII, "" if there is no sign of one."""
    return next((name for name, sign in _MARKS_OF_SEVEN_BITS if sign.search(text)), "")


def is_converted_wrongly(text: str) -> bool:
    """Whether a text in Unicode is what comes of bytes that were once read in the wrong encoding and then
    saved: written back, the same bytes are better text in another one."""
    odd = _ODD.findall(text)
    if not odd:
        return False
    now = 0.0
    for codec, name in (
        ("gb18030", "utf-8"),
        ("cp1252", "utf-8"),
        ("latin-1", "utf-8"),
        ("latin-1", "gb18030"),
    ):
        before = "".join(odd).encode(codec, "replace")
        if not _may_be(before, name, len(odd)):
            continue
        now = now or known()["utf-8"].cost(text.encode("utf-8", "replace"))
        if now - known()[name].cost(text.encode(codec, "replace")) > 20.0 + len(odd):
            return True
    return False


def _may_be(data: bytes, name: str, characters: int) -> bool:
    """Whether bytes of so many characters nearly all fit an encoding, as hardly any other text's do: a
    quick look, before the tables are made."""
    fewer = data.decode(name, "replace")
    return (data.count(b"?") + fewer.count(_BROKEN)) * 3 <= characters
