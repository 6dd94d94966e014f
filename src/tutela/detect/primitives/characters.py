"""Normalise characters: full width to half width, spaces and dashes, spreadsheet quoting."""

import re

from tutela.detect.tables.sections import words

_DROPPED = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_SPACES = "\u00a0\u2002\u2003\u2007\u2009\u202f\u205f\u3000"
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63"
_WIDE = range(0xFF01, 0xFF5F)

_COMMON = dict.fromkeys(map(ord, _DROPPED), "") | dict.fromkeys(map(ord, _SPACES), " ")
_CODE_TABLE = (
    _COMMON | dict.fromkeys(map(ord, DASHES), "-") | {wide: chr(wide - 0xFEE0) for wide in _WIDE}
)
# Prose keeps full-width punctuation; only letters and digits become half width.
_PROSE_TABLE = _COMMON | {w: chr(w - 0xFEE0) for w in _WIDE if chr(w - 0xFEE0).isalnum()}

_ODD_CODE = re.compile(f"[{_DROPPED}{_SPACES}{DASHES}\uff01-\uff5e]")
_ODD_PROSE = re.compile(f"[{_DROPPED}{_SPACES}\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")

BLANKS = frozenset(words("blanks.txt")["blanks"]) | {"", "#N/A"}


def half_width(text: str) -> str:
    """Normalise a code: full-width forms, dashes and spaces to ASCII, stripped."""
    if not text.isascii() and _ODD_CODE.search(text):
        text = text.translate(_CODE_TABLE)
    return text.strip()


def prose(text: str) -> str:
    """Normalise prose: letters, digits and spaces to ASCII, stripped."""
    if not text.isascii() and _ODD_PROSE.search(text):
        text = text.translate(_PROSE_TABLE)
    return text.strip()


def unwrapped(text: str) -> str:
    """Without the quoting of spreadsheets for numbers stored as text: '1, ="1", "1"."""
    if text[:1] == "'":
        return text[1:].strip()
    if text[:2] == '="' and text[-1:] == '"':
        return text[2:-1].strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1].strip()
    return text


def is_blank(text: str | None) -> bool:
    """Whether a cell is empty, or has only a mark for it such as NULL or 无."""
    return text is None or text.strip() in BLANKS
