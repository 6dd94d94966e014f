"""Fixed telephone numbers of mainland China, with area code and extension."""

import re
from collections.abc import Iterator

from tutela.detect.classes import DataClass
from tutela.detect.primitives import telephones
from tutela.detect.primitives.dates import is_day
from tutela.detect.primitives.typed_text import Span, TypedText, is_free
from tutela.detect.recogniser import HIDDEN, Form, Mask, Problem, Recogniser, TextSearch, Today
from tutela.detect.recognisers import mobile

FULL = re.compile(
    r"(?:(?:\+|00)?86[- ]?)?\(?(?:0(?:10|2[0-57-9])\)?[- ]?[2-8]\d{3}[- ]?\d{4}"
    r"|0[3-9]\d{2}\)?[- ]?[2-8]\d{2,3}[- ]?\d{4})(?:(?:-|转|ext\.?|x|\*)\s?\d{1,6})?",
    re.IGNORECASE,
)
LOCAL = re.compile(
    r"[2-8]\d{2,3}[- ]?\d{4}(?:(?:-|转)\d{1,6})?|[48]00[- ]?\d{3}[- ]?\d{4}|95\d{3,6}"
)


def score(text: str) -> float:
    """0.8 with an area code, 0.35 for a local or service number."""
    if not 5 <= len(text) <= 26:
        return 0.0
    if FULL.fullmatch(text):
        return 0.8
    return 0.35 if LOCAL.fullmatch(text) else 0.0


_IN_TEXT = re.compile(FULL.pattern, re.ASCII | re.IGNORECASE)
_CANONICAL = re.compile(r"(0(?:10|2\d|[3-9]\d{2}))-?\d{7,8}(?:-\d{1,6})?", re.ASCII)


def check(text: str, _today: Today) -> Problem | None:
    return None if telephones.is_number(text) else mobile.WRONG_FORM


def is_ready(text: str, _today: Today) -> bool:
    return telephones.is_dialled(text)


def find(searched: TypedText) -> Iterator[Span]:
    text = searched.upper
    for match in _IN_TEXT.finditer(text):
        start, end = match.span()
        if text[start - 1 : start].isdigit() or text[end : end + 1].isdigit():
            continue
        serial = text[start - 1 : start] == "-" or is_day(re.sub(r"\D", "", match[0])[-8:])
        if is_free(text, start, end) and not serial:
            yield start, end


def hide(value: str) -> str:
    """The area code and the last two digits of the number."""
    match = _CANONICAL.fullmatch(value)
    if not match:
        return HIDDEN
    number = value.rpartition("-")[0] if re.search(r"\d{7}-\d{1,6}$", value) else value
    return match[1] + "-******" + number[-2:]


RECOGNISER = Recogniser(
    id="landline",
    name="Fixed telephone",
    data_class=DataClass.CONTACT,
    score=score,
    rank=41,
    names_field=True,
    headers="""
        固定电话, 固话, 座机, 座机号, 座机号码, 家庭电话, 办公电话, 单位电话, 宅电, 住宅电话,
        公司电话, gudingdianhua, guhua, zuoji, gddh, jtdh, bgdh, dwdh, landline, home phone,
        home tel, office phone, office tel, work phone, fixed line, fixed phone, telephone fixed,
        company phone, office telephone, home telephone, work tel, tel home, tel office,
        business phone, zjdh, zzdh
    """,
    must_match=(
        "010-62345678",
        "(021)62345678",
        "0755-82345678-801",
        "０１０－６２３４５６７８",
        "051282345678",
        "62345678",
    ),
    must_not_match=("13800138000", "0138001380", "1700000000", "010-1234567890"),
    form=Form(
        telephones.clean,
        is_ready,
        check,
        (mobile.WRONG_FORM,),
        numeric=True,
    ),
    mask=Mask("landline", hide, shown=6, example="010-60000000"),
    in_text=TextSearch(
        noun="a telephone number",
        order=100,
        find=find,
        examples=("(021)62345678 转 12", "0755-82345678"),
        counter_examples=("客服95588、400-820-8820", "150 20261128"),
    ),
    cleaned={
        "025-65008681": "02565008681",
        "(010)6234 5678转801": "01062345678-801",
        "+86 10 6234 5678": "01062345678",
        "021-62345678-801": "02162345678-801",
        "2162345678": "02162345678",
    },
    refused={"01": "phone_form", "000062345678": "phone_form"},
    masked={"01062345678": "010-******78", "075582345678-801": "0755-******78"},
)
