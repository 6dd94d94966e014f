"""May this actor create or change these classes of this customer? Pure, in memory, no cache.

A rule of the level write covers rows by its scope, as a rule that shows does: by the customer's branch,
or by an open work item of the actor. All classes that are asked must be covered.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import ClassVar

from tutela.base.actor import Channel
from tutela.trail.leaves import Exposure

from .asks import Decision, Overlay
from .compile import PURPOSES, Cell, Interval, Person, Snapshot
from .decide import ways
from .levels import Level
from .permission_specs import Permission
from .purposes import Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteAsk:
    """One write. `customer_id` is UUID text, "" for a customer that is to be made in `branch_id`;
    `assigned`: the actor has an open work item of the customer; `purpose`: None for a file, which
    states none, so that any purpose for which the post writes will do; `permission`: only the posts
    that give it count."""

    customer_id: str
    branch_id: int
    classes: frozenset[int]
    purpose: Purpose | None
    assigned: bool = False
    permission: Permission | None = None

    level: ClassVar[Level] = Level.WRITE
    exposure: ClassVar[Exposure] = Exposure.WRITE


_Ways = frozenset[tuple[Interval, bool]]
"""The ways in which one class is covered: branches by number, and whether own work items count."""


@dataclass(frozen=True, slots=True)
class WriteScope:
    """Whose customers an actor may write all the asked classes of. `cell` names the rules; `overlay`
    says why it covers nobody, or is "". `everything`: every customer there is, but the actor's own
    record; `own`: open work items of the actor may count, so they must be looked up."""

    cell: str
    overlay: str
    matrix: str
    everything: bool
    own: bool
    not_customer: str
    _needs: tuple[_Ways, ...]
    _positions: Mapping[int, int]

    def covers(self, customer_id: str, branch_id: int, *, assigned: bool = False) -> bool:
        """Whether the customer (or, with "", a new one of the branch) is within the scope."""
        if not self._needs or (customer_id and customer_id == self.not_customer):
            return False
        position = self._positions.get(branch_id, -2)
        return all(
            any(low <= position <= high or (own and assigned) for (low, high), own in need)
            for need in self._needs
        )


def write_scope(
    snapshot: Snapshot,
    person: Person | None,
    channel: Channel,
    classes: Collection[int],
    purpose: Purpose | None,
) -> WriteScope:
    """The rows of which one person may write all these classes."""
    if person is None or not person.active or not person.slots:
        return _nobody(snapshot, person, Overlay.ACCOUNT_DISABLED)
    needs: set[_Ways] = set()
    used: set[str] = set()
    stage = Overlay.ALLOWED
    for data_class in sorted(classes):
        cells = _cells(snapshot, person, data_class, purpose)
        need = ways(channel, Exposure.WRITE)
        usable = [(covers, cell) for covers, cell in cells if cell.channels & need == need]
        if not usable:
            stage = min(stage, Overlay.CHANNEL_CLOSED if cells else Overlay.NO_CELL)
        needs.add(frozenset((covers, cell.own) for covers, cell in usable))
        used.update(cell.name for _, cell in usable)
    if not needs or stage is not Overlay.ALLOWED:
        return _nobody(snapshot, person, stage)
    last = len(snapshot.order) - 1
    return WriteScope(
        cell=",".join(sorted(used)),
        overlay="",
        matrix=snapshot.matrix,
        everything=all(
            any(low <= 0 and max(last, 0) <= high for (low, high), _ in need) for need in needs
        ),
        own=any(own for need in needs for _, own in need),
        not_customer=person.customer_id,
        _needs=tuple(needs),
        _positions=snapshot.positions,
    )


def decide_write(snapshot: Snapshot, scope: WriteScope, ask: WriteAsk) -> Decision:
    """The decision on one write; its overlay says what stood in the way."""
    overlay = scope.overlay
    if not overlay and ask.customer_id and ask.customer_id == scope.not_customer:
        overlay = Overlay.OWN_RECORD.word
    elif not overlay and not scope.covers(ask.customer_id, ask.branch_id, assigned=ask.assigned):
        overlay = Overlay.OUT_OF_SCOPE.word
    level = Level.NONE if overlay else Level.WRITE
    return Decision(dict.fromkeys(ask.classes, level), scope.cell, overlay, snapshot.matrix, None)


def _cells(
    snapshot: Snapshot, person: Person, data_class: int, purpose: Purpose | None
) -> list[tuple[Interval, Cell]]:
    """The write cells of one class over the person's posts, with the branches each covers."""
    columns = range(PURPOSES) if purpose is None else (purpose.column,)
    by_span: dict[tuple[Interval, str], tuple[Interval, Cell]] = {}
    for slot in person.slots:
        for column in columns:
            number = snapshot.writes[slot.base + data_class * PURPOSES + column]
            cell = snapshot.cells[number]
            if cell is not None:
                covers = slot.intervals[cell.reach]
                by_span[covers, cell.name] = (covers, cell)
    return list(by_span.values())


def _nobody(snapshot: Snapshot, person: Person | None, overlay: Overlay) -> WriteScope:
    own = person.customer_id if person else ""
    word = overlay.word or Overlay.NO_CELL.word
    return WriteScope("", word, snapshot.matrix, False, False, own, (), snapshot.positions)
