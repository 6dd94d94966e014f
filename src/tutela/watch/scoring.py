"""Points and cases. Pure. Points halve every three days, counted in whole days, so that the order of a day's
alerts does not matter."""

import math
from collections.abc import Iterable
from typing import Final

from .rules import CASE_POINTS, HALF_LIFE_DAYS

FORGOTTEN_DAYS: Final = 10 * HALF_LIFE_DAYS
"""After so many days less than a thousandth is left, and it no longer counts."""


def score(points: Iterable[tuple[int, int]], day: int) -> float:
    """What is left on a day of (day, points) of alerts that no case has taken up."""
    return sum(
        worth * math.exp2((then - day) / HALF_LIFE_DAYS)
        for then, worth in points
        if 0 <= day - then <= FORGOTTEN_DAYS
    )


def opens_case(points: Iterable[tuple[int, int]], day: int, *, critical: bool) -> bool:
    """Whether a case opens on this day."""
    return critical or score(points, day) >= CASE_POINTS
