"""Who is looked at: R6 oneself, R7 relatives, R8 VIPs and colleagues, R13 canaries, R21 hot customers.

Work explains none of R6, R7 and R13; of R8 and R21 it explains all.
"""

from typing import Final

from tutela.watch.counters import Customer
from tutela.watch.findings import MOST_LEAVES, Finding
from tutela.watch.rules import RULES
from tutela.watch.scene import Scene
from tutela.watch.thresholds import Applied

_HOUR_MS: Final = 3_600_000


def own_record(scene: Scene) -> None:
    """R6: opened, or tried to."""
    own = scene.world.own_record(scene.person)
    if own and own in scene.look.customers:
        _once(scene, "R6", own)


def relatives(scene: Scene) -> None:
    """R7: customers who share a telephone or e-mail with the own record."""
    near = scene.world.relatives(scene.person)
    if near:
        for customer in scene.look.customers:
            if customer in near:
                _once(scene, "R7", customer)


def prominent(scene: Scene) -> None:
    """R8: marked customers and colleagues, without work of one's own."""
    look, world = scene.look, scene.world
    own = world.own_record(scene.person)
    for customer in look.customers:
        if customer in scene.explained or customer == own:
            continue
        if world.is_colleague(customer):
            _once(scene, "R8", customer, kind="colleague")
        elif world.is_vip(customer, look.t_ms):
            _once(scene, "R8", customer, kind="vip")


def _once(scene: Scene, rule: str, customer: str, **facts: str) -> None:
    """One look is one view; of more than one, those of the day count."""
    applied = scene.applied(rule)
    if applied is None:
        return
    need = applied["views"]
    index = scene.look.index
    if need == 1:
        scene.find(rule, applied, (1, 1), [index], customer=customer, facts=facts)
        return
    window = scene.window(f"{rule} {customer}")
    window.add(scene.look.minute, str(index), index)
    seen = {one for keys in window.minutes.values() for one in keys.values()}
    if len(seen) >= need:
        scene.find(rule, applied, (len(seen), need), seen, customer=customer, facts=facts)


def canary_opened(scene: Scene) -> None:
    """R13: opened, found by a search, or tried to open: critical."""
    for customer in scene.look.customers:
        if scene.world.is_canary(customer, scene.look.t_ms):
            applied = scene.applied("R13")
            if applied is not None:
                scene.find(
                    "R13", applied, (1, applied["touches"]), [scene.look.index], customer=customer
                )


def canary_listed(scene: Scene) -> None:
    """R13: only shown in a masked list: a few points."""
    if not any(scene.world.is_canary(one, scene.look.t_ms) for one in scene.look.customers):
        return
    applied = scene.applied("R13")
    if applied is not None and applied["list_points"]:
        scene.find(
            "R13", applied, (1, applied["touches"]), [scene.look.index],
            points=applied["list_points"], critical=False, facts={"listed": True},
        )  # fmt: skip


def hot(scene: Scene) -> None:
    """R21: many people of several branches at one customer who has no open case."""
    applied = scene.applied("R21")
    if applied is None:
        return
    for name in scene.look.customers:
        customer = scene.customers.get(name)
        if customer is None or len(customer.looks) < applied["people"]:
            continue
        if customer.raised.get("R21") == scene.day:
            continue
        people, branches, leaves = _crowd(customer, applied["hours"] * _HOUR_MS, applied)
        if people and not scene.world.has_open_case(name, scene.day):
            customer.raised["R21"] = scene.day
            scene.found.append(
                Finding(
                    rule="R21",
                    customer=name,
                    day=scene.day,
                    at_ms=scene.at_ms,
                    points=RULES["R21"].points,
                    critical=RULES["R21"].critical,
                    measured=people,
                    threshold=applied["people"],
                    leaves=sorted(leaves)[-MOST_LEAVES:],
                    rule_version=RULES["R21"].version,
                    setting=applied.version,
                    facts={"branches": branches, "leaves": len(leaves)},
                )
            )


def _crowd(customer: Customer, width_ms: int, applied: Applied) -> tuple[int, int, set[int]]:
    """The first window with enough people and branches: their numbers and leaves; zeros if there is none."""
    looks = sorted(
        (at, index, branch, person)
        for person, entries in customer.looks.items()
        for at, index, branch in entries
    )
    begin = 0
    for end, (at, *_rest) in enumerate(looks):
        while looks[begin][0] <= at - width_ms:
            begin += 1
        inside = looks[begin : end + 1]
        people = {person for _at, _index, _branch, person in inside}
        branches = {branch for _at, _index, branch, _person in inside}
        if len(people) >= applied["people"] and len(branches) >= applied["branches"]:
            return len(people), len(branches), {index for _at, index, _branch, _person in inside}
    return 0, 0, set()
