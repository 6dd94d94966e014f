"""What the vault declares while the product starts."""

from tutela.notices import kinds

from . import notice_kinds


def join() -> None:
    kinds.declare(notice_kinds.KINDS)
