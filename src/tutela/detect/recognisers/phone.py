"""Any telephone number, as in a column "contact number"."""

import re
from collections.abc import Iterator

from tutela.detect.classes import DataClass
from tutela.detect.primitives.typed_text import Span, TypedText
from tutela.detect.recogniser import Mask, Recogniser, TextSearch
from tutela.detect.recognisers import landline, mobile


def score(text: str) -> float:
    """The better score of mobile and landline."""
    return max(mobile.score(text), landline.score(text))


_ABROAD = re.compile(r"(?<![0-9A-Za-z)])\+[1-9](?:[ \-.()]{0,2}\d){9,14}(?!\d)", re.ASCII)


def find(searched: TypedText) -> Iterator[Span]:
    """Numbers of other countries; mainland ones are found as mobile or landline."""
    yield from (match.span() for match in _ABROAD.finditer(searched.upper))


def hide(value: str) -> str:
    return mobile.hide(value) if mobile.is_eleven_digits(value) else landline.hide(value)


RECOGNISER = Recogniser(
    id="phone",
    name="Telephone",
    data_class=DataClass.CONTACT,
    score=score,
    rank=43,
    needs_header=True,
    names_field=True,
    covers=("mobile", "landline"),
    headers="""
        电话, 电话号码, 联系电话, 联系方式, 联系号码, 报案电话, 回访电话, 紧急联系电话, dianhua,
        dianhuahaoma, lianxidianhua, lianxifangshi, dh, dhhm, lxdh, lxfs, phone, phone no,
        phone number, tel, tel no, telephone, telephone no, telephone number, contact no,
        contact number, contact phone, contact tel, baoandianhua, phone1, phone2, tel1,
        lianxihaoma, bardh, badh
    """,
    must_match=("13800138000", "010-62345678"),
    must_not_match=("电话", "1700000000000", "12"),
    form=landline.RECOGNISER.form,
    mask=Mask("phone", hide, shown=7, example="13000000000"),
    in_text=TextSearch(
        noun="a telephone number",
        order=90,
        find=find,
        examples=("+1 (415) 555-2671", "+852 9123 4567 转接"),
        counter_examples=("+1", "1+1234567890"),
    ),
    cleaned={
        "400-810-8888": "4008108888",
        "+852 9123 4567": "+85291234567",
        "00886 2-2345-6789": "+886223456789",
        "+44 (0)20 7946 0958": "+442079460958",
    },
    refused={"01": "phone_form"},
    masked={"13800138000": "138****8000", "01062345678": "010-******78"},
)
