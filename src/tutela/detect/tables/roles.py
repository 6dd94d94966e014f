"""Words beside a header's noun: the role of the person, and words that change the noun's meaning."""

from tutela.detect.tables.sections import words

_ROUND = words("roles.txt")
ROLES_HAN = tuple(sorted(_ROUND["roles_han"], key=len, reverse=True))
ROLES_PINYIN = tuple(sorted(_ROUND["roles_pinyin"], key=len, reverse=True))
ROLE_TOKENS = frozenset(_ROUND["roles_latin"] + _ROUND["roles_pinyin"])
TURNING_HAN = _ROUND["turning_han"]
TURNING_LATIN = frozenset(_ROUND["turning_latin"])
ABBREVIATIONS = dict(pair.split("=") for pair in _ROUND["abbreviations"])
PEOPLE = dict(pair.split("=") for pair in _ROUND["people"])
SECOND_HAN = tuple(sorted(_ROUND["second_han"], key=len, reverse=True))
SECOND_LATIN = frozenset(_ROUND["second_latin"])
SIMPLIFIED = {ord(pair[0]): pair[1] for pair in _ROUND["simplified"]}
PART_LATIN = frozenset(_ROUND["part_latin"])
ALIKE_HAN = dict(pair.split("=") for pair in _ROUND["alike_han"])
ALIKE_LATIN = dict(pair.split("=") for pair in _ROUND["alike_latin"])
PINYIN_HEADS = tuple(pair.split("=") for pair in _ROUND["pinyin_heads"])
