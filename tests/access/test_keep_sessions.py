"""What the database keeps of a session opens none."""

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from tests.access import cast
from tutela.access import tasks
from tutela.access.actions.passwords import set_password
from tutela.access.models import SignedIn
from tutela.access.sessions import SessionStore, row_of
from tutela.base import clock
from tutela.base.actor import SYSTEM
from tutela.cli.front import senders

pytestmark = pytest.mark.usefixtures("tree")
NAME = settings.SESSION_COOKIE_NAME


@pytest.fixture
def browser() -> Client:
    """Somebody who has signed in, of a post that needs no second factor."""
    analyst = cast.hire("marketing_analyst", "EAST")
    set_password(SYSTEM, analyst.staff, cast.PASSWORD)
    client = Client(REMOTE_ADDR="10.0.0.19", headers={"accept-language": "en"})
    sent = {"login": analyst.staff.login, "password": cast.PASSWORD}
    assert client.post("/account/login/", sent, secure=True).status_code == 302
    return client


def _open(cookie: str) -> int:
    client = Client(headers={"cookie": f"{NAME}={cookie}"})
    return client.get("/me/", secure=True).status_code


def test_a_copy_of_the_database_holds_no_cookie(browser: Client) -> None:
    """A dump, a backup or a replica is read while people work: its rows open nothing."""
    cookie = browser.cookies[NAME].value
    rows = list(Session.objects.values_list("session_key", flat=True))
    assert row_of(cookie) in rows
    assert cookie not in rows
    assert _open(cookie) == 200
    assert {_open(row) for row in rows} == {302}


def test_a_large_body_is_taken_from_the_cookie_and_not_from_the_row(browser: Client) -> None:
    """The door before Django asks the same store."""
    cookie = browser.cookies[NAME].value
    sender = {"REMOTE_ADDR": "10.0.0.19"}
    assert senders.known(sender | {"HTTP_COOKIE": f"{NAME}={cookie}"})
    assert not senders.known(sender | {"HTTP_COOKIE": f"{NAME}={row_of(cookie)}"})
    assert not senders.known(sender | {"HTTP_COOKIE": f"{NAME}=short"})


def test_sessions_whose_time_is_over_are_swept(browser: Client) -> None:
    """With what was noted of them; one that is in use stays."""
    assert browser.get("/me/", secure=True).status_code == 200
    used = row_of(browser.cookies[NAME].value)
    over = SessionStore()
    over.set_expiry(-1)
    over.save()
    gone = row_of(str(over.session_key))
    staff = SignedIn.objects.get(row=used).staff
    at = clock.now()
    SignedIn.objects.create(row=gone, staff=staff, epoch=0, started_at=at, seen_at=at)
    assert tasks.sweep_sessions(0) >= 1
    assert not Session.objects.filter(session_key=gone).exists()
    assert set(SignedIn.objects.values_list("row", flat=True)) >= {used}
    assert not SignedIn.objects.filter(row=gone).exists()
    assert browser.get("/me/", secure=True).status_code == 200


def test_a_session_changes_its_key_and_ends() -> None:
    """Every step of the library's store finds the row of its key."""
    made = SessionStore()
    made["kept"] = 1
    made.save()
    first = str(made.session_key)
    assert made.exists(first)
    made.cycle_key()
    second = str(made.session_key)
    assert not made.exists(first)
    assert SessionStore(second)["kept"] == 1
    made.flush()
    assert not made.exists(second)
    lost = SessionStore(second)
    assert lost.load() == {}
    assert lost.session_key is None
