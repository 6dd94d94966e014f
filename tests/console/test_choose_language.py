"""The choice of a language leads back to a page of ours, whatever was asked."""

import pytest

from tests.console.stage import browser


@pytest.mark.parametrize(
    "back",
    [
        "imports",
        "console-home",
        "trail-view-person",
        "a/b",
        ".",
        "//evil.example/",
        "https://evil.example/",
    ],
)
def test_a_place_that_is_no_path_of_ours_leads_home(database: str, back: str) -> None:
    """Neither a fault of ours nor another site."""
    sent = browser().post("/language/", {"next": back, "language": "en"})
    assert (sent.status_code, sent.headers["Location"]) == (302, "/")


def test_a_path_leads_back_to_itself(database: str) -> None:
    """With what was asked of it."""
    sent = browser().post("/language/", {"next": "/account/login/?next=/me/", "language": "en"})
    assert sent.headers["Location"] == "/account/login/?next=/me/"


def test_other_sites_read_no_file_of_ours() -> None:
    """Not even a style sheet."""
    got = browser().get("/static/web/web.css", headers={"origin": "https://evil.example"})
    assert got.status_code == 200
    assert "Access-Control-Allow-Origin" not in got.headers
