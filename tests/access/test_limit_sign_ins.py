"""Wrong passwords slow strangers down and never lock an account's owner out."""

import ipaddress
from itertools import accumulate

import pytest
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse

from tests.access import cast
from tutela.access import attempts, devices, links, sign_in_rules, small_secrets
from tutela.access.actions.passwords import set_password
from tutela.access.models import Staff
from tutela.base.actor import SYSTEM
from tutela.trail import queries as trail
from tutela.trail.errors import TrailClosed

pytestmark = pytest.mark.slow

WRONG = "wrong horse battery"
LATER = "Too many failed attempts"
NOT_RIGHT = "The login name or the password is incorrect."
MANY = override_settings(TUTELA_SIGN_INS_A_MINUTE=1000)


@pytest.fixture
def agent(tree) -> cast.Member:
    cache.clear()
    made = cast.hire("marketing_analyst", "EAST")
    set_password(SYSTEM, made.staff, cast.PASSWORD)
    return made


def browser(address: str) -> Client:
    return Client(REMOTE_ADDR=address, headers={"accept-language": "en"})


def attempt(client: Client, login: str, password: str = WRONG) -> str:
    """What the page says; "in" once signed in."""
    facts = {"login": login, "password": password}
    answer = client.post(reverse("account_login"), facts, secure=True)
    if answer.status_code == 302:
        return "in"
    assert answer.status_code == 200
    text = answer.content.decode()
    return LATER if LATER in text else NOT_RIGHT if NOT_RIGHT in text else text


def known_browser(agent: cast.Member, address: str = "10.1.1.1") -> Client:
    """One in which the owner has signed in before, and out again."""
    client = browser(address)
    assert attempt(client, agent.staff.login, cast.PASSWORD) == "in"
    client.post(reverse("account_logout"), secure=True)
    return client


@MANY
def test_a_hundred_wrong_passwords_from_a_hundred_addresses(agent):
    """Guessing is slow in total: some twenty are looked at. The owner signs in from the known device."""
    owner = known_browser(agent)
    said = [attempt(browser(f"10.2.0.{n}"), agent.staff.login) for n in range(100)]
    assert 20 <= said.count(NOT_RIGHT) <= 30
    assert said.count(NOT_RIGHT) + said.count(LATER) == 100
    assert attempt(owner, agent.staff.login, cast.PASSWORD) == "in"


@MANY
def test_tries_that_a_strangers_wait_refuses_add_no_wait_of_ones_own(agent):
    """The owner at a new device tries on while somebody guesses, and is in as soon as that wait is over."""
    attempts.enter(f"sign_in.account.{agent.staff.login}", (300,), 300)
    here = browser("10.8.1.1")
    said = [attempt(here, agent.staff.login, cast.PASSWORD) for _ in range(6)]
    assert said == [LATER] * 6
    attempts.forget(f"sign_in.account.{agent.staff.login}")
    assert attempt(here, agent.staff.login, cast.PASSWORD) == "in"


def test_while_the_trail_is_closed_people_sign_in_and_no_device_is_remembered(agent, monkeypatch):
    """Somebody must mend it; a device is remembered with its leaf or not at all."""

    def closed(leaf: object) -> None:
        raise TrailClosed

    monkeypatch.setattr(devices.log, "append", closed)
    client = browser("10.9.0.1")
    assert attempt(client, agent.staff.login, cast.PASSWORD) == "in"
    assert devices.COOKIE not in client.cookies


def test_five_wrong_passwords_from_one_address_leave_the_others_open(agent):
    """The account is open from elsewhere, and other accounts from there."""
    there = browser("10.3.0.1")
    said = [attempt(there, agent.staff.login) for _ in range(6)]
    assert said == [NOT_RIGHT] * 5 + [LATER]
    assert attempt(browser("10.3.0.2"), agent.staff.login, cast.PASSWORD) == "in"
    other = cast.hire("marketing_analyst", "EAST")
    set_password(SYSTEM, other.staff, cast.PASSWORD)
    assert attempt(browser("10.3.0.1"), other.staff.login, cast.PASSWORD) == "in"


@override_settings(TUTELA_SIGN_INS_A_MINUTE=9)
def test_a_known_device_behind_a_proxy_that_is_used_up_signs_in(agent):
    """Three failures a minute close the address, for strangers."""
    owner = known_browser(agent, "10.4.0.1")
    for number in range(3):
        attempt(browser("10.4.0.1"), f"stranger-{number}")
    assert attempt(browser("10.4.0.1"), agent.staff.login, cast.PASSWORD) == LATER
    assert attempt(owner, agent.staff.login, cast.PASSWORD) == "in"


@MANY
def test_a_login_nobody_has_is_answered_and_counted_like_any_other(agent, monkeypatch):
    """The same texts in the same order, each look with one Argon2."""
    checks: list[str] = []
    plain = Staff.set_password, Staff.check_password
    monkeypatch.setattr(
        Staff, "set_password", lambda self, raw: checks.append("new") or plain[0](self, raw)
    )
    monkeypatch.setattr(
        Staff, "check_password", lambda self, raw: checks.append("old") or plain[1](self, raw)
    )
    said = {}
    for login, address in ((agent.staff.login, "10.5.0.1"), ("nobody-at-all", "10.5.0.2")):
        said[login] = [attempt(browser(address), login) for _ in range(7)]
    assert said[agent.staff.login] == said["nobody-at-all"] == [NOT_RIGHT] * 5 + [LATER] * 2
    assert checks == ["old"] * 5 + ["new"] * 5


