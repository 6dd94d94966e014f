"""Surnames in use in mainland China: single and compound."""

from tutela.detect.tables.sections import words

_LISTS = words("surnames.txt")

SINGLE = frozenset("".join(_LISTS["single"]))
COMPOUND = frozenset(_LISTS["compound"])
