"""Amounts of money: premium, sum insured, claim paid, income, balance."""

import re
from decimal import Decimal, InvalidOperation

from tutela.detect.classes import DataClass
from tutela.detect.primitives.characters import half_width, unwrapped
from tutela.detect.primitives.clean_forms import SCIENTIFIC
from tutela.detect.recogniser import Form, Mask, Problem, Recogniser, Today, matching

FORM = re.compile(
    r"(?:CNY|RMB|[¥￥$])?\s?-?(?:\d{1,14}|\d{1,3}(?:,\d{3}){1,4})(?:\.\d{1,6})?\s?(?:万|亿)?(?:元|圆)?整?"
)


def score(text: str) -> float:
    """0.4 for a number with or without separators, currency sign and unit."""
    return 0.4 if len(text) <= 24 and FORM.fullmatch(text.strip("()")) else 0.0


NO_AMOUNT = Problem("amount_form", "The value is not an amount.")
_CANONICAL = re.compile(r"-?(?:0|[1-9]\d{0,15})(?:\.\d{1,6})?", re.ASCII)
_MONEY = re.compile(r"(-?)(?:CNY|RMB|[¥￥$])?\s?(-?)([\d,]+(?:\.\d+)?)\s?(万|亿)?(?:元|圆)?整?")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_UNITS = {None: 0, "万": 4, "亿": 8}


def clean(text: str) -> str:
    """A plain decimal without separators, currency signs and units; 1.2万 is 12000."""
    text = unwrapped(half_width(text))
    negative = text[:1] == "(" and text[-1:] == ")"
    match = _MONEY.fullmatch(text.strip("()") if negative else text)
    if not match or not _THOUSANDS.fullmatch(match[3]):
        return _expanded(text)
    value = Decimal(match[3].replace(",", "")).scaleb(_UNITS[match[4]])
    return ("-" if negative or match[1] or match[2] else "") + f"{value:f}"


def _expanded(text: str) -> str:
    """1.2345E+3 as 1234.5, if no digits were lost."""
    match = SCIENTIFIC.fullmatch(text)
    if not match or not match[1] or len(match[2]) < int(match[3]):
        return text
    try:
        return f"{Decimal(text):f}"
    except InvalidOperation:
        return text


def check(text: str, _today: Today) -> Problem | None:
    return None if _CANONICAL.fullmatch(text) else NO_AMOUNT


def hide(_value: str) -> str:
    return "***"


RECOGNISER = Recogniser(
    id="amount",
    name="Amount",
    data_class=DataClass.FINANCIAL,
    score=score,
    rank=72,
    needs_header=True,
    headers="""
        金额, 保费, 保险费, 保额, 保险金额, 赔款, 赔付金额, 赔款金额, 理赔金额, 索赔金额,
        估损金额, 年收入, 月收入, 收入, 家庭年收入, 余额, 账户余额, 现金价值, 缴费金额, 实收保费,
        应收保费, 总保费, 基本保额, 免赔额, 费用, 医疗费, 总费用, 资产, 工资, jine, baofei, baoe,
        je, bf, pfje, pkje, nsr, amount, amt, premium, prem, sum insured, sum assured,
        insured amount, coverage amount, claim amount, paid amount, loss amount, income,
        annual income, monthly income, salary, balance, fee, cost, deductible, cash value,
        face amount, reserve, amnt, real pay, total paid, total premium, total premium rpt,
        gross premium, net premium, written premium, standard premium, sum prem, pay amount,
        pay money, outstanding, incurred, =be, zhye, =ye, peifujine, peikuanjine, suopeijine,
        lipeijine, spje, jfje, bxje, bxf, nianshouru, yue,
        车船税, 税额, 保险费合计
    """,
    must_match=("1234.50", "1,234,567.00", "￥1,000元", "20万元", "-35.2", "(1,200.00)"),
    must_not_match=("12,34", "一千", "1.2.3", "2024-03-05"),
    form=Form(clean, matching(_CANONICAL), check, (NO_AMOUNT,), numeric=True),
    mask=Mask("amount", hide, shown=0, example="100000"),
    cleaned={"￥1,234.50元": "1234.50", "1.2万": "12000", "(1,000)": "-1000"},
    refused={"12,34": "amount_form", "1.5E+5": "number_lossy"},
    masked={"1234.50": "***"},
)
