"""Clean and check values by recogniser id, one by one or a column at a time.

`check` expects what `clean` returned. Lenient where strictness loses real people: county
codes, VIN check signs and Luhn of a known issuer never refuse a value. A blank is never a
problem here; the catalogue knows which fields are mandatory.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tutela.detect import cleaning
from tutela.detect.cleaning import SCIENTIFIC
from tutela.detect.dates import is_ambiguous, iso
from tutela.detect.digits import (
    DAYS,
    dated_id_problem,
    is_calendar,
    luhn,
    resident_problem,
    resident_ready,
    uscc_right,
    vin_right,
)
from tutela.detect.normal import BLANKS, half_width
from tutela.detect.problems import PROBLEMS, Problem
from tutela.detect.recognisers import email as email_kind
from tutela.detect.recognisers import hmt_residence_permit, hmt_travel_permit, id_document
from tutela.detect.recognisers import plate as plate_kind
from tutela.detect.tables.banks import ISSUERS
from tutela.detect.tables.places import PROVINCE_CODES


class Today(NamedTuple):
    """Today's date in the two forms that are compared: yyyymmdd and yyyy-mm-dd."""

    basic: str
    iso: str


_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_PHONE = re.compile(
    r"1[3-9]\d{9}|0\d{2,3}[2-8]\d{6,7}(?:-\d{1,6})?|[2-8]\d{6,7}(?:-\d{1,6})?|[48]00\d{7}"
    r"|(?:0\d{2,3})?9\d{4,7}|\+\d{7,15}|00\d{8,15}",
    re.ASCII,
)
_PASSPORT = re.compile(r"(?=.*\d{3})[A-Z0-9]{5,14}", re.ASCII)
_ACCOUNT = re.compile(r"[A-Z]{0,4}\d{5,36}", re.ASCII)
_REFERENCE = re.compile(r"(?=.*\d)[\w./()#-]{3,64}")
_AMOUNT = re.compile(r"-?(?:0|[1-9]\d{0,15})(?:\.\d{1,6})?", re.ASCII)
_POSTCODE = re.compile(r"\d{6}", re.ASCII)
_AGE = re.compile(r"1[0-4]\d|[1-9]?\d", re.ASCII)
_NAME = re.compile(r"(?!.*\d{3})(?=.*[^\W\d_]).{1,80}")
_READY_NAME = re.compile(r"[\u4e00-\u9fff]{1,10}")
_READY_TEXT = re.compile(r"[!-~\u3001-\u303f\u4e00-\u9fff]+")
_READY_EMAIL = re.compile(r"[A-Za-z0-9_.+-]{1,64}@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.){1,4}[a-z]{2,24}")
_READY_NUMBER = re.compile(r"[A-Z0-9]{6,40}")
_READY_CARD = re.compile(r"\d{13,19}", re.ASCII)

Rule = Callable[[str, Today], str | None]
Ready = Callable[[str, Today], object]


def _resident15(text: str, _today: Today) -> str | None:
    if len(text) == 18:
        return resident_problem(text, _today.basic)
    if len(text) != 15 or not (text.isdigit() and text.isascii()):
        return "id_form"
    if text[:2] not in PROVINCE_CODES:
        return "id_province"
    return None if is_calendar("19" + text[6:12]) else "id_date"


def _resident(text: str, today: Today) -> str | None:
    return _resident15(text, today) if len(text) == 15 else resident_problem(text, today.basic)


def _residence_permit(text: str, today: Today) -> str | None:
    if not text.startswith(hmt_residence_permit.HEADS):
        return "permit_form"
    return dated_id_problem(text, today.basic)


def _foreign(text: str, today: Today) -> str | None:
    if len(text) == 18 and text[0] == "9":
        return dated_id_problem(text, today.basic)
    old = len(text) == 15 and text[:3].isalpha() and text[3:].isdigit()
    return None if old and text.isascii() else "id_form"


def _travel_permit(text: str, _today: Today) -> str | None:
    return None if hmt_travel_permit.FORM.fullmatch(text) else "permit_form"


def _passport(text: str, _today: Today) -> str | None:
    return None if _PASSPORT.fullmatch(text) else "passport_form"


