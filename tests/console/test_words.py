"""Words that pages show instead of codes."""

from tutela.console.words import EVENTS, PARTS
from tutela.trail.events import DECISION, DETAILS, Event


def test_every_event_has_a_word():
    """A reader of the trail meets no raw code."""
    assert set(Event) <= set(EVENTS)


def test_every_part_of_a_leaf_has_a_word():
    """Neither does whoever opens an entry of the trail, whatever event it tells of."""
    keys = {key for parts in DETAILS.values() for key in parts} | set(DECISION)
    assert keys <= set(PARTS)
