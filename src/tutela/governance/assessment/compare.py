"""Two assessments side by side: what became better, worse, new or went."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from .controls import Control
from .queries import Line
from .rules import Verdict

# The better, the higher. What does not apply is neither.
_RANK: Final = {
    Verdict.UNRATED: 0,
    Verdict.NO_DATA: 0,
    Verdict.NOT_MET: 1,
    Verdict.PARTLY: 2,
    Verdict.MET: 3,
}


class Change(StrEnum):
    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    NEW = "new"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A control now and in the earlier assessment (`before` empty and `change` NEW when it was not there)."""

    control: Control
    before: str
    now: str
    change: Change


def pairs(now: Sequence[Line], before: Sequence[Line]) -> list[Pair]:
    """One for each control of the later assessment, in its order."""
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
    if Verdict.NOT_APPLICABLE in {before, now}:
        return Change.OTHER
    rise = _RANK[Verdict(now)] - _RANK[Verdict(before)]
    return Change.BETTER if rise > 0 else Change.WORSE if rise < 0 else Change.OTHER
