"""What notices declare while the product starts."""

from . import kinds, notice_kinds


def join() -> None:
    kinds.declare(notice_kinds.KINDS)
