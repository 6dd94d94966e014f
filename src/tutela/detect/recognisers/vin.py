"""Vehicle identification number (GB 16735)."""

import re
from collections.abc import Iterator
from operator import mul

from tutela.detect.classes import DataClass
from tutela.detect.primitives.clean_forms import code
from tutela.detect.primitives.typed_text import Span, TypedText
from tutela.detect.recogniser import Form, Problem, Recogniser, TextSearch, Today, passing
from tutela.detect.recognisers.policy_number import MASK


def score(text: str) -> float:
    """0.95 with a valid check character, 0.4 for the form: imported vehicles may have none."""
    if len(text) != 17:
        return 0.0
    right = is_right(text.upper())
    if right is None or (text.isdigit() and not right):
        return 0.0
    return 0.95 if right else 0.4


WRONG_FORM = Problem(
    "vin_form", "The value does not have the format of a vehicle identification number."
)
WRONG_CHECK = Problem("vin_check", "The check digit of the vehicle identification number is wrong.")
# Where the check digit is mandatory: vehicles made in China (GB 16735) and North America (49 CFR 565).
_CHECKED = frozenset("L12345")
_IN_TEXT = re.compile(r"(?<![0-9A-Z])[A-HJ-NPR-Z0-9]{17}(?![0-9A-Z])", re.ASCII)
_SIGNS = dict(
    zip(
        "0123456789ABCDEFGHJKLMNPRSTUVWXYZ",
        [*range(10), *range(1, 9), *range(1, 6), 7, 9, *range(2, 10)],
        strict=True,
    )
)
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def is_right(text: str) -> bool | None:
    """The GB 16735 check of 17 characters; None if the form is wrong."""
    if len(text) != 17:
        return None
    try:
        rest = sum(map(mul, [_SIGNS[char] for char in text], _WEIGHTS)) % 11
    except KeyError:
        return None
    expected: str = "X" if rest == 10 else str(rest)
    return text[8] == expected


def check(text: str, _today: Today) -> Problem | None:
    right = is_right(text)
    if right is None:
        return WRONG_FORM
    return None if right or text[0] not in _CHECKED else WRONG_CHECK


def find(searched: TypedText) -> Iterator[Span]:
    for match in _IN_TEXT.finditer(searched.upper):
        if not match[0].isdigit() and not match[0].isalpha() and is_right(match[0]):
            yield match.span()


RECOGNISER = Recogniser(
    id="vin",
    name="Vehicle identification number",
    data_class=DataClass.VEHICLE,
    score=score,
    rank=21,
    names_field=True,
    headers="""
        车架号, 车架号码, 车辆识别代号, 车辆识别代码, 识别代码, 车辆识别码, 大架号, chejiahao,
        cjh, clsbdh, clsbdm, vin, vin no, vin code, frame no, chassis no, chassis number, rack no,
        vehicle identification number, vehicle id number, vehicle identification no, frame number,
        vehicle frame no, chjh, cjhm
    """,
    must_match=("1M8GDM9AXKP042788", "lsvaa49j132047371", "１M8GDM9AXKP042788"),
    must_not_match=("1M8GDM9AXKP04278", "IM8GDM9AXKP042788", "12345678901234567"),
    form=Form(code, passing(check), check, (WRONG_FORM, WRONG_CHECK), numeric=True),
    mask=MASK,
    in_text=TextSearch(
        noun="a vehicle identification number",
        order=150,
        find=find,
        examples=("车架号1M8GDM9AXKP042788", "lsvaa49j132047371"),
        counter_examples=("1M8GDM9A1KP042788", "12345678901234567"),
    ),
    cleaned={
        "lsvaa49j132047371": "LSVAA49J132047371",
        "WVWZZZ1JZXW000001": "WVWZZZ1JZXW000001",
    },
    refused={"LSVAA49J13204737": "vin_form", "LSVAA49J032047371": "vin_check"},
    masked={"LSVAA49J132047371": "LSVA*****371"},
)
