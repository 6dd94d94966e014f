"""Events whose leaves stay in the database when their month goes (`segments`).

A room that compares its rows with leaves for as long as these stand declares them at start: an anchor of a
customer's
record is asked for in ten years too.
"""

from typing import Final

from tutela.base.registry import Registry

from .event_specs import EventSpec

LASTING: Final = Registry[None]("lasting events")


def declare(*events: EventSpec) -> None:
    """Let the leaves of these events stay; at start."""
    for event in events:
        LASTING.declare_shared(event.name, None)
