"""Mobile numbers of mainland China."""

from __future__ import annotations

import re

from tutela.detect.classes import DataClass
from tutela.detect.recognisers.registry import Recogniser, register

# Number ranges that carriers have been given; the rest of 1[3-9] is accepted with a header.
ASSIGNED = re.compile(
    r"1(?:3\d|4[0145-9]|5[0-35-9]|6[2567]|7[0-8]|8\d|9[0-35-9])\d{8}",
)
FORM = re.compile(r"1[3-9]\d{9}")
_GROUPED = re.compile(r"(?:(?:\+|00)?86[- ]?)?(1[3-9]\d)([- .]?)(\d{4})\2(\d{4})")


def score(text: str) -> float:
    """0.9 in an assigned range, 0.4 in another; longer runs of digits never match."""
    if not 11 <= len(text) <= 19:
        return 0.0
    if len(text) > 11:
        match = _GROUPED.fullmatch(text)
        if not match:
            return 0.0
        text = match[1] + match[3] + match[4]
    if ASSIGNED.fullmatch(text):
        return 0.9
    return 0.4 if FORM.fullmatch(text) else 0.0


RECOGNISER = register(
    Recogniser(
        id="mobile",
        name_en="Mobile number",
        name_zh="手机号码",
        data_class=DataClass.CONTACT,
        score=score,
        rank=40,
        must_match=(
            "13800138000",
            "+86 13800138000",
            "8613800138000",
            "138-0013-8000",
            "１３８００１３８０００",
            "0086-138 0013 8000",
        ),
        must_not_match=(
            "12800138000",
            "1380013800",
            "1700000000000",
            "138001380001",
            "a13800138000",
        ),
    )
)
