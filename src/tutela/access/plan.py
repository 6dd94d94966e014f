"""A page's plan: levels decided once a request, then only scopes compared for each row. Pure.

A plan says what a cell can give at most, before work item, step-up and quota: CLEAR means that a
reveal may be asked for, not that it will be granted. Pages with many rows show masks only.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from tutela.base.actor import Channel
from tutela.trail.leaves import Exposure

from .asks import Overlay
from .compile import EVERYWHERE, PURPOSES, Cell, Interval, Person, Snapshot
from .decide import ways
from .levels import ChannelBit, Level
from .purposes import Purpose


@dataclass(frozen=True, slots=True)
class Scope:
    """Which rows at least one class is visible of: a row qualifies if `everything`, or its branch is
    in `branch_ids`, or `own_only` and the actor has an open work item of the customer. All
    false and empty means no row. The actor's own record never qualifies: `not_customer` is its id."""

    everything: bool
    branch_ids: tuple[int, ...]
    own_only: bool
    not_customer: str = ""


@dataclass(frozen=True, slots=True)
class _Entry:
    """All classes that one scope gives, with their levels."""

    interval: Interval
    own: bool
    levels: Mapping[int, Level]


@dataclass(frozen=True, slots=True)
class Plan:
    """`levels`: per class the most that any row can show. `overlay`: why the plan is empty, or ""."""

    classes: tuple[int, ...]
    purpose: Purpose
    levels: Mapping[int, Level]
    cell: str
    overlay: str
    matrix: str
    scope: Scope
    _entries: tuple[_Entry, ...]
    _positions: Mapping[int, int]
    _nothing: Mapping[int, Level]
    _unions: dict[int, Mapping[int, Level]] = field(default_factory=dict, compare=False)

    def row(self, customer_id: str, branch_id: int, assigned: bool) -> Mapping[int, Level]:
        """The level of each class of the plan for one row."""
        if customer_id == self.scope.not_customer:
            return self._nothing
        position = self._positions.get(branch_id, -2)
        covered, bit = 0, 1
        for entry in self._entries:
            low, high = entry.interval
            if low <= position <= high or (entry.own and assigned):
                covered |= bit
            bit <<= 1
        levels = self._unions.get(covered)
        return levels if levels is not None else self._unite(covered)

    def _unite(self, covered: int) -> Mapping[int, Level]:
        """The best of the entries that cover a row; worked out once for each set of entries."""
        levels = dict(self._nothing)
        for number, entry in enumerate(self._entries):
            if covered >> number & 1:
                _raise(levels, entry.levels)
        self._unions[covered] = levels
        return levels

    def as_leaf(self) -> dict[str, str | int]:
        """What the trail keeps of the decision."""
        wording: dict[str, str | int] = {
            "outcome": "allow",
            "cell": self.cell,
            "matrix": self.matrix,
        }
        return (
            wording if not self.overlay else {**wording, "outcome": "deny", "overlay": self.overlay}
        )


def make_plan(
    snapshot: Snapshot,
    person: Person | None,
    channel: Channel,
    fresh: bool,
    classes: Collection[int],
    purpose: Purpose,
    exposure: Exposure,
) -> Plan:
    """Plan a page of rows for one person, purpose and way out."""
    order = tuple(sorted(classes))
    nothing = dict.fromkeys(order, Level.NONE)
    if person is None or not person.active or not person.slots:
        cells: list[tuple[Interval, int, Cell]] = []
        overlay = Overlay.ACCOUNT_DISABLED.word
    else:
        cells = _cells(snapshot, person, order, purpose, ways(channel, exposure))
        overlay = "" if cells else Overlay.NO_CELL.word
    entries = _entries(cells, Level.CLEAR if fresh else Level.MASKED)
    best = dict(nothing)
    for entry in entries:
        _raise(best, entry.levels)
    return Plan(
        classes=order,
        purpose=purpose,
        levels=best,
        cell=",".join(sorted({cell.name for _, _, cell in cells})),
        overlay=overlay,
        matrix=snapshot.matrix,
        scope=_scope(snapshot, entries, person.customer_id if person else ""),
        _entries=entries,
        _positions=snapshot.positions,
        _nothing=nothing,
    )


def _cells(
    snapshot: Snapshot, person: Person, classes: Collection[int], purpose: Purpose, need: int
) -> list[tuple[Interval, int, Cell]]:
    """Each open cell with its class and the branches it covers."""
    reachable = []
    for slot in person.slots:
        for data_class in classes:
            offset = slot.base + data_class * PURPOSES + purpose.column
            cell = snapshot.cells[snapshot.table[offset]]
            if cell is not None and _open(cell, need):
                reachable.append((slot.intervals[cell.reach], data_class, cell))
    return reachable


def _open(cell: Cell, need: int) -> bool:
    if need & ChannelBit.EXPORT and cell.second_person:
        return False
    return cell.channels & need == need


def _entries(cells: list[tuple[Interval, int, Cell]], most: Level) -> tuple[_Entry, ...]:
    grouped: dict[tuple[Interval, bool], dict[int, Level]] = {}
    for interval, data_class, cell in cells:
        levels = grouped.setdefault((interval, cell.own), {})
        levels[data_class] = max(levels.get(data_class, Level.NONE), min(cell.level, most))
    return tuple(_Entry(interval, own, levels) for (interval, own), levels in grouped.items())


def _raise(levels: dict[int, Level], others: Mapping[int, Level]) -> None:
    for data_class, level in others.items():
        levels[data_class] = max(levels[data_class], level)


def _scope(snapshot: Snapshot, entries: tuple[_Entry, ...], own_record: str) -> Scope:
    own = any(entry.own for entry in entries)
    if any(entry.interval == EVERYWHERE for entry in entries):
        return Scope(True, (), own, own_record)
    spans = sorted({entry.interval for entry in entries if entry.interval[0] <= entry.interval[1]})
    branches = dict.fromkeys(
        branch for low, high in spans for branch in snapshot.order[low : high + 1]
    )
    return Scope(False, tuple(branches), own, own_record)
