"""A small world for the rules: two branches, a few people, and leaves made by hand at chosen minutes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from tutela.watch.engine import Engine
from tutela.watch.findings import Finding
from tutela.watch.look import Calendar
from tutela.watch.thresholds import Book
from tutela.watch.world import Place

MINUTE = 60_000
DAY = 86_400_000
VIEW, REVEAL, SEARCH = "vault.customer.viewed", "vault.field.revealed", "vault.customer.searched"


def person(number: int) -> str:
    return f"00000000-0000-7000-8000-{number:012d}"


def customer(number: int) -> str:
    return f"00000000-0000-7000-9000-{number:012d}"


ANN = person(1)
OWN, SPOUSE, COLLEAGUE, VIP, CANARY = (customer(900_000 + n) for n in range(5))


@dataclass(frozen=True)
class Told:
    index: int
    leaf_id: UUID
    leaf: bytes


@dataclass
class Small:
    """What the rules may ask, as a test sets it."""

    posts: dict[str, Place] = field(default_factory=dict)
    explained: set[tuple[str, str]] = field(default_factory=set)
    cases: set[str] = field(default_factory=set)
    branches: dict[str, int] = field(default_factory=dict)
    shifts: list[tuple[int, int]] | None = None
    leaves_on: int | None = None
    left: dict[int, int] = field(default_factory=dict)

    def prepare(self, pairs: object) -> None: ...

    def missing(self) -> tuple[()]:
        return ()

    def place(self, person: str, day: int) -> Place:
        return self.posts.get(person, Place("service_agent", 1))

    def peers(self, place: Place, day: int) -> Sequence[str]:
        return [
            one
            for one, of in self.posts.items()
            if of.post == place.post and place.branch in (0, of.branch)
        ]

    def is_explained(self, person: str, customer: str, classes: Sequence[int], day: int) -> bool:
        return (person, customer) in self.explained

    def own_record(self, person: str) -> str:
        return OWN if person == ANN else ""

    def relatives(self, person: str) -> set[str]:
        return {SPOUSE} if person == ANN else set()

    def is_colleague(self, customer: str) -> bool:
        return customer == COLLEAGUE

    def is_vip(self, customer: str, t_ms: int) -> bool:
        return customer == VIP

    def is_canary(self, customer: str, t_ms: int) -> bool:
        return customer == CANARY

    def has_open_case(self, customer: str, day: int) -> bool:
        return customer in self.cases

    def branch_of(self, customer: str) -> int:
        return self.branches.get(customer, 1)

    def minutes_off(self, person: str, t_ms: int) -> int | None:
        if self.shifts is None:
            return None
        return min(max(a - t_ms, t_ms - b, 0) // MINUTE for a, b in self.shifts)

    def last_day(self, person: str, day: int) -> int | None:
        return self.leaves_on

    def left_branches(self, person: str, day: int) -> dict[int, int]:
        return self.left

    def is_near(self, low: str, high: str, step: int) -> bool:
        return int(high[-12:]) - int(low[-12:]) <= step


class Stage:
    """Leaves by day and minute; `day` 0 is a Monday."""

    def __init__(self, world: Small | None = None, book: Book | None = None) -> None:
        self.world = world or Small()
        self.calendar = Calendar(ZoneInfo("Asia/Shanghai"))
        self.engine = Engine(self.world, book or Book(), self.calendar)
        self.monday = date(2026, 3, 2).toordinal()
        self.begin = self.calendar.end(self.monday - 1) + 1
        self._indices = count()

    def leaf(
        self, day: int = 0, minute: float = 600, who: str = ANN, event: str = REVEAL, **told: Any
    ) -> Told:
        """One leaf; `customers` are numbers or ids, everything else as the trail has it."""
        index = next(self._indices)
        t_ms = self.begin + day * DAY + round(minute * MINUTE)
        shown = "clear" if event == REVEAL else "detail_masked" if event == VIEW else "none"
        names = [
            one if isinstance(one, str) else customer(one) for one in told.get("customers", ())
        ]
        said = {
            "actor": {
                "kind": told.get("kind", "staff"), "id": who, "channel": told.get("channel", "page"),
                "session": "", "source": told.get("source", "10.0.0.1"),
            },
            "classes": list(told.get("classes", (1,))),
            "decision": {"outcome": "allow", **told.get("decision", {})},
            "detail": told.get("detail", {}),
            "event": event,
            "exposure": told.get("exposure", shown),
            "purpose": told.get("purpose", "service"),
            "subjects": [["customer", one] for one in names],
            "t_ms": t_ms,
        }  # fmt: skip
        return Told(index, UUID(int=index), bytes(16) + json.dumps(said).encode())

    def play(self, *leaves: Told) -> list[Finding]:
        """Feed them."""
        return self.engine.feed(leaves)

    def rules(self, *leaves: Told) -> set[str]:
        """The rules that fire on these."""
        return {one.rule for one in self.play(*leaves)}

    def end(self, day: int) -> list[Finding]:
        """What the end of this day, with its five minutes, brings."""
        return self.engine.advance(self.begin + (day + 1) * DAY + 6 * MINUTE)
