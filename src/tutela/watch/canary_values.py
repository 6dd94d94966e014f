"""Invented customers that look like any other: names, numbers, addresses. Pure; what is drawn is drawn from `rng`.

Numbers follow the patterns of the order, which the core system has reserved: `#` stands for a digit. An identity
number has a right check digit and may by chance be a real person's; whether anybody in the vault has it is checked
when the customer is created.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final, NamedTuple

from tutela.crypto.normalise import id_card_18

MAILS: Final = ("163.com", "126.com", "qq.com", "139.com", "sina.com")
_SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶"
)
_MALE: Final = "伟强磊军洋勇杰涛明超刚平辉鹏斌浩凯健俊波志宇建文海峰国庆林晨"
_FEMALE: Final = "芳娜敏静丽艳娟霞秀英玲燕红梅萍慧婷雪琳莹洁颖佳欣怡月兰凤云倩"
_ROADS: Final = (
    "人民路",
    "解放路",
    "建设路",
    "中山路",
    "新华路",
    "和平路",
    "文化路",
    "长江路",
    "学院路",
    "青年路",
)
_HOMES: Final = (
    "阳光花园",
    "金色家园",
    "锦绣苑",
    "和谐小区",
    "翠湖苑",
    "滨江花园",
    "丽景苑",
    "幸福里",
)
_JOBS: Final = (
    "教师",
    "会计",
    "销售",
    "司机",
    "工程师",
    "护士",
    "个体经营",
    "公司职员",
    "厨师",
    "行政人员",
)
# Mobile prefixes of the three carriers that are given out most.
_MOBILE: Final = ("134", "135", "136", "137", "138", "139", "150", "151", "152", "158", "159", "182", "187", "188",
                  "130", "131", "132", "155", "156", "186", "133", "153", "180", "189")  # fmt: skip
_PINYIN: Final = (
    "wang",
    "li",
    "zhang",
    "liu",
    "chen",
    "yang",
    "zhao",
    "wu",
    "zhou",
    "xu",
    "sun",
    "ma",
)


class Home(NamedTuple):
    """A district: division code, and how an address begins."""

    code: str
    text: str


_HOMES_OF: Final = (
    Home("110105", "北京市朝阳区"),
    Home("110108", "北京市海淀区"),
    Home("120103", "天津市河西区"),
    Home("130102", "河北省石家庄市长安区"),
    Home("140105", "山西省太原市小店区"),
    Home("210102", "辽宁省沈阳市和平区"),
    Home("220102", "吉林省长春市南关区"),
    Home("230103", "黑龙江省哈尔滨市南岗区"),
    Home("310104", "上海市徐汇区"),
    Home("310115", "上海市浦东新区"),
    Home("320102", "江苏省南京市玄武区"),
    Home("320508", "江苏省苏州市姑苏区"),
    Home("330106", "浙江省杭州市西湖区"),
    Home("330203", "浙江省宁波市海曙区"),
    Home("340104", "安徽省合肥市蜀山区"),
    Home("350203", "福建省厦门市思明区"),
    Home("360102", "江西省南昌市东湖区"),
    Home("370102", "山东省济南市历下区"),
    Home("370202", "山东省青岛市市南区"),
    Home("410105", "河南省郑州市金水区"),
    Home("420106", "湖北省武汉市武昌区"),
    Home("430102", "湖南省长沙市芙蓉区"),
    Home("440106", "广东省广州市天河区"),
    Home("440304", "广东省深圳市福田区"),
    Home("450103", "广西壮族自治区南宁市青秀区"),
    Home("460106", "海南省海口市龙华区"),
    Home("500103", "重庆市渝中区"),
    Home("510107", "四川省成都市武侯区"),
    Home("520103", "贵州省贵阳市云岩区"),
    Home("530102", "云南省昆明市五华区"),
    Home("610113", "陕西省西安市雁塔区"),
    Home("620102", "甘肃省兰州市城关区"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The patterns of an order: `#` is a digit. A blank one gives no policy, or an invented mobile number."""

    customer_numbers: str
    policy_numbers: str = ""
    phones: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invented:
    """A customer as texts by field code, and a policy that has ended; empty without one."""

    customer: Mapping[str, str]
    policy: Mapping[str, str]
    policy_opened: date
    policy_closed: date


def fill(pattern: str, rng: Random) -> str:
    """A number of the pattern."""
    return "".join(str(rng.randrange(10)) if one == "#" else one for one in pattern)


def invent(rng: Random, shape: Shape, branch: str, today: date) -> Invented:
    """A person who lives near the branch of this name, if the name says where that is."""
    home = rng.choice(_near(branch))
    is_male = rng.random() < 0.5
    born = today - timedelta(days=rng.randrange(24 * 365, 68 * 365))
    number = id_card_18(f"{home.code}{born:%Y%m%d}{_serial(rng, is_male=is_male):03d}")
    given = _MALE if is_male else _FEMALE
    name = rng.choice(_SURNAMES) + "".join(rng.sample(given, rng.choice((1, 2, 2))))
    road, estate = rng.choice(_ROADS), rng.choice(_HOMES)
    since = today - timedelta(days=rng.randrange(500, 3000))
    closed = today - timedelta(days=rng.randrange(40, 400))
    customer = {
        "customer_number": fill(shape.customer_numbers, rng),
        "name": name,
        "gender": "男" if is_male else "女",
        "birth_date": born.isoformat(),
        "id_number": number,
        "phone": fill(shape.phones, rng) or rng.choice(_MOBILE) + fill("########", rng),
        "address": f"{home.text}{road}{rng.randrange(1, 300)}号{estate}{rng.randrange(1, 30)}幢"
        f"{rng.randrange(1, 19)}0{rng.randrange(1, 5)}室",
        "occupation": rng.choice(_JOBS),
    }
    if rng.random() < 0.7:
        customer["email"] = f"{rng.choice(_PINYIN)}{fill('####', rng)}@{rng.choice(MAILS)}"
    policy = {
        "policy_number": fill(shape.policy_numbers, rng),
        "holder_name": name,
        "holder_id_number": number,
        "effective_on": (closed - timedelta(days=365)).isoformat(),
        "expires_on": closed.isoformat(),
    }
    return Invented(
        customer=customer,
        policy=policy if shape.policy_numbers else {},
        policy_opened=max(since, closed - timedelta(days=365)),
        policy_closed=closed,
    )


def _serial(rng: Random, *, is_male: bool) -> int:
    """The number of a day's birth in a district: odd for men."""
    serial = rng.randrange(1, 999)
    return serial if serial % 2 == is_male else (serial % 998) + 1


def _near(branch: str) -> Sequence[Home]:
    """Districts whose address begins with the place that the branch is named after; all where it tells none."""
    name = branch.removesuffix("分公司").removesuffix("中心支公司").removesuffix("支公司")
    found = [home for home in _HOMES_OF if len(name) >= 2 and name in home.text]
    return found or _HOMES_OF
