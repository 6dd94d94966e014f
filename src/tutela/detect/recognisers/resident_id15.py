"""Resident identity number of 15 digits, issued until 1999."""

from __future__ import annotations

from tutela.detect.classes import DataClass
from tutela.detect.digits import is_calendar
from tutela.detect.recognisers.registry import Recogniser, register
from tutela.detect.tables.places import PROVINCE_CODES


def score(text: str) -> float:
    """0.4 with province and day right: no check digit, so a header must back it."""
    if len(text) != 15 or not (text.isdigit() and text.isascii()):
        return 0.0
    return 0.4 if text[:2] in PROVINCE_CODES and is_calendar("19" + text[6:12]) else 0.0


RECOGNISER = register(
    Recogniser(
        id="resident_id15",
        name_en="Resident ID number, 15 digits",
        name_zh="15位居民身份证号码",
        data_class=DataClass.IDENTITY,
        score=score,
        rank=15,
        needs_header=True,
        must_match=("110105491231002", "３１０１０１６５０２２８００１"),
        must_not_match=("110105491331002", "990105491231002", "11010549123100X"),
    )
)