def test_a_known_device_has_a_limit_too(agent):
    """Whoever took it has nine tries before the waits begin."""
    owner = known_browser(agent)
    said = [attempt(owner, agent.staff.login) for _ in range(11)]
    assert said == [NOT_RIGHT] * 10 + [LATER]
    (delayed,) = trail.leaves(
        trail.LeafFilter(subject=("staff", agent.actor.id), event="access.sign_in.delayed")
    )
    assert delayed.detail == {"seconds": 30}


def test_the_device_is_remembered_with_one_leaf_and_a_sealed_cookie(agent):
    """No login and no id stands in it; signing in again makes no second device."""
    client = known_browser(agent)
    cookie = client.cookies[devices.COOKIE]
    assert (cookie["secure"], cookie["httponly"], cookie["path"]) == (True, True, "/")
    assert agent.actor.id not in cookie.value
    assert attempt(client, agent.staff.login, cast.PASSWORD) == "in"
    remembered = trail.leaves(
        trail.LeafFilter(subject=("staff", agent.actor.id), event="access.device.remembered")
    )
    assert len(remembered) == 1


@pytest.mark.parametrize("spoil", ["another account", "sealed as another", "a new password"])
def test_a_cookie_that_is_not_the_accounts_own_helps_nobody(agent, spoil):
    """Its bearer is a stranger."""
    owner = known_browser(agent)
    login = agent.staff.login
    if spoil == "another account":
        login = cast.hire("marketing_analyst").staff.login
    elif spoil == "sealed as another":
        owner.cookies[devices.COOKIE] = small_secrets.seal("access.link", "[]")
    else:
        set_password(SYSTEM, agent.staff, cast.PASSWORD + "!")
    assert [attempt(owner, login) for _ in range(6)][-1] == LATER


def test_who_sets_a_password_by_link_is_no_stranger(agent):
    """The way in for somebody whose account is under attack and who has a new machine."""
    agent.staff.refresh_from_db()
    client = browser("10.6.0.1")
    client.get(reverse("access-open-link", args=[links.make_link_token(agent.staff)]), secure=True)
    given = {"password": cast.PASSWORD + "?", "again": cast.PASSWORD + "?"}
    client.post(reverse("access-set-password"), given, secure=True)
    for number in range(21):
        attempt(browser(f"10.6.1.{number}"), agent.staff.login)
    assert attempt(client, agent.staff.login, cast.PASSWORD + "?") == "in"


def test_waits_grow_and_end(tree):
    """Pure: the first attempts are free, the last wait holds for all later ones."""
    waits = [sign_in_rules.wait_after(sign_in_rules.PLACE, n) for n in (1, 4, 5, 6, 10, 99)]
    assert waits == [0, 0, 30, 60, 900, 900]


def test_a_guesser_with_all_addresses_has_some_six_hundred_tries_a_day():
    """Pure: the best of stopping after any number of tries until they are forgotten, or never stopping."""
    waits, quiet = sign_in_rules.ACCOUNT, sign_in_rules.QUIET_SECONDS
    spent = list(accumulate(waits))
    rates = [(n + 1) / (total + quiet) for n, total in enumerate(spent)]
    assert 500 < 86_400 * max(*rates, 1 / waits[-1]) < 650


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("10.0.0.5", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.5", "1.2.3.4, 198.51.100.1, 10.0.0.6", "198.51.100.1"),
        ("10.0.0.5", "1.2.3.4, junk", "10.0.0.5"),
        ("10.0.0.5", "", "10.0.0.5"),
        ("10.0.0.5", "2001:db8::1", "2001:db8::1"),
    ],
)
def test_only_a_trusted_proxy_names_the_client(peer, forwarded, client):
    """And only the last address that is no proxy's own; without the setting the header is nothing."""
    trusted = [ipaddress.ip_network("10.0.0.0/24")]
    assert sign_in_rules.client_of(peer, forwarded, trusted) == client
    assert sign_in_rules.client_of(peer, forwarded, []) == peer


def test_the_leaf_names_the_client_behind_a_trusted_proxy(agent):
    """One address for limits, pages and leaves."""
    with override_settings(TUTELA_TRUSTED_PROXIES=[ipaddress.ip_network("10.7.0.0/16")]):
        client = Client(REMOTE_ADDR="10.7.0.1", headers={"x-forwarded-for": "198.51.100.7"})
        attempt(client, agent.staff.login)
    assert (
        trail.leaves(trail.LeafFilter(event="access.sign_in.failed"), limit=1)[0].source
        == "198.51.100.7"
    )
    attempt(client, agent.staff.login)
    assert (
        trail.leaves(trail.LeafFilter(event="access.sign_in.failed"), limit=1)[0].source
        == "10.7.0.1"
    )


def test_one_house_of_ipv6_is_one_address():
    """The last 64 bits cost nothing."""
    assert sign_in_rules.place_of("2001:db8:1:2::9") == sign_in_rules.place_of("2001:db8:1:2:3::1")
    assert sign_in_rules.place_of("::ffff:10.0.0.1") == "10.0.0.1"
