"""Labelled columns in four styles of headers, with made values: what kind Tutela takes each for."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from random import Random

from tutela.detect.columns import classify_column

from . import plain, values
from .made import TODAY

ROWS = 120
_TABLE = re.compile(r"(.+?) \((\w+)\) (\w+): (.+)")
_COLUMN = re.compile(r"(\S(?:.*?\S)?)=(\S*)>(\S+)(?:\s+|$)")
KNOWN, UNSEEN, HELD_BACK = "columns.txt", "unseen.txt", "held_back.txt"


@dataclass(frozen=True, slots=True)
class Column:
    """One labelled column; `kinds` and `fields` are those that are right, with "" where it may be left out."""

    table: str
    style: str
    collection: str
    header: str
    kinds: frozenset[str]
    fields: frozenset[str]


@dataclass(slots=True)
class Result:
    """How the columns of a style were taken."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Of the columns taken for a kind, the share that is of it."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Of the columns of a kind, the share that was taken for it."""
        known = self.right + self.missed
        return self.right / known if known else 1.0


def labelled(file: str = KNOWN) -> Iterator[Column]:
    """The columns of a file of labelled tables."""
    text = files(__package__).joinpath(file).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("#") or not (table := _TABLE.fullmatch(line)):
            continue
        for header, kinds, fields in _COLUMN.findall(table[4]):
            right = frozenset("" if code == "-" else code for code in fields.split("|"))
            yield Column(*table.group(1, 2, 3), header, frozenset(kinds.split("|")) - {""}, right)


def made(column: Column, random: Random, rows: int) -> list[str]:
    """Values as a column of its kind has them."""
    make = _MADE[min(column.kinds, default="")]
    return [make(random) for _ in range(rows)]


def _word(words: str) -> Callable[[Random], str]:
    listed = words.split(" ")
    return lambda random: random.choice(listed)


_MADE: dict[str, Callable[[Random], str]] = {
    kind.id: lambda random, kind=kind: kind.valid(random)[0]  # type: ignore[misc]
    for kind in values.KINDS
} | {
    "mobile": lambda random: "13" + "".join(random.choices("0123456789", k=9)),
    "phone": lambda random: (
        random.choice(["13", "15"]) + "".join(random.choices("0123456789", k=9))
    ),
    "landline": lambda random: "010-6" + "".join(random.choices("0123456789", k=7)),
    "birth_date": lambda random: plain.written_day(random, 1940, 2010)[0],
    "customer_number": lambda random: f"C{random.randrange(10**8):08d}",
    "certificate_type": _word("居民身份证 护照 军官证 户口簿 港澳通行证"),
    "education": _word("本科 大专 高中 硕士 初中"),
    "ethnicity": _word("汉族 回族 满族 壮族 苗族"),
    "marriage": _word("已婚 未婚 离异 丧偶"),
    "nationality": _word("中国 美国 日本 CHN USA"),
    "occupation": _word("教师 医生 司机 工程师 会计 货车司机 个体经营 农民"),
    "relation": _word("本人 配偶 父母 子女"),
    "health": _word("高血压 2型糖尿病 左侧股骨骨折 急性胃炎 肺炎 I10.x05 E11.900"),
    "hospital": _word("北京某某医院 第一人民医院 市中心医院"),
    "bank_name": _word("中国工商银行 建设银行某支行 农业银行 ICBC"),
    "branch": _word("320100 110000 南京分公司 EAST-01"),
    "agent": _word("A10023 00012345 S7781 W2001"),
    "product": _word("终身寿险 车损险 RISK001 LIFE-A1 医疗险"),
    "chat_account": _word("wxid_a1 zhang_88 lina2020 wx-test"),
    "status": _word("有效 终止 1 0 IF LAPSED 结案"),
    "source": _word("个险 银保 01 02 网销 电销"),
    "company": _word("某某科技有限公司 中某集团 Example Ltd"),
    "vehicle_model": _word("大众牌SVW7167 丰田卡罗拉 BMW320Li"),
    "engine_number": lambda random: "EA" + "".join(random.choices("0123456789", k=7)),
    "record_number": lambda random: f"GD{random.randrange(10**8):08d}",
    "medical_number": lambda random: f"ZY{random.randrange(10**7):07d}",
    "region": _word("江苏省 南京市 北京 上海 Shenzhen"),
    "note": _word("客户来电咨询保单 雨天路滑追尾前车 请尽快处理 VIP 已回访"),
    "": _word("A B C 01 02 Z9"),
}


def measure(seed: int, rows: int = ROWS) -> dict[str, Result]:
    """The result of each style."""
    results: dict[str, Result] = {}
    for place, column in enumerate(labelled()):
        random = Random(f"{seed}/{place}")
        verdict = classify_column(column.header, made(column, random, rows), today=TODAY)
        _count(results.setdefault(column.style, Result()), column, verdict.recogniser)
    return results


def _count(result: Result, column: Column, found: str | None) -> None:
    if found in column.kinds:
        result.right += 1
        return
    result.wrong += found is not None
    result.missed += bool(column.kinds)
    if found or column.kinds:
        wanted = "|".join(sorted(column.kinds)) or "nothing"
        result.misses.append(f"{column.table}: {column.header} is {wanted}, taken for {found}")


def total(results: dict[str, Result]) -> Result:
    """All styles together."""
    sums = Counter[str]()
    for result in results.values():
        sums.update(right=result.right, wrong=result.wrong, missed=result.missed)
    return Result(sums["right"], sums["wrong"], sums["missed"])
