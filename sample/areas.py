"""The dated table of area codes: which districts existed in which years, and where they are."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "data" / "areas.txt"
FIRST_YEAR = 1984  # Resident ids were first given out in 1984; older people got that year's code.
LAST_YEAR = 9999
DISTRICT = re.compile(r"(\d\d)(\D+?)(?:(\d{4})?-(\d{4})?)?")

PROVINCES = {
    "11": "北京市", "12": "天津市", "13": "河北省", "14": "山西省", "15": "内蒙古自治区",
    "21": "辽宁省", "22": "吉林省", "23": "黑龙江省", "31": "上海市", "32": "江苏省",
    "33": "浙江省", "34": "安徽省", "35": "福建省", "36": "江西省", "37": "山东省",
    "41": "河南省", "42": "湖北省", "43": "湖南省", "44": "广东省", "45": "广西壮族自治区",
    "46": "海南省", "50": "重庆市", "51": "四川省", "52": "贵州省", "53": "云南省",
    "54": "西藏自治区", "61": "陕西省", "62": "甘肃省", "63": "青海省", "64": "宁夏回族自治区",
    "65": "新疆维吾尔自治区",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Area:
    """One district code, its years of use (inclusive) and its city's dialling and post codes."""

    code: str
    name: str
    city: str
    dial: str
    post: str
    first: int
    last: int

    @property
    def province(self) -> str:
        return PROVINCES[self.code[:2]]

    def valid_in(self, year: int) -> bool:
        """Whether an id given out in `year` may carry this code."""
        return self.first <= max(year, FIRST_YEAR) <= self.last


@cache
def areas() -> tuple[Area, ...]:
    """Every district of the table, in its order."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return tuple(area for line in lines if line[:1].isdigit() for area in read_city(line))


def read_city(line: str) -> list[Area]:
    """One line of the table as its districts."""
    code, city, dial, post, *districts = line.split()
    return [read_district(code[:4], city, dial, post, text) for text in districts]


def read_district(prefix: str, city: str, dial: str, post: str, text: str) -> Area:
    """`15浦东新区1992-` as an area; years left out are open."""
    found = DISTRICT.fullmatch(text)
    if found is None:
        raise ValueError(f"areas.txt: cannot read {text} of {prefix}")
    number, name, first, last = found.groups()
    years = int(first or FIRST_YEAR), int(last or LAST_YEAR)
    return Area(prefix + number, name, city, dial, post, *years)
