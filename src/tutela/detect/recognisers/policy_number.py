"""Policy, proposal and endorsement numbers: the pattern is the insurer's, so by header."""

from __future__ import annotations

import re

from tutela.detect.classes import DataClass
from tutela.detect.recognisers.registry import Recogniser, register

FORM = re.compile(r"(?=(?:.*\d){5})[A-Z0-9][A-Z0-9_/()-]{5,38}[A-Z0-9]")


def score(text: str) -> float:
    """0.4 for 7 to 40 letters, digits and dashes with at least five digits."""
    return 0.4 if 7 <= len(text) <= 40 and FORM.fullmatch(text.upper()) else 0.0


RECOGNISER = register(
    Recogniser(
        id="policy_number",
        name_en="Policy number",
        name_zh="保单号",
        data_class=DataClass.POLICY,
        score=score,
        rank=70,
        needs_header=True,
        must_match=(
            "PDAA202432010000012345",
            "3201012024000012",
            "P2024-0000123",
            "Ｐ２０２４００００１２３",
        ),
        must_not_match=("保单", "12345", "POLICY", "A 123 456 789"),
    )
)
