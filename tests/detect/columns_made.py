"""Columns made by a seeded generator: true ones, and the traps of real systems."""

import random
from datetime import date

from tutela.detect.primitives.check_digits import luhn, mod_11_2
from tutela.detect.recognisers.uscc import is_right as uscc_right
from tutela.detect.recognisers.vin import is_right as vin_right

TODAY = date(2026, 6, 1)
N = 400
R = random.Random(20260601)
ALPHANUMERIC = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ"


def digits(count):
    return "".join(R.choices("0123456789", k=count))


def day(first=1950, last=2005):
    return f"{R.randint(first, last)}{R.randint(1, 12):02d}{R.randint(1, 28):02d}"


def finished(head, right, alphabet="0123456789X"):
    """The head with the one last sign that makes the check right."""
    return next(head + last for last in alphabet if right(head + last))


def resident_id():
    return finished(
        R.choice(["110105", "320102", "440305", "510107"]) + day() + digits(3), mod_11_2
    )


def mobile():
    return R.choice(["138", "139", "151", "177", "186", "199"]) + digits(8)


def card():
    return finished(R.choice(["622848", "622202", "621700"]) + digits(12), luhn)


def uscc():
    return finished(
        "91" + "310115" + "MA1" + digits(6), uscc_right, "0123456789ABCDEFGHJKLMNPQRTUWXY"
    )


def vin():
    made = "LSV" + "".join(R.choices(ALPHANUMERIC, k=5)) + "{}" + "E2" + digits(6)
    return next(made.format(x) for x in "0123456789X" if vin_right(made.format(x)))


def name():
    given = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚玲辉健俊帆"
    return R.choice("王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁") + "".join(
        R.choices(given, k=R.randint(1, 2))
    )


def address():
    where = R.choice(["北京市朝阳区", "江苏省南京市鼓楼区", "广东省深圳市南山区"])
    return f"{where}{R.choice(['建国', '中山', '人民', '解放'])}路{R.randint(1, 900)}号{R.randint(1, 30)}栋{R.randint(101, 3300)}室"


def column(make, count=N):
    return [make() for _ in range(count)]


TRUE_COLUMNS = {
    "resident_id18": resident_id,
    "mobile": mobile,
    "bank_card": card,
    "uscc": uscc,
    "vin": vin,
    "person_name": name,
    "address": address,
    "email": lambda: f"user{digits(5)}@example.com",
    "plate": lambda: R.choice("京沪苏粤") + "A" + "".join(R.choices(ALPHANUMERIC[:20], k=5)),
    "landline": lambda: "0" + R.choice(["10", "21", "25"]) + "-6" + digits(7),
    "date": lambda: f"{R.randint(2015, 2025)}-{R.randint(1, 12):02d}-{R.randint(1, 28):02d}",
    "health": lambda: (
        R.choice(["左侧", "右侧", "双侧", "急性", "慢性"])
        + R.choice(["股骨骨折", "肺炎", "胃炎", "肾结石", "中耳炎", "白内障"])
        + digits(1)
        + "型"
    ),
}

# Each looks like personal numbers, and is not.
TRAPS = {
    "order number yyyymmddHHMMSS and 4": lambda: (
        day(2020, 2025) + f"{R.randint(0, 23):02d}" + digits(8)
    ),
    "snowflake id of 18 digits": lambda: str(R.randint(13 * 10**16, 18 * 10**16)),
    "snowflake id of 19 digits": lambda: str(R.randint(13 * 10**17, 18 * 10**17)),
    "branch, year and serial": lambda: (
        f"320100{R.randint(2015, 2025)}{R.randint(1, 10**8 - 1):08d}"
    ),
    "area, date and serial": lambda: "320102" + day(2015, 2025) + digits(4),
    "milliseconds since 1970": lambda: str(1_700_000_000_000 + R.randint(0, 10**10)),
    "seconds since 1970": lambda: str(1_700_000_000 + R.randint(0, 10**7)),
    "random 11 digits": lambda: digits(11),
    "random 16 digits": lambda: digits(16),
    "random 18 digits": lambda: digits(18),
    "random 19 digits": lambda: digits(19),
    "UnionPay head without check": lambda: "62" + digits(14),
    "issuer head without check": lambda: "622848" + digits(13),
    "91 and 16 digits": lambda: "91" + digits(16),
    "17 letters and digits": lambda: "".join(R.choices(ALPHANUMERIC, k=17)),
    "MD5": lambda: f"{R.getrandbits(128):032x}",
    "amounts with two decimals": lambda: f"{R.randint(100, 99999)}.{R.randint(10, 99)}",
    "small counts": lambda: str(R.randint(0, 99999)),
    "batch codes": lambda: f"{R.choice('ABCDEFGH')}{R.randint(10, 99)}",
    "branch names": lambda: (
        f"{R.choice(['南京', '苏州', '常州'])}中心支公司第{R.randint(1, 40)}营业部"
    ),
    "city": lambda: (
        R.choice(["北京市", "上海市", "南京市", "苏州市", "高密市", "温州市"]) + digits(1)
    ),
}
