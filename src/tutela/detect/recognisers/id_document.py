"""The number of any identity document, as in a column "certificate number"."""

import re

from tutela.detect.classes import DataClass
from tutela.detect.recogniser import Form, Problem, Recogniser, Today
from tutela.detect.recognisers import (
    foreign_resident_id,
    hmt_residence_permit,
    hmt_travel_permit,
    hong_kong_id,
    passport,
    resident_id15,
    resident_id18,
    uscc,
)

PARTS = (
    resident_id18,
    hmt_residence_permit,
    foreign_resident_id,
    uscc,
    resident_id15,
    hong_kong_id,
    passport,
    hmt_travel_permit,
)
# Macau: seven digits and one in brackets, whose rule is not published.
_MACAU = re.compile(r"([157]\d{6})\((\d)\)", re.ASCII)
OFFICER = re.compile(r"[\u4e00-\u9fff]{1,4}字?第?\d{5,10}号?")


def score(text: str) -> float:
    """The best score of any document; at least 0.4 for an officer's certificate."""
    best: float = max(part.score(text) for part in PARTS)
    return max(best, 0.4) if OFFICER.fullmatch(text) else best


def clean(text: str) -> str:
    """Upper case, without blanks, dashes and the brackets or machine-readable line that a number may stand in."""
    text = passport.clean(text)
    if "(" not in text:
        return text
    macau = _MACAU.fullmatch(text)
    return macau[1] + macau[2] if macau else hmt_travel_permit.clean(hong_kong_id.bare(text))


def check(text: str, today: Today) -> Problem | None:
    if "<" in text:
        return passport.check(text, today)
    if "(" in text:
        return hong_kong_id.check(text, today)
    if len(text) == 18:
        return _check_18(text, today)
    if len(text) == 15:
        if text[:1].isalpha():
            return foreign_resident_id.check(text, today)
        return resident_id15.check(text, today)
    known = not passport.check(text, today) or OFFICER.fullmatch(text)
    return None if known else resident_id18.WRONG_FORM


def _check_18(text: str, today: Today) -> Problem | None:
    if text[0] in "89" and uscc.is_right(text):
        return None
    if text[0] == "8":
        return hmt_travel_permit.residence_problem(text, today.basic)
    if text[0] == "9":
        return foreign_resident_id.check(text, today)
    problem = resident_id18.number_problem(text, today.basic)
    # With province and date it is a person's number, although one in 31 of those with a wrong check digit
    # would also pass as a company's code.
    if problem is resident_id18.WRONG_CHECK_DIGIT:
        return problem
    return None if problem and uscc.is_right(text) else problem


RECOGNISER = Recogniser(
    id="id_document",
    name="Identity document number",
    data_class=DataClass.IDENTITY,
    score=score,
    rank=33,
    needs_header=True,
    names_field=True,
    covers=tuple(part.RECOGNISER.id for part in PARTS),
    headers="""
        证件号, 证件号码, 有效证件号码, 证件编号, 证号, 证件, zhengjianhao, zhengjianhaoma, zjh,
        zjhm, cert no, cert num, cert code, cert number, certi no, certi code, certificate no,
        certificate number, certificate code, id no, id num, id number, identity no,
        identity number, ident no, document no, document number, paper no, credential no,
        credentials no, card id no, id document, paper id, credential code, identification no,
        identification number, khzjh, khzjhm, tbrzjhm, bbxrzjhm
    """,
    must_match=("11010519491231002X", "E12345678", "H12345678", "军字第1234567号"),
    must_not_match=("证件", "110105194912310021", "1234"),
    form=Form(
        clean,
        resident_id18.is_ready,
        check,
        (
            hmt_travel_permit.WRONG_FORM,
            hong_kong_id.WRONG_CHECK,
            passport.WRONG_CHECK,
            *resident_id18.PROBLEMS,
        ),
        numeric=True,
    ),
    mask=resident_id18.MASK,
    cleaned={
        "军字第1234567号": "军字第1234567号",
        "e12345678": "E12345678",
        "a123456（3）": "A1234563",
        "1234567(8)": "12345678",
    },
    refused={
        "证件": "id_form",
        "110105194912310021": "id_check_digit",
        "A123456(4)": "hong_kong_check",
        "11010519491231": "id_form",
    },
    masked={"E12345678": "E******78", "1234": "******"},
)
