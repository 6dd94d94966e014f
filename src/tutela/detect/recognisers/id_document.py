"""Any identity paper's number: what a column "certificate number" holds."""

from __future__ import annotations

import re

from tutela.detect.classes import DataClass
from tutela.detect.recognisers import (
    foreign_resident_id,
    hmt_residence_permit,
    hmt_travel_permit,
    passport,
    resident_id15,
    resident_id18,
    uscc,
)
from tutela.detect.recognisers.registry import Recogniser, register

PARTS = (
    resident_id18,
    hmt_residence_permit,
    foreign_resident_id,
    uscc,
    resident_id15,
    passport,
    hmt_travel_permit,
)
OFFICER = re.compile(r"[\u4e00-\u9fff]{1,4}字?第?\d{5,10}号?")


def score(text: str) -> float:
    """The best score of any paper; 0.4 at most without a check digit."""
    best: float = max(part.score(text) for part in PARTS)
    return max(best, 0.4) if OFFICER.fullmatch(text) else best


RECOGNISER = register(
    Recogniser(
        id="id_document",
        name_en="Identity document number",
        name_zh="证件号码",
        data_class=DataClass.IDENTITY,
        score=score,
        rank=33,
        needs_header=True,
        covers=tuple(part.RECOGNISER.id for part in PARTS),
        must_match=("11010519491231002X", "E12345678", "H12345678", "军字第1234567号"),
        must_not_match=("证件", "110105194912310021", "1234"),
    )
)
