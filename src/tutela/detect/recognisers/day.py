"""Any business date: start, end, issue, loss, payment."""

from __future__ import annotations

from tutela.detect.classes import DataClass
from tutela.detect.dates import is_ambiguous, iso
from tutela.detect.recognisers.registry import Recogniser, register


def score(text: str) -> float:
    """0.8 written as a date, 0.6 as eight digits, 0.3 as a serial or with month unclear."""
    day = iso(text)
    if not day:
        return 0.3 if is_ambiguous(text) else 0.0
    if day < "1900-01-01":
        return 0.0
    if text.replace(".", "").isdigit() and "." not in text[:5]:
        return 0.6 if len(text) == 8 and text.isdigit() else 0.3
    return 0.8


RECOGNISER = register(
    Recogniser(
        id="date",
        name_en="Date",
        name_zh="日期",
        data_class=DataClass.OPERATION,
        score=score,
        rank=47,
        covers=("birth_date",),
        must_match=("2024-03-05", "20240305", "2024年3月5日", "9999-12-31", "45356"),
        must_not_match=("2024-13-05", "20241305", "日期", "1709596800", "1709596800000"),
    )
)
