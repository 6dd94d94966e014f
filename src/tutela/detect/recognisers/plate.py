"""Licence plates of mainland China."""

import re
from collections.abc import Iterator

from tutela.detect.classes import DataClass
from tutela.detect.primitives.characters import half_width, unwrapped
from tutela.detect.primitives.typed_text import Span, TypedText
from tutela.detect.recogniser import (
    HIDDEN,
    Form,
    Mask,
    Problem,
    Recogniser,
    TextSearch,
    Today,
    ends,
    matching,
)
from tutela.detect.tables.places import PLATE_CHARS

FORM = re.compile(
    rf"[{PLATE_CHARS}][A-HJ-NP-Z][·•.\- ]?(?:[A-HJ-NP-Z0-9]{{4}}[A-HJ-NP-Z0-9挂学警港澳使领]"
    r"|[A-HJ-NP-Z0-9]{6})"
)


def score(text: str) -> float:
    """0.95 for province, letter, and five or (new energy vehicles) six characters."""
    return 0.95 if 7 <= len(text) <= 9 and FORM.fullmatch(text.upper()) else 0.0


WRONG_FORM = Problem("plate_form", "This is not the form of a licence plate.")
_IN_TEXT = re.compile(rf"(?:{FORM.pattern})(?![0-9A-Z])", re.ASCII)
# Words that begin with a province's character, as 云AES256 (cloud) or 新GB35273 (new standard).
_STANDARD = re.compile(r".[ .]?(?:AES|SHA|RSA|TLS|SM[234]|GB|GA|JR|ISO|HTTP)")


def clean(text: str) -> str:
    """Upper case, without the dot."""
    return re.sub(r"[·•.\- ]", "", unwrapped(half_width(text))).upper()


def check(text: str, _today: Today) -> Problem | None:
    return None if FORM.fullmatch(text) else WRONG_FORM


def find(searched: TypedText) -> Iterator[Span]:
    for match in _IN_TEXT.finditer(searched.upper):
        if not _STANDARD.match(match[0]) and sum(map(str.isdigit, match[0])) >= 3:
            yield match.span()


def hide(value: str) -> str:
    return ends(value, 2, 1) if len(value) in (7, 8) and value.isalnum() else HIDDEN


RECOGNISER = Recogniser(
    id="plate",
    name="Licence plate",
    data_class=DataClass.VEHICLE,
    score=score,
    rank=6,
    headers="""
        车牌, 车牌号, 车牌号码, 号牌号码, 牌照号, 号牌, 牌照号码, chepai, chepaihao, cph, cphm,
        hphm, plate, plate no, plate number, licence plate, license plate, licence no,
        license no, car no, vehicle no, lcn no, car plate, number plate, vehicle plate
    """,
    must_match=("京A12345", "沪AD12345", "粤Z1234港", "京Ａ·１２３４５", "苏e12d45"),
    must_not_match=("京I12345", "A12345", "京A1234", "国A12345", "京A1234567"),
    form=Form(clean, matching(FORM), check, (WRONG_FORM,)),
    mask=Mask("plate", hide, shown=3, example="京A00000"),
    in_text=TextSearch(
        noun="a licence plate",
        order=140,
        find=find,
        examples=("粤Ｂ·１２３４５", "车牌京AD12345已登记"),
        counter_examples=("云AES256加密", "新GB35273标准"),
    ),
    cleaned={"京a·12345": "京A12345"},
    refused={"12345": "plate_form"},
    masked={"京A12345": "京A****5", "京AD12345": "京A*****5", "A1": "******"},
)
