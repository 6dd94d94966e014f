"""What changes with a person's duties: R11 leavers, R12 movers, R19 purposes."""

from typing import Final

from tutela.watch.baselines import past
from tutela.watch.counters import FoldedDay
from tutela.watch.rules import EXPLAINED_WEIGHT
from tutela.watch.scene import Scene

DRIFT_RESTS_DAYS: Final = 14
_FEW_PEOPLE: Final = 5
_FEW_VIEWS: Final = 200
_FEW_DAYS: Final = 5
_LOOKS_BACK_DAYS: Final = 180


def leaver(scene: Scene) -> None:
    """R11: more than usual, or any export, in the last weeks."""
    day = scene.day
    last = scene.world.last_day(scene.person, day)
    if last is None:
        return
    applied = scene.applied("R11")
    if applied is None or not 0 <= last - day <= applied["days"]:
        return
    today = scene.today
    facts: dict[str, int | str | bool] = {"days_left": last - day}
    if today.rows:
        facts["exported"] = True
        scene.find(
            "R11", applied, (len(today.rows), 1), [int(one) for one in today.rows], facts=facts
        )
        return
    number = today.volume
    if number <= EXPLAINED_WEIGHT * applied["floor"]:
        return
    own = scene.baselines.own(scene.person, day)
    usual = own.day
    if own.days < _FEW_DAYS:
        usual = scene.baselines.peers(scene.place, day).centre
    limit = max(applied["percent"] * usual / 100, EXPLAINED_WEIGHT * applied["floor"])
    if number > limit:
        leaves = {*today.opened.values(), *today.explained.values()}
        scene.find(
            "R11",
            applied,
            (number, int(limit)),
            leaves,
            facts={**facts, "usual_tenths": int(usual)},
        )


def mover(scene: Scene) -> None:
    """R12: customers of a branch that the person left, opened without a work item or denied."""
    left = scene.world.left_branches(scene.person, scene.day)
    if not left:
        return
    applied = scene.applied("R12")
    if applied is None:
        return
    look, today = scene.look, scene.today
    old = [
        customer
        for customer in look.customers
        if customer not in scene.explained
        and (ended := left.get(scene.world.branch_of(customer))) is not None
        and applied["days"] < scene.day - ended <= _LOOKS_BACK_DAYS
    ]
    if not old:
        return
    if look.opened:
        window = scene.window("old_branch")
        for customer in old:
            window.add(look.minute, customer, look.index)
        seen = {one: index for keys in window.minutes.values() for one, index in keys.items()}
        if len(seen) >= applied["views"]:
            scene.find("R12", applied, (len(seen), applied["views"]), set(seen.values()))
    elif look.outcome == "deny":
        today.denied[str(look.index)] = look.index
        if len(today.denied) >= applied["denials"]:
            sides = (len(today.denied), applied["denials"])
            scene.find("R12", applied, sides, set(today.denied.values()), facts={"denied": True})


def odd_class(scene: Scene) -> None:
    """R19, at once: a class that nobody else of the post opens for this purpose."""
    look = scene.look
    applied = None
    for one in look.classes:
        name = f"{look.purpose}:{one}"
        seen = scene.today.combos.get(name)
        if seen is None or len(seen) < 3:
            continue
        applied = applied or scene.applied("R19")
        if applied is None or len(seen) < applied["odd"]:
            return
        others = scene.baselines.others(scene.person, scene.place, scene.day)
        known = others.people >= _FEW_PEOPLE and sum(others.purposes.values()) >= _FEW_VIEWS
        if known and not others.combos.get(name):
            scene.find(
                "R19", applied, (len(seen), applied["odd"]), set(seen.values()), facts={"odd": name}
            )
            return


def drift(scene: Scene) -> None:
    """R19, at the end of a day: one purpose for nearly all views of a week, where others state several."""
    applied = scene.applied("R19")
    if applied is None:
        return
    counts: dict[str, int] = {}
    for one in past(scene.who, scene.day + 1, 7, until=0):
        folded = one if isinstance(one, FoldedDay) else FoldedDay.from_day(one)
        for name, count in folded.purposes.items():
            counts[name] = counts.get(name, 0) + count
    total = sum(counts.values())
    if total < applied["views"]:
        return
    purpose = max(counts, key=lambda name: (counts[name], name))
    if 100 * counts[purpose] <= applied["percent"] * total:
        return
    others = scene.baselines.others(scene.person, scene.place, scene.day)
    every = sum(others.purposes.values())
    if others.people < _FEW_PEOPLE or every < _FEW_VIEWS:
        return
    share = 100 * others.purposes.get(purpose, 0) // every
    if share < applied["peers_percent"]:
        leaves = {
            index
            for one in past(scene.who, scene.day + 1, 7, until=0)
            for index in (one.indices if isinstance(one, FoldedDay) else one.opened.values())
        }
        facts: dict[str, int | str | bool] = {"purpose": purpose, "peers_percent": share}
        sides = (100 * counts[purpose] // total, applied["percent"])
        scene.find("R19", applied, sides, leaves, rest_days=DRIFT_RESTS_DAYS, facts=facts)
