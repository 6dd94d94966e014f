"""Mail addresses, days, names, amounts and the rest: values without a check digit, and what is none of them."""

import string
from random import Random

from . import telephones
from .made import day_between, digits

SURNAMES = (
    *"王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧",
    "欧阳",
    "司马",
    "上官",
    "诸葛",
)

GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚玲辉健俊帆䶮龴堃玥翀喆"


def mail(random: Random) -> tuple[str, str]:
    word = "".join(random.choices(string.ascii_lowercase, k=random.randint(1, 9)))
    local = random.choice(
        [
            word,
            f"{word}.{digits(random, 3)}",
            f"{word}_x+tag",
            digits(random, 9),
            word.title(),
            "李娜",
        ]
    )
    domain = random.choice(
        [
            "example.com",
            "mail.example.com.cn",
            "qq-mail.example",
            "例子.公司",
            "xn--fsqu00a.xn--55qx5d",
            "Example.ORG",
        ]
    )
    written = f"{local}@{domain}"
    return random.choice(
        [written, written, f" {written} ", f"mailto:{written}"]
    ), f"{local}@{domain.lower()}"


def is_mail(text: str) -> bool:
    local, at, domain = text.rpartition("@")
    if (
        not at
        or "@" in local
        or not local
        or len(local) > 64
        or local[0] == "."
        or local[-1] == "."
        or ".." in local
    ):
        return False
    if not all(sign.isalnum() or sign in "._%+'&=#~-" for sign in local):
        return False
    try:
        labels = domain.encode("idna").decode("ascii").split(".")
    except UnicodeError:
        return False
    good = all(
        label and label[0] != "-" and label[-1] != "-" and label.replace("-", "").isalnum()
        for label in labels
    )
    top = labels[-1]
    return (
        good
        and len(labels) >= 2
        and ((top.isalpha() and len(top) >= 2) or top.lower().startswith("xn--"))
    )


def spoilt_mail(random: Random, text: str) -> str:
    local, _, domain = text.strip().removeprefix("mailto:").rpartition("@")
    return random.choice(
        [
            f"{local}..x@{domain}",
            f".{local}@{domain}",
            f"{local}.@{domain}",
            f"{local}@@{domain}",
            f"{local}{domain}",
            f"{local}@",
            f"@{domain}",
            f"{local} x@{domain}",
            f"{local}@{domain.partition('.')[0]}",
            f"{local}@-{domain}",
            f"{local}@{domain}..cn",
            f"{local}@{domain},{local}@{domain}",
            f"{local}@{domain};",
            f"<{local}@{domain}>",
            f"{local}@.{domain}",
            f"{local}（{domain}）",
        ]
    )


def telephone(random: Random, regions: tuple[str, ...]) -> tuple[str, str]:
    region = random.choice(regions)
    (number,) = telephones.numbers(random, region, 1)
    case = telephones.written(random, region, number)
    return case.text, case.e164 + ("-" + case.extension if case.extension else "")


def is_wrong_telephone(text: str) -> bool:
    local = (
        text.isascii()
        and text.isdigit()
        and ((text[:1] in "2345678" and len(text) in (7, 8)) or text[:2] in ("95", "96"))
    )
    return not local and telephones.is_wrong(text)


def written_day(random: Random, first: int = 1930, last: int = 2025) -> tuple[str, str]:
    day = day_between(random, first, last)
    shape = random.choice(
        [
            "{0:%Y-%m-%d}",
            "{0:%Y/%m/%d}",
            "{0.year}/{0.month}/{0.day}",
            "{0:%Y%m%d}",
            "{0.year}年{0.month}月{0.day}日",
            "{0:%Y.%m.%d}",
            "{0:%d-%b-%Y}",
            "{0:%Y-%m-%d} 00:00:00",
        ]
    )
    return shape.format(day), day.isoformat()


def business_day(random: Random) -> tuple[str, str]:
    if random.random() < 0.1:
        start = day_between(random)
        return random.choice(
            [
                "长期",
                "长期有效",
                "永久",
                "9999-12-31",
                "99991231",
                f"{start:%Y%m%d}-长期",
                f"{start:%Y.%m.%d}至长期",
            ]
        ), "9999-12-31"
    return written_day(random, 1950, 2060)


