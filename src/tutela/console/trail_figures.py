"""Sums of what the trail counted: looks in clear, masked ones, refusals. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from tutela.trail.figures import Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Looks in clear, masked ones, those that other systems reported, refusals and all else."""

    clear: int = 0
    masked: int = 0
    outside: int = 0
    refused: int = 0
    other: int = 0

    @property
    def looks(self) -> int:
        return self.clear + self.masked + self.outside

    @property
    def total(self) -> int:
        return self.looks + self.refused + self.other


def sums(
    tallies: Iterable[Tally],
    clear: Collection[str],
    masked: Collection[str],
    outside: Collection[str] = (),
) -> Sums:
    """Sums of tallies by these names of events."""
    counted: Counter[str] = Counter()
    for tally in tallies:
        if tally.outcome == "deny":
            counted["refused"] += tally.leaves
        elif tally.event in clear:
            counted["clear"] += tally.leaves
        elif tally.event in masked:
            counted["masked"] += tally.leaves
        elif tally.event in outside:
            counted["outside"] += tally.leaves
        else:
            counted["other"] += tally.leaves
    return Sums(**counted)
