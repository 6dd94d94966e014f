"""What everybody does on ordinary days: most looks have a work item, some do not, and people make mistakes."""

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
    Acted,
    Employee,
    Insurer,
    Item,
)

PURPOSES: Final = {
    SERVICE: (("service", 70), ("complaint", 12), ("renewal", 18)),
    CLAIMS: (("claim", 88), ("anti_fraud", 8), ("service", 4)),
    UNDERWRITER: (("underwriting", 85), ("renewal", 15)),
    SALES: (("renewal", 65), ("marketing", 20), ("service", 15)),
    MANAGER: (("complaint", 45), ("service", 40), ("legal", 15)),
}
CLASSES: Final = {
    SERVICE: (1, 2),
    CLAIMS: (1, 4, 5),
    UNDERWRITER: (1, 4, 6),
    SALES: (2, 6),
    MANAGER: (1, 5),
}
CLEAR: Final = {SERVICE: 0.45, CLAIMS: 0.65, UNDERWRITER: 0.6, SALES: 0.4, MANAGER: 0.5}
DENY: Final = {"outcome": "deny", "code": "access.out_of_scope", "overlay": "out_of_scope"}
SEARCH, VIEW, REVEAL = "vault.customer.searched", "vault.customer.viewed", "vault.field.revealed"
LISTED: Final = "vault.customer.listed"
_UNEXPLAINED: Final = 0.06


def work(insurer: Insurer, day: int) -> None:
    """One day of everybody."""
    busy = 1.4 if (day - insurer.begins) % 30 >= 27 else 1.0
    for person in insurer.people:
        if insurer.works(person, day):
            if person.pace:
                _desk(insurer, person, day, busy)
            else:
                _office(insurer, person, day)
    rng = insurer.random
    batch = tuple(rng.randrange(len(insurer.branch_of)) for _ in range(rng.randrange(30, 50)))
    act(insurer, insurer.server, insurer.at(day, 120 + rng.random() * 10), REVEAL, batch, "clear",
        classes=(6,), purpose="claim", channel="api")  # fmt: skip


def act(
    insurer: Insurer, person: Employee, t_ms: int, event: str, customers: tuple[int, ...] = (),
    exposure: str = "none", **more: object,
) -> None:  # fmt: skip
    """Note what becomes a leaf."""
    insurer.acts.append(Acted(t_ms, person, event, customers, exposure, **more))  # type: ignore[arg-type]


def _desk(insurer: Insurer, person: Employee, day: int, busy: float) -> None:
    rng = insurer.random
    begins, ends = insurer.shift(person)
    number = max(1, round(person.pace * busy * rng.lognormvariate(0, 0.22)))
    minutes = sorted(rng.uniform(60 * begins, 60 * ends) for _ in range(number))
    if rng.random() < 0.08:  # stays longer
        minutes += [60 * ends + rng.uniform(5, 85) for _ in range(rng.randrange(2, 6))]
    source = person.source
    if rng.random() < 0.03:
        source = f"172.{16 + rng.randrange(8)}.{person.number % 250}.{rng.randrange(1, 250)}"
    branch = insurer.branch(person, day)
    own = [item for item in _open_items(insurer, person, day) if rng.random() < 0.8]
    for minute in minutes:
        look(insurer, person, day, minute, _whom(insurer, person, day, branch, own), source)
    if person.post in (SALES, MANAGER):
        for _ in range(2):
            page = tuple(_of_branch(insurer, branch) for _ in range(20))
            at = insurer.at(day, rng.uniform(60 * begins, 60 * ends))
            act(
                insurer,
                person,
                at,
                LISTED,
                page,
                "list_masked",
                purpose="service",
                detail={"rows": 20},
            )
        if rng.random() < 0.12 and person.last_day is None:
            at = insurer.at(day, rng.uniform(60 * begins, 60 * ends))
            act(insurer, person, at, "vault.customer.exported", (), "export", purpose="renewal",
                detail={"rows": rng.randrange(20, 300)})  # fmt: skip
    _slips(insurer, person, day, 60 * begins)
    if person.post == MANAGER and rng.random() < 0.4:
        asker = rng.choice([one for one in insurer.people if one.pace and one is not person])
        at = insurer.at(day, rng.uniform(60 * begins, 60 * ends))
        act(insurer, person, at, "access.temporary_access.approved", detail={"target": asker.id})


def _open_items(insurer: Insurer, person: Employee, day: int) -> list[int]:
    """Customers whose work goes on for weeks."""
    if person.post not in (CLAIMS, UNDERWRITER):
        return []
    kept = [
        one for one in insurer.desks.get(person.id, ()) if one.closed is None or one.closed >= day
    ]
    insurer.desks[person.id] = kept
    return [one.customer for one in kept if one.opened <= day]


