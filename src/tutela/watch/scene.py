"""One look with all that its rules may ask. Pure."""

from collections.abc import Collection, Mapping

from .baselines import Baselines
from .counters import Common, Customer, Person, PersonDay, Window
from .findings import MOST_LEAVES, Finding
from .look import Look
from .rules import RULES
from .thresholds import Applied, Book
from .world import NOWHERE, Place, World


class Scene:
    """A look, who did it, and where the counters stand with it. Rules add to `found`. Outside a look, at the end
    of a day, `at_ms` and `day` are those of the day that is judged."""

    __slots__ = (
        "at_ms", "baselines", "book", "common", "customers", "day", "explained", "found", "look", "person",
        "place", "today", "who", "world",
    )  # fmt: skip

    look: Look
    who: Person
    today: PersonDay

    def __init__(self, world: World, book: Book, baselines: Baselines, common: Common) -> None:
        self.world = world
        self.book = book
        self.baselines = baselines
        self.common = common
        self.customers: dict[str, Customer] = {}
        self.found: list[Finding] = []
        self.person = ""
        self.place: Place = NOWHERE
        self.day = 0
        self.at_ms = 0
        # Of the look's customers, those that work explains.
        self.explained: frozenset[str] = frozenset()

    def applied(self, rule: str) -> Applied | None:
        """The thresholds in force for this person now; None if the rule is off."""
        return self.book.of(rule, self.place.post, self.at_ms)

    def window(self, kind: str) -> Window:
        """The minutes of a kind of thing. Reports of other systems come hours later and have their own, which are
        not cut off by what the person has done here since."""
        return self.who.window(f"outside {kind}" if self.look.is_outside else kind)

    def is_raised(self, rule: str, customer: str = "") -> bool:
        """Whether it was found today already: then a flood need not be counted again leaf by leaf."""
        return self.who.raised.get(f"{rule} {customer}") == self.day

    def find(
        self,
        rule: str,
        applied: Applied,
        sides: tuple[int, int],
        leaves: Collection[int],
        *,
        customer: str = "",
        rest_days: int = 1,
        points: int | None = None,
        critical: bool | None = None,
        facts: Mapping[str, int | str | bool] | None = None,
    ) -> None:
        """Add a finding, once in `rest_days` for this person and customer, unless the rule rests for the person.
        `sides`: what was measured, and the threshold."""
        day = self.day
        key = f"{rule} {customer}"
        last = self.who.raised.get(key)
        if last is not None and abs(day - last) < rest_days:
            return
        if self.book.is_muted(rule, self.person, self.at_ms):
            return
        self.who.raised[key] = max(day, last or 0)
        spec = RULES[rule]
        is_critical = spec.critical if critical is None else critical
        self.found.append(
            Finding(
                rule=rule,
                person=self.person,
                customer=customer,
                day=day,
                at_ms=self.at_ms,
                points=spec.points if points is None else points,
                critical=is_critical,
                measured=sides[0],
                threshold=sides[1],
                leaves=sorted(leaves)[-MOST_LEAVES:],
                rule_version=spec.version,
                setting=applied.version,
                facts={**(facts or {}), "leaves": len(leaves)},
            )
        )
