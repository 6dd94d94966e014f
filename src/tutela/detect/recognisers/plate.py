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

_DOT = r"[·•.\- ]?"
# Five signs, or of new energy vehicles six: small ones begin, large ones end with A to K (GA 36-2018).
_SIGNS = r"(?:[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳使领]|[A-HJK][A-HJ-NP-Z0-9]\d{4}|\d{5}[A-HJK]|\d{4}应急)"
FORM = re.compile(rf"[{PLATE_CHARS}][A-HJ-NP-Z]{_DOT}{_SIGNS}", re.ASCII)
# Embassies and consulates; in free text they would be too short of form.
_CONSULAR = r"使\d{6}|\d{6}使|[" + PLATE_CHARS + r"]\d{4,6}领|领\d{6}"
_CANONICAL = re.compile(rf"[{PLATE_CHARS}][A-HJ-NP-Z]{_SIGNS}|{_CONSULAR}", re.ASCII)
_MARKS = str.maketrans("", "", "·•‧・･∙⋅.- ")


def score(text: str) -> float:
    """0.95 for province, letter, and five or (new energy vehicles) six characters, or a consular plate."""
    return 0.95 if 6 <= len(text) <= 10 and _CANONICAL.fullmatch(_bare(text)) else 0.0


def _bare(text: str) -> str:
    return text.translate(_MARKS).upper()


WRONG_FORM = Problem("plate_form", "The value does not have the format of a licence plate number.")
_IN_TEXT = re.compile(rf"(?:{FORM.pattern})(?![0-9A-Z])", re.ASCII)
# Words that begin with a province's character, as 云AES256 (cloud) or 新GB35273 (new standard).
_STANDARD = re.compile(r".[ .]?(?:AES|SHA|RSA|TLS|SM[234]|GB|GA|JR|ISO|HTTP)")


def clean(text: str) -> str:
    """Upper case, without the dot."""
    return _bare(unwrapped(half_width(text)))


def check(text: str, _today: Today) -> Problem | None:
    return None if _CANONICAL.fullmatch(text) else WRONG_FORM


def find(searched: TypedText) -> Iterator[Span]:
    for match in _IN_TEXT.finditer(searched.upper):
        if not _STANDARD.match(match[0]) and sum(map(str.isdigit, match[0])) >= 3:
            yield match.span()


def hide(value: str) -> str:
    return ends(value, 2, 1) if 6 <= len(value) <= 9 and value.isalnum() else HIDDEN


RECOGNISER = Recogniser(
    id="plate",
    name="Licence plate",
    data_class=DataClass.VEHICLE,
    score=score,
    rank=6,
    names_field=True,
    headers="""
        车牌, 车牌号, 车牌号码, 号牌号码, 牌照号, 号牌, 牌照号码, chepai, chepaihao, cph, cphm,
        hphm, plate, plate no, plate number, licence plate, license plate, licence no, license no,
        car no, vehicle no, lcn no, car plate, number plate, vehicle plate, lic no,
        licence plate no, license plate no, reg no, registration no, vehicle registration no,
        vehicle reg no, veh reg no
    """,
    must_match=(
        "京A12345",
        "沪AD12345",
        "沪A12345F",
        "粤Z1234港",
        "京Ａ·１２３４５",
        "苏e12d45",
        "使014·578",
        "沪A0023领",
    ),
    must_not_match=(
        "京I12345",
        "A12345",
        "京A1234",
        "国A12345",
        "京A1234567",
        "沪AZ12345",
        "使01457",
    ),
    form=Form(clean, matching(_CANONICAL), check, (WRONG_FORM,)),
    mask=Mask("plate", hide, shown=3, example="京A00000"),
    in_text=TextSearch(
        noun="a licence plate",
        order=140,
        find=find,
        examples=("粤Ｂ·１２３４５", "车牌京AD12345已登记"),
        counter_examples=("云AES256加密", "新GB35273标准"),
    ),
    cleaned={"京a·12345": "京A12345", "沪A・D12345": "沪AD12345", "使014·578": "使014578"},
    refused={"12345": "plate_form"},
    masked={"京A12345": "京A****5", "京AD12345": "京A*****5", "A1": "******"},
)
