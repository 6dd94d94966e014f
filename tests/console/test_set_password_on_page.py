"""The one-time link: once, by its owner, and out of the address at once."""

from django.http import HttpResponse
from django.test import Client

from tests.access import cast
from tests.console.stage import browser, text
from tutela.access import links

GOOD = "a long enough sentence 7"


def _open(token: str) -> tuple[Client, HttpResponse]:
    """A browser that has followed the link, and what it got."""
    client = browser()
    return client, client.get(f"/account/link/{token}/")


def test_a_link_sets_the_password_once(database: str) -> None:
    """Then it is dead."""
    staff = cast.hire("auditor").staff
    token = links.make_link_token(staff)
    client, opened = _open(token)
    assert opened.headers["Location"] == "/account/link/"
    sent = client.post("/account/link/", {"password": GOOD, "again": GOOD})
    assert sent.headers["Location"] == "/account/login/"
    staff.refresh_from_db()
    assert staff.check_password(GOOD)
    assert _open(token)[1].status_code == 403


def test_a_weak_or_mistyped_password_is_told_in_the_form(database: str) -> None:
    """Nothing is set until both are alike and strong."""
    client, _ = _open(links.make_link_token(cast.hire("auditor").staff))
    for first, second in ((GOOD, "other"), ("123456789012", "123456789012")):
        sent = client.post("/account/link/", {"password": first, "again": second})
        assert sent.status_code == 200
        assert "invalid-feedback" in text(sent)


def test_a_made_up_link_is_refused(database: str) -> None:
    """With one sentence and the code."""
    _, response = _open("made-up")
    assert response.status_code == 403
    assert "access.link_invalid" in text(response)
