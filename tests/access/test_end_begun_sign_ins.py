"""What was begun with an account ends when the account changes: half a sign-in, a known device, a password page."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.access import cast
from tests.races import Meanwhile
from tutela.access import devices
from tutela.access.actions.passwords import set_password
from tutela.access.actions.people import disable_staff, remove_second_factor
from tutela.access.models import Staff
from tutela.base.actor import SYSTEM
from tutela.trail import queries as trail

NEW = "another horse battery 7"
NOT_RIGHT = "The login name or the password is incorrect."


@pytest.fixture
def agent(tree) -> cast.Member:
    cache.clear()
    made = cast.hire("marketing_analyst", "EAST")
    set_password(SYSTEM, made.staff, cast.PASSWORD)
    made.staff.refresh_from_db()
    return made


def sign_in(agent: cast.Member, password: str = cast.PASSWORD) -> Client:
    browser = Client(REMOTE_ADDR="10.0.7.1", headers={"accept-language": "en"})
    facts = {"login": agent.staff.login, "password": password}
    browser.post(reverse("account_login"), facts, secure=True)
    return browser


def is_in(browser: Client) -> bool:
    return browser.get(reverse("console-me"), secure=True).status_code == 200


def codes_of(seed: str) -> list[str]:
    return [format_hotp_value(hotp_value(seed, one)) for one in yield_hotp_counters_from_time()]


def events(agent: cast.Member) -> list[str]:
    return [
        leaf.event
        for leaf in trail.leaves(trail.LeafFilter(subject=("staff", agent.actor.id)), limit=10)
    ]


def change(browser: Client, old: str, new: str = NEW) -> str:
    """Through the page on which a person changes the password; what it answers."""
    sent = {"oldpassword": old, "password1": new, "password2": new}
    answer = browser.post(reverse("account_change_password"), sent, secure=True)
    return "changed" if answer.status_code == 302 else answer.content.decode()


@pytest.mark.parametrize("how", ["a new password", "closed", "another factor"])
def test_half_a_sign_in_ends_with_the_account_as_it_was(agent, how):
    """The code comes after the change that was made to keep this very person out."""
    seed = generate_totp_secret()
    TOTP.activate(agent.staff, seed)
    half = sign_in(agent)
    if how == "a new password":
        set_password(SYSTEM, agent.staff, NEW)
    elif how == "closed":
        disable_staff(SYSTEM, agent.staff)
    else:
        remove_second_factor(SYSTEM, agent.staff)
        TOTP.activate(agent.staff, seed)
    page = reverse("mfa_authenticate")
    answer = half.post(page, {"code": codes_of(seed)[1]}, secure=True)
    assert answer.headers["Location"] == reverse("account_login")
    assert devices.COOKIE not in answer.cookies
    assert not is_in(half)
    assert events(agent)[0] == "access.sign_in.failed"
    again = half.post(page, {"code": codes_of(seed)[2]}, secure=True)
    assert again.headers["Location"] == reverse("account_login")


def test_the_right_password_of_a_closed_account_is_answered_like_a_wrong_one(agent):
    """Nobody learns that it is right, nor that there is such an account; the attempt is traced."""
    disable_staff(SYSTEM, agent.staff)
    browser = Client(REMOTE_ADDR="10.0.7.2", headers={"accept-language": "en"})
    said = []
    for password in (cast.PASSWORD, NEW):
        facts = {"login": agent.staff.login, "password": password}
        answer = browser.post(reverse("account_login"), facts, secure=True)
        said.append((answer.status_code, NOT_RIGHT in answer.content.decode()))
        assert events(agent)[0] == "access.sign_in.failed"
    assert said == [(200, True)] * 2
    assert events(agent)[:3] == ["access.sign_in.failed"] * 2 + ["access.staff.disabled"]


def test_wrong_passwords_on_the_page_that_changes_it_wait_and_leave_leaves(agent):
    """Else whoever found a session open guesses there at leisure."""
    browser = sign_in(agent)
    for _ in range(3):
        assert "This is not your current password." in change(browser, "wrong horse battery")
    assert events(agent)[:3] == ["access.sign_in.failed"] * 3
    device = devices.known(_asking(browser), Staff.objects.get(id=agent.staff.id))
    assert device
    assert change(browser, cast.PASSWORD) == "changed"
    assert is_in(browser)


def test_guesses_there_count_with_those_at_the_sign_in(agent):
    """Nine are free on a known device, of both pages together."""
    browser = sign_in(agent)
    for _ in range(4):
        change(browser, "wrong horse battery")
    facts = {"login": agent.staff.login, "password": "wrong horse battery"}
    at_the_door = Client(REMOTE_ADDR="10.0.7.3", headers={"accept-language": "en"})
    at_the_door.cookies[devices.COOKIE] = browser.cookies[devices.COOKIE].value
    for _ in range(6):
        at_the_door.post(reverse("account_login"), facts, secure=True)
    assert "Too many failed attempts" in change(browser, cast.PASSWORD)


def test_a_password_changed_on_the_page_makes_other_devices_unknown(agent):
    """The page ends the other sessions; a stolen cookie of a device ends with them, the own one goes on."""
    lost, own = sign_in(agent), sign_in(agent)
    assert change(own, cast.PASSWORD) == "changed"
    changed = Staff.objects.get(id=agent.staff.id)
    assert is_in(own)
    assert not is_in(lost)
    assert devices.known(_asking(own), changed)
    assert not devices.known(_asking(lost), changed)


def test_a_factor_turned_off_on_the_page_ends_the_other_sessions(agent):
    """They had shown a factor that counts no longer."""
    seed = generate_totp_secret()
    TOTP.activate(agent.staff, seed)
    codes = iter(codes_of(seed))
    lost, own = sign_in(agent), sign_in(agent)
    for browser in (lost, own):
        browser.post(reverse("mfa_authenticate"), {"code": next(codes)}, secure=True)
        assert is_in(browser)
    off = reverse("mfa_deactivate_totp")
    again = {"password": cast.PASSWORD, "next": off}
    own.post(reverse("account_reauthenticate"), again, secure=True)
    own.post(off, secure=True)
    assert not Authenticator.objects.filter(user=agent.staff).exists()
    assert is_in(own)
    assert not is_in(lost)
    assert not devices.known(_asking(lost), Staff.objects.get(id=agent.staff.id))


def test_an_account_closed_while_its_password_changes_stays_closed(agent):
    """The library wrote the whole row as it had read it before."""
    browser = sign_in(agent)
    with Meanwhile(lambda: disable_staff(SYSTEM, agent.staff), seconds=2.0):
        change(browser, cast.PASSWORD)
    held = Staff.objects.get(id=agent.staff.id)
    assert not held.is_active
    assert held.check_password(cast.PASSWORD)
    assert not is_in(browser)


def test_two_sessions_that_set_a_factor_up_at_once_make_one(agent):
    """The second is led on, and is asked for the code of the first."""
    first, second = sign_in(agent), sign_in(agent)
    page = reverse("mfa_activate_totp")
    for browser in (first, second):
        again = {"password": cast.PASSWORD, "next": page}
        browser.post(reverse("account_reauthenticate"), again, secure=True)
    seed = second.get(page, secure=True).content.decode().partition('class="secret">')[2][:32]
    with Meanwhile(lambda: TOTP.activate(agent.staff, generate_totp_secret()), seconds=1.0):
        answer = second.post(page, {"code": codes_of(seed)[1]}, secure=True)
    assert (answer.status_code, answer.headers["Location"]) == (302, page)
    assert Authenticator.objects.filter(user=agent.staff).count() == 1


def _asking(browser: Client):
    """A request with the browser's cookies."""
    return browser.get(reverse("account_login"), secure=True).wsgi_request
