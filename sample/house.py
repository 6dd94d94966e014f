"""The insurer itself: its branches, its staff, and which branch keeps a customer of which place."""

from collections.abc import Iterable, Sequence
from functools import cache
from random import Random
from typing import NamedTuple

from sample.areas import LAST_YEAR, Area, areas
from sample.identity import Names

HEAD_OFFICE = "8600"
BRANCH_HEADER = ("code", "parent", "name_zh", "name_en")
STAFF_HEADER = (
    "staff_no", "login", "name", "post", "department", "branch", "customer_key",
)  # fmt: skip

# Province, names, then the places (city or district codes) of its city branches.
PROVINCES = (
    ("11", "北京", "Beijing", "110108 海淀 Haidian 110105 朝阳 Chaoyang 110102 西城 Xicheng"),
    ("31", "上海", "Shanghai", "310115 浦东 Pudong 310104 徐汇 Xuhui 310106 静安 Jing'an"),
    ("32", "江苏", "Jiangsu", "3201 南京 Nanjing 3205 苏州 Suzhou 3202 无锡 Wuxi"),
    ("33", "浙江", "Zhejiang", "3301 杭州 Hangzhou 3302 宁波 Ningbo 3303 温州 Wenzhou"),
    ("37", "山东", "Shandong", "3701 济南 Jinan 3702 青岛 Qingdao 3706 烟台 Yantai"),
    ("42", "湖北", "Hubei", "4201 武汉 Wuhan 4205 宜昌 Yichang 4206 襄阳 Xiangyang"),
    ("44", "广东", "Guangdong", "4401 广州 Guangzhou 4403 深圳 Shenzhen 4406 佛山 Foshan"),
    ("51", "四川", "Sichuan", "5101 成都 Chengdu 5107 绵阳 Mianyang 5115 宜宾 Yibin"),
)
# Post, department, how many, and where they sit.
POSTS = (
    ("service_agent", "customer_service", 12, "province"),
    ("claims_adjuster", "claims", 10, "province"),
    ("underwriter", "underwriting", 6, "head"),
    ("sales_agent", "sales", 12, "city"),
    ("branch_manager", "branches", 8, "province"),
    ("marketing_analyst", "marketing", 2, "head"),
    ("hr_trainer", "hr", 2, "head"),
    ("compliance_officer", "legal_compliance", 2, "head"),
    ("security_admin", "information_security", 2, "head"),
    ("system_admin", "it", 2, "head"),
    ("auditor", "audit", 2, "head"),
    ("machine", "technology", 2, "head"),
    ("system_admin", "technology", 2, "head"),
    ("data_steward", "technology", 2, "head"),
)
MACHINES = (("core-import", "核心系统接口"), ("claims-api", "理赔系统接口"))
FIRST_STAFF = 1001


class Branch(NamedTuple):
    """One row of branches.csv; the head office has no parent."""

    code: str
    parent: str
    name_zh: str
    name_en: str


class Staff(NamedTuple):
    """One row of staff.csv; `customer` is blank unless the person is a customer too."""

    number: str
    login: str
    name: str
    post: str
    department: str
    branch: str
    customer: str


class Home(NamedTuple):
    """Where a customer may live, and the branch that keeps such customers."""

    area: Area
    province: str
    city: str
    branch: str
    text: str


@cache
def branches() -> tuple[Branch, ...]:
    """Head office, eight provinces, three city branches in each."""
    found = [Branch(HEAD_OFFICE, "", "总公司", "Head office")]
    for code, zh, en, _ in PROVINCES:
        found.append(Branch("86" + code, HEAD_OFFICE, f"{zh}分公司", f"{en} branch"))
    for code, _zh, _en, places in PROVINCES:
        words = places.split()
        for n, (zh, en) in enumerate(zip(words[1::3], words[2::3], strict=True), start=1):
            kept = f"86{code}{n:02d}"
            found.append(Branch(kept, "86" + code, f"{zh}中心支公司", f"{en} sub-branch"))
    return tuple(found)


@cache
def places() -> dict[str, str]:
    """Branch by area code of a province, a city or a district."""
    found = {}
    for code, _zh, _en, text in PROVINCES:
        found[code] = "86" + code
        for n, place in enumerate(text.split()[0::3], start=1):
            found[place] = f"86{code}{n:02d}"
    return found


def branch_of(area: Area) -> str:
    """The branch nearest to a place; the head office where there is none."""
    known = places()
    tries = (area.code, area.code[:4], area.code[:2])
    return next((known[code] for code in tries if code in known), HEAD_OFFICE)


@cache
def homes() -> tuple[Home, ...]:
    """Districts of today in the provinces where the insurer works."""
    found = []
    for area in areas():
        branch = branch_of(area)
        if area.last == LAST_YEAR and branch != HEAD_OFFICE:
            city = "" if area.province == area.city else area.city
            text = f"{area.province}{city}{area.name}"
            found.append(Home(area, area.province, area.city, branch, text))
    return tuple(found)


@cache
def homes_near(code: str) -> tuple[Home, ...]:
    """Homes in the city of an id's area code; all homes for people who came from elsewhere."""
    return tuple(h for h in homes() if h.area.code[:4] == code[:4]) or homes()


def staff(seed: int, own: Sequence[tuple[str, str, str]] = ()) -> tuple[Staff, ...]:
    """Sixty-six accounts; `own` are customers (number, name, pinyin) who also work here."""
    rng, names = Random(f"staff {seed}"), Names(seed)
    people = list(own)
    taken = {pinyin for _, _, pinyin in own}
    posts = [(post, unit, where, n) for post, unit, many, where in POSTS for n in range(many)]
    found = []
    for at, (post, unit, where, n) in enumerate(posts):
        if post == "machine":
            customer, (login, name) = "", MACHINES[n]
        elif people and at % 9 == 4:  # spread the few over the posts
            customer, name, login = people.pop()
        else:
            customer, (name, login) = "", fresh(names, rng, taken)
        kept = seat(where, n)
        found.append(Staff(f"S{FIRST_STAFF + at}", login, name, post, unit, kept, customer))
    return tuple(found)


def fresh(names: Names, rng: Random, taken: set[str]) -> tuple[str, str]:
    """A name whose login nobody has yet."""
    while True:
        name, login = names.draw(rng.getrandbits(24), male=rng.random() < 0.5)
        if login not in taken:
            taken.add(login)
            return name, login


def seat(where: str, n: int) -> str:
    """The branch of the n-th holder of a post."""
    if where == "head":
        return HEAD_OFFICE
    province = PROVINCES[n % len(PROVINCES)][0]
    turn = n // len(PROVINCES) + 1
    return f"86{province}{turn:02d}" if where == "city" else f"86{province}"


def holders(people: Iterable[Staff], post: str, branch: str) -> list[Staff]:
    """Holders of a post in the branch's province, or all of them where it has none."""
    every = [person for person in people if person.post == post]
    return [person for person in every if person.branch[:4] == branch[:4]] or every
