"""Words round a header's noun: whose a value is, and what turns the noun into something else."""

from __future__ import annotations

from tutela.detect.tables.sections import words

_ROUND = words("roles.txt")
ROLES_HAN = tuple(sorted(_ROUND["roles_han"], key=len, reverse=True))
ROLES_PINYIN = tuple(sorted(_ROUND["roles_pinyin"], key=len, reverse=True))
ROLE_TOKENS = frozenset(_ROUND["roles_latin"] + _ROUND["roles_pinyin"])
TURNING_HAN = _ROUND["turning_han"]
TURNING_LATIN = frozenset(_ROUND["turning_latin"])
