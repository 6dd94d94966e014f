"""Nationality: any text under its header."""

from __future__ import annotations

from tutela.detect.classes import DataClass
from tutela.detect.recogniser import Recogniser, any_text

RECOGNISER = Recogniser(
    id="nationality",
    name="Nationality",
    data_class=DataClass.PROFILE,
    score=any_text,
    rank=100,
    needs_header=True,
    headers="""
        国籍, 国家, 国家地区, guoji, gj, nationality, country, country code, citizenship
    """,
    must_match=("A100",),
    must_not_match=("",),
)
