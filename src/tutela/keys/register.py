"""What the keys room declares at start."""

from tutela.base import health

from . import checks


def join() -> None:
    health.declare(checks.keys_root)
