"""Claim, report and case numbers: the pattern is the insurer's, so by header."""

from __future__ import annotations

from tutela.detect.classes import DataClass
from tutela.detect.recognisers import policy_number
from tutela.detect.recognisers.registry import Recogniser, register

RECOGNISER = register(
    Recogniser(
        id="claim_number",
        name_en="Claim number",
        name_zh="赔案号",
        data_class=DataClass.CLAIM,
        score=policy_number.score,
        rank=71,
        needs_header=True,
        must_match=("C2024032010000123", "RDAA202432010000012345"),
        must_not_match=("赔案", "1234", "CLAIM"),
    )
)
