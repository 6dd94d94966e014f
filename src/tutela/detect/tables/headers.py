"""Words of column headers, by recogniser, and the words round them."""

from __future__ import annotations

from tutela.detect.tables.sections import sections, words

# Recogniser id to its words; "=" before a word: it counts only as the whole header.
HEADERS: dict[str, list[str]] = {
    recogniser: [word.strip() for word in text.split(",") if word.strip()]
    for recogniser, text in sections("headers.txt").items()
}

_ROUND = words("roles.txt")
ROLES_HAN = tuple(sorted(_ROUND["roles_han"], key=len, reverse=True))
ROLES_PINYIN = tuple(sorted(_ROUND["roles_pinyin"], key=len, reverse=True))
ROLE_TOKENS = frozenset(_ROUND["roles_latin"] + _ROUND["roles_pinyin"])
TURNING_HAN = _ROUND["turning_han"]
TURNING_LATIN = frozenset(_ROUND["turning_latin"])
