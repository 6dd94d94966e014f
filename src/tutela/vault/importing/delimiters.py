"""Delimiters as people write and read them: many are control characters, which no form and no terminal shows."""

import re
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from .errors import DelimiterBad

MOST: Final = 8
_WORDS: Final = {
    ",": gettext_noop("comma"),
    ";": gettext_noop("semicolon"),
    "\t": gettext_noop("tab"),
    "|": gettext_noop("vertical bar"),
    " ": gettext_noop("space"),
}
_BY_WORD: Final = {
    "comma": ",",
    "逗号": ",",
    "semicolon": ";",
    "分号": ";",
    "tab": "\t",
    "制表符": "\t",
    "pipe": "|",
    "vertical bar": "|",
    "竖线": "|",
    "space": " ",
    "空格": " ",
}
_ESCAPE: Final = re.compile(
    r"\\x([0-9A-Fa-f]{2})|\\u([0-9A-Fa-f]{4})|\\([0-7]{3})|\\t|\^([A-Z_\\\]^\[])"
)
_REFUSED: Final = re.compile(r"[\w\"'\r\n\x00\ud800-\udfff]")


def typed(text: str) -> str:
    r"""The characters that a person means: a word (tab), an escape (\t, \x01, \001, ^A), or themselves; "" for
    nothing. DelimiterBad."""
    meant = _BY_WORD.get(text.strip().lower()) or _ESCAPE.sub(_character, text)
    if len(meant) > MOST or _REFUSED.search(meant.replace("_", "")):
        raise DelimiterBad
    return meant


def _character(match: re.Match[str]) -> str:
    byte, code, octal, control = match.groups()
    if byte or code:
        return chr(int(byte or code, 16))
    if octal:
        return chr(int(octal, 8))
    return chr(ord(control) - 64) if control else "\t"


def escaped(characters: str) -> str:
    """As it can be typed: what cannot be seen as an escape."""
    return "".join(char if char.isprintable() else _escape(char) for char in characters)


def spelled(characters: str) -> str:
    """As it is told, in the active language: a word where there is one."""
    word = _WORDS.get(characters)
    return _(word) if word else escaped(characters)


def _escape(char: str) -> str:
    if char == "\t":
        return r"\t"
    return f"\\x{ord(char):02x}" if ord(char) < 256 else f"\\u{ord(char):04x}"
