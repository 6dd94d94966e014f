"""API keys: told once, stored as a hash, refused when anything about them is wrong."""

from datetime import timedelta

import pytest
from django.db import connection

from tests.access import cast
from tutela.access import errors, sign_in, snapshot
from tutela.access.actions.keys import create_api_key, revoke_api_key
from tutela.access.actions.people import disable_staff
from tutela.access.models import ApiKey
from tutela.base import clock
from tutela.base.actor import Channel
from tutela.trail import queries as trail


@pytest.fixture
def admin(tree) -> cast.Member:
    return cast.hire("security_admin")


@pytest.fixture
def partner(tree) -> cast.Member:
    return cast.hire("partner_service")


def make(admin: cast.Member, owner: cast.Member, **facts) -> tuple[ApiKey, str]:
    return create_api_key(admin.actor, owner.staff, label="core", **facts)


def test_a_key_is_its_account_at_the_api(admin, partner):
    """The actor is the machine, by the API channel, without a second factor."""
    key, text = make(admin, partner)
    actor = sign_in.authenticate_key(text)
    assert (actor.kind, actor.id, actor.channel) == ("machine", partner.actor.id, Channel.API)
    assert not actor.second_factor
    assert text.startswith(f"ttk_{key.public_id}_")


def test_only_the_hash_of_a_key_is_stored(admin, partner):
    """Nothing in its row gives the key back."""
    key, text = make(admin, partner)
    secret = text.rpartition("_")[2]
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_api_key::text FROM access_api_key WHERE id = %s", [key.id])
        (row,) = cursor.fetchone()
    assert secret not in row
    assert len(bytes(key.hash)) == 32


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: "",
        lambda text: text[:-1],
        lambda text: text[:-1] + ("0" if text[-1] != "0" else "1"),
        lambda text: text.replace("ttk_", "tts_"),
        lambda text: text.upper(),
        lambda text: text + "\n",
        lambda text: "ttk_" + "0" * 16 + "_" + text.rpartition("_")[2],
        lambda text: "ttk__",
    ],
)
def test_a_wrong_key_is_refused(admin, partner, spoil):
    """Cut, changed, of another prefix, of no row."""
    _, text = make(admin, partner)
    with pytest.raises(errors.KeyRefused):
        sign_in.authenticate_key(spoil(text))


def test_an_expired_key_is_refused(admin, partner, monkeypatch):
    """From the very moment, though the snapshot still holds it."""
    key, text = make(admin, partner, expires=clock.now() + timedelta(hours=1))
    monkeypatch.setattr(clock, "now", lambda: key.expires)
    with pytest.raises(errors.KeyRefused):
        sign_in.authenticate_key(text)


def test_a_revoked_key_is_refused(admin, partner):
    """And revoking twice is no error."""
    key, text = make(admin, partner)
    for _ in range(2):
        revoke_api_key(admin.actor, key.id)
    with pytest.raises(errors.KeyRefused):
        sign_in.authenticate_key(text)
    assert (
        len(
            trail.leaves(
                trail.LeafFilter(
                    subject=("staff", partner.actor.id), event="access.api_key.revoked"
                )
            )
        )
        == 1
    )


def test_the_key_of_a_disabled_account_is_refused(admin, partner):
    """The account counts, not only the key."""
    _, text = make(admin, partner)
    disable_staff(admin.actor, partner.staff)
    with pytest.raises(errors.KeyRefused):
        sign_in.authenticate_key(text)


def test_the_last_use_is_noted_once_a_minute(admin, partner):
    """Using a key must not cost a write each time."""
    key, text = make(admin, partner)
    sign_in.authenticate_key(text)
    key.refresh_from_db()
    first = key.last_used
    sign_in.authenticate_key(text)
    key.refresh_from_db()
    assert first is not None
    assert key.last_used == first


def test_only_the_security_administrator_makes_keys_for_others(admin, partner):
    """A system administrator cannot give a machine a key."""
    with pytest.raises(errors.PermissionMissing):
        make(cast.hire("system_admin"), partner)


def test_a_person_with_a_second_factor_makes_a_key_of_his_own(tree):
    """It acts as the person, by the API."""
    agent = cast.hire("service_agent", "EAST")
    with pytest.raises(errors.PermissionMissing):
        make(agent, agent)
    own = cast.Member(agent.staff, agent.with_second_factor())
    _, text = make(own, own)
    assert sign_in.authenticate_key(text).kind == "staff"


def test_a_key_survives_a_reload_of_the_snapshot(admin, partner):
    """Keys are part of the snapshot."""
    _, text = make(admin, partner)
    snapshot.stop()
    assert sign_in.authenticate_key(text).id == partner.actor.id
