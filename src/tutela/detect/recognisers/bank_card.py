"""Bank cards: first digits and length by issuer, Luhn as a bonus, schemes with Luhn."""

from __future__ import annotations

import re

from tutela.detect.classes import DataClass
from tutela.detect.digits import luhn
from tutela.detect.recognisers.registry import Recogniser, register
from tutela.detect.tables.banks import ISSUERS, SCHEMES

SCHEME = re.compile(SCHEMES)


def score(text: str) -> float:
    """1 issuer and Luhn; 0.8 scheme and Luhn; 0.4 issuer alone; 0.3 UnionPay-like alone.

    Real cards that fail Luhn exist, so issuer and length count under a header.
    """
    if not text.isdigit():
        text = text.replace(" ", "").replace("-", "")
    if not (13 <= len(text) <= 19 and text.isdigit() and text.isascii()):
        return 0.0
    known = (text[:6], len(text)) in ISSUERS
    if not known and not SCHEME.fullmatch(text):
        return 0.0
    if luhn(text):
        return 1.0 if known else 0.8
    return 0.4 if known else 0.3


RECOGNISER = register(
    Recogniser(
        id="bank_card",
        name_en="Bank card",
        name_zh="银行卡号",
        data_class=DataClass.BANK,
        score=score,
        rank=30,
        must_match=(
            "6228480123456789015",
            "4111111111111111",
            "4111-1111 1111-1111",
            "６２２２０２０００００００００００１８",
        ),
        must_not_match=("20240305101112345", "1700000000000", "9999888877776666", "411111111111"),
    )
)
