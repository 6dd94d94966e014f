"""How data is taken by method: R4 by numbers, R16 by trying, R20 by searching."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from tutela.vault import events as vault_events
from tutela.watch.counters import Window, volume
from tutela.watch.rules import EXPLAINED_WEIGHT
from tutela.watch.scene import Scene

SEARCHED: Final = frozenset({vault_events.CUSTOMER_SEARCHED.name})
NOT_FOUND: Final = frozenset({"vault.customer_not_found", "access.out_of_scope"})
# A slip of the person's own, or a limit: not a wall.
SLIPS: Final = frozenset(
    {
        "access.step_up_needed",
        "access.quota_spent",
        "access.stale",
        "access.sign_in_needed",
        "access.second_factor_missing",
        "access.second_factor_needed",
        "access.work_item_missing",
        "vault.reason_missing",
        "vault.purpose_missing",
        "vault.record_broken",
    }
)


def walk(scene: Scene) -> None:
    """R4, first part: neighbours by number, opened without a work item."""
    applied = scene.applied("R4")
    if applied is None or scene.is_raised("R4"):
        return
    window, minute = scene.window("opened"), scene.look.minute
    minutes, ids = applied["minutes"], applied["ids"]
    if window.most(minute, minutes, ids) < ids:
        return
    for end, ordered in _in_order(scene, window, minutes):
        for customer in scene.look.customers:
            run = _run(scene, ordered, customer, applied["step"])
            if len(run) >= ids:
                keys = window.ending(end, minutes)
                scene.find("R4", applied, (len(run), ids), {keys[one] for one in run})
                return


def _in_order(scene: Scene, window: Window, minutes: int) -> Iterator[tuple[int, list[str]]]:
    """The customers of each window that the look is in, by id. The newest is kept in order from look to look: a
    flood would sort it each time."""
    minute, who = scene.look.minute, scene.who
    newest = max(window.minutes, default=minute)
    if minute < newest:
        for end, keys in window.around(minute, minutes):
            yield end, sorted(keys)
        return
    if who.ordered is None or who.ordered[0] != (minute, minutes):
        who.ordered = ((minute, minutes), sorted(window.ending(minute, minutes)))
    ordered, latest = who.ordered[1], window.minutes.get(minute, {})
    for customer in scene.look.customers:
        at = bisect_left(ordered, customer)
        if customer in latest and (at == len(ordered) or ordered[at] != customer):
            ordered.insert(at, customer)
    yield minute, ordered


def _run(scene: Scene, ordered: Sequence[str], customer: str, step: int) -> Sequence[str]:
    """The unbroken row of neighbours around a customer; empty if the customer is not there."""
    at = bisect_left(ordered, customer)
    if at == len(ordered) or ordered[at] != customer:
        return ()
    near = scene.world.is_near
    low = high = at
    while low > 0 and near(ordered[low - 1], ordered[low], step):
        low -= 1
    while high + 1 < len(ordered) and near(ordered[high], ordered[high + 1], step):
        high += 1
    return ordered[low : high + 1]


def misses(scene: Scene) -> None:
    """R4, second part: searches without a hit; one that is tried in several ways is one (`further`)."""
    applied = scene.applied("R4")
    if applied is None or scene.look.detail.get("further"):
        return
    scene.window("miss").add(scene.look.minute, str(scene.look.index), scene.look.index)
    found = _reached(scene, "R4", scene.window("miss"), applied["miss_minutes"], applied["misses"])
    if found:
        scene.find("R4", applied, (len(found), applied["misses"]), set(found.values()))


def _reached(scene: Scene, rule: str, window: Window, minutes: int, need: int) -> dict[str, int]:
    """The first window around the look that holds enough; empty if none does."""
    minute = scene.look.minute
    if window.most(minute, minutes, need) >= need and not scene.is_raised(rule):
        for _end, keys in window.around(minute, minutes):
            if len(keys) >= need:
                return keys
    return {}


def probe(scene: Scene) -> None:
    """R16: denials, or denials over several classes."""
    applied = scene.applied("R16")
    look = scene.look
    if applied is None or look.code in SLIPS:
        return
    minutes = applied["minutes"]
    scene.window("deny").add(look.minute, str(look.index), look.index)
    for one in look.classes:
        scene.window("deny_class").add(look.minute, str(one), look.index)
    found = _reached(scene, "R16", scene.window("deny"), minutes, applied["denials"])
    if found:
        scene.find("R16", applied, (len(found), applied["denials"]), set(found.values()))
        return
    classes = _reached(scene, "R16", scene.window("deny_class"), minutes, applied["classes"] + 1)
    if classes:
        sides = (len(classes), applied["classes"])
        scene.find("R16", applied, sides, set(classes.values()), facts={"by_classes": True})


def oracle(scene: Scene) -> None:
    """R20: searches that find exactly one customer; of a customer whom work explains, a tenth."""
    applied = scene.applied("R20")
    look = scene.look
    if applied is None or look.detail.get("hits") != 1:
        return
    minutes, need = applied["minutes"], EXPLAINED_WEIGHT * applied["searches"]
    kind = "hit_explained" if scene.explained else "hit"
    scene.window(kind).add(look.minute, str(look.index), look.index)
    bare, explained = scene.window("hit"), scene.window("hit_explained")
    most = EXPLAINED_WEIGHT * bare.most(look.minute, minutes, need) + explained.most(
        look.minute, minutes, need
    )
    if most < need or scene.is_raised("R20"):
        return
    newest = max(max(bare.minutes, default=0), max(explained.minutes, default=0))
    for end in range(look.minute, min(look.minute + minutes - 1, newest) + 1):
        without, with_work = bare.ending(end, minutes), explained.ending(end, minutes)
        number = volume(len(without), len(with_work))
        if number >= need:
            leaves = {*without.values(), *with_work.values()}
            scene.find("R20", applied, (number, need), leaves)
            return
