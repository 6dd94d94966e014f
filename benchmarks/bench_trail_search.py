"""Questions of the trail over three years: p95 of each, from the typed name to the rows, with the question's leaf.

One million leaves; `--soak` ten million. The limit is 250 ms for each.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from benchmarks import house, trail_years
from benchmarks.measure import Row, Scale, percentile

LIMIT_MS = 250.0
LEAVES, SOAKED = 1_000_000, 10_000_000
ROUNDS = 40


def run(scale: Scale) -> list[Row]:
    """The p95 of each question."""
    leaves = SOAKED if scale.soak else scale.of(LEAVES)
    with house.opened() as cluster:
        house.branches()
        trail_years.hire()
        made = trail_years.make(cluster, leaves)
        note = f"{made.leaves:,} leaves, {made.subjects:,} subjects, {trail_years.DAYS} days"
        return [
            Row(name=f"trail, {name}, p95", value=p95(ask), unit="ms", floor=LIMIT_MS, floor_of="value",
                lower_is_better=True, beside="limit", note=note)
            for name, ask in questions().items()
        ]  # fmt: skip


def p95(ask: Callable[[int], object]) -> float:
    taken = []
    for n in range(ROUNDS):
        began = time.perf_counter()
        ask(n)
        taken.append((time.perf_counter() - began) * 1000)
    return percentile(taken, 0.95)


def questions() -> dict[str, Callable[[int], object]]:
    """Each asks about another person or customer every time, as far as there are."""
    from tutela.access import people_search, sign_in, trail_search
    from tutela.access.trail_search import Span
    from tutela.base import clock
    from tutela.console import event_groups, trail_pages
    from tutela.trail.queries import LeafFilter

    actor = sign_in.local_operator()

    def search(**wanted: object) -> object:
        rows = trail_search.search_leaves(actor, LeafFilter(**wanted), limit=51)  # type: ignore[arg-type]
        assert not any(row.broken for row in rows)
        return rows

    def person(n: int) -> str:
        return f"00000000-0000-7000-a000-{n * 17 % 1000:012x}"

    def customer(n: int) -> tuple[str, str]:
        return "customer", f"00000000-0000-7000-9000-{n * 2477:012x}"

    def by_name(n: int) -> object:
        found = people_search.find(f"员工{10 + n * 13}")
        return search(actor_id=str(found[0].id))

    def span(days: int) -> Span:
        return trail_pages.last_days(days)

    since = clock.now() - timedelta(days=trail_years.DAYS)
    heavy = ("customer", trail_years.HEAVY)
    looks = event_groups.names_of("looks")
    group = event_groups.names_of("group.customers")
    return {
        "a person by name": by_name,
        "a name of ten people": lambda _: people_search.find(trail_years.NAME),
        "a person and rare events": lambda n: search(
            actor_id=person(n), events=("vault.destruction.proposed",)
        ),
        "a customer over three years": lambda n: search(subject=customer(n), since=since),
        "a customer of many entries": lambda _: search(subject=heavy, since=since),
        "the same by rare events": lambda _: search(
            subject=heavy, since=since, events=("vault.destruction.proposed",)
        ),
        "a group of events": lambda _: search(events=looks),
        "a large group of events": lambda _: search(events=group),
        "one rare event": lambda _: search(event="vault.destruction.proposed"),
        "refusals of a quarter": lambda _: search(
            outcome="deny", since=clock.now() - timedelta(days=92)
        ),
        "a rare purpose of a quarter": lambda _: search(
            purpose="legal", since=clock.now() - timedelta(days=92)
        ),
        "page of a person, a year": lambda n: trail_search.read_of_person(
            actor, _uuid(person(n)), span(365), 50
        ),
        "page of a customer, a year": lambda n: trail_search.read_of_customer(
            actor, _uuid(customer(n)[1]), span(365), trail_pages.READ, event_groups.all_but("trail")
        ),
        "page of a customer of many entries": lambda _: trail_search.read_of_customer(
            actor,
            _uuid(trail_years.HEAVY),
            span(365),
            trail_pages.READ,
            event_groups.all_but("trail"),
        ),
    }


def _uuid(text: str) -> UUID:
    return UUID(text)
