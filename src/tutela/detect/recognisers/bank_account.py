"""Bank account numbers that are not cards: a number under a header."""

from __future__ import annotations

import re

from tutela.detect.classes import DataClass
from tutela.detect.recognisers.registry import Recogniser, register

FORM = re.compile(r"[A-Z]{0,4}\d[\d -]{6,34}\d")


def score(text: str) -> float:
    """0.4 for 8 to 36 digits, also with dashes or a country code."""
    return 0.4 if FORM.fullmatch(text) else 0.0


RECOGNISER = register(
    Recogniser(
        id="bank_account",
        name_en="Bank account",
        name_zh="银行账号",
        data_class=DataClass.BANK,
        score=score,
        rank=60,
        needs_header=True,
        covers=("bank_card",),
        must_match=("4111111111111111", "1100-1234-5678-90", "１２３４５６７８９０"),
        must_not_match=("账号", "1234", "12.50"),
    )
)
