"""The compiled decision beside pycasbin and cedarpy, all three deciding the same matrix.

The comparable request is (post, data class, purpose) -> allow or deny. Ours goes through the whole
gate and decides more on the way: freshness, own record, row scope, way out, work item, second factor,
quota. The peers are given the matrix in their quickest form, policies parsed before the clock runs.
Before anything is timed, all three must give the same answer to every request.
"""

import json
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

import casbin
import cedarpy
from casbin.model import FastModel

from benchmarks import house
from benchmarks.measure import Row, Scale, median_seconds, percentile
from tutela.detect.classes import DataClass

ROUNDS = 40_000
PEER_ROUNDS = 2_000
ROWS, PAGE_CLASSES = 200, 12
Case = tuple[str, DataClass, Any]
Decide = Callable[[Case], bool]
MODEL = """
[request_definition]
r = sub, obj, act
[policy_definition]
p = sub, obj, act
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.sub == p.sub && r.obj == p.obj && r.act == p.act
"""


def run(scale: Scale) -> list[Row]:
    """Mean and tail of one decision, the peers' mean, one page's plan."""
    if scale.soak:
        return []
    with house.opened():
        return _measured(scale)


def _measured(scale: Scale) -> list[Row]:
    from tutela.access.posts import POSTS
    from tutela.access.purposes import Purpose

    branch = house.branches("EAST")["EAST"]
    cast = {post: house.hire(post, "EAST") for post in POSTS}
    cases: list[Case] = [(p, c, why) for p in POSTS for c in DataClass for why in Purpose]
    peers = {"cedarpy": _cedar(), "pycasbin FastEnforcer": _fast_casbin(), "pycasbin": _casbin()}
    ours = _gate(cast, branch)
    _same_answers(cases, ours, peers)
    mean, tail = _timed(cast, branch, cases, scale.of(ROUNDS))
    # A prime step walks evenly over posts, classes and purposes.
    some = [cases[n * 7919 % len(cases)] for n in range(scale.of(PEER_ROUNDS))]
    theirs = {name: _mean(decide, some, rounds=3) for name, decide in peers.items()}
    built = _mean(ours, some, rounds=7)
    return [
        Row(name="decision, mean", value=mean, unit="µs", beside="limit", floor=5,
            floor_of="value", lower_is_better=True, note=f"{len(cases)} different requests"),
        Row(name="decision, p99.9", value=tail, unit="µs", beside="limit", floor=50,
            floor_of="value", lower_is_better=True),
        *[Row(name="request + decision, mean", value=built, unit="µs", beside=name, beside_value=value,
              floor=1.0, lower_is_better=True) for name, value in theirs.items()],
        Row(name=f"page plan, {ROWS} rows × {PAGE_CLASSES} classes", unit="ms", beside="limit",
            value=_plan_ms(cast["claims_adjuster"], branch), floor=1, floor_of="value",
            lower_is_better=True),
    ]  # fmt: skip


def _question(branch: int, data_class: DataClass, purpose: Any) -> Any:
    """A look at the mask of one class with everything in order but, perhaps, the cell."""
    from tutela.access import gate
    from tutela.access.levels import Level
    from tutela.trail.leaves import Exposure

    return gate.Ask(
        customer_id="0198c0de-0000-7000-8000-000000000001", branch_id=branch,
        classes=frozenset({int(data_class)}), purpose=purpose, level=Level.MASKED, assigned=True,
        work_item_linked=True, exposure=Exposure.DETAIL_MASKED,
    )  # fmt: skip


def _gate(cast: dict[str, Any], branch: int) -> Decide:
    from tutela.access import gate

    def decide(case: Case) -> bool:
        post, data_class, purpose = case
        return not gate.decide(cast[post], _question(branch, data_class, purpose)).overlay

    return decide


