"""Resident identity number with 15 digits, issued until 1999."""

from collections.abc import Iterator

from tutela.detect.classes import DataClass
from tutela.detect.primitives.clean_forms import code
from tutela.detect.primitives.typed_text import Span, TypedText, layout
from tutela.detect.recogniser import Form, Problem, Recogniser, TextSearch, Today, passing
from tutela.detect.recognisers.resident_id18 import (
    MASK,
    PROBLEMS,
    number_problem,
    old_number_problem,
)


def score(text: str) -> float:
    """0.4 with valid province and date: without a check digit a header is needed."""
    return 0.0 if old_number_problem(text) else 0.4


_GROUPS = frozenset({(15,), (6, 6, 3), (3,) * 5, (5,) * 3, (4, 4, 4, 3), (1,) * 15})


def check(text: str, today: Today) -> Problem | None:
    """Accepts 18 characters too: the newer number of the same people."""
    if len(text) == 18:
        return number_problem(text, today.basic)
    return old_number_problem(text)


def find(searched: TypedText) -> Iterator[Span]:
    text = searched.upper
    for number, (start, end) in searched.numbers:
        if not old_number_problem(number) and layout(text[start:end]) in _GROUPS:
            yield start, end


RECOGNISER = Recogniser(
    id="resident_id15",
    name="Resident ID number, 15 digits",
    data_class=DataClass.IDENTITY,
    score=score,
    rank=15,
    needs_header=True,
    names_field=True,
    headers="""
        15位身份证, 老身份证号, 旧身份证号, 一代身份证
    """,
    must_match=("110105491231002", "３１０１０１６５０２２８００１"),
    must_not_match=("110105491331002", "990105491231002", "11010549123100X"),
    form=Form(code, passing(check), check, PROBLEMS, numeric=True),
    mask=MASK,
    in_text=TextSearch(
        noun="an identity number",
        order=20,
        find=find,
        examples=("110105491231002", "身份证110105 491231 002"),
        counter_examples=("110105491331002", "990105491231002"),
    ),
    cleaned={"110105 491231 002": "110105491231002"},
    refused={"110105491331002": "id_date", "990105491231002": "id_province", "12": "id_form"},
    masked={"110105491231002": "110********1002"},
)
