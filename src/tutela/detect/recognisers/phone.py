"""Any telephone: what a column "contact number" holds."""

from __future__ import annotations

from tutela.detect.classes import DataClass
from tutela.detect.recognisers import landline, mobile
from tutela.detect.recognisers.registry import Recogniser, register


def score(text: str) -> float:
    """The better of mobile and fixed."""
    return max(mobile.score(text), landline.score(text))


RECOGNISER = register(
    Recogniser(
        id="phone",
        name_en="Telephone",
        name_zh="联系电话",
        data_class=DataClass.CONTACT,
        score=score,
        rank=43,
        needs_header=True,
        covers=("mobile", "landline"),
        must_match=("13800138000", "010-62345678"),
        must_not_match=("电话", "1700000000000", "12"),
    )
)
