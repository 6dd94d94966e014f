"""How much is looked at: R1 bursts, R2 days, R3 weeks, R9 without work, R14 as files."""

from typing import Final

from tutela.watch.baselines import past
from tutela.watch.counters import FoldedDay, Person, volume
from tutela.watch.look import LEAVING
from tutela.watch.measures import median
from tutela.watch.rules import EXPLAINED_WEIGHT
from tutela.watch.scene import Scene

DRIP_RESTS_DAYS: Final = 14
_CUSUM_SLACK: Final = 1.5
_CUSUM_LIMIT: Final = 60.0


def burst(scene: Scene) -> None:
    """R1: customers cleared in minutes, weighted, at least so many and more than so many times the own p99."""
    applied = scene.applied("R1")
    if applied is None or scene.is_raised("R1"):
        return
    minutes, need = applied["minutes"], EXPLAINED_WEIGHT * applied["customers"]
    look = scene.look
    bare, explained = scene.window("clear"), scene.window("clear_explained")
    if EXPLAINED_WEIGHT * bare.held + explained.held < need:
        return
    most = EXPLAINED_WEIGHT * bare.most(look.minute, minutes, need) + explained.most(
        look.minute, minutes, need
    )
    if most < need:
        return
    usual = scene.baselines.own(scene.person, scene.day).ten_minutes * minutes / 10
    newest = max(max(bare.minutes, default=0), max(explained.minutes, default=0))
    for end in range(look.minute, min(look.minute + minutes - 1, newest) + 1):
        without = bare.ending(end, minutes)
        with_work = explained.ending(end, minutes)
        number = volume(len(without), len(with_work.keys() - without.keys()))
        if number >= need and number > applied["times"] * usual:
            limit = max(need, int(applied["times"] * usual) + 1)
            facts = {"usual_tenths": int(usual), "unexplained": len(without)}
            leaves = {*without.values(), *with_work.values()}
            scene.find("R1", applied, (number, limit), leaves, facts=facts)
            return


def daily(scene: Scene) -> None:
    """R2: customers opened in a day, weighted, above the floor and the peers' median and deviations."""
    applied = scene.applied("R2")
    if applied is None or scene.is_raised("R2"):
        return
    number = scene.today.volume
    if number <= EXPLAINED_WEIGHT * applied["floor"]:
        return
    peers = scene.baselines.peers(scene.place, scene.day)
    limit = peers.centre + applied["deviations"] * peers.spread if peers.days else 0.0
    if number > limit:
        threshold = max(EXPLAINED_WEIGHT * applied["floor"], int(limit))
        facts = {"peers_tenths": int(peers.centre), "spread_tenths": int(peers.spread)}
        leaves = {*scene.today.opened.values(), *scene.today.explained.values()}
        scene.find("R2", applied, (number, threshold), leaves, facts=facts)


def export(scene: Scene) -> None:
    """R14: rows in one file, or in the files of a day."""
    look = scene.look
    if look.exposure not in LEAVING or look.is_machine:
        return
    applied = scene.applied("R14")
    if applied is None:
        return
    rows = int(look.detail.get("rows", 0) or 0)
    rows = max(rows, len(look.customers))
    today = scene.today
    today.rows[str(look.index)] = rows
    if rows > applied["rows"]:
        scene.find("R14", applied, (rows, applied["rows"]), [look.index])
        return
    total = sum(today.rows.values())
    if total > applied["rows_day"]:
        scene.find("R14", applied, (total, applied["rows_day"]), [int(one) for one in today.rows])


def distinct(person: Person, day: int, days: int) -> int:
    """Distinct customers of the days up to and including one, in tenths."""
    bare: set[bytes] = set()
    explained: set[bytes] = set()
    for one in past(person, day + 1, days, until=0):
        folded = one if isinstance(one, FoldedDay) else FoldedDay.from_day(one)
        bare.update(_split(folded.opened))
        explained.update(_split(folded.explained))
    return volume(len(bare), len(explained - bare))


def _split(packed: bytes) -> list[bytes]:
    return [packed[at : at + 16] for at in range(0, len(packed), 16)]


def drip(scene: Scene, totals: dict[str, int]) -> None:
    """R3, at the end of a day: distinct customers of weeks far above the peers', or a sum of small excesses,
    while R2 was silent. `totals`: of everybody who worked, in tenths."""
    applied = scene.applied("R3")
    if applied is None:
        return
    number = totals.get(scene.person, 0)
    if number <= EXPLAINED_WEIGHT * applied["floor"]:
        return
    last = scene.who.raised.get("R2 ")
    if last is not None and scene.day - last < applied["days"]:
        return
    members = scene.baselines.members(scene.place, scene.day)
    usual = median([totals[one] for one in members if one != scene.person and totals.get(one)])
    limit = applied["times"] * usual
    summed = _cusum(scene, applied["days"]) if number > limit / 2 else 0.0
    if number > limit or summed > _CUSUM_LIMIT:
        facts = {"peers_tenths": int(usual), "cusum": int(summed)}
        scene.find(
            "R3", applied, (number, int(limit)), _leaves(scene, applied["days"]),
            rest_days=DRIP_RESTS_DAYS, facts=facts,
        )  # fmt: skip


def _cusum(scene: Scene, days: int) -> float:
    """The one-sided cumulative sum of the daily excess over the peers, in deviations."""
    peers = scene.baselines.peers(scene.place, scene.day)
    if not peers.days:
        return 0.0
    total = 0.0
    for one in past(scene.who, scene.day + 1, days, until=0):
        total = max(0.0, total + (one.volume - peers.centre) / peers.spread - _CUSUM_SLACK)
    return total


def _leaves(scene: Scene, days: int) -> set[int]:
    found: set[int] = set()
    for one in past(scene.who, scene.day + 1, days, until=0):
        found.update(one.indices if isinstance(one, FoldedDay) else one.opened.values())
    return found


def unexplained(scene: Scene) -> None:
    """R9, a day after the day that is judged: clear views that no work explains by now."""
    applied = scene.applied("R9")
    today = scene.today
    if applied is None or len(today.cleared) < applied["views"]:
        return
    bare = {
        customer: index
        for customer, (index, bits) in today.cleared.items()
        if not scene.world.is_explained(scene.person, customer, _classes(bits), scene.day)
    }
    every = len(today.cleared.keys() | today.cleared_explained.keys())
    if len(bare) >= applied["views"] and 100 * len(bare) > applied["percent"] * every:
        facts = {"clear_views": every}
        sides = (len(bare), max(applied["views"], applied["percent"] * every // 100 + 1))
        scene.find("R9", applied, sides, set(bare.values()), facts=facts)


def _classes(bits: int) -> list[int]:
    return [one for one in range(bits.bit_length()) if bits >> one & 1]