def _whom(insurer: Insurer, person: Employee, day: int, branch: int, own: list[int]) -> int:
    """The customer of the next call: an open item, a new one, or somebody without any."""
    rng = insurer.random
    if rng.random() < _UNEXPLAINED:
        customer = _of_branch(insurer, branch)
        if rng.random() < 0.4:  # written down later
            add_item(insurer, person, customer, day + 1, day + 3)
        return customer
    if own and rng.random() < 0.55:
        return rng.choice(own)
    customer = _of_branch(insurer, branch)
    lasts = rng.randrange(5, 25) if person.post in (CLAIMS, UNDERWRITER) else rng.randrange(0, 3)
    add_item(insurer, person, customer, day, day + lasts)
    return customer


def add_item(
    insurer: Insurer, person: Employee, customer: int, opened: int, closed: int | None
) -> None:
    """A piece of work of a person."""
    is_claim = person.post in (CLAIMS, SERVICE, MANAGER)
    item = Item(person.id, customer, opened, closed, is_claim)
    insurer.items.setdefault((person.id, customer), []).append(item)
    insurer.desks.setdefault(person.id, []).append(item)


def _of_branch(insurer: Insurer, branch: int) -> int:
    """A customer of the branch whom nobody watches over."""
    rng = insurer.random
    while True:
        number = rng.randrange(len(insurer.branch_of) // 3) * 3 + branch - 1
        if number not in insurer.canaries and number not in insurer.vips:
            return number


def look(
    insurer: Insurer, person: Employee, day: int, minute: float, customer: int, source: str = ""
) -> None:
    """A search, the masked page, often a clear value; sometimes a typing error or a refusal before."""
    rng = insurer.random
    at = insurer.at(day, minute)
    names, weights = zip(*PURPOSES[person.post], strict=True)
    purpose = rng.choices(names, weights)[0]
    classes = CLASSES[person.post]
    if rng.random() < 0.5:
        if rng.random() < 0.06:
            act(insurer, person, at - 40_000, SEARCH, detail={"hits": 0}, source=source)
        act(insurer, person, at - 20_000, SEARCH, (customer,), "list_masked", purpose=purpose,
            detail={"hits": 1}, source=source)  # fmt: skip
    act(
        insurer,
        person,
        at,
        VIEW,
        (customer,),
        "detail_masked",
        classes=classes,
        purpose=purpose,
        source=source,
    )
    if rng.random() < CLEAR[person.post]:
        act(insurer, person, at + 20_000, REVEAL, (customer,), "clear", classes=classes, purpose=purpose,
            source=source, decision={"cell": f"{person.post}.1"})  # fmt: skip


def _slips(insurer: Insurer, person: Employee, day: int, begins: int) -> None:
    """Denials of a person who took the wrong page, break-glass access now and then."""
    rng = insurer.random
    if rng.random() < 0.06:
        for n in range(rng.randrange(1, 5)):
            act(insurer, person, insurer.at(day, begins + 90 + n), VIEW, (_of_branch(insurer, person.branch),),
                purpose="service", classes=(1,), decision=DENY)  # fmt: skip
    if rng.random() < 0.002:
        customer = _of_branch(insurer, person.branch)
        request = f"{rng.getrandbits(60)}"
        at = insurer.at(day, begins + 200)
        act(
            insurer,
            person,
            at,
            "access.break_glass.started",
            (customer,),
            detail={"request": request},
        )
        act(insurer, person, at + 60_000, REVEAL, (customer,), "clear", classes=(1,), purpose="service",
            decision={"request": request})  # fmt: skip


def _office(insurer: Insurer, person: Employee, day: int) -> None:
    """Auditors read the trail, administrators keep people and rights."""
    rng = insurer.random
    if person.post == AUDITOR and rng.random() < 0.6:
        for one in rng.sample(insurer.people, rng.randrange(3, 12)):
            at = insurer.at(day, 600 + rng.random() * 120)
            act(insurer, person, at, "trail.leaves.searched", detail={"target": one.id})
    if person.post == SECURITY:
        for _ in range(rng.randrange(3)):
            act(
                insurer,
                person,
                insurer.at(day, 600 + rng.random() * 300),
                "access.assignment.changed",
            )
    if person.post == COMPLIANCE and rng.random() < 0.02:
        act(insurer, person, insurer.at(day, 600 + rng.random() * 300), "access.matrix.published")