def _timed(
    cast: dict[str, Any], branch: int, cases: Sequence[Case], count: int
) -> tuple[float, float]:
    """Microseconds of `gate.decide`: the mean of whole rounds, and p99.9 of calls timed one by one."""
    from tutela.access import gate

    asked = [(cast[post], _question(branch, one, purpose)) for post, one, purpose in cases]
    asked = [asked[n * 7919 % len(asked)] for n in range(count)]
    decide, now = gate.decide, time.perf_counter_ns

    def whole() -> None:
        for actor, ask in asked:
            decide(actor, ask)

    def singly() -> list[float]:
        taken = []
        for actor, ask in asked:
            started = now()
            decide(actor, ask)
            taken.append((now() - started) / 1e3)
        return taken

    mean = median_seconds(whole) / count * 1e6
    return mean, statistics.median(percentile(singly(), 0.999) for _ in range(7))


def _mean(decide: Decide, cases: Sequence[Case], rounds: int) -> float:
    """Microseconds a call."""

    def whole() -> None:
        for case in cases:
            decide(case)

    return median_seconds(whole, rounds) / len(cases) * 1e6


def _same_answers(cases: Sequence[Case], ours: Decide, peers: dict[str, Decide]) -> None:
    """A comparison of different answers would compare nothing."""
    for name, decide in peers.items():
        for case in cases[:: 1 if "Fast" in name or name == "cedarpy" else 11]:
            if decide(case) != ours(case):
                raise AssertionError(f"{name} answers {case[0]}/{case[1].name}/{case[2]} otherwise")


def _cells() -> list[tuple[str, str, str]]:
    from tutela.access.matrix import from_yaml, seeded_text

    matrix = from_yaml(seeded_text())
    return [(post, one.name, purpose.value) for post, one, purpose, _ in matrix.cells()]


def _casbin() -> Decide:
    enforcer = casbin.Enforcer(casbin.Enforcer.new_model(text=MODEL))
    enforcer.add_policies(_cells())
    return lambda case: bool(enforcer.enforce(case[0], case[1].name, case[2].value))


def _fast_casbin() -> Decide:
    """The peer's own quick form: policies indexed by all three words."""
    model = FastModel([0, 1, 2])
    model.load_model_from_text(MODEL)
    enforcer = casbin.FastEnforcer(model, cache_key_order=[0, 1, 2])
    enforcer.add_policies(_cells())
    return lambda case: bool(enforcer.enforce(case[0], case[1].name, case[2].value))


def _cedar() -> Decide:
    """One policy for each matrix rule, parsed once."""
    from tutela.access.matrix import from_yaml, seeded_text

    policies = cedarpy.PolicySet.from_str("\n".join(map(_policy, from_yaml(seeded_text()).rules)))
    entities = cedarpy.Entities.from_json_str("[]")

    def decide(case: Case) -> bool:
        post, data_class, purpose = case
        request = {
            "principal": f'Post::"{post}"', "action": f'Action::"{purpose.value}"',
            "resource": f'Class::"{data_class.name}"', "context": {},
        }  # fmt: skip
        return bool(cedarpy.is_authorized(request, policies, entities).allowed)

    return decide


def _policy(rule: Any) -> str:
    actions = ", ".join(f"Action::{json.dumps(one.value)}" for one in rule.purposes)
    classes = ", ".join(f"Class::{json.dumps(one.name)}" for one in rule.classes)
    return (
        f"permit(principal == Post::{json.dumps(rule.post)}, action in [{actions}], resource) "
        f"when {{ [{classes}].contains(resource) }};"
    )


def _plan_ms(actor: Any, branch: int) -> float:
    """Milliseconds for one page: the plan, then the levels of every row."""
    from tutela.access import gate
    from tutela.access.purposes import Purpose
    from tutela.trail.leaves import Exposure

    rows = [(f"0198c0de-0000-7000-8000-{n:012d}", branch, n % 3 == 0) for n in range(ROWS)]
    classes = [int(one) for one in DataClass][:PAGE_CLASSES]

    def page() -> None:
        plan = gate.plan(actor, classes, Purpose.CLAIM, Exposure.LIST_MASKED)
        for customer, where, assigned in rows:
            plan.row(customer, where, assigned)

    return median_seconds(page, rounds=50) * 1e3
