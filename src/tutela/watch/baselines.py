"""What is usual for a person and for peers: the 28 days up to the day before yesterday. Pure.

Yesterday is left out because it may still receive late leaves: so a baseline is the same whenever it is asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from .counters import FoldedDay, Person, PersonDay
from .measures import deviation, median, percentile
from .rules import BASELINE_DAYS
from .world import Place, World

FEW_PEERS: Final = 5
"""With fewer people at the branch, the post of the whole company is compared."""


@dataclass(frozen=True, slots=True)
class Own:
    """Of one person: the 99th percentile of ten minutes and the median of a day, both in tenths of customers;
    `days` with any use."""

    ten_minutes: int
    day: float
    days: int


@dataclass(frozen=True, slots=True)
class Peers:
    """Of a post at a branch: median and deviation of a day in tenths of customers, and how many days of how many
    people they are from."""

    centre: float
    spread: float
    days: int
    people: int


@dataclass(frozen=True, slots=True)
class Habits:
    """Of a post: purposes and pairs of purpose and class by customers, of how many people."""

    purposes: Mapping[str, int]
    combos: Mapping[str, int]
    people: int


class Baselines:
    """Asked by person, or by place, and day; each is computed once a day."""

    def __init__(self, people: Mapping[str, Person], world: World) -> None:
        self._people = people
        self._world = world
        self._day = 0
        self._own: dict[tuple[str, int], Own] = {}
        self._peers: dict[tuple[Place, int], Peers] = {}
        self._habits: dict[tuple[Place, int], Mapping[str, Habits]] = {}
        self._others: dict[tuple[str, str, int], Habits] = {}

    def own(self, person: str, day: int) -> Own:
        key = (person, day)
        found = self._own.get(key)
        if found is None:
            self._trim(day)
            counts: dict[int, int] = {}
            volumes = []
            for one in past(self._people.get(person), day):
                if one.volume:
                    volumes.append(one.volume)
                blocks = one.blocks if isinstance(one, FoldedDay) else one.block_counts()
                for number, count in blocks.items():
                    counts[number] = counts.get(number, 0) + count
            found = self._own[key] = Own(percentile(counts, 99), median(volumes), len(volumes))
        return found

    def peers(self, place: Place, day: int) -> Peers:
        key = (place, day)
        found = self._peers.get(key)
        if found is None:
            self._trim(day)
            people = self.members(place, day)
            volumes = [
                one.volume
                for person in people
                for one in past(self._people.get(person), day)
                if one.volume
            ]
            centre = median(volumes)
            spread = deviation(volumes, centre)
            found = self._peers[key] = Peers(centre, spread, len(volumes), len(people))
        return found

    def members(self, place: Place, day: int) -> Sequence[str]:
        """The peers at the branch; with few, of the post."""
        people = self._world.peers(place, day)
        return people if len(people) >= FEW_PEERS else self._world.peers(Place(place.post, 0), day)

    def others(self, person: str, place: Place, day: int) -> Habits:
        """The habits of a post everywhere, without this person's."""
        whose = (person, place.post, day)
        kept = self._others.get(whose)
        if kept is None:
            kept = self._others[whose] = self._without(person, place, day)
        return kept

    def _without(self, person: str, place: Place, day: int) -> Habits:
        key = (Place(place.post, 0), day)
        found = self._habits.get(key)
        if found is None:
            self._trim(day)
            each = {
                one: _habits_of(self._people.get(one), day)
                for one in self._world.peers(key[0], day)
            }
            found = self._habits[key] = {**each, "": _sum(each.values())}
        total, own = found[""], found.get(person)
        if own is None:
            return total
        return Habits(
            _less(total.purposes, own.purposes),
            _less(total.combos, own.combos),
            total.people - own.people,
        )

    def _trim(self, day: int) -> None:
        """Forget other days than this one and the one before."""
        if day > self._day:
            self._day = day
            self._own = {key: one for key, one in self._own.items() if key[1] >= day - 2}
            self._peers = {key: one for key, one in self._peers.items() if key[1] >= day - 2}
            self._others = {key: one for key, one in self._others.items() if key[2] >= day - 2}
            self._habits = {key: one for key, one in self._habits.items() if key[1] >= day - 2}

    def forget(self) -> None:
        """Compute all anew, because the world has changed."""
        self._own.clear()
        self._peers.clear()
        self._habits.clear()
        self._others.clear()


def past(
    person: Person | None, day: int, days: int = BASELINE_DAYS, until: int = 1
) -> list[PersonDay | FoldedDay]:
    """The days before yesterday that a baseline of this day is made of."""
    if person is None:
        return []
    found: list[PersonDay | FoldedDay] = []
    for one in range(day - until - days, day - until):
        kept = person.folded.get(one) or person.days.get(one)
        if kept is not None:
            found.append(kept)
    return found


def _habits_of(person: Person | None, day: int) -> Habits:
    purposes: dict[str, int] = {}
    combos: dict[str, int] = {}
    for one in past(person, day):
        folded = one if isinstance(one, FoldedDay) else FoldedDay.from_day(one)
        for found, kept in ((purposes, folded.purposes), (combos, folded.combos)):
            for name, count in kept.items():
                found[name] = found.get(name, 0) + count
    return Habits(purposes, combos, 1 if purposes else 0)


def _sum(several: Iterable[Habits]) -> Habits:
    purposes: dict[str, int] = {}
    combos: dict[str, int] = {}
    people = 0
    for habits in several:
        people += habits.people
        for found, kept in ((purposes, habits.purposes), (combos, habits.combos)):
            for name, count in kept.items():
                found[name] = found.get(name, 0) + count
    return Habits(purposes, combos, people)


def _less(total: Mapping[str, int], own: Mapping[str, int]) -> Mapping[str, int]:
    return {name: count - own.get(name, 0) for name, count in total.items()}
