"""Customers that nobody is, each value as it was put in and as it must come out.

What must come out is written here beside what was put in, without Tutela's own clean forms: check digits are
computed from their standards.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

Put = str | date | Decimal | None
"""What a writer is given: a text, a day, an amount, or nothing."""

HEADERS = {
    "customer_number": "客户号",
    "name": "姓名",
    "id_number": "证件号码",
    "birth_date": "出生日期",
    "phone": "手机号码",
    "landline": "固定电话",
    "bank_card": "银行卡号",
    "annual_income": "年收入",
    "postcode": "邮政编码",
    "address": "联系地址",
    "id_valid_until": "证件有效期",
    "opened_on": "开户日期",
    "customer_remark": "备注",
}
"""Field of the catalogue → column of the file."""
AREAS = ("110101", "310115", "440305", "320111", "510104", "650102", "540102", "150102")
SURNAMES = (*"王李张刘陈杨黄赵吴周单仇曾覃尹", "欧阳", "司马", "诸葛", "尉迟")
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚玲辉健"
RARE = ("䶮", "龴", "堃", "玥", "翀", "喆", "㛃", "𬱖", "𠮷", "𫖯", "𣲗", "龘")
DOTS = "·•‧・"
PLACES = (
    "北京市朝阳区",
    "江苏省南京市鼓楼区",
    "新疆维吾尔自治区乌鲁木齐市天山区",
    "上海市浦东新区",
)
ROADS = ("建国路", "解放大道", "中山北路", "人民南路", "古北路")
ENDS = (
    "", '，门口有"快递柜"', ",收件人在楼下", "\n（二号楼后门）", "; 物业代收", "|B座", "\t左转", "（近地铁站）", "'东侧'",
    ' "A","B"两栋之间', "\n\n第二行之后", "=右侧", "，c/o 前台", " #12", "。",
)  # fmt: skip
REMARKS = (
    "VIP", "已回访", "材料在D:\\归档\\2024", "制表符\t在此", "结尾有反斜杠\\", "=1+1", "'带撇号", "+0.5", "-3", "@所有人",
    '他说"不用"，已记录', "第一行\n第二行", "字面_x000D_与_x0041_", "见\\N附件", "a\\tb", "50%", "合计三份材料", "1e5", "TRUE",
    '"整段引号"', "逗号,分号;竖线|", "<b>不是标签</b>&amp;", "2024/3/5", "100", "0012", "1.50", "é à ü", "ｶﾅ", "🀄", "一" * 300,
    "\\", "\\\\", '"', '""', "'", ",", "尾部逗号,", "\n末行",
)  # fmt: skip
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
TODAY = date(2026, 11, 28)
"""The day on which all these files come in."""


@dataclass(frozen=True, slots=True)
class Customer:
    """`put`: what the writer is given, by field; `kept`: what is to be stored, without the blanks."""

    put: dict[str, Put]
    kept: dict[str, str | date | Decimal]


def customers(dice: Random, count: int) -> list[Customer]:
    """So many customers, all with a number and a name."""
    return [_customer(dice, at) for at in range(count)]


def _customer(dice: Random, at: int) -> Customer:
    put: dict[str, Put] = {}
    kept: dict[str, str | date | Decimal] = {}
    for field in HEADERS:
        if field not in {"customer_number", "name"} and dice.random() < 0.12:
            put[field] = None
            continue
        put[field], kept[field] = _value(dice, field, at)
    return Customer(put, kept)


def _value(dice: Random, field: str, at: int) -> tuple[Put, str | date | Decimal]:
    if field in {"birth_date", "id_valid_until", "opened_on"}:
        day = _day(dice, TODAY if field == "birth_date" else LAST_DAY)
        return day, day
    if field == "annual_income":
        money = amount(dice)
        return money, money
    if field == "landline":
        return _landline(dice)
    text = {
        "customer_number": lambda: _number(dice, at),
        "name": lambda: _name(dice),
        "id_number": lambda: resident(dice),
        "phone": lambda: dice.choice(("138", "159", "186", "199", "173")) + _digits(dice, 8),
        "bank_card": lambda: card(dice),
        "postcode": lambda: f"{dice.choice((10_020, 100_020, 200_135, 510_000, 30_000)):06d}",
        "address": lambda: _address(dice),
        "customer_remark": lambda: dice.choice(REMARKS),
    }[field]()
    return text, text.strip()


def _digits(dice: Random, count: int) -> str:
    return "".join(dice.choices("0123456789", k=count))


def _day(dice: Random, last: date) -> date:
    """Any day, those at the ends of the calendars of spreadsheets more often."""
    edges = [FIRST_DAY, date(1900, 2, 28), date(1900, 3, 1), date(1904, 1, 1), date(1904, 1, 2)]
    edges += [date(1969, 12, 31), date(1970, 1, 1), date(1986, 5, 4), date(2000, 2, 29), last]
    if dice.random() < 0.2:
        return dice.choice(edges)
    return FIRST_DAY + timedelta(days=dice.randrange((last - FIRST_DAY).days))


def amount(dice: Random) -> Decimal:
    """Money with two decimals; large ones too, of which nine decimals are no longer exact."""
    cents = dice.choice((10**4, 10**7, 10**10, 10**13))
    return Decimal(dice.randrange(-cents // 10, cents)) / 100


def _number(dice: Random, at: int) -> str:
    """The insurer's own number, no two alike; some look like other things."""
    return dice.choice(
        ("C{:07d}", "00{:05d}", "{:05d}", "9{:05d}E7", "K-{:05d}", "2024{:06d}")
    ).format(at)


def resident(dice: Random, born: date | None = None) -> str:
    """An identity number of 18 signs with its check sign by GB 11643."""
    day = born or date(1930, 1, 1) + timedelta(days=dice.randrange(30_000))
    body = f"{dice.choice(AREAS)}{day:%Y%m%d}{_digits(dice, 3)}"
    total = sum(int(digit) * (2 ** (17 - place) % 11) for place, digit in enumerate(body))
    return body + "10X98765432"[total % 11]


def card(dice: Random) -> str:
    """A card number of 16 to 19 digits with its check digit by Luhn's rule."""
    body = dice.choice(("622848", "621700", "622202", "356600")) + _digits(
        dice, dice.randint(9, 12)
    )
    doubled = (int(sign) * (2 - at % 2) for at, sign in enumerate(reversed(body)))
    return body + str(-sum(digit - 9 * (digit > 9) for digit in doubled) % 10)


def _landline(dice: Random) -> tuple[str, str]:
    area, head, digits = dice.choice(
        (("010", "6", 7), ("021", "6", 7), ("0755", "83", 6), ("0991", "4", 6))
    )
    number = head + _digits(dice, digits)
    return area + dice.choice(("-", "", " ")) + number, area + number


def _name(dice: Random) -> str:
    way = dice.randrange(6)
    if way == 0:
        return f"阿卜杜{dice.choice(GIVEN)}{dice.choice(DOTS)}买买提"
    if way == 1:
        return "Zhang " + dice.choice(("San", "O'Neil", "Li-Hua"))
    given = "".join(dice.choices(GIVEN, k=dice.randint(1, 2)))
    return dice.choice(SURNAMES) + (dice.choice(RARE) if way < 4 else "") + given


def _address(dice: Random) -> str:
    road = f"{dice.choice(PLACES)}{dice.choice(ROADS)}{dice.randint(1, 900)}号{dice.randint(101, 3300)}室"
    return dice.choice(("", "", "'", "=", '"')) + road + dice.choice(ENDS)
