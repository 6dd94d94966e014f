"""Age in years under a header."""

import re

from tutela.detect.classes import DataClass
from tutela.detect.primitives.characters import half_width
from tutela.detect.primitives.clean_forms import whole_number
from tutela.detect.recogniser import Form, Problem, Recogniser, Today, matching

FORM = re.compile(r"(?:1[0-4]\d|[1-9]?\d)(?:\.0)?(?:岁|周岁)?")


def score(text: str) -> float:
    """0.4 for 0 to 149."""
    return 0.4 if FORM.fullmatch(text) else 0.0


OUT_OF_RANGE = Problem("age_range", "Age must be between 0 and 149.")
_YEARS = re.compile(r"1[0-4]\d|[1-9]?\d", re.ASCII)


def clean(text: str) -> str:
    """Whole years."""
    return whole_number(half_width(text)).removesuffix("岁").removesuffix("周")


def check(text: str, _today: Today) -> Problem | None:
    return None if _YEARS.fullmatch(text) else OUT_OF_RANGE


RECOGNISER = Recogniser(
    id="age",
    name="Age",
    data_class=DataClass.PROFILE,
    score=score,
    rank=74,
    needs_header=True,
    headers="""
        年龄, 投保年龄, 岁数, nianling, nl, age, issue age, entry age, insured app age, app age,
        age at entry, tbnl, bbxrnl
    """,
    must_match=("35", "０", "102岁"),
    must_not_match=("150", "-1", "abc", "3.5"),
    form=Form(clean, matching(_YEARS), check, (OUT_OF_RANGE,)),
    cleaned={"35岁": "35", "102周岁": "102"},
    refused={"150": "age_range"},
)
