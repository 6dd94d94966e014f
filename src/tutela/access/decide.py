"""The decision: pure, in memory, no cache. One place walks the order of evaluation.

Order: account disabled, snapshot stale, own record; then of each of the person's posts the cell,
its scope, its channel, and what clear values need (work item, second person, step-up, quota). The best
cell counts. Whatever is missing for clear leaves the mask; a missing cell leaves nothing.
"""

from typing import Final, NamedTuple

from tutela.base.actor import Channel
from tutela.trail.leaves import Exposure

from .asks import Ask, Decision, Overlay
from .compile import PURPOSES, Cell, Interval, Person, Snapshot
from .levels import ChannelBit, Level

_VIEW, _SEARCH, _EXPORT, _PRINT, _API = (
    int(bit)
    for bit in (
        ChannelBit.VIEW,
        ChannelBit.SEARCH,
        ChannelBit.EXPORT,
        ChannelBit.PRINT,
        ChannelBit.API,
    )
)
_NONE, _MASKED, _CLEAR = Level.NONE, Level.MASKED, Level.CLEAR
_LIST, _EXPORTED, _PRINTED = Exposure.LIST_MASKED, Exposure.EXPORT, Exposure.PRINT
_BY_API: Final = Channel.API
_NO_CELL, _ALLOWED = Overlay.NO_CELL, Overlay.ALLOWED
# Bound once: looking a member up on its class costs as much as the rest of a step.
_OUT_OF_SCOPE, _CHANNEL_CLOSED = Overlay.OUT_OF_SCOPE, Overlay.CHANNEL_CLOSED
_WORK_ITEM_MISSING, _STEP_UP_NEEDED = Overlay.WORK_ITEM_MISSING, Overlay.STEP_UP_NEEDED
_SECOND_PERSON_NEEDED, _QUOTA_SPENT = Overlay.SECOND_PERSON_NEEDED, Overlay.QUOTA_SPENT
_ACCOUNT_DISABLED, _STALE, _OWN_RECORD = (
    Overlay.ACCOUNT_DISABLED,
    Overlay.STALE,
    Overlay.OWN_RECORD,
)
_WORDS: Final = ("", *(overlay.word for overlay in Overlay))


class Moment(NamedTuple):
    """What holds of the actor at this moment and not of the row: the door, the second factor,
    whether the snapshot is known to be fresh, clear values used today, whether the trail is strained, which
    halves every quota."""

    channel: Channel
    second_factor: bool
    fresh: bool
    used: int
    strained: bool = False


def ways(channel: Channel, exposure: Exposure) -> int:
    """The channel bits a cell must have, all of them."""
    if exposure is _LIST:
        need = _SEARCH
    elif exposure is _EXPORTED:
        need = _EXPORT
    elif exposure is _PRINTED:
        need = _PRINT
    else:
        need = _VIEW
    return need | _API if channel is _BY_API else need


def decide(snapshot: Snapshot, person: Person | None, moment: Moment, ask: Ask) -> Decision:
    """What may be shown of each asked class, and what stood in the way of the level asked."""
    if person is None or not person.active or not person.slots:
        return _nothing(snapshot, ask, _ACCOUNT_DISABLED)
    if not moment.fresh and ask.level is _CLEAR:
        return _nothing(snapshot, ask, _STALE)
    if person.customer_id and person.customer_id == ask.customer_id:
        return _nothing(snapshot, ask, _OWN_RECORD)
    position = snapshot.positions.get(ask.branch_id, -2)
    need, wanted = ways(moment.channel, ask.exposure), ask.level
    levels: dict[int, Level] = {}
    used: list[Cell] = []
    hurdle = _ALLOWED
    for data_class in ask.classes:
        level, stage, best = _NONE, _NO_CELL, None
        offset = data_class * PURPOSES + ask.purpose.column
        # The best cell over the person's posts: the highest level, then the furthest stage.
        for slot in person.slots:
            cell = snapshot.cells[snapshot.table[slot.base + offset]]
            if cell is not None:
                gives, at = _weigh(cell, slot.intervals[cell.reach], moment, ask, (position, need))
                if gives > level or (gives is level and at > stage):
                    level, stage, best = gives, at, cell
        levels[data_class] = level
        if level < wanted and stage < hurdle:
            hurdle = stage
        if best is not None and best not in used:
            used.append(best)
    if not moment.fresh:
        # Freshness unknown: masks stay, nothing is called clear.
        levels = {item: min(level, _MASKED) for item, level in levels.items()}
    return _decision(snapshot, levels, used, hurdle, moment)


def _decision(
    snapshot: Snapshot, levels: dict[int, Level], cells: list[Cell], hurdle: Overlay, moment: Moment
) -> Decision:
    """The strictest quota among the clear cells is the one that is shown and recorded."""
    if len(cells) == 1:
        (cell,) = cells
        name, quota = cell.name, cell.quota
    else:
        name = ",".join(sorted(cell.name for cell in cells))
        # A masked cell has no quota, by the matrix's rules.
        quota = min((cell.quota for cell in cells if cell.quota), default=0)
    if moment.strained:
        quota = _halved(quota)
    left = max(quota - moment.used, 0) if quota else None
    return Decision(levels, name, _WORDS[hurdle], snapshot.matrix, left)


def _halved(quota: int) -> int:
    """Half of a quota, at least 1 of one that is there."""
    return (quota + 1) // 2


def _nothing(snapshot: Snapshot, ask: Ask, overlay: Overlay) -> Decision:
    return Decision(dict.fromkeys(ask.classes, _NONE), "", _WORDS[overlay], snapshot.matrix, None)


def _weigh(
    cell: Cell, covers: Interval, moment: Moment, ask: Ask, row: tuple[int, int]
) -> tuple[Level, Overlay]:
    """What one cell gives for this ask, and the stage at which it stopped.

    `row` is the row's place in the branch tree and the channel bits that the way out needs.
    """
    position, need = row
    if not (covers[0] <= position <= covers[1] or (cell.own and ask.assigned)):
        return _NONE, _OUT_OF_SCOPE
    if cell.channels & need != need:
        return _NONE, _CHANNEL_CLOSED
    if need & _EXPORT and cell.second_person:
        return _NONE, _SECOND_PERSON_NEEDED
    if cell.level is not _CLEAR:
        return cell.level, _NO_CELL if ask.level is _CLEAR else _ALLOWED
    stage = _missing_for_clear(cell, moment, ask)
    return (_CLEAR if stage is _ALLOWED else _MASKED), stage


def _missing_for_clear(cell: Cell, moment: Moment, ask: Ask) -> Overlay:
    """What a clear value still lacks, in the order of evaluation."""
    if cell.work_item and not ask.work_item_linked:
        return _WORK_ITEM_MISSING
    if cell.second_person:
        return _SECOND_PERSON_NEEDED
    if cell.step_up and not moment.second_factor:
        return _STEP_UP_NEEDED
    quota = _halved(cell.quota) if moment.strained else cell.quota
    if moment.used + max(1, ask.fields) > quota:
        return _QUOTA_SPENT
    return _ALLOWED