def _document(text: str, today: Today) -> str | None:
    if len(text) == 18:
        if text[0] in "89":
            rule = _residence_permit if text[0] == "8" else _foreign
            return None if uscc_right(text) else rule(text, today)
        problem = resident_problem(text, today.basic)
        # With a province and a date it is a person's number, though one in 31 such errors would also
        # pass as a company's.
        if problem == "id_check_digit":
            return problem
        return None if problem and uscc_right(text) else problem
    if len(text) == 15:
        return _foreign(text, today) if text[:1].isalpha() else _resident15(text, today)
    known = _PASSPORT.fullmatch(text) or id_document.OFFICER.fullmatch(text)
    return None if known else "id_form"


def _mobile(text: str, _today: Today) -> str | None:
    foreign = text[:1] == "+" and text[1:].isdigit() and 8 <= len(text) <= 16
    return None if foreign or _MOBILE.fullmatch(text) else "phone_form"


def _phone(text: str, _today: Today) -> str | None:
    return None if _PHONE.fullmatch(text) else "phone_form"


def _card(text: str, _today: Today) -> str | None:
    if not (13 <= len(text) <= 19 and text.isdigit() and text.isascii()):
        return "card_length"
    if luhn(text):
        return None
    if len(text) == 19 and text.endswith("0000"):
        return "number_lossy"
    return None if (text[:6], len(text)) in ISSUERS else "card_check"


def _account(text: str, _today: Today) -> str | None:
    return None if _ACCOUNT.fullmatch(text) else "account_form"


def _email(text: str, _today: Today) -> str | None:
    return None if len(text) <= 254 and email_kind.FORM.fullmatch(text) else "email_form"


def _day(text: str, _today: Today) -> str | None:
    if len(text) != 10 or iso(text, serials=False) != text:
        return "date_ambiguous" if is_ambiguous(text) else "date_form"
    return None if text >= "1900-01-01" else "date_range"


def _birth(text: str, today: Today) -> str | None:
    return _day(text, today) or (None if text <= today.iso else "date_range")


def _uscc(text: str, _today: Today) -> str | None:
    right = uscc_right(text)
    return "uscc_form" if right is None else None if right else "uscc_check"


def _plate(text: str, _today: Today) -> str | None:
    return None if plate_kind.FORM.fullmatch(text) else "plate_form"


def _vin(text: str, _today: Today) -> str | None:
    return "vin_form" if vin_right(text) is None else None


def _name(text: str, _today: Today) -> str | None:
    return None if _NAME.fullmatch(text) else "name_form"


def _address(text: str, _today: Today) -> str | None:
    return "address_form" if text.isascii() and not any(map(str.isalpha, text)) else None


def _amount(text: str, _today: Today) -> str | None:
    return None if _AMOUNT.fullmatch(text) else "amount_form"


def _postcode(text: str, _today: Today) -> str | None:
    return None if _POSTCODE.fullmatch(text) else "postcode_form"


def _age(text: str, _today: Today) -> str | None:
    return None if _AGE.fullmatch(text) else "age_range"


def _gender(text: str, _today: Today) -> str | None:
    return None if text in ("男", "女", "未知") else "gender_form"


def _reference(text: str, _today: Today) -> str | None:
    return None if _REFERENCE.fullmatch(text) else "number_form"


def _anything(_text: str, _today: Today) -> str | None:
    return None


def _matching(pattern: re.Pattern[str]) -> Ready:
    full = pattern.fullmatch
    return lambda text, _today: full(text)


