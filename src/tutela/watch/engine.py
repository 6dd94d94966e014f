"""The engine: leaves in, findings out, counters in between. Pure; nothing here reads a clock or a database.

    engine = Engine(world, book, calendar)
    findings = engine.feed(sequenced)          # in any order within five minutes, doubled or not
    findings += engine.advance(now_ms)         # days that have ended are judged

Each leaf is counted once, by its index. Findings depend on the leaves and on what the world says of their days,
not on when they are fed.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from . import counting
from .baselines import Baselines
from .counters import KEPT_DAYS, OPEN_DAYS, Common, Customer, FoldedDay, Person, PersonDay
from .families import career, harvest, insider, presence, relation, volume
from .findings import Finding
from .look import LEAVING, LISTED, MINUTE, Calendar, Look, Sequenced, read
from .rules import LATE_MINUTES
from .scene import Scene
from .thresholds import Book
from .world import World

_LATE_MS: Final = LATE_MINUTES * MINUTE
_BY_EVENT: Final[Mapping[str, Callable[[Scene], None]]] = {
    insider.STARTED: insider.break_glass_started,
    insider.APPROVED: insider.approved,
    insider.ASSIGNED: insider.granted,
    insider.PUBLISHED: insider.matrix_published,
    insider.TRAIL_EXPORTED: insider.trail_exported,
    **dict.fromkeys(insider.TRAIL_READ, insider.trail_read),
}


class Engine:
    """`people`, `customers` and `common` are the counters; `next` is the index of the leaf expected; `judged` is
    the first day that has not been judged, 0 before any leaf."""

    def __init__(self, world: World, book: Book, calendar: Calendar) -> None:
        self.people: dict[str, Person] = {}
        self.customers: dict[str, Customer] = {}
        self.common = Common()
        self.next = 0
        self.newest_ms = 0
        self.judged = 0
        self.unreadable: list[int] = []
        self.world = world
        self.calendar = calendar
        self.baselines = Baselines(self.people, world)
        # What has changed since it was stored.
        self.changed_days: set[tuple[str, int]] = set()
        self.changed_people: set[str] = set()
        self.changed_customers: set[str] = set()
        self._ahead: set[int] = set()
        self._scene = Scene(world, book, self.baselines, self.common)
        self._scene.customers = self.customers

    @property
    def book(self) -> Book:
        """The thresholds in force; replaced when settings change."""
        return self._scene.book

    @book.setter
    def book(self, book: Book) -> None:
        self._scene.book = book

    def restore(self, common: Common) -> None:
        """Take over stored counters; people and customers are filled by the caller."""
        self.common = self._scene.common = common

    def feed(self, leaves: Sequence[Sequenced]) -> list[Finding]:
        """Count leaves and judge them; what was found, in their order."""
        looks = self._looks(leaves)
        self.world.prepare(
            (look.person, one)
            for look in looks
            if _is_of_customers(look) or look.exposure == LISTED
            for one in look.customers
        )
        found: list[Finding] = []
        for look in looks:
            if look.t_ms > self.newest_ms:
                self.newest_ms = look.t_ms
                found += self.advance(look.t_ms)
            if look.person:
                self._judge(look)
                if self._scene.found:
                    found += self._scene.found
                    self._scene.found = []
        return found

    def _looks(self, leaves: Sequence[Sequenced]) -> list[Look]:
        """The looks of leaves that have not been counted."""
        looks: list[Look] = []
        for one in leaves:
            index = one.index
            if index < self.next or index in self._ahead:
                continue
            if index == self.next:
                self.next = index + 1
                while self._ahead and self.next in self._ahead:
                    self._ahead.discard(self.next)
                    self.next += 1
            else:
                self._ahead.add(index)
            try:
                looks.append(read(self.calendar, index, one.leaf))
            except (KeyError, TypeError, ValueError):
                self.unreadable.append(index)
        return looks

    def _judge(self, look: Look) -> None:
        handler = _BY_EVENT.get(look.event)
        relevant = handler or look.customers or look.opened or look.outcome == "deny"
        if not relevant and look.event not in harvest.SEARCHED:
            return
        person, day, scene = look.person, look.day, self._scene
        who = self.people.get(person)
        if who is None:
            who = self.people[person] = Person()
        scene.look, scene.who, scene.person, scene.day = look, who, person, day
        scene.at_ms = look.t_ms
        scene.place = self.world.place(person, day)
        # What is told of a day that has been folded is judged by itself.
        scene.today = PersonDay() if day in who.folded else who.day(day)
        scene.explained = self._explained(look) if _is_of_customers(look) else frozenset()
        self.changed_people.add(person)
        if day not in who.folded:
            self.changed_days.add((person, day))
        if look.outcome == "deny":
            _denied(scene)
        elif look.opened and (look.customers or look.exposure in LEAVING):
            self.changed_customers.update(look.customers)
            _viewed(scene)
        elif look.customers and look.exposure != "write":
            _named(scene)
        if look.event in harvest.SEARCHED and look.outcome == "allow" and not look.is_machine:
            _searched(scene)
        if handler is not None and look.outcome == "allow":
            handler(scene)

    def _explained(self, look: Look) -> frozenset[str]:
        """Those of its customers that work explains."""
        world, person, day, classes = self.world, look.person, look.day, look.classes
        return frozenset(
            [one for one in look.customers if world.is_explained(person, one, classes, day)]
        )

    def advance(self, now_ms: int) -> list[Finding]:
        """Judge every day that ended at least five minutes before this moment."""
        today = self.calendar.place(now_ms - _LATE_MS)[0]
        if not self.judged:
            self.judged = today
        found: list[Finding] = []
        while self.judged < today:
            found += self._close(self.judged)
            self.judged += 1
        return found

    def _close(self, day: int) -> list[Finding]:
        """The rules of whole days, for this day or the one before; then old days are folded or forgotten."""
        self.world.prepare(
            (person, customer)
            for person, who in self.people.items()
            if day - 1 in who.days
            for customer in who.days[day - 1].cleared
        )
        found = self._weeks(day)
        for person, who in sorted(self.people.items()):
            if day - 1 in who.days:
                self._at(person, who, day - 1)
                volume.unexplained(self._scene)
        found += self._taken()
        for person, who in self.people.items():
            self._fold(person, who, day)
        for name, customer in list(self.customers.items()):
            if all(
                looks[-1][0] < self.newest_ms - counting.LOOKS_KEPT_MS
                for looks in customer.looks.values()
            ):
                del self.customers[name]
                self.changed_customers.add(name)
        return found

    def _weeks(self, day: int) -> list[Finding]:
        """R3 and the slow part of R19, for whoever worked on this day."""
        worked = [(person, who) for person, who in sorted(self.people.items()) if day in who.days]
        if not worked:
            return []
        totals: dict[int, dict[str, int]] = {}
        for person, who in worked:
            self._at(person, who, day)
            applied = self._scene.applied("R3")
            days = applied["days"] if applied else 0
            if days and days not in totals:
                totals[days] = {
                    one: volume.distinct(other, day, days) for one, other in self.people.items()
                }
            if days:
                volume.drip(self._scene, totals[days])
            career.drift(self._scene)
        return self._taken()

    def _at(self, person: str, who: Person, day: int) -> None:
        """Set the scene for a person at the end of a day."""
        scene = self._scene
        scene.who, scene.person, scene.day, scene.today = who, person, day, who.days[day]
        scene.at_ms = self.calendar.end(day)
        scene.place = self.world.place(person, day)

    def _taken(self) -> list[Finding]:
        found, self._scene.found = self._scene.found, []
        return found

    def _fold(self, person: str, who: Person, day: int) -> None:
        """Fold days that are done, forget those that no rule asks for."""
        for old in [one for one in who.days if one <= day - OPEN_DAYS]:
            who.folded[old] = FoldedDay.from_day(who.days.pop(old))
            self.changed_days.add((person, old))
        for old in [one for one in who.folded if one <= day - KEPT_DAYS]:
            del who.folded[old]
            self.changed_days.add((person, old))


def _is_of_customers(look: Look) -> bool:
    """Whether it matters why these customers were looked at: not for lists, imports and the trail."""
    return look.opened or look.outcome == "deny" or look.event in harvest.SEARCHED


def _viewed(scene: Scene) -> None:
    """Customers were opened."""
    look = scene.look
    counting.count_view(scene)
    relation.canary_opened(scene)
    relation.hot(scene)
    if look.is_machine:
        presence.machine(scene)
        return
    if look.cleared:
        volume.burst(scene)
        presence.off_roster(scene)
        career.odd_class(scene)
    volume.daily(scene)
    volume.export(scene)
    harvest.walk(scene)
    relation.own_record(scene)
    relation.relatives(scene)
    relation.prominent(scene)
    presence.network(scene)
    presence.dormant(scene)
    career.leaver(scene)
    career.mover(scene)
    insider.break_glass_used(scene)


def _named(scene: Scene) -> None:
    """Customers were shown in a masked list, or found by a search."""
    if scene.look.event in harvest.SEARCHED:
        relation.canary_opened(scene)
    elif scene.look.exposure == LISTED:
        relation.canary_listed(scene)
    if not scene.look.is_machine:
        presence.dormant(scene)


def _denied(scene: Scene) -> None:
    """An attempt was refused."""
    relation.own_record(scene)
    if scene.look.is_machine:
        return
    harvest.probe(scene)
    if scene.look.code in harvest.NOT_FOUND:
        harvest.misses(scene)
    career.mover(scene)


def _searched(scene: Scene) -> None:
    """A search, whatever came of it."""
    if scene.look.detail.get("hits") == 0:
        harvest.misses(scene)
    else:
        harvest.oracle(scene)
