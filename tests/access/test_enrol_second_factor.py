"""A second factor is set up at the first sign-in by everybody whose post asks for one."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.access import cast
from tests.console import stage
from tutela.access import enrolment, errors, sign_in, snapshot
from tutela.access.actions.keys import create_api_key
from tutela.access.actions.passwords import set_password
from tutela.access.actions.people import remove_second_factor
from tutela.access.compile import posts_with_second_factor
from tutela.access.matrix import from_canonical
from tutela.access.models import MatrixVersion
from tutela.access.posts import POSTS
from tutela.base.actor import SYSTEM
from tutela.trail import queries as trail

SET_UP = "/account/second-factor/app/"
PAGES = ("/", "/me/", "/customers/", "/account/password/", "/account/second-factor/", "/inbox/")


@pytest.fixture
def clerk(tree) -> cast.Member:
    cache.clear()
    made = cast.hire("service_agent", "EAST")
    set_password(SYSTEM, made.staff, cast.PASSWORD)
    made.staff.refresh_from_db()
    return made


def signed_in(member: cast.Member) -> Client:
    browser = Client(headers={"accept-language": "en"})
    facts = {"login": member.staff.login, "password": cast.PASSWORD}
    browser.post(reverse("account_login"), facts, secure=True)
    return browser


def seed_of(browser: Client) -> str:
    page = browser.get(SET_UP, secure=True).content.decode()
    (seed,) = re.findall('class="secret">([A-Z2-7]+)<', page)
    return seed


def code_of(seed: str, turn: int = 1) -> str:
    counter = list(yield_hotp_counters_from_time())[turn]
    return format_hotp_value(hotp_value(seed, counter))


def enrol(browser: Client) -> tuple[str, str]:
    """Through the page; the seed and the code that turned it on."""
    seed = seed_of(browser)
    code = code_of(seed)
    assert browser.post(SET_UP, {"code": code}, secure=True).status_code == 302
    return seed, code


def test_the_matrix_and_the_posts_say_who_needs_one(tree):
    """Clear access (a data steward opens rejected rows), administrators and auditors; no machine."""
    matrix = from_canonical(MatrixVersion.objects.latest("id").canonical)
    needed = posts_with_second_factor(matrix)
    clear = {rule.post for rule in matrix.rules if rule.level.name == "CLEAR"}
    people = {code for code in clear if POSTS[code].kind == "staff"}
    assert needed == people | {"system_admin", "security_admin", "auditor", "data_steward"}
    for post in POSTS:
        assert enrolment.is_required(cast.hire(post, "EAST").actor.id) == (post in needed)


@pytest.mark.parametrize("page", PAGES)
def test_no_page_opens_before_the_factor_is_set_up(clerk, page):
    """Each leads to the page that sets it up; a part of a page loads that one whole."""
    browser = signed_in(clerk)
    answer = browser.get(page, secure=True)
    assert (answer.status_code, answer.headers["Location"]) == (302, SET_UP)
    part = browser.get(page, headers={"HX-Request": "true"}, secure=True)
    assert (part.status_code, part.headers["HX-Redirect"]) == (204, SET_UP)
    assert browser.post(page, secure=True).status_code in {302, 405}


def test_the_factor_is_set_up_at_the_first_sign_in_and_then_all_opens(clerk):
    """No second sign-in, no password asked twice; the session counts as strong, a leaf is left."""
    browser = signed_in(clerk)
    enrol(browser)
    codes = browser.get(reverse("mfa_view_recovery_codes"), secure=True)
    assert codes.status_code == 200
    # There are no older codes to warn of.
    assert "the old ones" not in codes.content.decode()
    assert browser.get("/", secure=True).status_code == 200
    assert browser.get("/", secure=True).wsgi_request.actor.second_factor
    events = [
        leaf.event
        for leaf in trail.leaves(trail.LeafFilter(subject=("staff", clerk.actor.id)), limit=5)
    ]
    assert "access.second_factor.added" in events


def test_the_code_that_turned_it_on_signs_nobody_in(clerk):
    """It is used up; the next one works."""
    seed, code = enrol(signed_in(clerk))
    browser = signed_in(clerk)
    page = reverse("mfa_authenticate")
    assert browser.post(page, {"code": code}, secure=True).status_code == 200
    with pytest.raises(errors.SignInFailed):
        sign_in.authenticate_for_shell(clerk.staff.login, cast.PASSWORD, code)
    assert browser.post(page, {"code": code_of(seed, 2)}, secure=True).status_code == 302
    assert browser.get("/", secure=True).status_code == 200


def test_a_session_from_before_is_sent_to_set_it_up(clerk):
    """As after an upgrade, or after a new post."""
    browser = Client()
    browser.force_login(clerk.staff, backend=stage.BACKEND)
    assert browser.get("/", secure=True).headers["Location"] == SET_UP


def test_another_session_of_an_account_with_a_factor_is_asked_for_its_code(clerk):
    """It was signed in before the factor was there."""
    other = signed_in(clerk)
    seed, _ = enrol(signed_in(clerk))
    place = other.get("/me/", secure=True).headers["Location"]
    assert place == reverse("mfa_reauthenticate") + "?next=%2Fme%2F"
    other.post(place, {"code": code_of(seed, 2), "next": "/me/"}, secure=True)
    assert other.get("/me/", secure=True).status_code == 200


def test_who_turns_the_factor_off_sets_another_up_at_once(clerk):
    """A new phone: the session no longer counts as strong."""
    browser = signed_in(clerk)
    seed, _ = enrol(browser)
    again = {"code": code_of(seed, 2), "next": reverse("mfa_deactivate_totp")}
    browser.post(reverse("mfa_reauthenticate"), again, secure=True)
    browser.post(reverse("mfa_deactivate_totp"), secure=True)
    assert not Authenticator.objects.filter(user=clerk.staff).exists()
    assert browser.get("/", secure=True).headers["Location"] == SET_UP


def test_a_lost_factor_is_removed_and_set_up_anew_at_the_next_sign_in(clerk):
    """Its sessions end."""
    browser = signed_in(clerk)
    enrol(browser)
    remove_second_factor(cast.hire("security_admin").actor, clerk.staff)
    assert reverse("account_login") in browser.get("/", secure=True).headers["Location"]
    again = signed_in(clerk)
    assert again.get("/", secure=True).headers["Location"] == SET_UP
    enrol(again)
    assert again.get("/", secure=True).status_code == 200


def test_the_shell_asks_for_the_factor_too(clerk):
    """Without one it says where to set it up; with one it works."""
    with pytest.raises(errors.SecondFactorNeeded):
        sign_in.authenticate_for_shell(clerk.staff.login, cast.PASSWORD)
    with pytest.raises(errors.SignInFailed):
        sign_in.authenticate_for_shell(clerk.staff.login, "wrong horse battery")
    code = next(cast.enrol(clerk.staff))
    assert sign_in.authenticate_for_shell(clerk.staff.login, cast.PASSWORD, code).second_factor


def test_a_key_acts_for_machines_and_never_for_who_needs_a_second_factor(clerk):
    """A key is one factor. The API takes machines only; at the shell people with such posts sign in."""
    texts = {
        post: create_api_key(SYSTEM, staff, label="core")[1]
        for post, staff in (
            ("service_agent", clerk.staff),
            ("partner_service", cast.hire("partner_service").staff),
            ("marketing_analyst", cast.hire("marketing_analyst").staff),
        )
    }
    snapshot.reload()
    assert sign_in.authenticate_key_for_shell(texts["partner_service"]).kind == "machine"
    assert sign_in.authenticate_key_for_shell(texts["marketing_analyst"]).kind == "staff"
    with pytest.raises(errors.SecondFactorNeeded):
        sign_in.authenticate_key_for_shell(texts["service_agent"])