def _passing(rule: Rule) -> Ready:
    return lambda text, today: rule(text, today) is None


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind is cleaned and checked.

    `ready` is the fast path: true only for text that is canonical already and has no problem.
    """

    clean: Callable[[str], str]
    rule: Rule
    ready: Ready
    numeric: bool = False
    keeps_marks: bool = False


def _ready_resident(text: str, today: Today) -> bool:
    return resident_ready(text, today.basic)


def _ready_day(text: str, _today: Today) -> bool:
    return (
        len(text) == 10
        and text[4] == text[7] == "-"
        and text[5:7] + text[8:] in DAYS
        and text[:4].isdigit()
        and text >= "1900"
    )


def _ready_birth(text: str, today: Today) -> bool:
    return text <= today.iso and _ready_day(text, today)


def _ready_name(text: str, _today: Today) -> bool:
    return _READY_NAME.fullmatch(text) is not None and text not in BLANKS


def _code(rule: Rule) -> Kind:
    return Kind(cleaning.code, rule, _passing(rule), numeric=True)


_TEXT = Kind(cleaning.words, _anything, _matching(_READY_TEXT), keeps_marks=True)
_NUMBERED = Kind(cleaning.reference, _reference, _matching(_READY_NUMBER), True)
_TELEPHONE = Kind(cleaning.phone, _phone, _matching(_MOBILE), numeric=True)

KINDS: dict[str, Kind] = {
    "resident_id18": Kind(cleaning.code, _resident, _ready_resident, numeric=True),
    "resident_id15": _code(_resident15),
    "hmt_residence_permit": _code(_residence_permit),
    "hmt_travel_permit": _code(_travel_permit),
    "foreign_resident_id": _code(_foreign),
    "passport": _code(_passport),
    "id_document": Kind(cleaning.code, _document, _ready_resident, numeric=True),
    "mobile": Kind(cleaning.phone, _mobile, _matching(_MOBILE), numeric=True),
    "landline": _TELEPHONE,
    "phone": _TELEPHONE,
    "email": Kind(cleaning.email, _email, _matching(_READY_EMAIL)),
    "bank_card": Kind(
        cleaning.code,
        _card,
        lambda text, _today: _READY_CARD.fullmatch(text) and luhn(text),
        numeric=True,
    ),
    "bank_account": Kind(cleaning.code, _account, _matching(_READY_CARD), numeric=True),
    "uscc": _code(_uscc),
    "plate": Kind(cleaning.plate, _plate, _matching(plate_kind.FORM)),
    "vin": _code(_vin),
    "person_name": Kind(cleaning.name, _name, _ready_name),
    "address": Kind(
        cleaning.words, _address, _matching(re.compile(r"[\u4e00-\u9fff][!-~\u4e00-\u9fff]{5,200}"))
    ),
    "birth_date": Kind(cleaning.day, _birth, _ready_birth),
    "date": Kind(cleaning.day, _day, _ready_day),
    "policy_number": _NUMBERED,
    "claim_number": _NUMBERED,
    "amount": Kind(cleaning.amount, _amount, _matching(_AMOUNT), numeric=True),
    "postcode": Kind(cleaning.postcode, _postcode, _matching(_POSTCODE), numeric=True),
    "age": Kind(cleaning.age, _age, _matching(_AGE)),
    "gender": Kind(cleaning.gender, _gender, _passing(_gender), keeps_marks=True),
    "customer_number": Kind(cleaning.reference, _anything, _matching(_READY_NUMBER), True),
    "medical_number": _NUMBERED,
    "engine_number": Kind(cleaning.code, _anything, _matching(re.compile(r"[A-Z0-9]{5,40}"))),
}


def clean(recogniser_id: str, text: str) -> str:
    """Canonical text of one value; '' for a blank or a mark such as NULL."""
    return _clean(KINDS.get(recogniser_id, _TEXT), text)


def _clean(kind: Kind, text: str) -> str:
    if not text:
        return ""
    if len(text) < 8 and not kind.keeps_marks and half_width(text) in BLANKS:
        return ""
    return kind.clean(text)


def check(recogniser_id: str, text: str, *, today: date) -> Problem | None:
    """What is wrong with a cleaned value, or None."""
    return _problem(KINDS.get(recogniser_id, _TEXT), text, _today(today))


def _problem(kind: Kind, text: str, today: Today) -> Problem | None:
    if not text:
        return None
    if kind.numeric and SCIENTIFIC.fullmatch(text):
        return PROBLEMS["number_lossy"]
    code = kind.rule(text, today)
    return PROBLEMS[code] if code else None


def _today(day: date) -> Today:
    return Today(day.strftime("%Y%m%d"), day.isoformat())


def clean_column(
    recogniser_id: str, values: Sequence[str], today: date
) -> tuple[list[str], list[tuple[int, Problem]]]:
    """A column cleaned, and (index, problem) of the values that have one."""
    kind, day = KINDS.get(recogniser_id, _TEXT), _today(today)
    ready = kind.ready
    cleaned = list(values)
    problems: list[tuple[int, Problem]] = []
    for index, value in enumerate(values):
        if not value or ready(value, day):
            continue
        cleaned[index] = text = _clean(kind, value)
        problem = _problem(kind, text, day)
        if problem:
            problems.append((index, problem))
    return cleaned, problems
