"""Chinese first, English when the browser asks or the person chooses; every string in both."""

from tests.console.stage import House, text
from tools import messages


def test_a_browser_that_says_nothing_gets_chinese(house: House) -> None:
    """The people who work here read Chinese."""
    page = text(house.as_("").get("/account/login/"))
    assert 'lang="zh-CN"' in page
    assert "登录" in page


def test_a_browser_that_asks_for_english_gets_it(house: House) -> None:
    """By its own header."""
    page = text(house.as_("").get("/account/login/", headers={"Accept-Language": "en-GB,en"}))
    assert 'lang="en"' in page


def test_the_choice_of_a_person_beats_the_browser(house: House) -> None:
    """And is kept in a cookie."""
    client = house.as_("auditor")
    client.post("/language/", {"language": "en", "next": "/"})
    page = text(client.get("/", headers={"Accept-Language": "zh-CN"}))
    assert "Gaps" in page


def test_going_back_never_leaves_the_house(house: House) -> None:
    """A link to another site is not followed."""
    response = house.as_("auditor").post("/language/", {"language": "en", "next": "//evil.test/"})
    assert response.headers["Location"] == "/"


def test_every_string_has_its_chinese_and_every_chinese_its_source() -> None:
    """What the tool's --check says, so that a page cannot be half in English."""
    assert messages.faults() == []
