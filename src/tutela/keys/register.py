"""What custody declares while the product starts."""

from tutela.base import health

from . import checks


def join() -> None:
    health.declare(checks.keys_root)
