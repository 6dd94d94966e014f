"""Dates of birth from 1900, in the formats of `primitives/dates.py`."""

from tutela.detect.classes import DataClass
from tutela.detect.primitives.dates import is_ambiguous, iso
from tutela.detect.recogniser import Form, Problem, Recogniser, Today
from tutela.detect.recognisers import date

LATEST = "2100-01-01"


def score(text: str) -> float:
    """0.8 as a written date, 0.4 as a bare number, 0.3 with ambiguous day and month."""
    day = iso(text)
    if not day:
        return 0.3 if is_ambiguous(text) else 0.0
    if not "1900-01-01" <= day < LATEST:
        return 0.0
    return 0.4 if text.replace(".", "").isdigit() and "." not in text[:5] else 0.8


def check(text: str, today: Today) -> Problem | None:
    return date.check(text, today) or (None if text <= today.iso else date.OUT_OF_RANGE)


def is_ready(text: str, today: Today) -> bool:
    return text <= today.iso and date.is_ready(text, today)


def is_past(text: str, today: Today) -> bool:
    """Whether the date is not after today."""
    return iso(text) <= today.iso


RECOGNISER = Recogniser(
    id="birth_date",
    name="Date of birth",
    data_class=DataClass.PROFILE,
    score=score,
    rank=46,
    needs_header=True,
    names_field=True,
    headers="""
        出生日期, 生日, 出生年月, 出生年月日, 出生时间, 出生, 诞生日, chushengriqi, shengri,
        chushengnianyue, csrq, csny, birth, birthday, birth date, birth day, date of birth, dob,
        birth dt, birthdt, date birth, brth dt, brth date, csn, =sr
    """,
    must_match=(
        "1990-03-07",
        "1990/3/7",
        "1990.3.7",
        "19900307",
        "1990年3月7日",
        "7-Mar-1990",
        "Mar 7, 1990",
        "32939",
        "1990-03-07 00:00:00",
        "１９９０－０３－０７",
        "25/3/1990",
    ),
    must_not_match=("1990-02-30", "1890-01-01", "90-03-07", "199003", "123456"),
    possible=is_past,
    form=Form(date.clean, is_ready, check, date.RECOGNISER.form.problems),
    mask=date.MASK,
    cleaned={"1990年3月7日": "1990-03-07", "32939": "1990-03-07", "25/3/1990": "1990-03-25"},
    refused={
        "3/4/1990": "date_ambiguous",
        "1890-01-01": "date_range",
        "9999-12-31": "date_range",
    },
    masked={"1990-03-07": "1990-**-**"},
)
