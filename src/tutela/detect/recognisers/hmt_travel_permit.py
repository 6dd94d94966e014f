"""Travel permits between the mainland and Hong Kong, Macau, Taiwan, both ways."""

import re

from tutela.detect.classes import DataClass
from tutela.detect.primitives.clean_forms import code
from tutela.detect.primitives.typed_text import Context, letters_and_digits
from tutela.detect.recogniser import Form, Problem, Recogniser, TextSearch, Today, passing
from tutela.detect.recognisers.resident_id18 import MASK

# Residents of Hong Kong and Macau; of Taiwan; of the mainland.
FORM = re.compile(r"[HM]\d{8}(?:\d{2})?|\d{8}(?:\d{2})?|[CWLT]\d{8}|C[A-HJ-NP-Z]\d{7}")


def score(text: str) -> float:
    """0.4 for the form: without a check digit a header is needed."""
    return 0.4 if FORM.fullmatch(text.upper()) else 0.0


WRONG_FORM = Problem("permit_form", "This is not the form of a travel permit number.")
CONTEXT = Context("通行证, 回乡证, 台胞证, 港澳, 证件, permit")


def check(text: str, _today: Today) -> Problem | None:
    return None if FORM.fullmatch(text) else WRONG_FORM


RECOGNISER = Recogniser(
    id="hmt_travel_permit",
    name="Hong Kong, Macau and Taiwan travel permit",
    data_class=DataClass.IDENTITY,
    score=score,
    rank=31,
    needs_header=True,
    headers="""
        港澳通行证, 通行证号, 通行证号码, 回乡证, 回乡证号, 台胞证, 台胞证号, 往来内地通行证,
        往来大陆通行证, txzh, travel permit, home return permit, mtp no
    """,
    must_match=("H12345678", "m1234567890", "12345678", "C12345678", "CA1234567"),
    must_not_match=("H1234567", "K12345678", "123456789", "CI1234567"),
    form=Form(code, passing(check), check, (WRONG_FORM,), numeric=True),
    mask=MASK,
    in_text=TextSearch(
        noun="a travel permit's number",
        order=50,
        find=letters_and_digits(FORM, CONTEXT),
        examples=("回乡证 H12345678", "台胞证号：12345678"),
        counter_examples=("批次 H12345678", "12345678"),
    ),
    cleaned={"h12345678": "H12345678"},
    refused={"X1": "permit_form"},
    masked={"H12345678": "H******78"},
)
