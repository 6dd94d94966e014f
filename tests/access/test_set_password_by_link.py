"""One-time links and passwords."""

from datetime import timedelta

import pytest

from tests.access import cast
from tutela.access import errors, links, seed
from tutela.access.actions.passwords import create_password_link, set_password, set_password_by_link
from tutela.access.actions.people import disable_staff
from tutela.access.models import Staff
from tutela.base import clock
from tutela.base.actor import SYSTEM


@pytest.fixture
def agent(tree) -> cast.Member:
    return cast.hire("service_agent", "EAST")


def link(agent: cast.Member) -> str:
    return create_password_link(SYSTEM, agent.staff)


def test_a_link_sets_the_password_once(agent):
    """The second use, and every other link made before, is refused."""
    token, other = link(agent), link(agent)
    set_password_by_link(token=token, password=cast.PASSWORD)
    assert Staff.objects.get(id=agent.staff.id).check_password(cast.PASSWORD)
    for used in (token, other):
        with pytest.raises(errors.LinkInvalid):
            set_password_by_link(token=used, password=cast.PASSWORD + "!")


def test_a_link_is_dead_after_a_day(agent, monkeypatch):
    """To the second."""
    token, now = link(agent), clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=23))
    assert links.staff_of_token(token) == agent.staff
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=24, seconds=1))
    with pytest.raises(errors.LinkInvalid):
        links.staff_of_token(token)


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "e30:1", "\x00", "中"])
def test_junk_is_no_link(database, token):
    """One refusal, whatever was typed."""
    with pytest.raises(errors.LinkInvalid):
        links.staff_of_token(token)


def test_a_link_for_another_account_cannot_be_made_of_it(agent):
    """The signature covers the account."""
    token = link(agent)
    body, stamp, signature = token.rsplit(":", 2)
    with pytest.raises(errors.LinkInvalid):
        links.staff_of_token(":".join((body[:-2] + "AA", stamp, signature)))


def test_a_link_dies_with_the_account(agent):
    """A disabled person cannot come back by a link."""
    token = link(agent)
    disable_staff(SYSTEM, agent.staff)
    with pytest.raises(errors.LinkInvalid):
        links.staff_of_token(token)


@pytest.mark.parametrize("password", ["short", "password1234", "123456789012345"])
def test_a_weak_password_is_refused_and_the_link_lives_on(agent, password):
    """The person tries again with a better one."""
    token = link(agent)
    with pytest.raises(errors.PasswordWeak):
        set_password_by_link(token=token, password=password)
    set_password_by_link(token=token, password=cast.PASSWORD)


def test_a_machine_gets_no_link(tree):
    """Machines have keys."""
    with pytest.raises(errors.StaffUnknown):
        link(cast.hire("machine"))


def test_nobody_sets_the_password_of_another(agent):
    """Not even the security administrator: only a link to the person."""
    admin = cast.hire("security_admin")
    with pytest.raises(errors.PermissionMissing):
        set_password(admin.actor, agent.staff, cast.PASSWORD)


def test_a_first_run_links_the_first_administrator(database):
    """Once somebody can sign in, there is no such link any more."""
    Staff.objects.exclude(password__startswith="!").update(password="!gone")
    token = seed.first_administrator()
    assert token is not None
    admin = set_password_by_link(token=token, password=cast.PASSWORD)
    assert admin.assignments.get().post_id == "security_admin"
    assert seed.first_administrator() is None
