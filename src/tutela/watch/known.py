"""What Tutela knows of people and customers, as the rules ask it (`world.World`).

People and posts are held in memory and read anew when rights change; of customers, what a batch of looks needs is
fetched at once in `prepare`.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from tutela.access import snapshot
from tutela.access.models import Assignment, Branch, Staff
from tutela.base import clock
from tutela.detect.classes import DataClass
from tutela.vault import work_links
from tutela.vault.work_items import Kind

from . import queries
from .rules import EXPLAINED_AFTER_DAYS, EXPLAINED_BEFORE_DAYS, Need
from .world import NOWHERE, Place

RELOAD_SECONDS: Final = 5.0
"""After so long, marks, rosters and relatives are read anew."""
_ID: Final = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_MANY: Final = 8
_BEHIND_SECONDS: Final = 900.0
_STEPS: Final = 5
_DAY_MS: Final = 86_400_000
_MINUTE_MS: Final = 60_000
# What a kind of work does not explain.
_BEYOND: Final = {
    Kind.POLICY: frozenset({int(DataClass.BIOMETRIC)}),
    Kind.CLAIM: frozenset[int](),
    Kind.CASE: frozenset({int(DataClass.HEALTH), int(DataClass.BIOMETRIC)}),
}
_Held = tuple[int, int | None, str, int]
_Span = tuple[int, int | None]


class Known:
    """The world as the tables have it."""

    def __init__(self) -> None:
        self._snapshot: object = None
        self._read_at = -RELOAD_SECONDS
        self._held: dict[str, list[_Held]] = {}
        self._moved: frozenset[str] = frozenset()
        self._own: dict[str, str] = {}
        self._colleagues: frozenset[str] = frozenset()
        self._below: dict[int, frozenset[int]] = {}
        self._places: dict[tuple[str, int], Place] = {}
        self._peers: dict[int, dict[Place, list[str]]] = {}
        self._left: dict[tuple[str, int], Mapping[int, int]] = {}
        self._canaries: Mapping[str, _Span] = {}
        self._vips: Mapping[str, list[_Span]] = {}
        self._has_roster = False
        self._shifts: dict[tuple[str, int], list[tuple[int, int]]] = {}
        self._relatives: dict[str, frozenset[str]] = {}
        self._work: dict[str, dict[str, list[work_links.Work]]] = {}
        self._branches: dict[str, int] = {}
        self._behind: dict[str, Sequence[str]] = {}
        self._behind_at = clock.monotonic()

    def refresh(self) -> bool:
        """Read anew what has changed; whether people or posts have."""
        current = snapshot.current()
        is_new = current is not self._snapshot
        if is_new:
            self._snapshot = current
            self._read_people()
        if is_new or clock.monotonic() - self._read_at >= RELOAD_SECONDS:
            self._read_at = clock.monotonic()
            self._vips = queries.vips()
            self._has_roster = queries.has_roster()
            self._shifts.clear()
            self._relatives.clear()
        if clock.monotonic() - self._behind_at >= _BEHIND_SECONDS:
            self._behind_at = clock.monotonic()
            self._behind.clear()
        return is_new

    def _read_people(self) -> None:
        held: dict[str, list[_Held]] = {}
        rows = Assignment.objects.values_list("staff_id", "starts", "ends", "post_id", "branch_id")
        for staff, starts, ends, post, branch in rows.order_by("starts", "post_id", "branch_id"):
            span = (starts.toordinal(), ends.toordinal() if ends else None, post, branch or 0)
            held.setdefault(str(staff), []).append(span)
        self._held = held
        self._moved = frozenset(
            staff
            for staff, spans in held.items()
            if any(end is not None for _begin, end, _post, _branch in spans)
        )
        own = Staff.objects.filter(customer_id__isnull=False).values_list("id", "customer_id")
        self._own = {str(staff): str(customer) for staff, customer in own}
        self._colleagues = frozenset(self._own.values())
        self._below = _areas(list(Branch.objects.values_list("id", "parent_id")))
        self._places.clear()
        self._peers.clear()
        self._left.clear()

    def prepare(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Fetch the work, the branches and the relatives of these."""
        self.refresh()
        people: dict[str, set[str]] = {}
        for person, customer in pairs:
            people.setdefault(person, set()).add(customer)
        customers = set().union(*people.values())
        wanted = _ids(customers)
        self._canaries = queries.canaries(wanted)
        self._work = {}
        for one in work_links.work_of(wanted) if wanted else ():
            of = self._work.setdefault(one.customer_id, {})
            of.setdefault(one.person or "", []).append(one)
        has_moved = not self._moved.isdisjoint(people)
        self._branches = work_links.branches_of(wanted) if has_moved and wanted else {}
        # Whoever opens many may be walking; for others it is asked when they have opened enough.
        many = [one for opened in people.values() if len(opened) >= _MANY for one in opened]
        if new := [one for one in dict.fromkeys(many) if one not in self._behind]:
            self._fetch_behind(new, _STEPS)
        self._find_relatives(people)

    def _find_relatives(self, people: Iterable[str]) -> None:
        own = {person: self._own[person] for person in people if person in self._own}
        new = {person: record for person, record in own.items() if person not in self._relatives}
        if new:
            near = work_links.sharing_contacts(_ids(new.values()))
            for person, record in new.items():
                self._relatives[person] = near.get(record, frozenset())

    def missing(self) -> Collection[Need]:
        return queries.inactive().keys()

    def place(self, person: str, day: int) -> Place:
        key = (person, day)
        found = self._places.get(key)
        if found is None:
            if len(self._places) > 200_000:
                self._places.clear()
            held = _on(self._held.get(person, ()), day)
            found = self._places[key] = Place(held[0][2], held[0][3]) if held else NOWHERE
        return found

    def peers(self, place: Place, day: int) -> Sequence[str]:
        groups = self._peers.get(day)
        if groups is None:
            if len(self._peers) > 3:
                self._peers.clear()
            groups = self._peers[day] = {}
            for person in self._held:
                of = self.place(person, day)
                for group in {of, Place(of.post, 0)}:
                    groups.setdefault(group, []).append(person)
        return groups.get(place, ())

    def is_explained(self, person: str, customer: str, classes: Sequence[int], day: int) -> bool:
        of = self._work.get(customer)
        items = of.get(person) if of else None
        if not items:
            return False
        first, last = day - EXPLAINED_BEFORE_DAYS, day + EXPLAINED_AFTER_DAYS
        return any(
            one.opened.toordinal() <= last
            and (one.closed is None or one.closed.toordinal() >= first)
            and _BEYOND[one.kind].isdisjoint(classes)
            for one in items
        )

    def own_record(self, person: str) -> str:
        return self._own.get(person, "")

    def relatives(self, person: str) -> Collection[str]:
        return self._relatives.get(person, ())

    def is_colleague(self, customer: str) -> bool:
        return customer in self._colleagues

    def is_vip(self, customer: str, t_ms: int) -> bool:
        return any(_within(span, t_ms) for span in self._vips.get(customer, ()))

    def is_canary(self, customer: str, t_ms: int) -> bool:
        span = self._canaries.get(customer)
        return span is not None and _within(span, t_ms)

    def has_open_case(self, customer: str, day: int) -> bool:
        return any(
            one.kind is not Kind.POLICY
            and one.opened.toordinal() <= day
            and (one.closed is None or one.closed.toordinal() > day)
            for items in self._work.get(customer, {}).values()
            for one in items
        )

    def branch_of(self, customer: str) -> int:
        return self._branches.get(customer, 0)

    def minutes_off(self, person: str, t_ms: int) -> int | None:
        if not self._has_roster:
            return None
        key = (person, t_ms // _DAY_MS)
        shifts = self._shifts.get(key)
        if shifts is None:
            middle = queries.moment(key[1] * _DAY_MS + _DAY_MS // 2)
            shifts = self._shifts[key] = queries.shifts_around(person, middle)
        if not shifts:
            return None
        off = min(max(starts - t_ms, t_ms - ends, 0) for starts, ends in shifts)
        return off // _MINUTE_MS

    def last_day(self, person: str, day: int) -> int | None:
        ends = [held[1] for held in self._held.get(person, ()) if held[1] is None or held[1] >= day]
        known = [end for end in ends if end is not None]
        return max(known) if known and len(known) == len(ends) else None

    def left_branches(self, person: str, day: int) -> Mapping[int, int]:
        key = (person, day)
        found = self._left.get(key)
        if found is None:
            if len(self._left) > 200_000:
                self._left.clear()
            found = self._left[key] = self._left_on(person, day)
        return found

    def _left_on(self, person: str, day: int) -> Mapping[int, int]:
        held = self._held.get(person, ())
        now: set[int] = set()
        for one in _on(held, day):
            if not one[3]:  # a post of the whole company leaves nothing behind
                return {}
            now |= self._below.get(one[3], frozenset({one[3]}))
        left: dict[int, int] = {}
        for _starts, ends, _post, branch in held:
            if ends is not None and ends < day and branch and now:
                for below in self._below.get(branch, frozenset({branch})) - now:
                    left[below] = max(ends, left.get(below, 0))
        return left

    def is_near(self, low: str, high: str, step: int) -> bool:
        known = self._behind.get(low)
        if known is None or len(known) < step:
            self._fetch_behind([low], step)
            known = self._behind.get(low, ())
        return high in known[:step]

    def _fetch_behind(self, customers: Iterable[str], step: int) -> None:
        if len(self._behind) > 200_000:
            self._behind.clear()
        for customer, others in work_links.behind(_ids(customers), max(step, _STEPS)).items():
            self._behind[str(customer)] = [
                *map(str, others),
                *[""] * (max(step, _STEPS) - len(others)),
            ]


def _ids(texts: Iterable[str]) -> list[str]:
    """Those that are ids."""
    return [text for text in texts if _ID.fullmatch(text)]


def _on(held: Sequence[_Held], day: int) -> list[_Held]:
    """The posts held on a day, the oldest first."""
    return [one for one in held if one[0] <= day and (one[1] is None or one[1] >= day)]


def _within(span: _Span, t_ms: int) -> bool:
    return span[0] <= t_ms and (span[1] is None or t_ms < span[1])


def _areas(rows: Sequence[tuple[int, int | None]]) -> dict[int, frozenset[int]]:
    """Each branch with all below it."""
    children: dict[int, list[int]] = {}
    for branch, parent in rows:
        if parent is not None:
            children.setdefault(parent, []).append(branch)
    areas: dict[int, frozenset[int]] = {}

    def area(branch: int) -> frozenset[int]:
        if branch not in areas:
            areas[branch] = frozenset({branch})  # ends a circle, should there be one
            areas[branch] = frozenset({branch}).union(
                *(area(one) for one in children.get(branch, ()))
            )
        return areas[branch]

    for branch, _parent in rows:
        area(branch)
    return areas
