"""Travel permits between the mainland and Hong Kong, Macau, Taiwan, both ways."""

from __future__ import annotations

import re

from tutela.detect.classes import DataClass
from tutela.detect.recognisers.registry import Recogniser, register

# Visitors from Hong Kong and Macau; from Taiwan; mainlanders going there.
FORM = re.compile(r"[HM]\d{8}(?:\d{2})?|\d{8}(?:\d{2})?|[CWLT]\d{8}|C[A-HJ-NP-Z]\d{7}")


def score(text: str) -> float:
    """0.4 for the form; there is no check digit, so a header must back it."""
    return 0.4 if FORM.fullmatch(text.upper()) else 0.0


RECOGNISER = register(
    Recogniser(
        id="hmt_travel_permit",
        name_en="Hong Kong, Macau and Taiwan travel permit",
        name_zh="港澳台通行证",
        data_class=DataClass.IDENTITY,
        score=score,
        rank=30,
        needs_header=True,
        must_match=("H12345678", "m1234567890", "12345678", "C12345678", "CA1234567"),
        must_not_match=("H1234567", "K12345678", "123456789", "CI1234567"),
    )
)
