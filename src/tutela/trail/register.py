"""What the trail declares at start."""

from tutela.base import health, readings

from . import checks, event_specs, events, evidence, witness_checks


def join() -> None:
    event_specs.declare_common()
    event_specs.declare(events)
    readings.declare(evidence.SOURCE)
    health.declare(
        checks.trail_open, checks.database_rights, checks.trail_tree, checks.trail_segments
    )
    health.declare(witness_checks.trail_witnesses)
