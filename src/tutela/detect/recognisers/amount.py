"""Amounts of money: premium, sum insured, claim paid, income, balance."""

from __future__ import annotations

import re

from tutela.detect.classes import DataClass
from tutela.detect.recognisers.registry import Recogniser, register

FORM = re.compile(
    r"(?:CNY|RMB|[¥￥$])?\s?-?(?:\d{1,14}|\d{1,3}(?:,\d{3}){1,4})(?:\.\d{1,6})?\s?(?:万|亿)?(?:元|圆)?整?"
)


def score(text: str) -> float:
    """0.4 for a number with or without separators, sign of currency and unit."""
    return 0.4 if len(text) <= 24 and FORM.fullmatch(text.strip("()")) else 0.0


RECOGNISER = register(
    Recogniser(
        id="amount",
        name_en="Amount",
        name_zh="金额",
        data_class=DataClass.FINANCIAL,
        score=score,
        rank=72,
        needs_header=True,
        must_match=("1234.50", "1,234,567.00", "￥1,000元", "20万元", "-35.2", "(1,200.00)"),
        must_not_match=("12,34", "一千", "1.2.3", "2024-03-05"),
    )
)
