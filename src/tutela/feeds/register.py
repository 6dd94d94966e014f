"""What feeds declare while the product starts."""

from tutela.access import permission_specs
from tutela.trail import event_specs

from . import events, permissions


def join() -> None:
    event_specs.declare(events)
    permission_specs.declare(permissions)
