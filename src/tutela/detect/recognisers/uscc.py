"""Unified social credit code (GB 32100), and the older numbers of organisations that lie in its fields.

Those are the registration number of 15 digits (GS 15-2006, ISO 7064 MOD 11,10), the organisation code of 9 signs
(GB 11714) and the tax number of 15 signs that holds one behind its division.
"""

import re
from operator import mul

from tutela.detect.classes import DataClass
from tutela.detect.primitives.clean_forms import code
from tutela.detect.recogniser import Form, Problem, Recogniser, Today, passing
from tutela.detect.recognisers.resident_id18 import MASK


def score(text: str) -> float:
    """0.95 with a valid check character; the registration authority is not checked. 0.4 for an older number."""
    if len(text) == 18:
        return 0.95 if is_right(text.upper()) else 0.0
    return 0.4 if is_older(code(text)) else 0.0


WRONG_FORM = Problem(
    "uscc_form", "The value does not have the format of a unified social credit code."
)
WRONG_CHECK = Problem(
    "uscc_check", "The check character of the unified social credit code is wrong."
)
WRONG_OLDER = Problem(
    "organisation_check", "The check digit of the organisation's number is wrong."
)
_ORGANISATION = re.compile(r"[0-9A-Z]{8}[0-9X]", re.ASCII)
_OF_NINE = (3, 7, 9, 10, 5, 8, 4, 2)
_SIGNS = {char: value for value, char in enumerate("0123456789ABCDEFGHJKLMNPQRTUWXY")}
_WEIGHTS = [pow(3, i, 31) for i in range(17)]


def is_right(text: str) -> bool | None:
    """The GB 32100 check of 18 characters; None if the form is wrong."""
    if len(text) != 18 or not text[1:8].isdigit():
        return None
    try:
        values = [_SIGNS[char] for char in text]
    except KeyError:
        return None
    total: int = sum(map(mul, values, _WEIGHTS)) + values[17]
    return total % 31 == 0


def is_older(text: str) -> bool:
    """Whether a number is one that organisations had before 2015, by its check digit."""
    if len(text) == 15:
        return is_registration(text) or (text[:6].isdigit() and is_organisation(text[6:]))
    return len(text) == 9 and is_organisation(text)


def is_registration(text: str) -> bool:
    """The check of 15 digits by ISO 7064 MOD 11,10."""
    if len(text) != 15 or not (text.isdigit() and text.isascii()):
        return False
    rest = 10
    for digit in text[:-1]:
        rest = (rest + int(digit)) % 10 or 10
        rest = rest * 2 % 11
    return (rest + int(text[-1])) % 10 == 1


def is_organisation(text: str) -> bool:
    """The GB 11714 check of 9 signs."""
    if not _ORGANISATION.fullmatch(text):
        return False
    total = sum(int(sign, 36) * weight for sign, weight in zip(text, _OF_NINE, strict=False))
    return text[8] == "0123456789X"[-total % 11]


def check(text: str, _today: Today) -> Problem | None:
    if is_older(text):
        return None
    if len(text) in (9, 15):
        return WRONG_OLDER
    right = is_right(text)
    return WRONG_FORM if right is None else None if right else WRONG_CHECK


RECOGNISER = Recogniser(
    id="uscc",
    name="Unified social credit code",
    data_class=DataClass.IDENTITY,
    level="C1",
    score=score,
    rank=20,
    names_field=True,
    headers="""
        统一社会信用代码, 社会信用代码, 统一信用代码, 信用代码, 税号, 纳税人识别号, 营业执照号,
        营业执照号码, 工商注册号, 注册号, 组织机构代码, 税务登记号, tyshxydm, shxydm, xydm,
        nsrsbh, uscc, unified social credit code, social credit code, credit code, tax no,
        tax number, tax id, taxpayer id, business licence no, business license no,
        organization code, vat no, gstin, business registration no, business reg no,
        company registration no, tyxydm, zzjgdm, yyzzh, tax payer no, tax file no
    """,
    must_match=("91350100M000100Y43", "911100006000073597", "330100400015575", "71526726-X"),
    must_not_match=("91350100M000100Y44", "91350100M000100I43", "91350100M000100Y"),
    form=Form(code, passing(check), check, (WRONG_FORM, WRONG_CHECK, WRONG_OLDER), numeric=True),
    mask=MASK,
    cleaned={
        "91350100m000100y43": "91350100M000100Y43",
        "330100 400015575": "330100400015575",
        "71526726-X": "71526726X",
        "44030071526726x": "44030071526726X",
    },
    refused={
        "91350100M000100Y44": "uscc_check",
        "91350100": "uscc_form",
        "330100400015574": "organisation_check",
        "715267261": "organisation_check",
    },
    masked={"91350100M000100Y43": "913***********0Y43"},
)
