"""Closed lists of words: health terms, ethnic groups, kinship, papers, occupations."""

from __future__ import annotations

from tutela.detect.tables.sections import words

_LISTS = words("terms.txt")

HEALTH = frozenset(_LISTS["health"])
ETHNIC_GROUPS = frozenset(_LISTS["ethnic_groups"])
MALE = frozenset(_LISTS["male"])
FEMALE = frozenset(_LISTS["female"])
UNKNOWN_SEX = frozenset(_LISTS["unknown_sex"])
MARRIAGE = frozenset(_LISTS["marriage"])
EDUCATION = frozenset(_LISTS["education"])
KINSHIP = frozenset(_LISTS["kinship"])
PAPERS = frozenset(_LISTS["papers"])
OCCUPATIONS = frozenset(_LISTS["occupations"])
# Ends of words of two to four characters that start with a surname character but are no name.
NOT_NAME_ENDS = _LISTS["not_name_ends"]
