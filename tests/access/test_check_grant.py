"""Grants: only the gate's own are good, for what they say, for a minute."""

from dataclasses import replace

import pytest

from tests.access import cast
from tutela.access import gate
from tutela.access.errors import GrantRefused
from tutela.access.grants import Grant
from tutela.access.levels import Level
from tutela.base import clock
from tutela.base.actor import SYSTEM
from tutela.detect.classes import DataClass
from tutela.keys import custody
from tutela.vault import permissions

CONTACT, HEALTH = int(DataClass.CONTACT), int(DataClass.HEALTH)


@pytest.fixture
def grant(tree) -> Grant:
    agent = cast.hire("service_agent", "EAST")
    return gate.require_data(agent.actor, cast.ask(tree["EAST"], "service", CONTACT))


def test_a_grant_made_by_hand_is_refused():
    """There is no way to one but the gate."""
    with pytest.raises(GrantRefused):
        Grant(actor=SYSTEM, permission=permissions.FIELD_REVEAL, issued=0.0, proof=bytes(32))


@pytest.mark.parametrize(
    "change",
    [
        {"level": Level.MASKED},
        {"classes": frozenset({CONTACT, HEALTH})},
        {"customer_id": "someone else"},
        {"actor": SYSTEM},
        {"issued": 1e12},
    ],
)
def test_a_copy_with_one_word_changed_is_refused(grant, change):
    """The proof covers every word."""
    with pytest.raises(GrantRefused):
        replace(grant, **change)


@pytest.mark.parametrize("more", [{"decides": True}, {"system": True}, {}])
def test_another_permission_of_the_same_name_is_refused(tree, more):
    """A grant to find customers opens no sealed reason, whatever its permission says of itself."""
    agent = cast.hire("service_agent", "EAST")
    allowed = gate.require(agent.actor, permissions.CUSTOMER_FIND)
    other = replace(permissions.CUSTOMER_FIND, **more)
    with pytest.raises(GrantRefused):
        replace(allowed, permission=other)
    object.__setattr__(allowed, "permission", other)
    with pytest.raises(GrantRefused):
        custody.open_note(custody.seal_note("the family asked"), allowed)


def test_a_grant_altered_in_place_is_refused(grant):
    """Even past the frozen dataclass."""
    object.__setattr__(grant, "classes", frozenset({CONTACT, HEALTH}))
    with pytest.raises(GrantRefused):
        grant.check(classes=[HEALTH])


@pytest.mark.parametrize(
    "asked",
    [
        {"permission": permissions.IMPORT_RUN},
        {"customer_id": "someone else"},
        {"classes": [HEALTH]},
    ],
)
def test_a_grant_for_something_else_is_refused(grant, asked):
    """It is good for its customer, its classes and its function only."""
    with pytest.raises(GrantRefused):
        grant.check(**asked)


def test_a_masked_grant_opens_nothing_in_clear(tree):
    """The level is part of the grant."""
    agent = cast.hire("service_agent", "EAST")
    asked = cast.ask(tree["EAST"], "service", CONTACT, level=Level.MASKED)
    with pytest.raises(GrantRefused):
        gate.require_data(agent.actor, asked).check(classes=[CONTACT], level=Level.CLEAR)


def test_a_grant_for_data_is_old_after_a_minute(grant, monkeypatch):
    """It was asked for a look, and a look happens now."""
    now = clock.monotonic()
    monkeypatch.setattr(clock, "monotonic", lambda: now + 61)
    with pytest.raises(GrantRefused):
        grant.check(classes=[CONTACT])
