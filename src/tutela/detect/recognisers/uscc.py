"""Unified social credit code (GB 32100)."""

from operator import mul

from tutela.detect.classes import DataClass
from tutela.detect.primitives.clean_forms import code
from tutela.detect.recogniser import Form, Problem, Recogniser, Today, passing
from tutela.detect.recognisers.resident_id18 import MASK


def score(text: str) -> float:
    """0.95 with a valid check character; the registration authority is not checked."""
    if len(text) != 18:
        return 0.0
    return 0.95 if is_right(text.upper()) else 0.0


WRONG_FORM = Problem("uscc_form", "This is not the form of a unified social credit code.")
WRONG_CHECK = Problem(
    "uscc_check", "The check character of the unified social credit code is wrong."
)
_SIGNS = {char: value for value, char in enumerate("0123456789ABCDEFGHJKLMNPQRTUWXY")}
_WEIGHTS = [pow(3, i, 31) for i in range(17)]


def is_right(text: str) -> bool | None:
    """The GB 32100 check of 18 characters; None if the form is wrong."""
    if len(text) != 18 or not text[2:8].isdigit():
        return None
    try:
        values = [_SIGNS[char] for char in text]
    except KeyError:
        return None
    total: int = sum(map(mul, values, _WEIGHTS)) + values[17]
    return total % 31 == 0


def check(text: str, _today: Today) -> Problem | None:
    right = is_right(text)
    return WRONG_FORM if right is None else None if right else WRONG_CHECK


RECOGNISER = Recogniser(
    id="uscc",
    name="Unified social credit code",
    data_class=DataClass.IDENTITY,
    level="C1",
    score=score,
    rank=20,
    headers="""
        统一社会信用代码, 社会信用代码, 统一信用代码, 信用代码, 税号, 纳税人识别号, 营业执照号,
        营业执照号码, 组织机构代码, 税务登记号, tyshxydm, shxydm, xydm, nsrsbh, uscc,
        unified social credit code, social credit code, credit code, tax no, tax number, tax id,
        taxpayer id, business licence no, business license no, organization code
    """,
    must_match=("91350100M000100Y43", "911100006000073597"),
    must_not_match=("91350100M000100Y44", "91350100M000100I43", "91350100M000100Y"),
    form=Form(code, passing(check), check, (WRONG_FORM, WRONG_CHECK), numeric=True),
    mask=MASK,
    cleaned={"91350100m000100y43": "91350100M000100Y43"},
    refused={"91350100M000100Y44": "uscc_check", "91350100": "uscc_form"},
    masked={"91350100M000100Y43": "913***********0Y43"},
)
