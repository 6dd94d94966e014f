"""Who works where and when, and whose customers there are."""

from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Final

MINUTE: Final = 60_000
DAY_MS: Final = 86_400_000
ZONE_MS: Final = 8 * 3_600_000
"""The insurer's clock is eight hours ahead of UTC."""
EPOCH_DAY: Final = date(1970, 1, 1).toordinal()
SERVICE, CLAIMS, UNDERWRITER, MANAGER = (
    "service_agent",
    "claims_adjuster",
    "underwriter",
    "branch_manager",
)
SALES, AUDITOR, SECURITY, COMPLIANCE = (
    "sales_agent",
    "auditor",
    "security_admin",
    "compliance_officer",
)
SERVER: Final = "partner_service"
_SHARES: Final = ((SERVICE, 40), (CLAIMS, 25), (UNDERWRITER, 17), (SALES, 12), (MANAGER, 6))
VOLUMES: Final = {SERVICE: 26, CLAIMS: 16, UNDERWRITER: 18, SALES: 12, MANAGER: 5}
"""Customers a day, the middle of a post."""


def start_of(day: int) -> int:
    """The first millisecond of a local day."""
    return (day - EPOCH_DAY) * DAY_MS - ZONE_MS


@dataclass(slots=True)
class Employee:
    """One person, or a server. `pace`: customers on a usual day; `away`: ordinals of days off."""

    id: str
    number: int
    post: str
    branch: int
    pace: float
    early: bool
    source: str
    away: set[int] = field(default_factory=set)
    own: str = ""
    relatives: frozenset[str] = frozenset()
    # From this day on the second branch.
    moved: tuple[int, int] | None = None
    last_day: int | None = None
    sleeps: range = range(0)
    is_machine: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A work item: who works on whom, from day to day (ordinals, open without an end)."""

    person: str
    customer: int
    opened: int
    closed: int | None
    is_claim: bool


@dataclass(slots=True)
class Acted:
    """What became one leaf."""

    t_ms: int
    person: Employee
    event: str
    customers: tuple[int, ...] = ()
    exposure: str = "none"
    classes: tuple[int, ...] = ()
    purpose: str = ""
    detail: dict[str, int | str] = field(default_factory=dict)
    decision: dict[str, int | str] = field(default_factory=dict)
    source: str = ""
    channel: str = "page"


@dataclass(slots=True)
class Insurer:
    """The company and what was done. Customers are numbers; their ids rise with the number."""

    seed: int
    begins: int
    days: int
    people: list[Employee]
    server: Employee
    branch_of: list[int]
    holidays: frozenset[int]
    canaries: frozenset[int]
    vips: frozenset[int]
    items: dict[tuple[str, int], list[Item]] = field(default_factory=dict)
    desks: dict[str, list[Item]] = field(default_factory=dict)
    acts: list[Acted] = field(default_factory=list)
    random: Random = field(default_factory=Random)

    def works(self, person: Employee, day: int) -> bool:
        """Whether the roster has the person on this day."""
        weekday = (day - 1) % 7
        if day in self.holidays or day in person.away or day in person.sleeps:
            return False
        if person.last_day is not None and day > person.last_day:
            return False
        if person.post == SERVICE:  # five of seven days, the days off differ
            return weekday not in {person.number % 7, (person.number + 1) % 7}
        return weekday < 5

    def shift(self, person: Employee) -> tuple[int, int]:
        """The hours of a working day."""
        if person.post == SERVICE:
            return (8, 16) if person.early else (12, 20)
        return 9, 18

    def branch(self, person: Employee, day: int) -> int:
        """Where the person works on a day."""
        if person.moved is not None and day >= person.moved[0]:
            return person.moved[1]
        return person.branch

    def at(self, day: int, minute: float) -> int:
        """A moment by day and minute, in milliseconds, with some of its own."""
        return start_of(day) + int(minute * MINUTE) + self.random.randrange(900)


def customer_id(seed: int, number: int) -> str:
    """Ids rise with the number, as in a vault that was filled from a list by number."""
    text = f"{0x019200000000 + number:012x}7{number % 4096:03x}8{seed % 4096:03x}{number:012x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def person_id(seed: int, number: int, salt: str = "") -> str:
    """Any ids will do: a salt gives everybody another one."""
    text = f"{Random(f'{seed}/{number}/{salt}').getrandbits(128):032x}"
    return f"{text[:8]}-{text[8:12]}-7{text[13:16]}-8{text[17:20]}-{text[20:]}"


def found(seed: int, people: int, begins: date, days: int, salt: str = "") -> Insurer:
    """The company on its first day: three branches and the head office."""
    rng = Random(seed)
    first = begins.toordinal()
    customers = max(3_000, people * 150)
    staff = _hire(rng, seed, people, salt)
    holidays = frozenset(first + rng.randrange(days) for _ in range(days // 30 + 1))
    insurer = Insurer(
        seed=seed,
        begins=first,
        days=days,
        people=staff,
        server=Employee(
            person_id(seed, 9_999_999, salt),
            9_999_999,
            SERVER,
            0,
            40,
            True,
            "10.9.0.5",
            is_machine=True,
        ),
        branch_of=[1 + number % 3 for number in range(customers)],
        holidays=holidays,
        canaries=frozenset(rng.sample(range(customers), 9)),
        vips=frozenset(rng.sample(range(customers), 6)),
        random=rng,
    )
    _own_records(insurer)
    for person in staff:
        begin = first + rng.randrange(max(1, days - 8))
        person.away = set(range(begin, begin + rng.choice((0, 3, 5, 7))))
    return insurer


def _hire(rng: Random, seed: int, people: int, salt: str) -> list[Employee]:
    posts = [post for post, share in _SHARES for _ in range(max(1, round(people * share / 100)))]
    posts += [AUDITOR, AUDITOR, SECURITY, SECURITY, COMPLIANCE, COMPLIANCE]
    return [
        Employee(
            person_id(seed, number, salt),
            number,
            post,
            1 + number % 3 if post in VOLUMES else 0,
            VOLUMES.get(post, 0) * rng.lognormvariate(0, 0.25),
            rng.random() < 0.5,
            f"10.{1 + number % 3}.{number // 250}.{number % 250 + 1}",
        )
        for number, post in enumerate(posts)
    ]


def _own_records(insurer: Insurer) -> None:
    """A third of the staff are customers, some with a family."""
    rng = insurer.random
    free = [n for n in range(len(insurer.branch_of)) if n not in insurer.canaries | insurer.vips]
    numbers = iter(rng.sample(free, 3 * len(insurer.people)))
    for person in insurer.people:
        own, spouse, child = next(numbers), next(numbers), next(numbers)
        if rng.random() < 0.35:
            person.own = customer_id(insurer.seed, own)
            person.relatives = frozenset(customer_id(insurer.seed, n) for n in (spouse, child))
