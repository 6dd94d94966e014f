"""The acts of an insurer as leaves of the trail, byte for byte of its form, and what the rules may ask."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from tutela.watch.rules import EXPLAINED_AFTER_DAYS, EXPLAINED_BEFORE_DAYS, Need
from tutela.watch.world import NOWHERE, Place

from .insurer import MINUTE, Acted, Employee, Insurer, customer_id, start_of


@dataclass(frozen=True, slots=True)
class Told:
    """A leaf at its place."""

    index: int
    leaf_id: UUID
    leaf: bytes


def written(insurer: Insurer, first: int = 0) -> list[Told]:
    """All acts by time, from this index on."""
    insurer.acts.sort(key=lambda one: (one.t_ms, one.person.number, one.event))
    return [told(insurer, n, act) for n, act in enumerate(insurer.acts, start=first)]


def told(insurer: Insurer, index: int, act: Acted) -> Told:
    """One leaf."""
    person = act.person
    name = f"{act.t_ms:012x}7{index % 4096:03x}8{index % 4096:03x}{index:012x}"
    leaf_id = UUID(name)
    said = {
        "actor": {
            "channel": act.channel,
            "id": person.id,
            "kind": "machine" if person.is_machine else "staff",
            "second_factor": 1,
            "session": "",
            "source": act.source or person.source,
        },
        "classes": list(act.classes),
        "decision": {"outcome": "allow", **act.decision},
        "detail": act.detail,
        "event": act.event,
        "exposure": act.exposure,
        "fields": [],
        "id": str(leaf_id),
        "note": "",
        "purpose": act.purpose,
        "subjects": [["customer", customer_id(insurer.seed, n)] for n in act.customers],
        "t_ms": act.t_ms,
        "v": 1,
        "work_item": "",
        "writer": "00000000-0000-0000-0000-000000000000",
        "writer_previous": "0" * 64,
        "writer_seq": index + 1,
    }
    return Told(index, leaf_id, bytes(16) + json.dumps(said, separators=(",", ":")).encode())


class Facts:
    """What the rules ask (`tutela.watch.world.World`), answered from the insurer itself."""

    def __init__(self, insurer: Insurer) -> None:
        self._insurer = insurer
        self._people: dict[str, Employee] = {
            one.id: one for one in [*insurer.people, insurer.server]
        }
        self._number: dict[str, int] = {
            customer_id(insurer.seed, n): n for n in range(len(insurer.branch_of))
        }
        self._staff = frozenset(one.own for one in insurer.people if one.own)
        self._peers: dict[tuple[Place, int], list[str]] = {}
        self._cases = [item for items in insurer.items.values() for item in items if item.is_claim]
        self._cases_of: dict[int, list[tuple[int, int | None]]] = {}
        for item in self._cases:
            self._cases_of.setdefault(item.customer, []).append((item.opened, item.closed))

    def prepare(self, pairs: Iterable[tuple[str, str]]) -> None:
        """All is at hand."""

    def missing(self) -> Collection[Need]:
        return ()

    def place(self, person: str, day: int) -> Place:
        one = self._people.get(person)
        return Place(one.post, self._insurer.branch(one, day)) if one else NOWHERE

    def peers(self, place: Place, day: int) -> Sequence[str]:
        key = (place, day)
        if key not in self._peers:
            self._peers[key] = [
                one.id
                for one in self._people.values()
                if one.post == place.post and place.branch in (0, self._insurer.branch(one, day))
            ]
        return self._peers[key]

    def is_explained(self, person: str, customer: str, classes: Sequence[int], day: int) -> bool:  # noqa: ARG002 the Protocol's
        items = self._insurer.items.get((person, self._number.get(customer, -1)))
        return bool(items) and any(
            item.opened <= day + EXPLAINED_AFTER_DAYS
            and (item.closed is None or item.closed >= day - EXPLAINED_BEFORE_DAYS)
            for item in items or ()
        )

    def own_record(self, person: str) -> str:
        one = self._people.get(person)
        return one.own if one else ""

    def relatives(self, person: str) -> Collection[str]:
        one = self._people.get(person)
        return one.relatives if one else ()

    def is_colleague(self, customer: str) -> bool:
        return customer in self._staff

    def is_vip(self, customer: str, t_ms: int) -> bool:  # noqa: ARG002 the Protocol's
        return self._number.get(customer, -1) in self._insurer.vips

    def is_canary(self, customer: str, t_ms: int) -> bool:  # noqa: ARG002 the Protocol's
        return self._number.get(customer, -1) in self._insurer.canaries

    def has_open_case(self, customer: str, day: int) -> bool:
        return any(
            opened <= day and (closed is None or closed >= day)
            for opened, closed in self._cases_of.get(self._number.get(customer, -1), ())
        )

    def branch_of(self, customer: str) -> int:
        number = self._number.get(customer)
        return self._insurer.branch_of[number] if number is not None else 0

    def minutes_off(self, person: str, t_ms: int) -> int | None:
        one = self._people.get(person)
        if one is None or not one.pace or one.is_machine:
            return None
        insurer = self._insurer
        day = (t_ms + 8 * 3_600_000) // 86_400_000 + 719_163
        best: int | None = None
        for near in (day - 1, day, day + 1):
            if insurer.works(one, near):
                begins, ends = insurer.shift(one)
                low, high = (
                    start_of(near) + begins * 60 * MINUTE,
                    start_of(near) + ends * 60 * MINUTE,
                )
                off = max(low - t_ms, t_ms - high, 0) // MINUTE
                best = off if best is None else min(best, off)
        return 1440 if best is None else best

    def last_day(self, person: str, day: int) -> int | None:  # noqa: ARG002 the Protocol's
        one = self._people.get(person)
        return one.last_day if one else None

    def left_branches(self, person: str, day: int) -> Mapping[int, int]:
        one = self._people.get(person)
        if one is None or one.moved is None or day < one.moved[0]:
            return {}
        return {one.branch: one.moved[0] - 1}

    def is_near(self, low: str, high: str, step: int) -> bool:
        return self._number[high] - self._number[low] <= step
