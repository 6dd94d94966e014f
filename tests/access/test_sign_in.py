"""Signing in at a command, and what the sign-in library does through our adapters."""

import re

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
from django.test import override_settings

from tests.access import cast
from tutela import settings as product
from tutela.access import errors, sign_in
from tutela.access.actions.passwords import set_password
from tutela.access.actions.people import disable_staff, remove_second_factor
from tutela.base.actor import SYSTEM, Channel
from tutela.trail import queries as trail


@pytest.fixture
def agent(tree) -> cast.Member:
    cache.clear()
    # A post that needs no second factor: it sees masks only.
    made = cast.hire("marketing_analyst", "EAST")
    set_password(SYSTEM, made.staff, cast.PASSWORD)
    return made


def totp(agent: cast.Member) -> str:
    """Give the account a second factor; the code of this moment."""
    secret = generate_totp_secret()
    TOTP.activate(agent.staff, secret)
    _, counter, _ = yield_hotp_counters_from_time()
    return format_hotp_value(hotp_value(secret, counter))


def failures(agent: cast.Member) -> int:
    return len(
        trail.leaves(
            trail.LeafFilter(subject=("staff", agent.actor.id), event="access.sign_in.failed")
        )
    )


def test_a_person_signs_in_at_a_command(agent):
    """By login in any case; without a second factor the actor says so."""
    actor = sign_in.authenticate_for_shell(agent.staff.login.upper(), cast.PASSWORD)
    assert (actor.id, actor.channel, actor.second_factor) == (agent.actor.id, Channel.SHELL, False)
    assert trail.leaves(trail.LeafFilter(actor_id=actor.id, event="access.sign_in.succeeded"))


def test_a_wrong_password_is_refused_and_leaves_a_leaf(agent):
    """The leaf names the account."""
    with pytest.raises(errors.SignInFailed):
        sign_in.authenticate_for_shell(agent.staff.login, "wrong horse battery")
    assert failures(agent) == 1


def test_a_typed_login_that_nobody_has_is_not_written_down(agent):
    """People type passwords into the login field."""
    with pytest.raises(errors.SignInFailed):
        sign_in.authenticate_for_shell("hunter2-secret", "x")
    (leaf,) = trail.leaves(trail.LeafFilter(event="access.sign_in.failed"), limit=1)
    assert "hunter2" not in repr(leaf)
    assert leaf.subjects[0][0] == "login"


def test_the_sixth_try_at_the_shell_must_wait(agent):
    """Even with the right password. The fifth left a leaf of the delay."""
    for _ in range(5):
        with pytest.raises(errors.SignInFailed):
            sign_in.authenticate_for_shell(agent.staff.login, "wrong horse battery")
    with pytest.raises(errors.TooManyAttempts):
        sign_in.authenticate_for_shell(agent.staff.login, cast.PASSWORD)
    delayed = trail.leaves(
        trail.LeafFilter(subject=("staff", agent.actor.id), event="access.sign_in.delayed")
    )
    assert [leaf.detail["seconds"] for leaf in delayed] == [30]


def test_a_disabled_person_cannot_sign_in(agent):
    """The same refusal as for a wrong password."""
    disable_staff(SYSTEM, agent.staff)
    with pytest.raises(errors.SignInFailed):
        sign_in.authenticate_for_shell(agent.staff.login, cast.PASSWORD)


def test_a_machine_cannot_sign_in_with_a_password(tree):
    """It has none."""
    machine = cast.hire("machine")
    with pytest.raises(errors.SignInFailed):
        sign_in.authenticate_for_shell(machine.staff.login, "")


def test_a_second_factor_must_be_shown_once_it_is_set_up(agent):
    """Missing, wrong, right, and the same code again."""
    code = totp(agent)
    with pytest.raises(errors.SecondFactorMissing):
        sign_in.authenticate_for_shell(agent.staff.login, cast.PASSWORD)
    with pytest.raises(errors.SignInFailed):
        sign_in.authenticate_for_shell(agent.staff.login, cast.PASSWORD, "000000x")
    assert sign_in.authenticate_for_shell(agent.staff.login, cast.PASSWORD, code).second_factor
    with pytest.raises(errors.SignInFailed):
        sign_in.authenticate_for_shell(agent.staff.login, cast.PASSWORD, code)


def test_the_seed_of_a_second_factor_is_sealed_in_the_database(agent):
    """What is stored is not the seed, and opens to it."""
    secret = generate_totp_secret()
    stored = TOTP.activate(agent.staff, secret).instance
    kept = Authenticator.objects.get(id=stored.id).data["secret"]
    assert secret not in kept
    assert sign_in.MfaAdapter().decrypt(kept) == secret


def test_a_second_factor_sealed_under_another_secret_is_named_and_opens_nothing(
    agent, settings_key
):
    """As after a restore without the session secret; the administrator then removes it."""
    code = totp(agent)
    with settings_key("another secret"), pytest.raises(errors.SecondFactorUnreadable):
        sign_in.authenticate_for_shell(agent.staff.login, cast.PASSWORD, code)
    remove_second_factor(cast.hire("security_admin").actor, agent.staff)
    assert not Authenticator.objects.filter(user=agent.staff).exists()
    assert not sign_in.authenticate_for_shell(agent.staff.login, cast.PASSWORD).second_factor


@pytest.fixture
def settings_key():
    return lambda secret: override_settings(SECRET_KEY=secret)


def test_passwords_are_kept_by_argon2(agent):
    """By the product's own settings, not those of these tests; and nothing weaker is offered."""
    assert len(product.PASSWORD_HASHERS) == 1
    with override_settings(PASSWORD_HASHERS=product.PASSWORD_HASHERS):
        set_password(SYSTEM, agent.staff, cast.PASSWORD)
    agent.staff.refresh_from_db()
    kept = agent.staff.password
    assert kept.startswith("argon2$argon2id$")
    assert set(re.findall(r"[mtp]=\d+", kept)) == {"m=102400", "t=2", "p=8"}
