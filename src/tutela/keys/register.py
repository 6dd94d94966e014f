"""What the keys room declares at start."""

from tutela.base import health
from tutela.trail import event_specs

from . import checks, events


def join() -> None:
    event_specs.declare(events)
    health.declare(checks.keys_root)
