"""Customers as the core system exports them: residents, firms, and people with other documents."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from sample.digits import USCC_LETTERS, id_check, organisation_check, uscc_check
from sample.house import Home, homes_near
from sample.identity import Identities, Names, Resident
from sample.words import (
    COMMUNITIES,
    FIRM_NAMES,
    FOREIGN,
    HEALTH,
    MINORITY,
    OCCUPATIONS,
    ROAD_ENDS,
    ROADS,
    TRADES,
    words,
)

Row = dict[str, str]

HEADER = (
    "客户号", "姓名", "性别", "出生日期", "证件类型", "证件号码", "手机号码", "固定电话",
    "电子邮箱", "省", "市", "通讯地址", "邮编", "职业", "婚姻状况", "年收入", "开户银行",
    "银行卡号", "归属机构", "建档日期", "健康告知",
)  # fmt: skip
FIRM_SHARE = 0.02
FOREIGN_SHARE = 0.04  # the two shares are cumulative: 2 % firms, then 2 % other documents
MINORITY_SHARE = 0.003
OLD_ID_SHARE = 0.01  # of residents born before 1985: ids still kept with fifteen digits
LANDLINE_SHARE = 0.3
EMAIL_SHARE = 0.7
RETIRED_BEFORE, STUDENT_SINCE = "1964", "2003"
# Cities with a dialling code of four digits and numbers of eight.
LONG_NUMBERS = words(
    "0510 0512 0513 0516 0519 0531 0532 0571 0573 0574 0575 0576 0577 0579 0755 0757"
)
STATES = {"840": "USA", "826": "GBR", "392": "JPN", "410": "KOR", "276": "DEU", "250": "FRA"}


class Customers:
    """Makes customers by index, all from one seed."""

    def __init__(self, seed: int, today: date) -> None:
        self.ids, self.names = Identities(seed), Names(seed)
        self.rng = Random(f"customers {seed}")
        self.today = today

    def rows(self, count: int, first: int = 0) -> Iterator[Row]:
        """`count` customers from index `first`."""
        for index in range(first, first + count):
            yield self.row(index)

    def row(self, index: int) -> Row:
        """One customer with every column; blanks are empty text."""
        kind = self.rng.random()
        resident = self.ids.resident(index)
        home = self.rng.choice(homes_near(resident.area.code))
        row = self.common(index, home)
        if kind < FIRM_SHARE:
            row |= self.firm(index, home)
        else:
            row |= self.person(resident)
            row |= self.foreign(index, resident) if kind < FOREIGN_SHARE else {}
        return {name: row[name] for name in HEADER}

    def common(self, index: int, home: Home) -> Row:
        """What people and firms share: how to reach them, their bank, their branch."""
        rng, card = self.rng, self.ids.card(index)
        phone = f"{home.area.dial}-{landline(rng, home)}" if rng.random() < LANDLINE_SHARE else ""
        return {
            "客户号": f"C{index + 1:09d}",
            "手机号码": self.ids.mobile(index),
            "固定电话": phone,
            "省": home.province,
            "市": home.city,
            "通讯地址": home.text + street(rng),
            "邮编": f"{home.area.post}{rng.randrange(100):02d}",
            "开户银行": card.bank,
            "银行卡号": card.number,
            "归属机构": home.branch,
            "建档日期": (self.today - timedelta(rng.randrange(30, 5000))).isoformat(),
        }

    def person(self, resident: Resident) -> Row:
        """A resident, with the id of today or, seldom, of before 1999."""
        rng, born = self.rng, resident.born
        name, pinyin = self.names.draw(rng.getrandbits(24), male=resident.male)
        if rng.random() < MINORITY_SHARE:
            name, pinyin = rng.choice(MINORITY), "minzu"
        job, low, high = occupation(rng, born)
        number = resident.number
        if born < "1985" and rng.random() < OLD_ID_SHARE:
            number = number[:6] + number[8:17]
        host = rng.choice(("example.com", "example.cn"))
        mail = f"{pinyin}{number[10:14]}{rng.randrange(100)}@{host}"
        single = born[:4] >= STUDENT_SINCE or rng.random() < 0.2
        return {
            "姓名": name,
            "性别": "男" if resident.male else "女",
            "出生日期": born,
            "证件类型": "居民身份证",
            "证件号码": number,
            "电子邮箱": mail if rng.random() < EMAIL_SHARE else "",
            "职业": job,
            "婚姻状况": "未婚" if single else rng.choices(("已婚", "离异", "丧偶"), (88, 8, 4))[0],
            "年收入": str(rng.randint(low, high) * 1000),
            "健康告知": rng.choices([h for h, _ in HEALTH], [w for _, w in HEALTH])[0],
        }

    def foreign(self, index: int, resident: Resident) -> Row:
        """What differs for people without a resident id; the number is unique by index."""
        rng, date8 = self.rng, resident.born.replace("-", "")
        kind = rng.randrange(5)
        if kind == 0:
            number = f"{rng.choice('HM')}{index + 10_000_000:08d}"
            return {"证件类型": "港澳居民来往内地通行证", "证件号码": number}
        if kind == 1:
            return {"证件类型": "台湾居民来往大陆通行证", "证件号码": f"{index + 20_000_000:08d}"}
        if kind == 2:
            body = f"{rng.choice(('81', '82', '83'))}0000{date8}{resident.number[14:17]}"
            return {"证件类型": "港澳台居民居住证", "证件号码": closed(body)}
        names = {"姓名": rng.choice(FOREIGN), "电子邮箱": f"guest{index}@example.com"}
        if kind == 3:
            return names | {"证件类型": "外国护照", "证件号码": f"E{index + 10_000_000:08d}"}
        state = rng.choice(tuple(STATES))
        body = f"9{resident.number[:2]}{state}{date8}{resident.number[14:17]}"
        return names | {"证件类型": "外国人永久居留身份证", "证件号码": closed(body)}

    def firm(self, index: int, home: Home) -> Row:
        """A company: social credit code, no sex, birth date, trade of a person or health."""
        rng = self.rng
        city = home.city.removesuffix("市")
        name = f"{city}{rng.choice(FIRM_NAMES)}{rng.choice(FIRM_NAMES)}{rng.choice(TRADES)}有限公司"
        return {
            "姓名": name, "性别": "", "出生日期": "", "证件类型": "统一社会信用代码",
            "证件号码": uscc(home.area.code, index, rng), "电子邮箱": f"office{index}@example.cn",
            "职业": "", "婚姻状况": "", "年收入": "", "健康告知": "",
        }  # fmt: skip


def closed(body: str) -> str:
    """Seventeen digits with their check character."""
    return body + id_check(body)


def uscc(area: str, index: int, rng: Random) -> str:
    """A unified social credit code of a company; unique by index."""
    organisation = "MA" + base31(index * 31 + rng.randrange(31))
    body = f"91{area}{organisation}{organisation_check(organisation)}"
    return body + uscc_check(body)


def base31(number: int) -> str:
    """Six characters of the code's alphabet."""
    text = ""
    for _ in range(6):
        number, rest = divmod(number, 31)
        text = USCC_LETTERS[rest] + text
    return text


def landline(rng: Random, home: Home) -> str:
    """Eight digits in the big cities, seven elsewhere."""
    long = len(home.area.dial) == 3 or home.area.dial in LONG_NUMBERS
    return f"{rng.choice('56')}{rng.randrange(10**7):07d}"[: 8 if long else 7]


def street(rng: Random) -> str:
    """Road, house, estate, building and room."""
    road = rng.choice(ROADS) + rng.choice(ROAD_ENDS)
    estate = rng.choice(COMMUNITIES)
    room = rng.randrange(1, 30) * 100 + rng.randrange(1, 5)
    return f"{road}{rng.randrange(1, 900)}号{estate}{rng.randrange(1, 31)}栋{room}室"


def occupation(rng: Random, born: str) -> tuple[str, int, int]:
    """A trade that fits the age, with its income in thousands of yuan a year."""
    if born < RETIRED_BEFORE:
        return next(o for o in OCCUPATIONS if o[0] == "退休人员")
    found = rng.choice(OCCUPATIONS)
    fits = found[0] != "退休人员" and (found[0] != "学生" or born >= STUDENT_SINCE)
    return found if fits else OCCUPATIONS[0]
