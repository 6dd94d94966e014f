"""When, from where and by which account: R5 off roster, R10 dormant, R17 networks, R18 machine accounts."""

from typing import Final

from tutela.watch.counters import note_day
from tutela.watch.rules import EXPLAINED_WEIGHT
from tutela.watch.scene import Scene

DORMANT_RESTS_DAYS: Final = 30
_NETWORKS_KEPT_DAYS: Final = 95


def off_roster(scene: Scene) -> None:
    """R5: clear views outside the shift; such that work explains count a tenth."""
    look = scene.look
    off = scene.world.minutes_off(scene.person, look.t_ms)
    if not off:
        return
    applied = scene.applied("R5")
    if applied is None or off <= applied["minutes"]:
        return
    bare = any(customer not in scene.explained for customer in look.customers)
    scene.today.off[str(look.index)] = (look.index, EXPLAINED_WEIGHT if bare else 1)
    weight = sum(weight for _index, weight in scene.today.off.values())
    need = EXPLAINED_WEIGHT * applied["views"]
    if weight >= need:
        leaves = {index for index, _weight in scene.today.off.values()}
        scene.find("R5", applied, (weight, need), leaves, facts={"minutes_off": off})


def dormant(scene: Scene) -> None:
    """R10: the account after months, or a right of the matrix."""
    look, who, day = scene.look, scene.who, scene.day
    before = note_day(who.used, day)
    applied = scene.applied("R10")
    if applied is not None and before is not None and day - before >= applied["days"]:
        scene.find(
            "R10",
            applied,
            (day - before, applied["days"]),
            [look.index],
            rest_days=DORMANT_RESTS_DAYS,
        )
    cells = look.decision.get("cell", "")
    for cell in cells.split(",") if cells else ():
        before = note_day(who.cells.setdefault(cell, []), day)
        if applied is None or before is None or day - before < applied["right_days"]:
            continue
        uses = scene.today.cells.setdefault(cell, {})
        uses[str(look.index)] = look.index
        if len(uses) >= applied["uses"]:
            scene.find(
                "R10", applied, (len(uses), applied["uses"]), set(uses.values()),
                rest_days=DORMANT_RESTS_DAYS, facts={"right": cell, "unused_days": day - before},
            )  # fmt: skip


def network_of(source: str) -> str:
    """The first three numbers of an IPv4 address, the first three groups of an IPv6 one."""
    if "." in source:
        return source.rsplit(".", 1)[0]
    return ":".join(source.split(":")[:3])


def network(scene: Scene) -> None:
    """R17: clear views from a network that is new to the person, or from two at once."""
    look, who, day = scene.look, scene.who, scene.day
    if not look.source:
        return
    name = network_of(look.source)
    before = note_day(who.networks.setdefault(name, []), day)
    if len(who.networks) > 40:
        for old in [
            key for key, days in who.networks.items() if days[-1] < day - _NETWORKS_KEPT_DAYS
        ]:
            del who.networks[old]
    scene.window("network").add(look.minute, name, look.index)
    if not look.cleared:
        return
    applied = scene.applied("R17")
    if applied is None:
        return
    since = day - applied["days"]
    if (before is None or before < since) and _is_known(scene, since):
        days = day - before if before is not None else 0
        scene.find("R17", applied, (1, 1), [look.index], facts={"unseen_days": days})
        return
    for _end, found in scene.window("network").around(look.minute, applied["minutes"]):
        if len(found) > 1:
            scene.find(
                "R17", applied, (len(found), 2), set(found.values()), facts={"at_once": True}
            )
            return


def _is_known(scene: Scene, since: int) -> bool:
    """Whether the person worked from some network lately, before today."""
    return any(since <= one < scene.day for days in scene.who.networks.values() for one in days)


def machine(scene: Scene) -> None:
    """R18: a machine account on pages, from a new host, or far above its usual volume."""
    look, who, day = scene.look, scene.who, scene.day
    applied = scene.applied("R18")
    before = note_day(who.networks.setdefault(look.source, []), day) if look.source else day
    if applied is None:
        return
    if look.channel == "page":
        scene.find("R18", applied, (1, 1), [look.index], facts={"interactive": True})
        return
    since = day - applied["days"]
    if (before is None or before < since) and _is_known(scene, since):
        scene.find("R18", applied, (1, 1), [look.index], facts={"new_host": True})
        return
    if scene.is_raised("R18"):
        return
    number = EXPLAINED_WEIGHT * len(scene.today.opened.keys() | scene.today.explained.keys())
    if number <= EXPLAINED_WEIGHT * applied["floor"]:
        return
    own = scene.baselines.own(scene.person, day)
    usual = own.day
    if own.days >= 5 and number > applied["percent"] * usual / 100:
        sides = (number, int(applied["percent"] * usual / 100))
        leaves = {*scene.today.opened.values(), *scene.today.explained.values()}
        scene.find("R18", applied, sides, leaves, facts={"usual_tenths": int(usual)})
