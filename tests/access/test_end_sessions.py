"""Sessions of accounts: seen while they live, ended by an administrator, and gone at once."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from tests.access import cast
from tutela.access import accounts, errors
from tutela.access.actions import sessions
from tutela.access.actions.passwords import set_password
from tutela.access.actions.people import disable_staff
from tutela.access.models import SignedIn
from tutela.base import clock, ids
from tutela.base.actor import SYSTEM
from tutela.trail import queries as trail

pytestmark = pytest.mark.usefixtures("tree")
NAME = settings.SESSION_COOKIE_NAME


def sign_in(person: cast.Member, address: str = "10.0.0.21") -> Client:
    """A browser in which the person has opened a page."""
    client = Client(REMOTE_ADDR=address, headers={"accept-language": "en"})
    sent = {"login": person.staff.login, "password": cast.PASSWORD}
    assert client.post("/account/login/", sent, secure=True).status_code == 302
    assert client.get("/me/", secure=True).status_code == 200
    return client


def worker() -> cast.Member:
    """Somebody with a password, of a post that needs no second factor."""
    analyst = cast.hire("marketing_analyst", "EAST")
    set_password(SYSTEM, analyst.staff, cast.PASSWORD)
    analyst.staff.refresh_from_db()
    return analyst


def test_a_session_is_listed_with_its_address_and_ends_by_itself_at_sign_out() -> None:
    """Each browser is one line."""
    person = worker()
    first, second = sign_in(person), sign_in(person, "10.0.0.22")
    listed = accounts.sessions_of(person.staff)
    assert {one.source for one in listed} == {"10.0.0.21", "10.0.0.22"}
    assert not any(one.second_factor for one in listed)
    first.post("/account/logout/", secure=True)
    assert [one.source for one in accounts.sessions_of(person.staff)] == ["10.0.0.22"]
    assert second.get("/me/", secure=True).status_code == 200


def test_a_page_that_asks_by_itself_does_not_count_as_use(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page left open keeps asking for its clock: the session is neither noted as used nor kept longer. The
    person's next look is noted, though the page has asked just before."""
    person = worker()
    browser = sign_in(person)
    (before,) = accounts.sessions_of(person.staff)
    ends = Session.objects.get(session_key=before.row).expire_date
    later, ticks = clock.now() + timedelta(hours=1), clock.monotonic() + 3_600
    monkeypatch.setattr(clock, "now", lambda: later)
    monkeypatch.setattr(clock, "monotonic", lambda: ticks)
    for forgotten in (False, True):
        if forgotten:  # as in another process
            sessions._noted.clear()
        assert browser.get("/temporary-access/clock/", secure=True).status_code == 200
        (after,) = accounts.sessions_of(person.staff)
        assert after.seen_at == before.seen_at
    assert Session.objects.get(session_key=before.row).expire_date == ends
    browser.get("/me/", secure=True)
    assert accounts.sessions_of(person.staff)[0].seen_at == later


def test_a_session_that_only_asks_for_a_clock_is_listed() -> None:
    """Else whoever has stolen one could hide it from the administrator who ends sessions."""
    person = worker()
    browser = sign_in(person)
    SignedIn.objects.filter(staff=person.staff).delete()
    sessions._noted.clear()
    browser.get("/temporary-access/clock/", secure=True)
    assert len(accounts.sessions_of(person.staff)) == 1


def test_an_administrator_ends_one_session_and_the_other_goes_on() -> None:
    """The next request of the browser asks for the password again."""
    person, admin = worker(), cast.hire("system_admin")
    first, second = sign_in(person), sign_in(person, "10.0.0.23")
    wanted = next(one for one in accounts.sessions_of(person.staff) if one.source == "10.0.0.21")
    with pytest.raises(errors.SessionUnknown):
        sessions.end_session(admin.actor, worker().staff, wanted.id)
    sessions.end_session(admin.actor, person.staff, wanted.id)
    assert first.get("/me/", secure=True).status_code == 302
    assert second.get("/me/", secure=True).status_code == 200
    with pytest.raises(errors.SessionUnknown):
        sessions.end_session(admin.actor, person.staff, wanted.id)
    (leaf,) = trail.leaves(
        trail.LeafFilter(subject=("staff", person.actor.id), event="access.sessions.ended")
    )
    assert (leaf.actor_id, leaf.detail["sessions"]) == (admin.actor.id, 1)


def test_all_sessions_of_a_person_end_at_once() -> None:
    """Also those that nobody has noted yet: the account's epoch rises."""
    person, admin = worker(), cast.hire("security_admin")
    browsers = [sign_in(person), sign_in(person, "10.0.0.24")]
    assert sessions.end_sessions(admin.actor, person.staff) == 2
    assert [one.get("/me/", secure=True).status_code for one in browsers] == [302, 302]
    person.staff.refresh_from_db()
    assert accounts.sessions_of(person.staff) == []


def test_a_leavers_sessions_are_neither_open_nor_listed() -> None:
    """The row in the database is gone, too."""
    person = worker()
    browser = sign_in(person)
    closed = disable_staff(cast.hire("system_admin").actor, person.staff)
    assert closed.sessions == 1
    assert browser.get("/me/", secure=True).status_code == 302
    person.staff.refresh_from_db()
    assert accounts.sessions_of(person.staff) == []


def test_who_manages_no_accounts_ends_none_and_nobody_their_own() -> None:
    """One's own end by signing out."""
    person, admin = worker(), cast.hire("system_admin")
    for post in ("branch_manager", "auditor", "compliance_officer"):
        with pytest.raises(errors.PermissionMissing):
            sessions.end_sessions(cast.hire(post, "HQ").actor, person.staff)
    with pytest.raises(errors.OwnAccount):
        sessions.end_sessions(admin.actor, admin.staff)
    with pytest.raises(errors.SessionUnknown):
        sessions.end_session(admin.actor, person.staff, ids.uuid7())
