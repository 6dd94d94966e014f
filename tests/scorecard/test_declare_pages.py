"""Where a target's own evidence comes to be: each room says it of its pages, and the scorecard links there."""

from django.urls import reverse

from tutela.base.readings import PAGES
from tutela.scorecard.registry import OF


def test_every_target_that_a_room_reads_has_a_page_where_its_evidence_comes_to_be() -> None:
    """And no page is declared for a target that nobody reads."""
    assert set(PAGES) == set(OF)


def test_every_such_page_opens_without_an_id() -> None:
    """The list of what is missing links to it."""
    assert all(reverse(view).startswith("/") for view in PAGES.values())
