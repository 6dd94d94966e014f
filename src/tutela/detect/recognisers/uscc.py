"""Unified social credit code (GB 32100)."""

from __future__ import annotations

from tutela.detect.classes import DataClass
from tutela.detect.digits import uscc_right
from tutela.detect.recognisers.registry import Recogniser, register


def score(text: str) -> float:
    """0.95 with the check character right; the registrar's letter may be any."""
    if len(text) != 18:
        return 0.0
    return 0.95 if uscc_right(text.upper()) else 0.0


RECOGNISER = register(
    Recogniser(
        id="uscc",
        name_en="Unified social credit code",
        name_zh="统一社会信用代码",
        data_class=DataClass.IDENTITY,
        level="C1",
        score=score,
        rank=20,
        must_match=("91350100M000100Y43", "911100006000073597"),
        must_not_match=("91350100M000100Y44", "91350100M000100I43", "91350100M000100Y"),
    )
)
