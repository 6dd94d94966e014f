"""The one-time link: once, by its owner, and out of the address at once."""

import json

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client

from tests.access import cast
from tests.console.stage import browser, text
from tutela.access import links, small_secrets
from tutela.access.sessions import row_of
from tutela.console import refusals
from tutela.trail import queries as trail

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
        assert sent.status_code == 422
        assert "invalid-feedback" in text(sent)


def test_a_made_up_link_is_refused(database: str) -> None:
    """With one sentence and the code."""
    _, response = _open("made-up")
    assert response.status_code == 403
    assert "access.link_invalid" in text(response)


def test_the_token_waits_sealed_in_the_session_and_then_leaves_it(database: str) -> None:
    """Whoever copies the database between the link and the password cannot set one."""
    token = links.make_link_token(cast.hire("auditor").staff)
    client, _ = _open(token)
    held = Session.objects.get(session_key=row_of(client.session.session_key)).get_decoded()
    assert not [part for part in (token, *token.split(":")) if part in json.dumps(held)]
    assert [links.unseal_token(sealed) for sealed in held.values()] == [token]
    client.post("/account/link/", {"password": GOOD, "again": GOOD})
    assert held.keys().isdisjoint(client.session.keys())


def test_strangers_with_made_up_links_do_not_fill_the_trail(database: str) -> None:
    """The first refusals of an address leave leaves; all are refused alike."""
    before = len(trail.leaves(trail.LeafFilter(event="access.request.refused"), limit=1000))
    client = browser()
    answers = {
        client.get("/account/link/made-up/", REMOTE_ADDR="10.0.7.7").status_code
        for _ in range(refusals.STRANGERS_LEAVES + 5)
    }
    assert answers == {403}
    kept = trail.leaves(trail.LeafFilter(event="access.request.refused"), limit=1000)
    assert len(kept) - before == refusals.STRANGERS_LEAVES


@pytest.mark.parametrize("how", ["clear", "sealed as something else", "altered"])
def test_what_was_not_sealed_here_sets_no_password(database: str, how: str) -> None:
    """As a session of an older version held it; the link itself is still good."""
    token = links.make_link_token(cast.hire("auditor").staff)
    client, _ = _open(token)
    sealed = links.seal_token(token)
    told = {
        "clear": token,
        "sealed as something else": small_secrets.seal("access.second_factor", token),
        "altered": sealed[:-2] + ("AA" if sealed[-2:] != "AA" else "BB"),
    }
    session = client.session
    session["access.link"] = told[how]
    session.save()
    refused = client.post("/account/link/", {"password": GOOD, "again": GOOD})
    assert refused.status_code == 403
    assert "access.link_invalid" in text(refused)
    assert _open(token)[1].status_code == 302
