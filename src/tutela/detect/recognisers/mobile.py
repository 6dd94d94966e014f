"""Mobile numbers of mainland China."""

import re
from collections.abc import Iterator

from tutela.detect.classes import DataClass
from tutela.detect.primitives import telephones
from tutela.detect.primitives.dates import is_day
from tutela.detect.primitives.typed_text import Span, TypedText, layout
from tutela.detect.recogniser import (
    HIDDEN,
    Form,
    Mask,
    Problem,
    Recogniser,
    TextSearch,
    Today,
    ends,
)

# Number ranges assigned to carriers; the rest of 1[3-9] passes only with a header.
ASSIGNED = re.compile(
    r"1(?:3\d|4[0145-9]|5[0-35-9]|6[2567]|7[0-8]|8\d|9[0-35-9])\d{8}",
)
FORM = re.compile(r"1[3-9]\d{9}")
_GROUPED = re.compile(r"(?:(?:\+|00)?86[- ]?)?(1[3-9]\d)([- .]?)(\d{4})\2(\d{4})")


def score(text: str) -> float:
    """0.9 in an assigned range, 0.4 in another one."""
    if not 11 <= len(text) <= 19:
        return 0.0
    if len(text) > 11:
        match = _GROUPED.fullmatch(text)
        if not match:
            return 0.0
        text = match[1] + match[3] + match[4]
    if ASSIGNED.fullmatch(text):
        return 0.9
    return 0.4 if FORM.fullmatch(text) else 0.0


WRONG_FORM = Problem("phone_form", "The value does not have the format of a telephone number.")
_ELEVEN = re.compile(r"1\d{10}")
# Customary groupings; others are dates, amounts and tables.
_GROUPS = frozenset(
    {(11,), (3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (4, 4, 3), (4, 3, 4), (5, 6), (6, 5), (1,) * 11}
)
_SPACED_GROUPS = frozenset({(11,), (3, 4, 4), (3, 8), (1,) * 11})


def check(text: str, _today: Today) -> Problem | None:
    right = telephones.is_mobile(text.partition("-")[0]) or telephones.is_abroad(text)
    return None if right and telephones.is_number(text) else WRONG_FORM


def is_ready(text: str, _today: Today) -> bool:
    return telephones.is_mobile(text)


def find(searched: TypedText) -> Iterator[Span]:
    text = searched.upper
    for number, (start, end) in searched.numbers:
        country = re.match(r"(?:00)?86(?=1[3-9]\d{9}$)", number)
        head = len(country[0]) if country else 0
        if not FORM.fullmatch(number[head:]):
            continue
        written = text[start:end][head:].strip(" -.")
        groups = layout(written)
        if groups not in (_SPACED_GROUPS if " " in written else _GROUPS):
            continue
        if groups != (3, 8) or not is_day(number[-8:]):
            yield start, end


def hide(value: str) -> str:
    return ends(value, 3, 4) if is_eleven_digits(value) else HIDDEN


def is_eleven_digits(value: str) -> bool:
    return value.isascii() and _ELEVEN.fullmatch(value) is not None


RECOGNISER = Recogniser(
    id="mobile",
    name="Mobile number",
    data_class=DataClass.CONTACT,
    score=score,
    rank=40,
    names_field=True,
    headers="""
        手机, 手机号, 手机号码, 移动电话, 移动电话号码, 手机电话, 联系手机, 预留手机, 预留手机号,
        联系手机号, shouji, shoujihao, shoujihaoma, yidongdianhua, sj, sjh, sjhm, lxsj, yddh,
        mobile, mobile no, mobile number, mobile phone, mobile tel, mobile phone no, cell,
        cell phone, cell no, cellphone, handphone, msisdn, phone mobile, mob no, mob, hp no,
        hand phone, mobile1, mobile2, sms no, mobile telephone, cell number, khsj, czsj
    """,
    must_match=(
        "13800138000",
        "+86 13800138000",
        "8613800138000",
        "138-0013-8000",
        "１３８００１３８０００",
        "0086-138 0013 8000",
    ),
    must_not_match=(
        "12800138000",
        "1380013800",
        "1700000000000",
        "138001380001",
        "a13800138000",
    ),
    form=Form(telephones.clean, is_ready, check, (WRONG_FORM,), numeric=True),
    mask=Mask("mobile", hide, shown=7, example="13000000000"),
    in_text=TextSearch(
        noun="a mobile number",
        order=80,
        find=find,
        examples=("电话13800138000", "+86 138 0013 8000", "一三八〇〇一三八〇〇〇"),
        counter_examples=("1700000000000", "15 20 25 30 35 40", "138 20261128"),
    ),
    cleaned={
        "+86 138-0013-8000": "13800138000",
        "1.3800138000E+10": "13800138000",
        "+852 9876-5432": "+85298765432",
    },
    refused={"1380013800": "phone_form", "16112345678": "phone_form", "1.38E+10": "number_lossy"},
    masked={"13800138000": "138****8000", "1380": "******"},
)
