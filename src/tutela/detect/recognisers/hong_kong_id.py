"""Hong Kong identity cards: one or two letters, six digits, and a check digit in brackets."""

import re

from tutela.detect.classes import DataClass
from tutela.detect.primitives.clean_forms import code
from tutela.detect.recogniser import Form, Problem, Recogniser, Today, passing
from tutela.detect.recognisers.resident_id18 import MASK

_BARE = re.compile(r"([A-Z]{1,2}\d{6})([0-9A])", re.ASCII)
_BRACKETED = re.compile(r"([A-Z]{1,2}\d{6})\(([0-9A])\)", re.ASCII)


def score(text: str) -> float:
    """0.9 in brackets with a valid check digit, 0.4 without brackets: passports have the form too."""
    text = text.upper().replace(" ", "")
    if not is_right(text):
        return 0.0
    return 0.9 if _BRACKETED.fullmatch(text) else 0.4


WRONG_CHECK = Problem(
    "hong_kong_check", "The check digit of the Hong Kong identity number is wrong."
)


def is_right(text: str) -> bool:
    """The check over letters from A as 10, digits, and 36 where there is no second letter; modulo 11."""
    match = _BARE.fullmatch(text) or _BRACKETED.fullmatch(text)
    if not match:
        return False
    values = [36] * (8 - len(match[1])) + [int(sign, 36) for sign in match[1]]
    total = sum(value * weight for value, weight in zip(values, range(9, 1, -1), strict=True))
    return (total + int(match[2], 16)) % 11 == 0


def bare(text: str) -> str:
    """The number without its brackets, if the check digit in them is right."""
    match = _BRACKETED.fullmatch(text)
    return match[1] + match[2] if match and is_right(text) else text


def clean(text: str) -> str:
    """Upper case, without blanks and brackets."""
    return bare(code(text))


def check(text: str, _today: Today) -> Problem | None:
    return None if "(" not in text and is_right(text) else WRONG_CHECK


RECOGNISER = Recogniser(
    id="hong_kong_id",
    name="Hong Kong identity card",
    data_class=DataClass.IDENTITY,
    score=score,
    rank=13,
    names_field=True,
    headers="""
        香港身份证, 香港身份证号, 香港身份证号码, 香港居民身份证, 港澳身份证, xgsfz, xgsfzh, hkid,
        hkid no, hk id, hk id card, hong kong id, hong kong identity card
    """,
    must_match=("A123456(3)", "Z437626A", "AB987654（3）", "a123456 (3)"),
    must_not_match=("A123456(4)", "A12345(3)", "1234567(8)", "ABC123456(3)"),
    form=Form(clean, passing(check), check, (WRONG_CHECK,), numeric=True),
    mask=MASK,
    cleaned={"a123456（3）": "A1234563", "AB987654(3)": "AB9876543"},
    refused={"A123456(4)": "hong_kong_check", "A1234564": "hong_kong_check"},
    masked={"A1234563": "A*****63"},
)
