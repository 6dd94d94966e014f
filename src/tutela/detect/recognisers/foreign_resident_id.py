"""Foreign permanent resident identity card: 18 characters from 2023, 15 before."""

import re

from tutela.detect.classes import DataClass
from tutela.detect.primitives.clean_forms import code
from tutela.detect.primitives.dates import is_calendar
from tutela.detect.primitives.typed_text import numbers_of_18
from tutela.detect.recogniser import Form, Problem, Recogniser, TextSearch, Today, passing
from tutela.detect.recognisers.resident_id18 import (
    DATED_PROBLEMS,
    MASK,
    WRONG_FORM,
    dated_number_problem,
)

# Country, authority, date of birth as yymmdd, serial number and a check digit whose rule is not published.
_OLD = re.compile(r"[A-Z]{3}\d{4}(\d{6})\d{2}", re.ASCII)


def is_old(text: str) -> bool:
    """Whether a text is a number of the cards before 2023."""
    match = _OLD.fullmatch(text)
    return match is not None and (is_calendar("19" + match[1]) or is_calendar("20" + match[1]))


def score(text: str) -> float:
    """1 for the new form with valid date and check digit, 0.4 for the old form."""
    if len(text) == 18 and text[0] == "9":
        return 0.0 if dated_number_problem(text.upper(), "") else 1.0
    return 0.4 if len(text) == 15 and is_old(text.upper()) else 0.0


def check(text: str, today: Today) -> Problem | None:
    if len(text) == 18 and text[0] == "9":
        return dated_number_problem(text, today.basic)
    return None if is_old(text) else WRONG_FORM


def is_found(number: str, _text: str, _start: int) -> bool:
    # About one in three hundred credit codes of companies has a date in this place.
    return number[0] == "9" and dated_number_problem(number, "") is None


RECOGNISER = Recogniser(
    id="foreign_resident_id",
    name="Foreign permanent resident ID",
    data_class=DataClass.IDENTITY,
    score=score,
    rank=12,
    names_field=True,
    headers="""
        永久居留证, 永居证, 外国人永久居留身份证, 外国人永久居留证号, 永久居留身份证号码,
        permanent resident id, permanent residence card, foreign resident id
    """,
    must_match=("91112419900101001X", "USA110055010124"),
    must_not_match=(
        "911124199013010013",
        "US1110055010124",
        "USA110055130124",
        "110105194912310021",
    ),
    form=Form(code, passing(check), check, (WRONG_FORM, *DATED_PROBLEMS), numeric=True),
    mask=MASK,
    in_text=TextSearch(
        noun="a foreign resident's identity number",
        order=40,
        find=numbers_of_18(is_found),
        examples=("91112419900101001X", "永居证 911124 19900101 001X"),
        counter_examples=("911100006000073597",),
    ),
    cleaned={"usa110055010124": "USA110055010124", "911124-19900101-001x": "91112419900101001X"},
    refused={"US1110055010124": "id_form", "911124199013010013": "id_date"},
    masked={"91112419900101001X": "911***********001X"},
)
