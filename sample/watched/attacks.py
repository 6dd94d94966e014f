"""One misuse for each rule, by people who else work as usual, after six weeks and of random size."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from .insurer import (
    AUDITOR,
    CLAIMS,
    COMPLIANCE,
    MANAGER,
    SALES,
    SECURITY,
    SERVICE,
    UNDERWRITER,
    Employee,
    Insurer,
    customer_id,
)
from .ordinary import CLASSES, DENY, REVEAL, SEARCH, VIEW, act

DESKS: Final = (SERVICE, CLAIMS, UNDERWRITER)
SLEEPS_FROM, SLEEPS_UNTIL = 8, 71


@dataclass(frozen=True, slots=True)
class Attack:
    """What must be found: the rule, of whom (a person's or a customer's id), and between which days (ordinals)."""

    rule: str
    who: str
    first: int
    last: int


class Plan:
    """Picks people and days; nobody attacks twice."""

    def __init__(self, insurer: Insurer) -> None:
        self.insurer = insurer
        self.random = insurer.random
        self._free = [one for one in insurer.people if one.last_day is None]
        self.random.shuffle(self._free)
        self.attacks: list[Attack] = []

    def pick(self, *posts: str, among: Collection[str] = ()) -> Employee:
        person = next(
            one for one in self._free if one.post in posts and (not among or one.id in among)
        )
        self._free.remove(person)
        return person

    def day(self, person: Employee, low: int = 42, high: int = 84) -> int:
        """A day on which the person works."""
        insurer = self.insurer
        days = [
            day
            for day in range(insurer.begins + low, insurer.begins + min(high, insurer.days - 4))
            if insurer.works(person, day)
        ]
        return self.random.choice(days)

    def strangers(self, number: int, person: Employee | None = None, branch: int = 0) -> list[int]:
        """Customers with whom this person never has work."""
        insurer = self.insurer
        special = insurer.canaries | insurer.vips
        if person is not None:
            special = special | {
                customer for worker, customer in insurer.items if worker == person.id
            }
        pool = [
            n for n, of in enumerate(insurer.branch_of) if branch in (0, of) and n not in special
        ]
        return self.random.sample(pool, number)

    def view(
        self, person: Employee, t_ms: int, customer: int, *, clear: bool = True, source: str = ""
    ) -> None:
        classes = CLASSES.get(person.post, (1,))
        act(self.insurer, person, t_ms, VIEW, (customer,), "detail_masked", classes=classes,
            purpose="service", source=source)  # fmt: skip
        if clear:
            act(self.insurer, person, t_ms + 3_000, REVEAL, (customer,), "clear", classes=classes,
                purpose="service", source=source)  # fmt: skip

    def done(self, rule: str, who: str, first: int, last: int | None = None) -> None:
        self.attacks.append(Attack(rule, who, first, last or first))

    def minute(self, person: Employee) -> float:
        """A minute within the shift, an hour before its end at least."""
        begins, ends = self.insurer.shift(person)
        return self.random.uniform(60 * begins + 5, 60 * ends - 75)


def burst(plan: Plan) -> None:
    person = plan.pick(*DESKS)
    day, rng = plan.day(person), plan.random
    begin = plan.minute(person)
    for customer in plan.strangers(rng.randrange(30, 70), person):
        plan.view(person, plan.insurer.at(day, begin + rng.uniform(0, 8)), customer)
    plan.done("R1", person.id, day)


def copied_book(plan: Plan) -> None:
    person = plan.pick(*DESKS)
    day, rng = plan.day(person), plan.random
    begins, ends = plan.insurer.shift(person)
    for customer in plan.strangers(rng.randrange(100, 180), person):
        at = plan.insurer.at(day, rng.uniform(60 * begins, 60 * ends))
        plan.view(person, at, customer, clear=rng.random() < 0.2)
    plan.done("R2", person.id, day)


def drip(plan: Plan) -> None:
    person = plan.pick(CLAIMS, UNDERWRITER, SALES)
    rng, insurer = plan.random, plan.insurer
    first = insurer.begins + 45
    customers = iter(plan.strangers(1_600, person))
    for day in range(first, first + 36):
        if insurer.works(person, day):
            begins, ends = insurer.shift(person)
            for _ in range(rng.randrange(24, 36)):
                at = insurer.at(day, rng.uniform(60 * begins, 60 * ends))
                plan.view(person, at, next(customers), clear=False)
    plan.done("R3", person.id, first, first + 38)


def walk(plan: Plan) -> None:
    person = plan.pick(*DESKS)
    day, rng = plan.day(person), plan.random
    begin = plan.minute(person)
    if rng.random() < 0.7:
        number = rng.randrange(len(plan.insurer.branch_of) - 200)
        for n in range(rng.randrange(14, 30)):
            plan.view(person, plan.insurer.at(day, begin + n * 0.45), number, clear=False)
            number += rng.randrange(1, 4)
    else:
        for n in range(rng.randrange(24, 40)):
            at = plan.insurer.at(day, begin + n * 0.2)
            act(plan.insurer, person, at, SEARCH, detail={"hits": 0})
    plan.done("R4", person.id, day)


def at_night(plan: Plan) -> None:
    person = plan.pick(CLAIMS, UNDERWRITER)
    rng = plan.random
    day = plan.day(person)
    for customer in plan.strangers(rng.randrange(4, 9), person):
        plan.view(person, plan.insurer.at(day, 60 * 2 + rng.uniform(0, 120)), customer)
    plan.done("R5", person.id, day)


def _with_record(plan: Plan) -> Employee:
    person = plan.pick(*DESKS)
    if not person.own:
        numbers = plan.strangers(3)
        ids = [customer_id(plan.insurer.seed, n) for n in numbers]
        person.own, person.relatives = ids[0], frozenset(ids[1:])
    return person


def _number(customer: str) -> int:
    return int(customer.replace("-", "")[-12:], 16)


def own_record(plan: Plan) -> None:
    person = _with_record(plan)
    day = plan.day(person)
    own = _number(person.own)
    at = plan.insurer.at(day, plan.minute(person))
    if plan.random.random() < 0.5:
        plan.view(person, at, own)
    else:
        act(plan.insurer, person, at, VIEW, (own,), purpose="service",
            decision={"outcome": "deny", "code": "access.own_record", "overlay": "own_record"})  # fmt: skip
    plan.done("R6", person.id, day)


def relatives(plan: Plan) -> None:
    person = _with_record(plan)
    day = plan.day(person)
    near = _number(plan.random.choice(sorted(person.relatives)))
    plan.view(person, plan.insurer.at(day, plan.minute(person)), near, clear=False)
    plan.done("R7", person.id, day)


def prominent(plan: Plan) -> None:
    person = plan.pick(*DESKS)
    day = plan.day(person)
    whom = plan.random.choice(sorted(plan.insurer.vips))
    plan.view(person, plan.insurer.at(day, plan.minute(person)), whom)
    plan.done("R8", person.id, day)


def without_work(plan: Plan) -> None:
    person = plan.pick(*DESKS)
    day, rng = plan.day(person), plan.random
    begins, ends = plan.insurer.shift(person)
    for customer in plan.strangers(rng.randrange(14, 24), person):
        plan.view(person, plan.insurer.at(day, rng.uniform(60 * begins, 60 * ends)), customer)
    plan.done("R9", person.id, day, day + 2)


def wakes(plan: Plan) -> None:
    """Away for two months, then used again."""
    insurer = plan.insurer
    seen = {
        one.person.id
        for one in insurer.acts
        if one.t_ms < insurer.at(insurer.begins + SLEEPS_FROM, 0)
    }
    person = plan.pick(*DESKS, among=seen)
    person.sleeps = range(insurer.begins + SLEEPS_FROM, insurer.begins + SLEEPS_UNTIL)
    insurer.acts = [
        one for one in insurer.acts if one.person is not person or not _asleep(insurer, one.t_ms)
    ]
    plan.done("R10", person.id, insurer.begins + SLEEPS_UNTIL, insurer.begins + SLEEPS_UNTIL + 14)


def _asleep(insurer: Insurer, t_ms: int) -> bool:
    day = (t_ms + 8 * 3_600_000) // 86_400_000 + 719_163
    return SLEEPS_FROM <= day - insurer.begins < SLEEPS_UNTIL


def leaver(plan: Plan) -> None:
    person = plan.pick(SALES, SERVICE)
    rng, insurer = plan.random, plan.insurer
    day = plan.day(person, 45, 70)
    person.last_day = day + rng.randrange(8, 20)
    insurer.acts = [
        one for one in insurer.acts
        if one.person is not person or (one.t_ms + 28_800_000) // 86_400_000 + 719_163 <= (person.last_day or 0)
    ]  # fmt: skip
    if rng.random() < 0.3:
        at = insurer.at(day, plan.minute(person))
        act(
            insurer,
            person,
            at,
            "vault.customer.exported",
            (),
            "export",
            detail={"rows": rng.randrange(60, 300)},
        )
    else:
        begins, ends = insurer.shift(person)
        for customer in plan.strangers(rng.randrange(45, 75), person):
            at = insurer.at(day, rng.uniform(60 * begins, 60 * ends))
            plan.view(person, at, customer, clear=False)
    plan.done("R11", person.id, day)


def mover(plan: Plan) -> None:
    person = plan.pick(*DESKS)
    rng, insurer = plan.random, plan.insurer
    moves = insurer.begins + 40
    old = person.branch
    person.moved = (moves, old % 3 + 1)
    day = plan.day(person, 50, 80)
    customers = plan.strangers(6, person, old)
    begin = plan.minute(person)
    if rng.random() < 0.6:
        for n, customer in enumerate(customers[: rng.randrange(1, 4)]):
            plan.view(person, insurer.at(day, begin + 3 * n), customer)
    else:
        for n, customer in enumerate(customers[:4]):
            act(insurer, person, insurer.at(day, begin + n), VIEW, (customer,), purpose="service",
                classes=(1,), decision=DENY)  # fmt: skip
    plan.done("R12", person.id, day)


def canary(plan: Plan) -> None:
    person = plan.pick(*DESKS, SALES)
    day = plan.day(person)
    bird = plan.random.choice(sorted(plan.insurer.canaries))
    at = plan.insurer.at(day, plan.minute(person))
    if plan.random.random() < 0.5:
        plan.view(person, at, bird, clear=False)
    else:
        act(
            plan.insurer,
            person,
            at,
            SEARCH,
            (bird,),
            "list_masked",
            purpose="service",
            detail={"hits": 1},
        )
    plan.done("R13", person.id, day)


def export(plan: Plan) -> None:
    person = plan.pick(SALES, MANAGER)
    day, rng = plan.day(person), plan.random
    at = plan.insurer.at(day, plan.minute(person))
    if rng.random() < 0.5:
        act(plan.insurer, person, at, "vault.customer.exported", (), "export",
            detail={"rows": rng.randrange(600, 9_000)})  # fmt: skip
    else:
        for n in range(6):
            act(plan.insurer, person, at + n * 60_000, "vault.customer.exported", (), "print",
                detail={"rows": rng.randrange(400, 500)})  # fmt: skip
    plan.done("R14", person.id, day)


def break_glass(plan: Plan) -> None:
    person = plan.pick(*DESKS)
    rng, insurer = plan.random, plan.insurer
    day = plan.day(person, 42, 60)
    way = rng.randrange(3)
    if way == 0:
        days = [one for one in range(day, day + 24) if insurer.works(person, one)][:4]
        for one in days:
            at = insurer.at(one, plan.minute(person))
            act(insurer, person, at, "access.break_glass.started", tuple(plan.strangers(1, person)),
                detail={"request": f"a{rng.getrandbits(50)}"})  # fmt: skip
        plan.done("R15", person.id, day, days[-1])
    elif way == 1:
        at = insurer.at(day, plan.minute(person))
        named, other = plan.strangers(2, person)
        request = f"a{rng.getrandbits(50)}"
        act(
            insurer, person, at, "access.break_glass.started", (named,), detail={"request": request}
        )
        act(insurer, person, at + 60_000, REVEAL, (other,), "clear", classes=(1,), purpose="service",
            decision={"request": request})  # fmt: skip
        plan.done("R15", person.id, day)
    else:
        manager = plan.pick(MANAGER, COMPLIANCE)
        for n in range(7):
            act(insurer, manager, insurer.at(day + 3 * n, 660), "access.temporary_access.approved",
                detail={"target": person.id})  # fmt: skip
        plan.done("R15", manager.id, day, day + 21)


def probe(plan: Plan) -> None:
    person = plan.pick(*DESKS)
    day, rng = plan.day(person), plan.random
    begin = plan.minute(person)
    by_class = rng.random() < 0.4
    for n in range(5 if by_class else rng.randrange(12, 20)):
        act(plan.insurer, person, plan.insurer.at(day, begin + n * 0.4), VIEW, tuple(plan.strangers(1, person)),
            purpose="service", classes=(n + 1,) if by_class else (1,), decision=DENY)  # fmt: skip
    plan.done("R16", person.id, day)


def network(plan: Plan) -> None:
    person = plan.pick(*DESKS)
    day = plan.day(person)
    (customer,) = plan.strangers(1, person)
    at = plan.insurer.at(day, plan.minute(person))
    plan.view(person, at, customer, source=f"203.0.113.{plan.random.randrange(1, 250)}")
    plan.done("R17", person.id, day)


def server(plan: Plan) -> None:
    insurer, rng = plan.insurer, plan.random
    day = insurer.begins + rng.randrange(45, 80)
    way = rng.randrange(3)
    batch = tuple(plan.strangers(5))
    at = insurer.at(day, 1_380)
    if way == 0:
        act(insurer, insurer.server, at, REVEAL, batch, "clear", channel="page", purpose="claim")
    elif way == 1:
        act(insurer, insurer.server, at, REVEAL, batch, "clear", channel="api", source="10.44.1.9")
    else:
        act(insurer, insurer.server, at, REVEAL, tuple(plan.strangers(300)), "clear", channel="api")
    plan.done("R18", insurer.server.id, day)


def drift(plan: Plan) -> None:
    """Always the same purpose, and one that the post has no class for."""
    person = plan.pick(SERVICE)
    rng, insurer = plan.random, plan.insurer
    day = plan.day(person, 45, 76)
    if rng.random() < 0.5:
        low, high = insurer.at(day - 6, 0), insurer.at(day + 3, 0)
        for one in insurer.acts:
            if one.person is person and low <= one.t_ms < high and one.exposure == "clear":
                one.purpose = "complaint"
        customers = iter(plan.strangers(90, person))
        for then in range(day - 4, day + 2):
            if insurer.works(person, then):
                for n in range(11):
                    customer = next(customers)
                    act(insurer, person, insurer.at(then, plan.minute(person) + n), REVEAL, (customer,),
                        "clear", classes=(1, 2), purpose="complaint")  # fmt: skip
        plan.done("R19", person.id, day - 6, day + 4)
    else:
        begin = plan.minute(person)
        for n, customer in enumerate(plan.strangers(rng.randrange(3, 8), person)):
            act(insurer, person, insurer.at(day, begin + 9 * n), REVEAL, (customer,), "clear", classes=(4,),
                purpose="complaint")  # fmt: skip
        plan.done("R19", person.id, day)


def oracle(plan: Plan) -> None:
    person = plan.pick(*DESKS)
    day, rng = plan.day(person), plan.random
    begin = plan.minute(person)
    for customer in plan.strangers(rng.randrange(17, 30), person):
        act(plan.insurer, person, plan.insurer.at(day, begin + rng.uniform(0, 8)), SEARCH, (customer,),
            "list_masked", purpose="service", detail={"hits": 1})  # fmt: skip
    plan.done("R20", person.id, day)


def hot(plan: Plan) -> None:
    insurer, rng = plan.insurer, plan.random
    day = insurer.begins + rng.randrange(45, 80)
    (customer,) = plan.strangers(1)
    insurer.items = {key: items for key, items in insurer.items.items() if key[1] != customer}
    crowd = [one for one in insurer.people if one.pace and day not in one.sleeps]
    by_branch = [
        [one for one in crowd if insurer.branch(one, day) == branch] for branch in (1, 2, 3)
    ]
    number = rng.randrange(3, 5)
    for group in by_branch:
        for person in rng.sample(group, number):
            plan.view(person, insurer.at(day, 600 + rng.uniform(0, 500)), customer, clear=False)
    plan.done("R21", customer_id(insurer.seed, customer), day)


def trail_reader(plan: Plan) -> None:
    person = plan.pick(AUDITOR)
    day, rng = plan.day(person), plan.random
    if rng.random() < 0.7:
        for one in rng.sample(
            plan.insurer.people, min(len(plan.insurer.people), rng.randrange(34, 50))
        ):
            at = plan.insurer.at(day, 900 + rng.uniform(0, 45))
            act(plan.insurer, person, at, "trail.leaves.searched", detail={"target": one.id})
    else:
        act(plan.insurer, person, plan.insurer.at(day, 900), "trail.leaves.exported")
    plan.done("R22", person.id, day)


def friends(plan: Plan) -> None:
    insurer, rng = plan.insurer, plan.random
    way = rng.randrange(3)
    if way == 0:
        first, second = plan.pick(MANAGER, COMPLIANCE), plan.pick(SECURITY, COMPLIANCE, MANAGER)
        day = plan.day(second)
        act(
            insurer,
            first,
            insurer.at(day - 5, 660),
            "access.temporary_access.approved",
            detail={"target": second.id},
        )
        act(
            insurer,
            second,
            insurer.at(day, 660),
            "access.temporary_access.approved",
            detail={"target": first.id},
        )
        plan.done("R23", second.id, day)
        return
    person = plan.pick(SECURITY)
    day = plan.day(person)
    if way == 1:
        for n in range(rng.randrange(21, 40)):
            act(insurer, person, insurer.at(day, 700 + n), "access.assignment.changed")
    else:
        act(insurer, person, insurer.at(day, 60 * 23), "access.matrix.published")
    plan.done("R23", person.id, day)


ATTACKS: Final[tuple[Callable[[Plan], None], ...]] = (
    burst, copied_book, drip, walk, at_night, own_record, relatives, prominent, without_work, wakes, leaver,
    mover, canary, export, break_glass, probe, network, server, drift, oracle, hot, trail_reader, friends,
)  # fmt: skip
"""By rule, R1 to R23; R24 is about the trail and is not of people."""


def inject(insurer: Insurer, attacks: tuple[Callable[[Plan], None], ...] = ATTACKS) -> list[Attack]:
    """Add the attacks to what was done; what must be found."""
    plan = Plan(insurer)
    # Who must be away or leave is chosen first: of the others each has a day on which it works.
    for attack in sorted(attacks, key=lambda one: one not in (wakes, leaver, mover)):
        attack(plan)
    return plan.attacks
