"""Who gives rights and reads the trail: R15 break-glass access, R22 readers, R23 approvers and administrators."""

from collections.abc import Mapping
from typing import Final

from tutela.access import events as access_events
from tutela.trail import events as trail_events
from tutela.watch.scene import Scene

STARTED: Final = access_events.BREAK_GLASS_STARTED.name
APPROVED: Final = access_events.TEMPORARY_ACCESS_APPROVED.name
ASSIGNED: Final = access_events.ASSIGNMENT_CHANGED.name
PUBLISHED: Final = access_events.MATRIX_PUBLISHED.name
TRAIL_READ: Final = frozenset({trail_events.LEAVES_SEARCHED.name, trail_events.LEAVES_COUNTED.name})
TRAIL_EXPORTED: Final = trail_events.LEAVES_EXPORTED.name
APPROVALS_KEPT_DAYS: Final = 90
_FRIENDS_DAYS: Final = 30


def break_glass_started(scene: Scene) -> None:
    """R15: too often."""
    look, who, day = scene.look, scene.who, scene.day
    request = str(look.detail.get("request", look.index))
    scene.common.break_glass[request] = list(look.customers)
    who.break_glass[request] = (day, look.index)
    for old in [
        key for key, (then, _index) in who.break_glass.items() if then < day - APPROVALS_KEPT_DAYS
    ]:
        del who.break_glass[old]
        scene.common.break_glass.pop(old, None)
    applied = scene.applied("R15")
    if applied is None:
        return
    recent = {
        index for then, index in who.break_glass.values() if day - applied["days"] < then <= day
    }
    if len(recent) > applied["starts"]:
        scene.find("R15", applied, (len(recent), applied["starts"]), recent)


def break_glass_used(scene: Scene) -> None:
    """R15: customers who were not named when the access was taken."""
    named = scene.common.break_glass.get(str(scene.look.decision.get("request", "")))
    if named is None or not named:
        return
    others = [one for one in scene.look.customers if one not in named]
    applied = scene.applied("R15") if others else None
    if applied is not None:
        scene.find(
            "R15",
            applied,
            (len(others), 0),
            [scene.look.index],
            critical=True,
            facts={"not_named": True},
        )


def approved(scene: Scene) -> None:
    """R15: the same two people again and again; R23: approvers who benefit from each other."""
    look, day = scene.look, scene.day
    asker = str(look.detail.get("target", ""))
    kept = scene.common.approvals
    kept[str(look.index)] = (scene.person, asker, day)
    for old in [key for key, one in kept.items() if one[2] < day - APPROVALS_KEPT_DAYS]:
        del kept[old]
    applied = scene.applied("R15")
    if applied is not None:
        pair = {
            int(index)
            for index, (approver, other, then) in kept.items()
            if (approver, other) == (scene.person, asker) and day - applied["days"] < then <= day
        }
        if len(pair) > applied["pair"]:
            facts: dict[str, int | str | bool] = {"same_pair": True, "asker": asker}
            scene.find("R15", applied, (len(pair), applied["pair"]), pair, facts=facts)
    _friends(scene, asker)
    granted(scene)


def _friends(scene: Scene, asker: str) -> None:
    """R23: whether the person approved here has lately approved, directly or over others, who approves now."""
    applied = scene.applied("R23")
    if applied is None or not asker:
        return
    edges: dict[str, dict[str, int]] = {}
    for index, (approver, other, then) in scene.common.approvals.items():
        if scene.day - _FRIENDS_DAYS < then <= scene.day:
            edges.setdefault(approver, {})[other] = int(index)
    path = _path(edges, asker, scene.person, applied["hops"] - 1)
    if path is not None:
        leaves = [*path, scene.look.index]
        facts = {"friend": asker}
        scene.find("R23", applied, (len(leaves), applied["hops"]), leaves, facts=facts)


def _path(
    edges: Mapping[str, Mapping[str, int]], begin: str, end: str, steps: int
) -> list[int] | None:
    """The leaves of the shortest way of approvals between two people, of at most so many steps."""
    if begin == end:
        return []
    reached: dict[str, list[int]] = {begin: []}
    for _step in range(steps):
        following: dict[str, list[int]] = {}
        for one, way in reached.items():
            for other, index in edges.get(one, {}).items():
                if other == end:
                    return [*way, index]
                following.setdefault(other, [*way, index])
        reached = following
    return None


def granted(scene: Scene) -> None:
    """R23: many posts and approvals within minutes."""
    applied = scene.applied("R23")
    if applied is None:
        return
    look = scene.look
    window = scene.window("granted")
    window.add(look.minute, str(look.index), look.index)
    for _end, keys in window.around(look.minute, applied["minutes"]):
        if len(keys) >= applied["grants"]:
            scene.find("R23", applied, (len(keys), applied["grants"]), set(keys.values()))
            return


def matrix_published(scene: Scene) -> None:
    """R23: outside office hours or at the weekend."""
    applied = scene.applied("R23")
    if applied is None:
        return
    hour, weekend = scene.look.hour, (scene.day - 1) % 7 >= 5
    if weekend or not applied["opens"] <= hour < applied["closes"]:
        facts = {"hour": hour, "weekend": weekend, "matrix": True}
        scene.find("R23", applied, (hour, applied["closes"]), [scene.look.index], facts=facts)


def trail_read(scene: Scene) -> None:
    """R22: about many people within the hour."""
    target = str(scene.look.detail.get("target", ""))
    applied = scene.applied("R22") if target else None
    if applied is None:
        return
    window = scene.window("trail")
    window.add(scene.look.minute, target, scene.look.index)
    for _end, keys in window.around(scene.look.minute, applied["minutes"]):
        if len(keys) > applied["people"]:
            scene.find("R22", applied, (len(keys), applied["people"]), set(keys.values()))
            return


def trail_exported(scene: Scene) -> None:
    """R22: handed out as a file."""
    applied = scene.applied("R22")
    if applied is not None:
        scene.find("R22", applied, (1, 1), [scene.look.index], facts={"exported": True})
