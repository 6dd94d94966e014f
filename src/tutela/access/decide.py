"""The decision: pure, in memory, no cache. One place walks the order of evaluation.

Order: account disabled, snapshot stale, own record; then of each of the person's posts the cell, its
scope, its channel, and what clear values need (work item, second person, step-up, quota). The best
cell counts. Whatever is missing for clear leaves the mask; a missing cell leaves nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tutela.base.actor import Channel
from tutela.trail.leaves import Exposure

from .asks import Ask, Decision, Overlay
from .compile import PURPOSES, Cell, Person, Slot, Snapshot
from .levels import ChannelBit, Level
from .purposes import PURPOSE_INDEX

WAY: Final[Mapping[Exposure, int]] = {
    Exposure.NONE: int(ChannelBit.VIEW),
    Exposure.LIST_MASKED: int(ChannelBit.SEARCH),
    Exposure.DETAIL_MASKED: int(ChannelBit.VIEW),
    Exposure.CLEAR: int(ChannelBit.VIEW),
    Exposure.EXPORT: int(ChannelBit.EXPORT),
    Exposure.PRINT: int(ChannelBit.PRINT),
    Exposure.WRITE: int(ChannelBit.VIEW),
}
_API: Final = int(ChannelBit.API)
_EXPORT: Final = int(ChannelBit.EXPORT)
_NONE, _MASKED, _CLEAR = Level.NONE, Level.MASKED, Level.CLEAR
_NO_CELL, _OUT_OF_SCOPE, _CHANNEL_CLOSED = (
    Overlay.NO_CELL, Overlay.OUT_OF_SCOPE, Overlay.CHANNEL_CLOSED
)  # fmt: skip
_ALLOWED = Overlay.ALLOWED


@dataclass(frozen=True, slots=True)
class Moment:
    """What holds of the actor at this moment and not of the row: the door, the second factor,
    whether the snapshot is known to be fresh, clear values used today."""

    channel: Channel
    second_factor: bool
    fresh: bool
    used: int


def ways(channel: Channel, exposure: Exposure) -> int:
    """The channel bits a cell must have, all of them."""
    return WAY[exposure] | _API if channel is Channel.API else WAY[exposure]


def decide(snapshot: Snapshot, person: Person | None, moment: Moment, ask: Ask) -> Decision:
    """What may be shown of each asked class, and what stood in the way of the level asked."""
    stop = _barred(person, moment, ask)
    if stop is not None or person is None:
        return _nothing(snapshot, ask, stop or Overlay.ACCOUNT_DISABLED)
    wanted, position = ask.level, snapshot.positions.get(ask.branch_id, -2)
    need = ways(moment.channel, ask.exposure)
    levels: dict[int, Level] = {}
    names: list[str] = []
    hurdle, quota = _ALLOWED, -1
    for data_class in ask.classes:
        level, stage, cell = _best(snapshot, person, moment, ask, data_class, position, need)
        levels[data_class] = level
        if cell is not None:
            if cell.name not in names:
                names.append(cell.name)
            if cell.level is _CLEAR and (quota < 0 or cell.quota < quota):
                quota = cell.quota
        if level < wanted and stage < hurdle:
            hurdle = stage
    if not moment.fresh:
        # Freshness unknown: masks stay, nothing is called clear.
        levels = {item: min(level, _MASKED) for item, level in levels.items()}
    left = None if quota < 0 else max(0, quota - moment.used)
    name = names[0] if len(names) == 1 else ",".join(sorted(names))
    return Decision(levels, name, hurdle.word, snapshot.matrix, left)


def _barred(person: Person | None, moment: Moment, ask: Ask) -> Overlay | None:
    """What refuses whatever the matrix says."""
    if person is None or not person.active or not person.slots:
        return Overlay.ACCOUNT_DISABLED
    if not moment.fresh and ask.level is _CLEAR:
        return Overlay.STALE
    if person.customer_id and person.customer_id == ask.customer_id:
        return Overlay.OWN_RECORD
    return None


def _nothing(snapshot: Snapshot, ask: Ask, overlay: Overlay) -> Decision:
    return Decision(dict.fromkeys(ask.classes, _NONE), "", overlay.word, snapshot.matrix, None)


def _best(
    snapshot: Snapshot,
    person: Person,
    moment: Moment,
    ask: Ask,
    data_class: int,
    position: int,
    need: int,
) -> tuple[Level, Overlay, Cell | None]:
    """The best cell over the person's posts: highest level, then the furthest stage."""
    offset = data_class * PURPOSES + PURPOSE_INDEX[ask.purpose]
    best: tuple[Level, Overlay, Cell | None] = (_NONE, _NO_CELL, None)
    for slot in person.slots:
        cell = snapshot.cells[snapshot.table[slot.base + offset]]
        if cell is None:
            continue
        level, stage = _weigh(cell, slot, moment, ask, position, need)
        if level > best[0] or (level is best[0] and stage > best[1]):
            best = (level, stage, cell)
    return best


def _weigh(
    cell: Cell, slot: Slot, moment: Moment, ask: Ask, position: int, need: int
) -> tuple[Level, Overlay]:
    """What one cell gives for this ask, and the stage at which it stopped."""
    low, high = slot.intervals[cell.scope]
    if not (low <= position <= high or (cell.own and ask.assigned)):
        return _NONE, _OUT_OF_SCOPE
    if cell.channels & need != need:
        return _NONE, _CHANNEL_CLOSED
    if need & _EXPORT and cell.second_person:
        return _NONE, Overlay.SECOND_PERSON_NEEDED
    if cell.level is not _CLEAR:
        return cell.level, _ALLOWED if ask.level is not _CLEAR else _NO_CELL
    if cell.work_item and not ask.work_item_linked:
        return _MASKED, Overlay.WORK_ITEM_MISSING
    if cell.second_person:
        return _MASKED, Overlay.SECOND_PERSON_NEEDED
    if cell.step_up and not moment.second_factor:
        return _MASKED, Overlay.STEP_UP_NEEDED
    if moment.used + max(1, ask.fields) > cell.quota:
        return _MASKED, Overlay.QUOTA_SPENT
    return _CLEAR, _ALLOWED
