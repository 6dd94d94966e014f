"""Postal codes of China: six digits under a header."""

from __future__ import annotations

from tutela.detect.classes import DataClass
from tutela.detect.recognisers.registry import Recogniser, register


def score(text: str) -> float:
    """0.4 for six digits, the first two of a province's range (01 to 85)."""
    if len(text) != 6 or not (text.isdigit() and text.isascii()):
        return 0.0
    return 0.4 if "01" <= text[:2] <= "85" else 0.0


RECOGNISER = register(
    Recogniser(
        id="postcode",
        name_en="Postal code",
        name_zh="邮政编码",
        data_class=DataClass.CONTACT,
        level="C1",
        score=score,
        rank=73,
        needs_header=True,
        must_match=("100020", "518000", "０１００２０"),
        must_not_match=("00", "990000", "10002", "10002A"),
    )
)
