"""Medians, deviations and percentiles of whole numbers, with floors against small samples. Pure."""

from collections.abc import Mapping, Sequence


def median(values: Sequence[int]) -> float:
    """0 for none."""
    ordered = sorted(values)
    size = len(ordered)
    if not size:
        return 0.0
    middle = size // 2
    return float(ordered[middle]) if size % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def deviation(values: Sequence[int], centre: float) -> float:
    """The median absolute deviation, never below 2 and a tenth of the centre: people who all work alike must not
    alarm at the first busy day."""
    spread = sorted(abs(value - centre) for value in values)
    size = len(spread)
    middle = size // 2
    found = 0.0
    if size:
        found = spread[middle] if size % 2 else (spread[middle - 1] + spread[middle]) / 2
    return max(found, 2.0, centre / 10)


def percentile(counts: Mapping[int, int], percent: int) -> int:
    """The smallest value that so many percent do not exceed; `counts` is how often each came; 0 for none."""
    total = sum(counts.values())
    need = total * percent / 100
    seen = 0
    for value in sorted(counts):
        seen += counts[value]
        if seen >= need:
            return value
    return 0
