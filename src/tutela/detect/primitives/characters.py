"""Normalise characters: full width to half width, spaces and dashes, spreadsheet quoting."""

import re

from tutela.detect.tables.sections import words

# Unicode's Default_Ignorable_Code_Point, version 17.0: the same list as `crypto.alike`, which a test compares.
IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_IGNORED = re.compile(f"[{IGNORABLE}]+")
# Those of them that prose loses too: the others choose a picture, as the sign after an emoji does.
_DROPPED = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_SPACES = "\u00a0\u2002\u2003\u2007\u2009\u202f\u205f\u3000"
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63"
_WIDE = range(0xFF01, 0xFF5F)

_COMMON = dict.fromkeys(map(ord, _DROPPED), "") | dict.fromkeys(map(ord, _SPACES), " ")
_CODE_TABLE = (
    _COMMON | dict.fromkeys(map(ord, DASHES), "-") | {wide: chr(wide - 0xFEE0) for wide in _WIDE}
)
# Prose keeps full-width punctuation; only letters and digits become half width.
_LETTERS_TABLE = {w: chr(w - 0xFEE0) for w in _WIDE if chr(w - 0xFEE0).isalnum()}
_PROSE_TABLE = _COMMON | _LETTERS_TABLE

_ODD_CODE = re.compile(f"[{IGNORABLE}{_SPACES}{DASHES}\uff01-\uff5e]")
_ODD_PROSE = re.compile(f"[{_DROPPED}{_SPACES}\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")

BLANKS = frozenset(words("blanks.txt")["blanks"]) | {"", "#N/A"}


def half_width(text: str) -> str:
    """Normalise a code: full-width forms, dashes and spaces to ASCII, stripped."""
    if not text.isascii() and _ODD_CODE.search(text):
        text = without_ignorable(text).translate(_CODE_TABLE)
    return text.strip()


def without_ignorable(text: str) -> str:
    """The text without characters that have no picture of their own: variation selectors, bidi marks, fillers."""
    return _IGNORED.sub("", text)


def as_written(text: str) -> str:
    """Normalise a name: letters and digits to ASCII, one space between words. All other characters stay."""
    if not text.isascii() and _ODD_PROSE.search(text):
        text = text.translate(_LETTERS_TABLE)
    return " ".join(text.split())


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
