"""The sign-in library behind our adapters, through the real pages."""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    SECRET_SESSION_KEY,
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.access import cast
from tutela.access.actions.passwords import set_password
from tutela.access.actions.people import disable_staff
from tutela.access.sessions import row_of
from tutela.access.sign_in import MfaAdapter
from tutela.base.actor import SYSTEM
from tutela.trail import queries as trail


@pytest.fixture
def agent(tree) -> cast.Member:
    cache.clear()
    # A post that needs no second factor: it sees masks only.
    made = cast.hire("marketing_analyst", "EAST")
    set_password(SYSTEM, made.staff, cast.PASSWORD)
    return made


@pytest.fixture
def browser() -> Client:
    return Client(REMOTE_ADDR="10.0.0.9", headers={"accept-language": "en"})


def sign_in(browser: Client, agent: cast.Member, password: str = cast.PASSWORD):
    return browser.post(
        reverse("account_login"),
        {"login": agent.staff.login, "password": password},
        secure=True,
    )


def actor(browser: Client, agent: cast.Member) -> str:
    """Whose session the browser holds; empty when nobody's."""
    answer = browser.get(reverse("console-me"), secure=True)
    return answer.wsgi_request.actor.id if answer.status_code == 200 else ""


def events(agent: cast.Member) -> list[str]:
    return [
        leaf.event
        for leaf in trail.leaves(trail.LeafFilter(subject=("staff", agent.actor.id)), limit=10)
    ]


def test_a_person_signs_in_and_out(agent, browser):
    """Each leaves a leaf, with the address."""
    assert sign_in(browser, agent).status_code == 302
    assert actor(browser, agent) == agent.actor.id
    browser.post(reverse("account_logout"), secure=True)
    assert actor(browser, agent) == ""
    done, device, came = trail.leaves(trail.LeafFilter(actor_id=agent.actor.id), limit=3)
    assert [came.event, device.event, done.event] == [
        "access.sign_in.succeeded",
        "access.device.remembered",
        "access.sign_out.done",
    ]
    assert came.source == "10.0.0.9"


def test_a_wrong_password_stays_at_the_door_and_leaves_a_leaf(agent, browser):
    """The page does not say which of the two was wrong."""
    assert sign_in(browser, agent, "wrong horse battery").status_code == 200
    assert actor(browser, agent) == ""
    assert events(agent)[0] == "access.sign_in.failed"


def test_a_session_ends_with_the_account(agent, browser):
    """The very next request."""
    sign_in(browser, agent)
    disable_staff(SYSTEM, agent.staff)
    assert actor(browser, agent) == ""


def test_a_session_ends_when_the_password_is_set_anew(agent, browser):
    """Whoever held it."""
    sign_in(browser, agent)
    set_password(SYSTEM, agent.staff, cast.PASSWORD + "!")
    assert actor(browser, agent) == ""


def test_a_second_factor_is_asked_for_and_known_afterwards(agent, browser):
    """A wrong code leaves a leaf; the right one makes the actor stronger."""
    secret = generate_totp_secret()
    TOTP.activate(agent.staff, secret)
    assert sign_in(browser, agent).headers["Location"] == reverse("mfa_authenticate")
    assert actor(browser, agent) == ""
    page = reverse("mfa_authenticate")
    browser.post(page, {"code": "000000"}, secure=True)
    assert events(agent)[0] == "access.sign_in.failed"
    counter = list(yield_hotp_counters_from_time())[1]
    browser.post(page, {"code": format_hotp_value(hotp_value(secret, counter))}, secure=True)
    answer = browser.get(reverse("console-me"), secure=True)
    assert answer.wsgi_request.actor.second_factor


def seed_shown(browser: Client) -> str:
    """Past the page that asks for the password again, the seed of the set-up page."""
    page = reverse("mfa_activate_totp")
    again = {"password": cast.PASSWORD, "next": page}
    browser.post(reverse("account_reauthenticate"), again, secure=True)
    shown = browser.get(page, secure=True).content.decode()
    (seed,) = re.findall('class="secret">([A-Z2-7]+)<', shown)
    return seed


def turn_on(browser: Client, seed: str) -> int:
    counter = list(yield_hotp_counters_from_time())[1]
    code = format_hotp_value(hotp_value(seed, counter))
    return browser.post(reverse("mfa_activate_totp"), {"code": code}, secure=True).status_code


def test_the_seed_waits_sealed_in_the_session_and_then_leaves_it(agent, browser):
    """Whoever copies the database during a set-up holds no second factor."""
    sign_in(browser, agent)
    seed = seed_shown(browser)
    row = Session.objects.get(session_key=row_of(browser.session.session_key))
    waiting = row.get_decoded()[SECRET_SESSION_KEY]
    assert seed not in json.dumps(row.get_decoded())
    assert MfaAdapter().decrypt(waiting) == seed
    assert turn_on(browser, seed) == 302
    assert Authenticator.objects.filter(user=agent.staff).exists()
    assert SECRET_SESSION_KEY not in browser.session


def test_a_wrong_code_keeps_the_seed_that_was_shown(agent, browser):
    """The person has scanned it already."""
    sign_in(browser, agent)
    seed = seed_shown(browser)
    answer = browser.post(reverse("mfa_activate_totp"), {"code": "000000"}, secure=True)
    assert seed in answer.content.decode()
    assert turn_on(browser, seed) == 302


def test_a_seed_that_cannot_be_opened_any_more_is_replaced(agent, browser):
    """As one that was kept by an older version, or under another secret."""
    sign_in(browser, agent)
    seed = seed_shown(browser)
    session = browser.session
    session[SECRET_SESSION_KEY] = seed
    session.save()
    assert turn_on(browser, seed) == 200
    assert not Authenticator.objects.filter(user=agent.staff).exists()


def test_there_is_no_way_to_sign_up(database, browser):
    """Accounts are made by the security administrator."""
    for path in ("/account/signup/", "/accounts/signup/", "/account/password/reset/"):
        assert browser.get(path, secure=True).status_code == 404
