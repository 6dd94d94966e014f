"""Fixed telephone numbers of mainland China, with area code and extension."""

from __future__ import annotations

import re

from tutela.detect.classes import DataClass
from tutela.detect.recognisers.registry import Recogniser, register

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


RECOGNISER = register(
    Recogniser(
        id="landline",
        name_en="Fixed telephone",
        name_zh="固定电话",
        data_class=DataClass.CONTACT,
        score=score,
        rank=41,
        must_match=(
            "010-62345678",
            "(021)62345678",
            "0755-82345678-801",
            "０１０－６２３４５６７８",
            "051282345678",
            "62345678",
        ),
        must_not_match=("13800138000", "0138001380", "1700000000", "010-1234567890"),
    )
)
