"""The watch: leaves a second, and with --soak what it finds in fifty seeds of an insurer's 90 days.

The engine alone is measured on the seeded insurer's own leaves, 90 days of work; the watcher on a real trail whose
leaves all come within seconds, the worst there is for the windows. Processor time is that of this process: the
server's is that of the reads.
"""

import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from typing import Final

from benchmarks import house
from benchmarks.measure import Row, Scale

SEEDS: Final = 50
PEOPLE: Final = 60
DAYS: Final = 90
LEAVES: Final = 120_000
AT_ONCE: Final = 1_000
FLOOR: Final = 12_000
BEGINS: Final = date(2026, 3, 2)


def run(scale: Scale) -> list[Row]:
    """Leaves a second of processor time, how soon an alert stands; with soak recall and budget."""
    if scale.soak:
        house.home()
        return _found(scale.of(SEEDS))
    with house.opened():
        return [*_engine(scale), *_watcher(scale)]


def _engine(scale: Scale) -> list[Row]:
    from sample.watched.attacks import inject
    from sample.watched.evaluate import engine_of, play, watch
    from sample.watched.leaves import written

    insurer = play(1, PEOPLE, BEGINS, scale.of(DAYS))
    if not scale.quick:
        inject(insurer)
    leaves = written(insurer)
    engine = engine_of(insurer)
    begun = time.process_time()
    found = watch(engine, leaves)
    seconds = time.process_time() - begun
    note = f"{len(leaves):,} leaves of {len(insurer.people)} people, {len(found)} findings"
    return [
        Row(
            name="watch: engine, leaves a second of processor time",
            value=len(leaves) / seconds,
            unit="/s",
            floor=FLOOR,
            floor_of="value",
            note=note,
        )
    ]


def _watcher(scale: Scale) -> list[Row]:
    from tutela.trail import log
    from tutela.trail.tree.sequencer import sequence_once
    from tutela.watch.models import Alert
    from tutela.watch.watcher import Watcher

    people = _people(40)
    sequence_once()
    watcher = Watcher()
    while watcher.step():
        pass
    total = scale.of(LEAVES)
    for begin in range(0, total, AT_ONCE):
        log.append_all([_look(people, n) for n in range(begin, begin + AT_ONCE)])
    while sequence_once():
        pass
    begun, wall = time.process_time(), time.perf_counter()
    done = 0
    while count := watcher.step():
        done += count
    watcher.keep()
    seconds, took = time.process_time() - begun, time.perf_counter() - wall
    rows = [
        Row(
            name="watch: watcher on the real trail, leaves a second of processor time",
            value=done / seconds,
            unit="/s",
            floor=FLOOR,
            floor_of="value",
            note=f"{done:,} leaves in {took:.1f} s, {Alert.objects.count()} alerts",
        )
    ]
    return [*rows, _soon(watcher)]


def _soon(watcher: object) -> Row:
    """From the first leaf of a mass lookup to the alert in the database."""
    from tutela.trail import log
    from tutela.trail.tree.sequencer import sequence_once
    from tutela.watch.models import Alert

    thief = _people(1)
    begun = time.perf_counter()
    log.append_all([_look(thief, n) for n in range(30)])
    sequence_once()
    while watcher.step():  # type: ignore[attr-defined]
        pass
    seconds = time.perf_counter() - begun
    if not Alert.objects.filter(rule="R1", person_id=thief[0].id).exists():
        raise RuntimeError("the mass lookup raised no alert")
    return Row(
        name="watch: mass lookup to alert",
        value=seconds,
        unit="s",
        lower_is_better=True,
        floor=5,
        floor_of="value",
    )


def _people(number: int) -> list[object]:
    house.branches("EAST")
    return [house.hire("service_agent", "EAST") for _ in range(number)]


def _look(people: list[object], n: int) -> object:
    """A clear view of one of many customers, as a desk leaves it."""
    from uuid import UUID

    from tutela.trail.leaves import Exposure, Leaf
    from tutela.vault import events

    return Leaf(
        event=events.FIELD_REVEALED,
        actor=people[n % len(people)],
        subjects=(("customer", str(UUID(int=(7 << 76) + (2 << 62) + n * 7919 % 100_000))),),
        classes=(1, 2),
        fields=(101, 115),
        exposure=Exposure.CLEAR,
        purpose="service",
        decision={"cell": "service_agent.1", "outcome": "allow"},
        detail={"rows": 1},
    )


def _found(seeds: int) -> list[Row]:
    """Every attack in every seed, in two processes."""
    found: Counter[str] = Counter()
    cased: Counter[str] = Counter()
    injected: Counter[str] = Counter()
    cases = people_days = stray_cases = strays = 0
    worst = 0.0
    with ProcessPoolExecutor(2) as pool:
        for outcome in pool.map(_seed, range(1, seeds + 1)):
            found += outcome.found
            cased += outcome.cased
            injected += outcome.injected
            cases += outcome.cases
            stray_cases += outcome.stray_cases
            strays += sum(outcome.strays.values())
            people_days += outcome.people * outcome.days
            worst = max(worst, outcome.per_hundred)
    rows = [
        Row(
            name=f"watch: {rule} found of {injected[rule]}",
            value=found[rule] / injected[rule],
            unit="",
            floor=0.95,
            floor_of="value",
            note=f"with a case: {cased[rule]}",
        )
        for rule in sorted(injected, key=lambda code: int(code[1:]))
    ]
    budget = {"unit": "", "lower_is_better": True, "floor": 2.0, "floor_of": "value"}
    note = f"{people_days:,} days of people; {stray_cases} cases and {strays} alerts of people who did nothing"
    rows.append(
        Row(
            name="watch: cases a day for 100 people",
            value=100 * cases / people_days,
            note=note,
            **budget,
        )
    )
    rows.append(Row(name="watch: the same, worst seed", value=worst, **budget))
    return [*rows, *_ten_times()]


def _seed(seed: int) -> object:
    from sample.watched.evaluate import evaluate

    return evaluate(seed, PEOPLE, BEGINS, DAYS)


def _ten_times() -> list[Row]:
    """Alerts for each hundred people a day of a company ten times as large, beside the small one."""
    rates = []
    for people in (PEOPLE, 10 * PEOPLE):
        rates.append(_rate(people))
    return [
        Row(
            name="watch: alerts a day for 100 people, ten times the company",
            value=rates[1],
            unit="",
            beside="the small one",
            beside_value=rates[0],
            lower_is_better=True,
            floor=0.5,
            note="no attacks, 40 days",
        )
    ]


def _rate(people: int) -> float:
    from sample.watched.evaluate import engine_of, play, watch
    from sample.watched.leaves import written

    insurer = play(3, people, BEGINS, 40)
    findings = watch(engine_of(insurer), written(insurer))
    return 100 * len(findings) / (len(insurer.people) * 40)
