"""Comparison of two assessments."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from .controls import Control
from .queries import ControlResult
from .rules import Verdict

# Higher is better. Expired proof counts as not met; controls that do not apply or are not rated yet have
# no rank.
_RANK: Final = {
    Verdict.NO_DATA: 1,
    Verdict.OVERDUE: 1,
    Verdict.AT_RISK: 1,
    Verdict.NOT_MET: 1,
    Verdict.EXPIRED: 1,
    Verdict.PARTLY: 2,
    Verdict.MET: 3,
}


class Change(StrEnum):
    """LEVEL: another verdict of the same rank, such as not met after no data. OTHER: not comparable,
    since one of the two has no rank."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    NEW = "new"
    LEVEL = "level"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A control now and in the earlier assessment; `before` is empty and `change` NEW where it is new."""

    control: Control
    before: str
    now: str
    change: Change


def pairs(now: Sequence[ControlResult], before: Sequence[ControlResult]) -> list[Pair]:
    """One pair for each control of the later assessment, in its order."""
    earlier = {line.control.code: line.verdict for line in before}
    return [
        Pair(
            control=line.control,
            before=earlier.get(line.control.code, ""),
            now=line.verdict,
            change=_change(earlier.get(line.control.code), line.verdict),
        )
        for line in now
    ]


def _change(before: str | None, now: str) -> Change:
    if before is None:
        return Change.NEW
    if before == now:
        return Change.SAME
    ranks = (_RANK.get(Verdict(before)), _RANK.get(Verdict(now)))
    if ranks[0] is None or ranks[1] is None:
        return Change.OTHER
    rise = ranks[1] - ranks[0]
    return Change.BETTER if rise > 0 else Change.WORSE if rise < 0 else Change.LEVEL
