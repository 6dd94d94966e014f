"""What a browser is told of every page: strict policy, no storing, nothing inline."""

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver

from tests.console.stage import NAME, PHONE, House, addresses, text

INLINE = re.compile(
    r"<style|<script(?![^>]*\bsrc=)[^>]*>|\sstyle=|\son\w+=|javascript:", re.IGNORECASE
)
VISITORS = ("", "service_agent", "branch_manager", "auditor", "security_admin")


@pytest.mark.parametrize("post", VISITORS)
def test_no_page_holds_an_inline_script_or_style(house: House, post: str) -> None:
    """The policy forbids them, so one would silently not work."""
    client = house.as_(post)
    for address in addresses(house):
        assert not INLINE.search(text(client.get(address))), address


@pytest.mark.parametrize("post", VISITORS)
def test_every_answer_carries_the_policy_and_is_not_stored(house: House, post: str) -> None:
    """Refusals and redirects too."""
    client = house.as_(post)
    for address in addresses(house):
        headers = client.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert "unsafe" not in policy, address
        assert "frame-ancestors 'none'" in policy, address
        assert headers["Cache-Control"] == "no-store", address


@pytest.mark.parametrize("post", VISITORS)
def test_no_page_that_is_opened_by_a_link_holds_a_clear_value(house: House, post: str) -> None:
    """Clear values come only as the answer to a reveal."""
    client = house.as_(post)
    for address in addresses(house):
        page = text(client.get(address))
        assert PHONE not in page, address
        assert NAME not in page, address


def test_every_view_of_the_console_has_a_policy() -> None:
    """A view without a gate would be open to everybody."""
    from tutela.console.urls import urlpatterns

    bare = [one.name for one in _flat(urlpatterns) if not hasattr(one.callback, "policy")]
    assert bare == []


def _flat(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for one in patterns:
        if isinstance(one, URLPattern):
            yield one
        else:
            yield from _flat(one.url_patterns)
