"""Business dates: start, end, issue, loss, payment."""

import re

from tutela.detect.classes import DataClass
from tutela.detect.primitives.characters import half_width, unwrapped
from tutela.detect.primitives.dates import DAYS, LONGEST, is_ambiguous, iso
from tutela.detect.recogniser import HIDDEN, Form, Mask, Problem, Recogniser, Today


def score(text: str) -> float:
    """0.8 as a written date, 0.6 as eight digits, 0.3 as a serial number or with ambiguous month."""
    day = iso(text)
    if not day and _ENDLESS.fullmatch(text[:LONGEST]):
        return 0.4
    if not day:
        return 0.3 if is_ambiguous(text) else 0.0
    if day < "1900-01-01":
        return 0.0
    if text.replace(".", "").isdigit() and "." not in text[:5]:
        return 0.6 if len(text) == 8 and text.isdigit() else 0.3
    return 0.8


UNREADABLE = Problem("date_form", "The value cannot be read as a date.")
AMBIGUOUS = Problem("date_ambiguous", "Day and month of this date cannot be distinguished.")
OUT_OF_RANGE = Problem("date_range", "The date is outside the permitted range.")
_YEAR = re.compile(r"((?:18|19|20|99)\d{2})(?:-\d{1,2}-\d{1,2}|\d{4}|[/.年].+)", re.ASCII)


# What certificates and contracts write where they have no end, alone or after a start.
NO_END = "9999-12-31"
_ENDLESS = re.compile(
    r"(?:\d{4}[-/.年]?\d{1,2}[-/.月]?\d{1,2}日?\s?(?:-{1,2}|至|到|~)\s?)?"
    r"(?:至|到)?(?:长期|长期有效|永久|永久有效|终身|终身有效|无限期|无固定期限|無期限|長期|長期有效)",
    re.ASCII,
)


def clean(text: str) -> str:
    """The date as yyyy-mm-dd; 9999-12-31 for 长期 and the like, which mean that there is no end."""
    text = unwrapped(half_width(text))
    return iso(text) or (NO_END if _ENDLESS.fullmatch(text[:LONGEST]) else text)


def check(text: str, _today: Today) -> Problem | None:
    if len(text) != 10 or iso(text, serials=False) != text:
        return AMBIGUOUS if is_ambiguous(text) else UNREADABLE
    return None if text >= "1900-01-01" else OUT_OF_RANGE


def is_ready(text: str, _today: Today) -> bool:
    return (
        len(text) == 10
        and text[4] == text[7] == "-"
        and text[5:7] + text[8:] in DAYS
        and text[:4].isdigit()
        and text >= "1900"
    )


def hide(value: str) -> str:
    """Show the year."""
    match = _YEAR.fullmatch(value)
    return match[1] + "-**-**" if match else HIDDEN


MASK = Mask("date", hide, shown=4, example="1990-01-01")


RECOGNISER = Recogniser(
    id="date",
    name="Date",
    data_class=DataClass.OPERATION,
    score=score,
    rank=47,
    maps_by_values=False,
    covers=("birth_date",),
    headers="""
        日期, 时间, 起期, 止期, 生效日, 生效日期, 终止日期, 到期日, 保险起期, 保险止期, 签单日期,
        投保日期, 承保日期, 起保日期, 终保日期, 出险日期, 出险时间, 报案时间, 报案日期, 结案日期,
        结案时间, 立案日期, 开户日期, 缴费日期, 录入日期, 建档日期, 创建时间, 更新时间, 有效期,
        有效期至, 证件有效期, 有效期限, 期满日, 开始日期, 结束日期, 截止日期, 入院日期, 出院日期,
        就诊日期, 保险期间, 日, riqi, shijian, rq, sxrq, dqrq, qbrq, zbrq, cxrq, cxsj, barq, jarq,
        yxq, yxqz, date, dt, start date, end date, effective date, expiry date, expire date,
        expiry, expires, valid until, valid to, valid from, issue date, sign date, loss date,
        report date, close date, open date, created at, updated at, create time, update time,
        timestamp, time, c vali date, cvalidate, cinvalidate, validate date, effective dt,
        inception date, inception dt, period start, period end, policy start, policy end,
        term start, term end, paid to date, pay to date, due date, payment date, settlement date,
        loss time, accident time, accident date, report time, notice time, notification date,
        register date, registration date, maturity date, enforce date, in force date, khrq,
        ccdjrq, qdrq, tbrq, cbrq, zzrq, jzrq, ryrq, cyrq, llrq,
        effdate, expdate, insurance begin time, insurance end time, begin date, begin time, end time
    """,
    must_match=("2024-03-05", "20240305", "2024年3月5日", "9999-12-31", "45356", "长期"),
    must_not_match=("2024-13-05", "20241305", "20-3月 -24", "日期", "1709596800", "1709596800000"),
    form=Form(clean, is_ready, check, (UNREADABLE, AMBIGUOUS, OUT_OF_RANGE)),
    mask=MASK,
    cleaned={
        "2024/3/5": "2024-03-05",
        "5-3月 -2024": "2024-03-05",
        "20-11月-2024": "2024-11-20",
        "9999-12-31": "9999-12-31",
        "99991231": "9999-12-31",
        "45356": "2024-03-05",
        "长期": "9999-12-31",
        "长期有效": "9999-12-31",
        "永久": "9999-12-31",
        "20140501-长期": "9999-12-31",
        "2014.05.01至长期": "9999-12-31",
    },
    refused={"00000000": "date_form", "3/4/1990": "date_ambiguous", "1899-12-31": "date_range"},
    masked={"1990-03-07": "1990-**-**", "3/7/1990": "******"},
)
