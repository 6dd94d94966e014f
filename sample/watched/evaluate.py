"""What the rules find in a seeded insurer: recall by rule, cases by day, alerts of people who did nothing."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from tutela.watch.engine import Engine
from tutela.watch.findings import Finding
from tutela.watch.look import Calendar
from tutela.watch.scoring import opens_case
from tutela.watch.thresholds import Book

from .attacks import Attack, inject
from .insurer import Insurer, found
from .leaves import Facts, Told, written
from .ordinary import work

AT_ONCE: Final = 2_000
ZONE: Final = ZoneInfo("Asia/Shanghai")


@dataclass(slots=True)
class Outcome:
    """Of one seed. `found` and `injected` by rule; `cases` opened, of them `of_attacks`; `people` × `days` worked
    with; `strays`: alerts by rule of people who did not attack; `cased`: attacks whose person got a case."""

    people: int
    days: int
    leaves: int = 0
    found: Counter[str] = field(default_factory=Counter)
    injected: Counter[str] = field(default_factory=Counter)
    cased: Counter[str] = field(default_factory=Counter)
    strays: Counter[str] = field(default_factory=Counter)
    cases: int = 0
    stray_cases: int = 0
    busiest_day: int = 0
    missed: list[Attack] = field(default_factory=list)

    @property
    def per_hundred(self) -> float:
        """Cases a day for each hundred people."""
        return 100 * self.cases / (self.people * self.days)


def play(seed: int, people: int, begins: date, days: int, salt: str = "") -> Insurer:
    """The insurer after all its days, without attacks."""
    insurer = found(seed, people, begins, days, salt)
    for day in range(insurer.begins, insurer.begins + days):
        work(insurer, day)
    return insurer


def engine_of(insurer: Insurer) -> Engine:
    """An engine with default thresholds that knows this insurer."""
    return Engine(Facts(insurer), Book(), Calendar(ZONE))


def watch(engine: Engine, leaves: Sequence[Told]) -> list[Finding]:
    """All findings, the last days judged too."""
    findings: list[Finding] = []
    for begin in range(0, len(leaves), AT_ONCE):
        findings += engine.feed(leaves[begin : begin + AT_ONCE])
    return findings + engine.advance(engine.newest_ms + 2 * 86_400_000)


def cases_of(findings: Iterable[Finding]) -> Iterator[tuple[int, str, str]]:
    """(day, person, customer) of each case. It is closed on the evening of its day, the strictest for the budget:
    whatever comes later opens another one."""
    points: dict[tuple[str, str], list[tuple[int, int]]] = {}
    opened: set[tuple[int, str, str]] = set()
    for one in sorted(findings, key=lambda finding: (finding.day, finding.at_ms)):
        whose = (one.person, "" if one.person else one.customer)
        if (one.day, *whose) in opened:
            continue
        mine = points.setdefault(whose, [])
        mine.append((one.day, one.points))
        if opens_case(mine, one.day, critical=one.critical):
            mine.clear()
            opened.add((one.day, *whose))
            yield one.day, *whose


def evaluate(seed: int, people: int, begins: date, days: int) -> Outcome:
    """Play, inject, watch, compare."""
    insurer = play(seed, people, begins, days)
    attacks = inject(insurer)
    leaves = written(insurer)
    findings = watch(engine_of(insurer), leaves)
    outcome = Outcome(people=len(insurer.people), days=days, leaves=len(leaves))
    cases = list(cases_of(findings))
    attackers = {one.who for one in attacks}
    for attack in attacks:
        outcome.injected[attack.rule] += 1
        if any(_is(attack, one) for one in findings):
            outcome.found[attack.rule] += 1
        else:
            outcome.missed.append(attack)
        span = range(attack.first, attack.last + 3)
        if any(day in span and attack.who in (person, customer) for day, person, customer in cases):
            outcome.cased[attack.rule] += 1
    for one in findings:
        if (one.person or one.customer) not in attackers:
            outcome.strays[one.rule] += 1
    outcome.cases = len(cases)
    outcome.stray_cases = sum(
        (person or customer) not in attackers for _day, person, customer in cases
    )
    outcome.busiest_day = max(Counter(day for day, _person, _customer in cases).values(), default=0)
    return outcome


def _is(attack: Attack, one: Finding) -> bool:
    return (
        one.rule == attack.rule
        and attack.who in (one.person, one.customer)
        and attack.first <= one.day <= attack.last
    )
