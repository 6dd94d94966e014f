"""Travel permits between the mainland and Hong Kong, Macau, Taiwan, both ways, of both card generations.

A column of permits holds residence permits too: those of Hong Kong, Macau and Taiwan residents, of foreigners, and
of mainland people, which bear their own identity number.
"""

import re

from tutela.detect.classes import DataClass
from tutela.detect.primitives.clean_forms import code
from tutela.detect.primitives.typed_text import Context, letters_and_digits
from tutela.detect.recogniser import Form, Problem, Recogniser, TextSearch, Today, passing
from tutela.detect.recognisers import foreign_resident_id, resident_id18

# Residents of Hong Kong and Macau; of Taiwan; of the mainland.
FORM = re.compile(
    r"[HM]\d{8}(?:\d{2})?|\d{8}(?:\d{2}[A-Z]?)?|[CWLT]\d{8}|C[A-HJ-NP-Z]\d{7}", re.ASCII
)
# The number of issues, or the place that issued an older card.
_BRACKETED = re.compile(r"([HM]\d{8}(?=\(\d)|\d{10}(?=\([A-Z]\)))\((\d{2}|[A-Z])\)", re.ASCII)
RESIDENCE_HEADS = ("810000", "820000", "830000")


def score(text: str) -> float:
    """0.4 for the form: without a check digit a header is needed. 0.9 for a residence permit's check digit."""
    text = clean(text)
    if len(text) in (15, 18):
        problem = residence_problem(text, "")
        return 0.0 if problem else 0.9 if len(text) == 18 else 0.4
    return 0.4 if FORM.fullmatch(text) else 0.0


WRONG_FORM = Problem("permit_form", "The value does not have the format of a travel permit number.")
CONTEXT = Context("通行证, 回乡证, 台胞证, 港澳, 证件, permit")


def clean(text: str) -> str:
    """Upper case, without blanks, dashes and the brackets at its end."""
    text = code(text)
    match = _BRACKETED.fullmatch(text)
    return match[1] + match[2] if match else text


def residence_problem(text: str, today: str) -> Problem | None:
    """The problem of a residence permit's number: 18 characters, or 15 of foreigners before 2023."""
    if len(text) == 15:
        return None if foreign_resident_id.is_old(text) else WRONG_FORM
    if text[0] == "9" or text.startswith(RESIDENCE_HEADS):
        return resident_id18.dated_number_problem(text, today)
    return WRONG_FORM if text[0] == "8" else resident_id18.number_problem(text, today)


def check(text: str, today: Today) -> Problem | None:
    if len(text) in (15, 18):
        return residence_problem(text, today.basic)
    return None if FORM.fullmatch(text) else WRONG_FORM


RECOGNISER = Recogniser(
    id="hmt_travel_permit",
    name="Hong Kong, Macau and Taiwan travel permit",
    data_class=DataClass.IDENTITY,
    score=score,
    rank=31,
    needs_header=True,
    names_field=True,
    covers=("hmt_residence_permit", "foreign_resident_id", "resident_id18"),
    headers="""
        港澳通行证, 通行证号, 通行证号码, 回乡证, 回乡证号, 台胞证, 台胞证号, 往来内地通行证,
        往来大陆通行证, txzh, travel permit, home return permit, mtp no
    """,
    must_match=(
        "H12345678",
        "m1234567890",
        "12345678",
        "C12345678",
        "CA1234567",
        "0123456701(B)",
        "810000199001010019",
        "91112419900101001X",
        "USA110055010124",
    ),
    must_not_match=("H1234567", "K12345678", "123456789", "CI1234567"),
    form=Form(
        clean,
        passing(check),
        check,
        (WRONG_FORM, *resident_id18.PROBLEMS),
        numeric=True,
    ),
    mask=resident_id18.MASK,
    in_text=TextSearch(
        noun="a travel permit's number",
        order=50,
        find=letters_and_digits(FORM, CONTEXT),
        examples=("回乡证 H12345678", "台胞证号：12345678"),
        counter_examples=("批次 H12345678", "12345678"),
    ),
    cleaned={
        "h12345678": "H12345678",
        "H12345678(01)": "H1234567801",
        "0123456701(b)": "0123456701B",
        "830000 19851231 0020": "830000198512310020",
    },
    refused={
        "X1": "permit_form",
        "840000199001010017": "permit_form",
        "810000199001010018": "id_check_digit",
    },
    masked={"H12345678": "H******78"},
)