def spoilt_day(random: Random, _text: str) -> str:
    day = day_between(random)
    return random.choice(
        [
            f"{day.year}-02-30",
            f"{day.year}-13-{day.day:02d}",
            f"{day.year}{random.randint(13, 99)}{day.day:02d}",
            f"{day.year}-{day.month:02d}-32",
            f"{day.year}年{day.month}月",
            f"{day.month:02d}-{day.day:02d}",
            f"{day:%y%m%d}",
            "0000-00-00",
            "00000000",
            f"{day.year % 4 + 1901 | 1}-02-29",
            f"1899-{day:%m-%d}",
            f"{day:%Y-%m-%d}至{day:%Y-%m-%d}",
            "待定",
            f"{day.year}-{day.month}",
            f"{random.randint(100000, 999999)}",
            "2026-6-31",
        ]
    )


def is_made_wrong(_text: str) -> bool:
    """Kinds whose wrong values are shapes that are none, each by its rule: they need no oracle."""
    return True


def name(random: Random) -> tuple[str, str]:
    way = random.randrange(8)
    surname = random.choice(SURNAMES)
    name = surname + "".join(random.choices(GIVEN, k=random.randint(1, 2)))
    if way == 0:
        return " ".join(name), name
    if way == 1:
        dot = random.choice("·•・‧．.")
        name = f"阿卜杜{random.choice(GIVEN)}{dot}买买提"
        return name, "阿卜杜" + name[3] + (dot if dot != "．" else "．") + "买买提"
    if way == 2:
        words = [
            "".join(random.choices(string.ascii_lowercase, k=random.randint(2, 7))).title()
            for _ in range(2)
        ]
        return "  ".join(words), " ".join(words)
    return name, name


def spoilt_name(random: Random, text: str) -> str:
    return random.choice(
        [
            digits(random, random.randint(3, 18)),
            f"{text}{digits(random, 11)}",
            "·",
            "？？？",
            "-" * 5,
            "123456",
            f"{text[:1]}{digits(random, 4)}",
            "***",
            "()",
        ]
    )


def amount(random: Random) -> tuple[str, str]:
    whole, cents = random.randrange(10_000_000), random.randrange(100)
    value = f"{whole}.{cents:02d}"
    return random.choice(
        [
            (value, value),
            (f"{whole:,}.{cents:02d}", value),
            (f"￥{value}元", value),
            (f"-{value}", f"-{value}"),
            (f"({value})", f"-{value}"),
            (f"CNY {value}", value),
        ]
    )


def spoilt_amount(random: Random, _text: str) -> str:
    number = random.randrange(1_000, 9_999_999)
    return random.choice(
        [
            f"{number},{digits(random, 2)}",
            f"{number}.{digits(random, 2)}.{digits(random, 2)}",
            f"约{number}",
            f"{number}-{number}",
            f"{number} {number}",
            "面议",
            f"1.2E+{random.randint(5, 9)}",
            f"{number}%",
            f"{number}USD",
            f"{number / 1000:.1f}k",
        ]
    )


def reference(random: Random) -> tuple[str, str]:
    number = (
        random.choice(["PDAA", "P", "", "3201", "AGD"])
        + str(random.randint(2010, 2026))
        + digits(random, random.randint(6, 14))
    )
    return random.choice(
        [(number, number), (f" {number} ", number), (f"{number[:4]} {number[4:]}", number)]
    )


def spoilt_reference(random: Random, _text: str) -> str:
    return random.choice(
        [
            "无保单",
            "P",
            "12",
            "PD",
            "见附件",
            f"3.2E+{random.randint(12, 18)}",
            "保单号：",
            "№№№",
            f"{digits(random, 8)},{digits(random, 8)}",
            "?" * 8,
            "ABCDEFG",
        ]
    )


def address(random: Random) -> tuple[str, str]:
    place = random.choice(["北京市朝阳区", "江苏省南京市鼓楼区", "广东省深圳市南山区"])
    road = random.choice("中建人解") + random.choice("山国民放")
    text = f"{place}{road}路{random.randint(1, 900)}号{random.randint(101, 3300)}室"
    return random.choice([(text, text), (f" {text}\u3000", text)])


def mobile(random: Random) -> tuple[str, str]:
    written, stored = telephone(random, ("CN",))
    while not telephones.is_mobile(stored):
        written, stored = telephone(random, ("CN",))
    return written, stored


def ages(random: Random) -> tuple[str, str]:
    age = str(random.randrange(120))
    return random.choice([age, age + "岁", age + ".0"]), age


def postcodes(random: Random) -> tuple[str, str]:
    code = f"{random.randrange(10_000, 860_000):06d}"
    return code, code
