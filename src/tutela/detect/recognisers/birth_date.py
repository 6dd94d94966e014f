"""Dates of birth: six shapes, eight digits, spreadsheet serials; from 1900."""

from __future__ import annotations

from tutela.detect.classes import DataClass
from tutela.detect.dates import is_ambiguous, iso
from tutela.detect.recognisers.registry import Recogniser, register

LATEST = "2100-01-01"


def score(text: str) -> float:
    """0.8 written as a date, 0.4 as a bare number, 0.3 with day and month unclear."""
    day = iso(text)
    if not day:
        return 0.3 if is_ambiguous(text) else 0.0
    if not "1900-01-01" <= day < LATEST:
        return 0.0
    return 0.4 if text.replace(".", "").isdigit() and "." not in text[:5] else 0.8


RECOGNISER = register(
    Recogniser(
        id="birth_date",
        name_en="Date of birth",
        name_zh="出生日期",
        data_class=DataClass.PROFILE,
        score=score,
        rank=46,
        needs_header=True,
        must_match=(
            "1990-03-07",
            "1990/3/7",
            "1990.3.7",
            "19900307",
            "1990年3月7日",
            "7-Mar-1990",
            "Mar 7, 1990",
            "32939",
            "1990-03-07 00:00:00",
            "１９９０－０３－０７",
            "25/3/1990",
        ),
        must_not_match=("1990-02-30", "1890-01-01", "90-03-07", "199003", "123456"),
    )
)
