"""Passport numbers: Chinese ones by their exact forms, others by a loose form, machine lines by their checks."""

import re

from tutela.detect.classes import DataClass
from tutela.detect.primitives.clean_forms import code
from tutela.detect.primitives.machine_readable import document_number
from tutela.detect.primitives.typed_text import Context, letters_and_digits
from tutela.detect.recogniser import Form, Problem, Recogniser, TextSearch, Today, passing
from tutela.detect.recognisers.resident_id18 import MASK

CHINESE = re.compile(
    r"E\d{8}|E[A-HJ-NP-Z]\d{7}|[GDSP]\d{8}|(?:SE|DE|PE)\d{7}|1[45]\d{7}|[KHM]J?\d{7,8}"
)
FOREIGN = re.compile(r"(?=.*\d{5})[A-Z0-9]{6,12}")
# Some have letters between their digits (C01X00T47); of digits alone none has more than ten.
_CANONICAL = re.compile(r"(?=(?:.*\d){3})(?=.*[A-Z])[A-Z0-9]{5,14}|\d{6,10}", re.ASCII)


def score(text: str) -> float:
    """0.45 for Chinese forms, 0.35 for others: a header is needed."""
    text = clean(text)
    if CHINESE.fullmatch(text):
        return 0.45
    return 0.35 if FOREIGN.fullmatch(text) else 0.0


WRONG_FORM = Problem("passport_form", "The value does not have the format of a passport number.")
WRONG_CHECK = Problem(
    "passport_check", "A check digit in the passport's machine-readable line is wrong."
)
CONTEXT = Context("护照, 证件, passport")


def clean(text: str) -> str:
    """Upper case, without blanks and dashes; of a machine-readable line the number, if its checks are right."""
    text = code(text)
    return document_number(text) or text if "<" in text else text


def check(text: str, _today: Today) -> Problem | None:
    if "<" in text:
        return WRONG_CHECK
    return None if _CANONICAL.fullmatch(text) else WRONG_FORM


RECOGNISER = Recogniser(
    id="passport",
    name="Passport number",
    data_class=DataClass.IDENTITY,
    score=score,
    rank=32,
    needs_header=True,
    names_field=True,
    headers="""
        护照, 护照号, 护照号码, huzhao, huzhaohao, hzh, hzhm, passport, passport no,
        passport number
    """,
    must_match=(
        "E12345678",
        "EA1234567",
        "g12345678",
        "Ｅ１２３４５６７８",
        "PE1234567",
        "123456789",
    ),
    must_not_match=("E1234", "护照", "EA12345678901"),
    form=Form(clean, passing(check), check, (WRONG_FORM, WRONG_CHECK), numeric=True),
    mask=MASK,
    in_text=TextSearch(
        noun="a passport number",
        order=60,
        find=letters_and_digits(CHINESE, CONTEXT),
        examples=("护照 E12345678", "passport: ea1234567"),
        counter_examples=("批次 E12345678",),
    ),
    cleaned={
        "e12345678": "E12345678",
        "c01x00t47": "C01X00T47",
        "L898902C36UTO7408122F1204159ZE184226B<<<<<10": "L898902C3",
    },
    refused={
        "E123": "passport_form",
        "12345678901234": "passport_form",
        "L898902C37UTO7408122F1204159ZE184226B<<<<<10": "passport_check",
    },
    masked={"E12345678": "E******78"},
)
