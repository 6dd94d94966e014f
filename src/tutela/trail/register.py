"""What the trail declares at start."""

from tutela.base import health

from . import checks, event_specs, events


def join() -> None:
    event_specs.declare_common()
    event_specs.declare(events)
    health.declare(checks.trail_open)
