"""Health: diagnoses, operations, drugs by word; ICD-10 codes by shape."""

from __future__ import annotations

import re

from tutela.detect.classes import DataClass
from tutela.detect.recognisers.registry import Recogniser, register
from tutela.detect.tables.terms import HEALTH

ICD = re.compile(r"[A-Z]\d{2}(?:\.(?:\d{1,3}|\d{1,2}x\d{3}|[\dx]\d{2,5}))?[+*†]?", re.IGNORECASE)
TERMS = re.compile("|".join(sorted(HEALTH, key=len, reverse=True)))


def score(text: str) -> float:
    """0.9 two terms, 0.7 one term in a short text, 0.4 one in a long text or an ICD code."""
    if text.isascii():
        return 0.4 if len(text) <= 10 and ICD.fullmatch(text) else 0.0
    first = TERMS.search(text)
    if not first:
        return 0.0
    second = TERMS.search(text, first.end())
    if second and second[0] != first[0]:
        return 0.9
    return 0.7 if len(text) <= 20 else 0.4


RECOGNISER = register(
    Recogniser(
        id="health",
        name_en="Health",
        name_zh="健康信息",
        data_class=DataClass.HEALTH,
        score=score,
        rank=34,
        must_match=(
            "高血压",
            "2型糖尿病",
            "左侧股骨骨折，行置换术",
            "I10.x05",
            "E11.900",
            "Ｃ３４．９",
        ),
        must_not_match=("张伟", "无", "A1", "2024-03-05", "北京市朝阳区建国路88号"),
    )
)
