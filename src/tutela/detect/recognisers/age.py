"""Age in years under a header."""

from __future__ import annotations

import re

from tutela.detect.classes import DataClass
from tutela.detect.recognisers.registry import Recogniser, register

FORM = re.compile(r"(?:1[0-4]\d|[1-9]?\d)(?:\.0)?(?:岁|周岁)?")


def score(text: str) -> float:
    """0.4 for 0 to 149."""
    return 0.4 if FORM.fullmatch(text) else 0.0


RECOGNISER = register(
    Recogniser(
        id="age",
        name_en="Age",
        name_zh="年龄",
        data_class=DataClass.PROFILE,
        score=score,
        rank=74,
        needs_header=True,
        must_match=("35", "０", "102岁"),
        must_not_match=("150", "-1", "abc", "3.5"),
    )
)
