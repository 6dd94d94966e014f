"""Passports: those of China exactly, others by a loose form."""

from __future__ import annotations

import re

from tutela.detect.classes import DataClass
from tutela.detect.recognisers.registry import Recogniser, register

CHINESE = re.compile(
    r"E\d{8}|E[A-HJ-NP-Z]\d{7}|[GDSP]\d{8}|(?:SE|DE|PE)\d{7}|1[45]\d{7}|[KHM]J?\d{7,8}"
)
FOREIGN = re.compile(r"(?=.*\d{5})[A-Z0-9]{6,12}")


def score(text: str) -> float:
    """0.45 for the forms of China, 0.35 for others: only a header makes them passports."""
    text = text.upper()
    if CHINESE.fullmatch(text):
        return 0.45
    return 0.35 if FOREIGN.fullmatch(text) else 0.0


RECOGNISER = register(
    Recogniser(
        id="passport",
        name_en="Passport number",
        name_zh="护照号码",
        data_class=DataClass.IDENTITY,
        score=score,
        rank=31,
        needs_header=True,
        must_match=(
            "E12345678",
            "EA1234567",
            "g12345678",
            "Ｅ１２３４５６７８",
            "PE1234567",
            "123456789",
        ),
        must_not_match=("E1234", "护照", "EA12345678901"),
    )
)
