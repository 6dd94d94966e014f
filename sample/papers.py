"""Policies, claims, service calls and work items that fit one another and their customers."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from sample.house import Staff, holders
from sample.identity import Names
from sample.people import Row
from sample.words import (
    CONTACT_REASONS,
    DIAGNOSES,
    GROUP_PRODUCTS,
    HOSPITALS,
    PRODUCTS,
)

POLICY_GROUPS = (
    ("", ("保单号", "险种")),
    ("投保人", ("客户号", "投保人姓名")),
    ("被保险人", ("被保险人姓名", "与投保人关系")),
    ("受益人", ("受益人姓名", "受益人关系")),
    ("保险期间", ("投保日期", "生效日", "终止日")),
    ("金额", ("保额", "保费")),
    ("", ("缴费方式", "销售渠道", "业务员", "归属机构", "状态")),
)
POLICY_HEADER = tuple(name for _, names in POLICY_GROUPS for name in names)
CLAIM_HEADER = (
    "赔案号", "保单号", "客户号", "报案日期", "出险日期", "出险原因", "诊断", "医院", "索赔金额",
    "赔付金额", "结案日期", "理赔员工号", "开户账号",
)  # fmt: skip
CONTACT_HEADER = ("工单号", "客户号", "时间", "渠道", "事由", "坐席工号", "状态")
WORK_HEADER = ("kind", "number", "customer", "assignee", "opened", "closed")

POLICY_YEARS = 8
WHOLE_LIFE = "9999-12-31"
UNDERWRITING_WINDOW = timedelta(days=365)
CONTACT_WINDOW = 400  # days
CLOSING = time(20)


class Papers:
    """Draws papers for a list of customers, from one seed."""

    def __init__(self, seed: int, today: date, people: Sequence[Staff]) -> None:
        self.rng, self.names = Random(f"papers {seed}"), Names(seed)
        self.today, self.people = today, people
        self.desks: dict[tuple[str, str], list[Staff]] = {}

    def desk(self, post: str, branch: str) -> str:
        """Staff number of someone with this post near this branch."""
        key = (post, branch)
        if key not in self.desks:
            self.desks[key] = holders(self.people, post, branch)
        return self.rng.choice(self.desks[key]).number

    def policies(self, count: int, customers: Sequence[Row]) -> list[Row]:
        """Policies with ISO dates and plain whole numbers; the writer varies their looks."""
        return [self.policy(n, self.rng.choice(customers)) for n in range(1, count + 1)]

    def policy(self, n: int, holder: Row) -> Row:
        rng, firm = self.rng, not holder["性别"]
        name, low, high, years = rng.choice(GROUP_PRODUCTS if firm else PRODUCTS)
        asked = self.today - timedelta(rng.randrange(365 * POLICY_YEARS))
        starts = asked + timedelta(rng.randrange(1, 10))
        ends = str(starts + timedelta(365 * years - 1)) if years else WHOLE_LIFE
        amount = rng.randint(low, high) * 10_000
        row = {
            "保单号": f"P{holder['归属机构']:0<6}{asked.year}{n:07d}", "险种": name,
            "客户号": holder["客户号"], "投保人姓名": holder["姓名"],
            "投保日期": str(asked), "生效日": str(starts), "终止日": ends,
            "保额": str(amount), "保费": f"{amount * rng.uniform(0.002, 0.03):.2f}",
            "缴费方式": rng.choice(("趸交", "年交", "年交", "季交", "月交")),
            "销售渠道": rng.choice(("个人代理", "银行保险", "电话销售", "互联网", "经纪代理")),
            "业务员": self.desk("sales_agent", holder["归属机构"]),
            "归属机构": holder["归属机构"], "状态": self.state(starts, ends),
        }  # fmt: skip
        return row | self.insured(holder, firm=firm)

    def state(self, starts: date, ends: str) -> str:
        if ends < str(self.today):
            return "满期终止"
        if starts > self.today:
            return "待生效"
        return self.rng.choices(("有效", "失效", "退保"), (90, 4, 6))[0]

    def insured(self, holder: Row, *, firm: bool) -> Row:
        """The insured person and the beneficiary; a firm's people are covered as a group."""
        rng = self.rng
        if firm:
            staff = {"被保险人姓名": "在职员工", "与投保人关系": "雇员"}
            return staff | {"受益人姓名": "", "受益人关系": "法定"}
        own = rng.random() < 0.7
        other = self.names.draw(rng.getrandbits(24), male=rng.random() < 0.5)[0]
        tie = "本人" if own else rng.choice(("配偶", "子女", "父母"))
        row = {"被保险人姓名": holder["姓名"] if own else other, "与投保人关系": tie}
        if rng.random() < 0.4:
            return row | {"受益人姓名": "", "受益人关系": "法定"}
        gets = self.names.draw(rng.getrandbits(24), male=rng.random() < 0.5)[0]
        return row | {"受益人姓名": gets, "受益人关系": rng.choice(("配偶", "子女", "父母"))}

    def claims(self, count: int, policies: Sequence[Row], cards: dict[str, str]) -> list[Row]:
        """Claims on policies that had begun; `cards` is the account by customer number."""
        begun = [p for p in policies if p["生效日"] < str(self.today - timedelta(60))]
        if count and not begun:
            raise ValueError("claims need policies that have begun")
        return [self.claim(n, self.rng.choice(begun), cards) for n in range(1, count + 1)]

    def claim(self, n: int, policy: Row, cards: dict[str, str]) -> Row:
        rng = self.rng
        begun = date.fromisoformat(policy["生效日"])
        last = min(self.today, date.fromisoformat(policy["终止日"]))
        event = begun + timedelta(rng.randrange(max(1, (last - begun).days)))
        told = min(self.today, event + timedelta(rng.randrange(30)))
        ends = told + timedelta(rng.randrange(2, 60))
        closed = ends <= self.today
        asked = rng.randint(500, 200_000)
        diagnosis, cause = rng.choice(DIAGNOSES)
        paid = f"{asked * rng.choice((0, 0.5, 0.8, 0.9, 1)):.2f}" if closed else ""
        return {
            "赔案号": f"CL{told.year}{n:08d}", "保单号": policy["保单号"],
            "客户号": policy["客户号"], "报案日期": str(told), "出险日期": str(event),
            "出险原因": cause, "诊断": diagnosis, "医院": "示例市" + rng.choice(HOSPITALS),
            "索赔金额": f"{asked}.00", "赔付金额": paid, "结案日期": str(ends) if closed else "",
            "理赔员工号": self.desk("claims_adjuster", policy["归属机构"]),
            "开户账号": cards[policy["客户号"]],
        }  # fmt: skip

    def contacts(self, count: int, customers: Sequence[Row]) -> list[Row]:
        """Service calls of the last year or so, in order of time."""
        rng = self.rng
        closing = datetime.combine(self.today, CLOSING)
        minutes = sorted((rng.randrange(CONTACT_WINDOW * 1440) for _ in range(count)), reverse=True)
        return [
            self.contact(n, closing - timedelta(minutes=m), rng.choice(customers))
            for n, m in enumerate(minutes, start=1)
        ]

    def contact(self, n: int, at: datetime, customer: Row) -> Row:
        rng = self.rng
        old = at.date() < self.today - timedelta(14)
        return {
            "工单号": f"SR{at:%Y%m%d}{n:06d}", "客户号": customer["客户号"],
            "时间": f"{at:%Y-%m-%d %H:%M:%S}",
            "渠道": rng.choice(("电话", "电话", "微信", "柜面", "网站")),
            "事由": rng.choice(CONTACT_REASONS),
            "坐席工号": self.desk("service_agent", customer["归属机构"]),
            "状态": "已办结" if old or rng.random() < 0.5 else "处理中",
        }  # fmt: skip

    def work(
        self, policies: Sequence[Row], claims: Sequence[Row], contacts: Sequence[Row]
    ) -> Iterator[Row]:
        """One item for each new policy (underwriter), claim (adjuster) and call (agent)."""
        since = str(self.today - UNDERWRITING_WINDOW)
        for row in policies:
            if row["投保日期"] >= since:
                who = self.desk("underwriter", row["归属机构"])
                done = row["生效日"] if row["生效日"] <= str(self.today) else ""
                yield item("policy", row["保单号"], row, who, (row["投保日期"], done))
        for row in claims:
            who, opened = row["理赔员工号"], row["报案日期"]
            yield item("claim", row["赔案号"], row, who, (opened, row["结案日期"]))
        for row in contacts:
            opened = row["时间"][:10]
            done = opened if row["状态"] == "已办结" else ""
            yield item("case", row["工单号"], row, row["坐席工号"], (opened, done))


def item(kind: str, number: str, row: Row, who: str, dates: tuple[str, str]) -> Row:
    """One row of workitems.csv; `dates` are opening and closing, blank while open."""
    values = (kind, number, row["客户号"], who, *dates)
    return dict(zip(WORK_HEADER, values, strict=True))
