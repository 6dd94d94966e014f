"""Scatter 0..n-1 over a large space without repeats, so that millions of keys need no memory."""

from dataclasses import dataclass
from math import gcd
from random import Random


@dataclass(frozen=True, slots=True)
class Spread:
    """A one-to-one map of the whole numbers below `size` onto themselves."""

    size: int
    step: int
    start: int

    def at(self, index: int) -> int:
        return (index * self.step + self.start) % self.size


def spread(size: int, rng: Random) -> Spread:
    """A spread of `size` places; a step near the golden section sets neighbours far apart."""
    step = int(size * 0.6180339887) + rng.randrange(1000)
    while gcd(step, size) != 1:
        step += 1
    return Spread(size, step, rng.randrange(size))
