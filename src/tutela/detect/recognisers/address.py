"""Postal addresses: division words, road and number grammar."""

from __future__ import annotations

import re

from tutela.detect.classes import DataClass
from tutela.detect.recognisers.registry import Recogniser, register
from tutela.detect.tables.places import PROVINCES

_HAN = r"[\u4e00-\u9fff]"
ROAD = re.compile(
    rf"{_HAN}(?:大道|大街|路|街|巷|弄|胡同|道|里|村|屯|庄|镇|乡|小区|花园|新村|社区|苑|园|公寓|大厦|广场|城)"
    r".{0,14}?[0-9〇一二三四五六七八九十百]+\s?-?\s?[0-9]*\s?(?:号|弄|幢|栋|座|楼|单元|室|组|队|层|户)"
)
DIVISION = re.compile(rf"{_HAN}{{2,8}}(?:省|自治区|市|自治州|盟|地区|区|县|旗){_HAN}")
PART = re.compile(r"(?:省|市|区|县|镇|乡|村|路|街|道|巷|号|栋|幢|室|单元|小区)")
_PROVINCE_NAMES = tuple(PROVINCES.values())


def score(text: str) -> float:
    """0.9 with road and number, 0.6 with province and division, 0.35 with one place word."""
    if text.isascii() or not 5 <= len(text) <= 200:
        return 0.0
    if ROAD.search(text):
        return 0.9
    division = DIVISION.search(text)
    if division and len(text) >= 8:
        return 0.6 if text.startswith(_PROVINCE_NAMES) else 0.4
    return 0.35 if PART.search(text) else 0.0


RECOGNISER = register(
    Recogniser(
        id="address",
        name_en="Address",
        name_zh="地址",
        data_class=DataClass.CONTACT,
        score=score,
        rank=35,
        must_match=(
            "北京市朝阳区建国路88号",
            "广东省深圳市南山区科技园南区５栋３０２室",
            "江苏省苏州市吴中区",
            "李家村三组12号",
        ),
        must_not_match=("张伟", "高血压", "Beijing", "12345", "北京市"),
    )
)
