"""What the watch declares while the product starts."""

from tutela.access import permission_specs
from tutela.notices import kinds
from tutela.trail import event_specs

from . import events, notice_kinds, permissions


def join() -> None:
    event_specs.declare(events)
    permission_specs.declare(permissions)
    kinds.declare(notice_kinds)
