"""Samples of a column as anybody may see them: masked as the field is, or by what they look like.

A text of no known kind keeps only its shape: 汉 for each Han character, a for a letter, 9 for a digit. What is in
the classes of credentials, biometrics and health is hidden whole: there a length tells something.
"""

import unicodedata

from tutela.base import clock
from tutela.detect.classes import DataClass
from tutela.detect.recogniser import GENERIC, HIDDEN
from tutela.detect.recognisers import REGISTRY
from tutela.detect.values import check, clean, has_check, mask
from tutela.vault import catalogue

from .propose import Proposal

LONGEST = 24
"""Characters of a shape; a longer one ends with …"""
_HIDDEN_CLASSES = frozenset({DataClass.CREDENTIAL, DataClass.BIOMETRIC, DataClass.HEALTH})
_KEPT = frozenset(" -_/.,:;()[]{}@#+*%&=~'\"|\\<>，。、；：（）·￥¥$")


def masked(proposal: Proposal, cell: str) -> str:
    """One cell of a column with this proposal."""
    field = catalogue.BY_CODE.get(proposal.field) if proposal.field else None
    if field:
        hidden = field.data_class in _HIDDEN_CLASSES
        return _masked(field.recogniser, field.mask, cell, hidden=hidden)
    kind = REGISTRY.get(proposal.looks)
    if kind is None:
        return shape(cell)
    return _masked(kind.id, kind.mask.name, cell, hidden=kind.data_class in _HIDDEN_CLASSES)


def _masked(kind: str, name: str, cell: str, *, hidden: bool) -> str:
    """Masked as its kind if it is of that kind: the mask of a telephone would show half of an address. All else
    keeps its shape."""
    if hidden:
        return HIDDEN
    text = clean(kind, cell[:200])
    is_kind = text and has_check(kind) and check(kind, text, today=clock.today()) is None
    shown = mask(name, text) if is_kind and name not in ("none", GENERIC.name) else HIDDEN
    return shape(cell) if shown == HIDDEN else shown


def shape(cell: str) -> str:
    """What a text is like, character by character, without one of its letters or digits."""
    text = " ".join(cell.split())
    signs = "".join(_sign(character) for character in text[:LONGEST])
    return signs + ("…" if len(text) > LONGEST else "")


def _sign(character: str) -> str:
    if character in _KEPT:
        return character
    if character.isdigit() or (character.isnumeric() and not "\u3400" <= character <= "\u9fff"):
        return "9"
    if unicodedata.name(character, "").startswith("CJK"):
        return "汉"
    return "a" if character.isalpha() else "?"
