"""What the trail declares at start."""

from tutela.base import health

from . import checks


def join() -> None:
    health.declare(checks.trail_open)
