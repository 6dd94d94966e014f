"""Residence permit for people of Hong Kong, Macau and Taiwan: 18 characters."""

from __future__ import annotations

from tutela.detect.classes import DataClass
from tutela.detect.digits import dated_id_problem
from tutela.detect.recognisers.registry import Recogniser, register

HEADS = ("810000", "820000", "830000")


def score(text: str) -> float:
    """1 with one of the three heads, a real day and the check digit right."""
    if not text.startswith(HEADS):
        return 0.0
    return 0.0 if dated_id_problem(text.upper(), "") else 1.0


RECOGNISER = register(
    Recogniser(
        id="hmt_residence_permit",
        name_en="Hong Kong, Macau and Taiwan residence permit",
        name_zh="港澳台居民居住证",
        data_class=DataClass.IDENTITY,
        score=score,
        rank=11,
        must_match=("810000199001010019", "830000198512310020"),
        must_not_match=("810000199013010017", "110105194912310021", "840000199001010017"),
    )
)
