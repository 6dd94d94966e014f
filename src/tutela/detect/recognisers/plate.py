"""Licence plates of mainland China."""

from __future__ import annotations

import re

from tutela.detect.classes import DataClass
from tutela.detect.recognisers.registry import Recogniser, register
from tutela.detect.tables.places import PLATE_CHARS

FORM = re.compile(
    rf"[{PLATE_CHARS}][A-HJ-NP-Z][·•.\- ]?(?:[A-HJ-NP-Z0-9]{{4}}[A-HJ-NP-Z0-9挂学警港澳使领]"
    r"|[A-HJ-NP-Z0-9]{6})"
)


def score(text: str) -> float:
    """0.95 for province, letter, and five or (new energy) six signs."""
    return 0.95 if 7 <= len(text) <= 9 and FORM.fullmatch(text.upper()) else 0.0


RECOGNISER = register(
    Recogniser(
        id="plate",
        name_en="Licence plate",
        name_zh="车牌号码",
        data_class=DataClass.VEHICLE,
        score=score,
        rank=6,
        must_match=("京A12345", "沪AD12345", "粤Z1234港", "京Ａ·１２３４５", "苏e12d45"),
        must_not_match=("京I12345", "A12345", "京A1234", "国A12345", "京A1234567"),
    )
)
