"""Words that pages show instead of codes."""

from tutela.console.words import EVENTS
from tutela.trail.events import Event


def test_every_event_has_a_word():
    """A reader of the trail meets no raw code."""
    assert set(Event) <= set(EVENTS)
