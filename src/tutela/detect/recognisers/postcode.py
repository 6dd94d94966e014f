"""Postal codes of China: six digits, known by their header."""

import re

from tutela.detect.classes import DataClass
from tutela.detect.primitives.characters import half_width, unwrapped
from tutela.detect.primitives.clean_forms import whole_number
from tutela.detect.recogniser import Form, Problem, Recogniser, Today, matching


def score(text: str) -> float:
    """0.4 for six digits of which the first two are 01 to 85."""
    if len(text) != 6 or not (text.isdigit() and text.isascii()):
        return 0.0
    return 0.4 if "01" <= text[:2] <= "85" else 0.0


WRONG_FORM = Problem("postcode_form", "A postal code has six digits.")
_SIX_DIGITS = re.compile(r"\d{6}", re.ASCII)


def clean(text: str) -> str:
    """Six digits; restores a leading zero dropped by a spreadsheet."""
    text = whole_number(unwrapped(half_width(text)))
    return "0" + text if len(text) == 5 and text.isdigit() else text


def check(text: str, _today: Today) -> Problem | None:
    return None if _SIX_DIGITS.fullmatch(text) else WRONG_FORM


RECOGNISER = Recogniser(
    id="postcode",
    name="Postal code",
    data_class=DataClass.CONTACT,
    level="C1",
    score=score,
    rank=73,
    needs_header=True,
    names_field=True,
    headers="""
        邮编, 邮政编码, 邮政区码, youbian, youzhengbianma, yzbm, postcode, post code, postal code,
        zip, zip code, zipcode, zip cd, pin code no, postal cd, post cd, zipcode no, =yb
    """,
    must_match=("100020", "518000", "０１００２０"),
    must_not_match=("00", "990000", "10002", "10002A"),
    form=Form(clean, matching(_SIX_DIGITS), check, (WRONG_FORM,), numeric=True),
    cleaned={"10020": "010020"},
    refused={"1002": "postcode_form"},
)
