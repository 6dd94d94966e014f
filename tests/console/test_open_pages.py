"""Every page as several kinds of person: who may gets it, who may not gets a refusal."""

import pytest

from tests.console.stage import House, addresses, leaves, text

PAGES = {
    "/": 200,
    "/encryption/": 200,
    "/me/": 200,
    "/catalogue/": 200,
    "/customers/?purpose=service": 403,
    "/imports/": 403,
    "/imports/upload/": 403,
    "/held-rows/": 403,
    "/moves/": 403,
    "/destructions/": 403,
    "/sources/": 403,
    "/trail/": 403,
    "/staff/": 403,
    "/matrix/": 403,
}
MAY = {
    "service_agent": {"/customers/?purpose=service"},
    "claims_adjuster": {"/customers/?purpose=claim"},
    "branch_manager": {
        "/customers/?purpose=service",
        "/imports/",
        "/imports/upload/",
        "/destructions/",
        "/moves/",
        "/staff/",
    },
    "data_steward": {
        "/customers/?purpose=service",
        "/held-rows/",
        "/imports/",
        "/moves/",
        "/sources/",
    },
    "security_admin": {"/staff/", "/matrix/", "/sources/"},
    "system_admin": set(),
    "auditor": {"/trail/", "/staff/", "/matrix/"},
}


@pytest.mark.parametrize("post", MAY)
def test_each_post_opens_its_pages_and_no_others(house: House, post: str) -> None:
    """The page list of a post is what the post's functions say."""
    client = house.as_(post)
    wanted = PAGES | dict.fromkeys(MAY[post], 200)
    if post == "claims_adjuster":
        wanted.pop("/customers/?purpose=service")
    seen = {address: client.get(address).status_code for address in wanted}
    assert seen == wanted


def test_a_stranger_is_sent_to_sign_in(house: House) -> None:
    """No page of the house opens without a sign-in, and none tells anything."""
    client = house.as_("")
    for address in addresses(house):
        response = client.get(address)
        public = address in {"/account/login/", "/nowhere/"}
        assert (response.status_code == 302) is not public, address


def test_a_page_without_the_post_leaves_a_leaf(house: House) -> None:
    """The refused attempt is in the trail with the page's name and the code."""
    client = house.as_("hr_trainer")
    response = client.get("/trail/")
    assert "access.permission_missing" in text(response)
    leaf = leaves("access.request.refused")[0]
    assert (leaf.detail["view"], leaf.code) == ("trail-search-leaves", "access.permission_missing")


def test_the_menu_shows_only_what_opens(house: House) -> None:
    """Nobody is led to a refusal by the navigation."""
    for post in MAY:
        client = house.as_(post)
        page = text(client.get("/"))
        for address in ("/customers/", "/imports/", "/trail/", "/staff/", "/matrix/"):
            shown = f'class="nav-link" href="{address}"' in page
            asked = f"{address}?purpose=service" if address == "/customers/" else address
            assert not shown or client.get(asked).status_code in {200, 403 if "?" in asked else 200}
