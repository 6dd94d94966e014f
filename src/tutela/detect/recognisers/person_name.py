"""Names of people: Chinese by surname and length, others under a header."""

from __future__ import annotations

import re

from tutela.detect.classes import DataClass
from tutela.detect.recognisers.registry import Recogniser, register
from tutela.detect.tables.surnames import COMPOUND, SINGLE
from tutela.detect.tables.terms import KINSHIP, NOT_NAME_ENDS, OCCUPATIONS

HAN_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,4}")
DOTTED = re.compile(r"[\u3400-\u9fff]{1,10}(?:[·•・‧．.][\u3400-\u9fff]{1,10}){1,4}")
LATIN = re.compile(r"[A-Za-z][A-Za-z'’.-]{0,30}(?:[ ,·]{1,2}[A-Za-z][A-Za-z'’.-]{0,30}){1,4}")
_SPACED = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")


def score(text: str) -> float:
    """0.8 with a surname, 0.35 for two to four Han or Latin words without one."""
    if text.isascii():
        return 0.35 if LATIN.fullmatch(text) else 0.0
    if " " in text:
        text = _SPACED.sub("", text)
    if not HAN_NAME.fullmatch(text):
        return 0.75 if DOTTED.fullmatch(text) else 0.0
    if text.endswith(NOT_NAME_ENDS) or text in KINSHIP or text in OCCUPATIONS:
        return 0.1 if len(text) < 4 else 0.0
    if text[:2] in COMPOUND and len(text) > 2:
        return 0.85
    if text[0] in SINGLE:
        return 0.8 if len(text) < 4 else 0.35
    return 0.35


RECOGNISER = register(
    Recogniser(
        id="person_name",
        name_en="Name of a person",
        name_zh="姓名",
        data_class=DataClass.IDENTITY,
        score=score,
        rank=45,
        must_match=("张伟", "李 娜", "欧阳晓明", "阿卜杜拉·买买提", "Zhang San"),
        must_not_match=("张", "朝阳区", "中国人民财产保险", "12345", "Z", "医生"),
    )
)
