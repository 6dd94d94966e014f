"""How data is taken by method: R4 by numbers, R16 by trying, R20 by searching."""

from collections.abc import Sequence
from typing import Final

from tutela.watch.counters import Window, volume
from tutela.watch.rules import EXPLAINED_WEIGHT
from tutela.watch.scene import Scene

SEARCHED: Final = frozenset({"vault.customer.searched"})
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
    if applied is None:
        return
    window, minute = scene.who.window("opened"), scene.look.minute
    minutes, ids = applied["minutes"], applied["ids"]
    if window.most(minute, minutes) < ids:
        return
    for _end, keys in window.around(minute, minutes):
        if len(keys) < ids:
            continue
        ordered = sorted(keys)
        near = scene.world.neighbours(ordered, applied["step"])
        begin, length = _longest(near)
        if length >= ids:
            run = ordered[begin : begin + length]
            scene.find("R4", applied, (length, ids), {keys[one] for one in run})
            return


def _longest(near: Sequence[bool]) -> tuple[int, int]:
    """Where the longest run of neighbours begins, and of how many customers it is."""
    best, start = (0, 1), 0
    for place, is_near in enumerate(near, start=1):
        if not is_near:
            start = place
        elif place - start + 1 > best[1]:
            best = (start, place - start + 1)
    return best


def misses(scene: Scene) -> None:
    """R4, second part: searches without a hit."""
    applied = scene.applied("R4")
    if applied is None:
        return
    scene.who.window("miss").add(scene.look.minute, str(scene.look.index), scene.look.index)
    found = _reached(scene, scene.who.window("miss"), applied["miss_minutes"], applied["misses"])
    if found:
        scene.find("R4", applied, (len(found), applied["misses"]), set(found.values()))


def _reached(scene: Scene, window: Window, minutes: int, need: int) -> dict[str, int]:
    """The first window around the look that holds enough; empty if none does."""
    minute = scene.look.minute
    if window.most(minute, minutes) >= need:
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
    who, minutes = scene.who, applied["minutes"]
    who.window("deny").add(look.minute, str(look.index), look.index)
    for one in look.classes:
        who.window("deny_class").add(look.minute, str(one), look.index)
    found = _reached(scene, who.window("deny"), minutes, applied["denials"])
    if found:
        scene.find("R16", applied, (len(found), applied["denials"]), set(found.values()))
        return
    classes = _reached(scene, who.window("deny_class"), minutes, applied["classes"] + 1)
    if classes:
        sides = (len(classes), applied["classes"])
        scene.find("R16", applied, sides, set(classes.values()), facts={"by_classes": True})


def oracle(scene: Scene) -> None:
    """R20: searches that find exactly one customer; of a customer whom work explains, a tenth."""
    applied = scene.applied("R20")
    look = scene.look
    if applied is None or look.detail.get("hits") != 1:
        return
    who, minutes, need = scene.who, applied["minutes"], EXPLAINED_WEIGHT * applied["searches"]
    kind = "hit_explained" if scene.explained else "hit"
    who.window(kind).add(look.minute, str(look.index), look.index)
    bare, explained = who.window("hit"), who.window("hit_explained")
    most = EXPLAINED_WEIGHT * bare.most(look.minute, minutes) + explained.most(look.minute, minutes)
    if most < need:
        return
    newest = max(max(bare.minutes, default=0), max(explained.minutes, default=0))
    for end in range(look.minute, min(look.minute + minutes - 1, newest) + 1):
        without, with_work = bare.ending(end, minutes), explained.ending(end, minutes)
        number = volume(len(without), len(with_work))
        if number >= need:
            leaves = {*without.values(), *with_work.values()}
            scene.find("R20", applied, (number, need), leaves)
            return
