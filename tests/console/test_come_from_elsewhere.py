"""A link on another site opens no page in somebody's name before they have agreed."""

import pytest

from tests.console.stage import House, browser, text
from tutela.trail import queries

LIST = "/customers/?purpose=service"


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_opens_no_list_in_somebodys_name(house: House, site: str) -> None:
    """No look, no leaf; the page that asks leads to the same address."""
    client = house.as_("service_agent")
    before = queries.leaves(limit=1)
    answer = client.get(LIST, HTTP_SEC_FETCH_SITE=site)
    client.head(LIST, HTTP_SEC_FETCH_SITE=site)
    assert queries.leaves(limit=1) == before
    assert f'href="{LIST}"' in text(answer)
    assert "page.from_elsewhere" in text(answer)


@pytest.mark.parametrize("site", ["none", "same-origin"])
def test_ones_own_way_is_not_asked_about(house: House, site: str) -> None:
    """Typed, a bookmark, or a link of ours."""
    answer = house.as_("service_agent").get(LIST, HTTP_SEC_FETCH_SITE=site)
    assert "page.from_elsewhere" not in text(answer)


def test_home_opens_from_a_portal(house: House) -> None:
    """It shows no customer."""
    answer = house.as_("service_agent").get("/", HTTP_SEC_FETCH_SITE="cross-site")
    assert "page.from_elsewhere" not in text(answer)


def test_a_stranger_is_led_to_the_sign_in_as_ever(house: House) -> None:
    """A link in a mail opens for whoever has not signed in."""
    answer = browser().get(LIST, HTTP_SEC_FETCH_SITE="cross-site")
    assert answer.status_code == 302
    assert "/account/login/" in answer.headers["Location"]
