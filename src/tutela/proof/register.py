"""What the room of proof declares at start. What holds proof, the rooms above declare (`registry.HOLDERS`)."""

from tutela.trail import event_specs

from . import events


def join() -> None:
    event_specs.declare(events)
