"""A closed account: here at once, in another process within a second; and what a stale process does."""

import subprocess
import sys
import time

import pytest

from tests import races
from tests.access import cast
from tutela.access import errors, gate, permissions, sign_in_limits, snapshot
from tutela.access.actions.keys import create_api_key
from tutela.access.actions.people import disable_staff, enable_staff, unlock_staff
from tutela.access.levels import Level
from tutela.access.models import Staff
from tutela.base import clock
from tutela.base.actor import SYSTEM, Actor, Channel
from tutela.detect.classes import DataClass
from tutela.scorecard import permissions as scorecard_permissions
from tutela.trail import queries as trail
from tutela.vault import permissions as vault_permissions

CONTACT = int(DataClass.CONTACT)
WATCH = """
import sys, time
import django
django.setup()
from django.db import connections
for alias in ("default", "owner"):
    connections.settings[alias]["NAME"] = sys.argv[2]
from tutela.access import gate
from tutela.vault import permissions as vault_permissions
from tutela.base.actor import Actor, Channel
actor = Actor(kind="staff", id=sys.argv[1], channel=Channel.PAGE)
may = lambda: gate.holds(actor, vault_permissions.CUSTOMER_FIND)
print("ready" if may() else "refused", flush=True)
until = time.monotonic() + 20
while may() and time.monotonic() < until:
    time.sleep(0.005)
print(time.monotonic(), flush=True)
"""


def test_another_process_refuses_within_a_second(database, tree):
    """It hears of the change; nothing is asked of it."""
    agent, admin = cast.hire("service_agent", "EAST"), cast.hire("security_admin")
    other = subprocess.Popen(
        [sys.executable, "-c", WATCH, agent.actor.id, database], stdout=subprocess.PIPE, text=True
    )
    assert other.stdout.readline() == "ready\n"
    time.sleep(0.3)
    disable_staff(admin.actor, agent.staff)
    done = time.monotonic()
    assert float(other.stdout.readline()) - done < 1.0
    assert other.wait(10) == 0


def test_disabling_leaves_a_leaf_with_who_and_whom(tree):
    """In the change's own transaction."""
    agent, admin = cast.hire("service_agent", "EAST"), cast.hire("security_admin")
    disable_staff(admin.actor, agent.staff)
    (leaf,) = trail.leaves(
        trail.LeafFilter(subject=("staff", agent.actor.id), event="access.staff.disabled")
    )
    assert leaf.actor_id == admin.actor.id


def test_disabling_ends_the_persons_sessions(tree):
    """The session carries a hash that the account no longer has."""
    agent = cast.hire("service_agent", "EAST")
    before = agent.staff.get_session_auth_hash()
    disable_staff(cast.hire("security_admin").actor, agent.staff)
    agent.staff.refresh_from_db()
    assert agent.staff.get_session_auth_hash() != before


def test_an_account_opened_again_works_and_its_old_sessions_do_not(tree):
    """The hash in the sessions stays another one."""
    agent, admin = cast.hire("service_agent", "EAST"), cast.hire("security_admin")
    before = agent.staff.get_session_auth_hash()
    disable_staff(admin.actor, agent.staff)
    enable_staff(admin.actor, agent.staff)
    agent.staff.refresh_from_db()
    assert gate.holds(agent.actor, vault_permissions.CUSTOMER_FIND)
    assert agent.staff.get_session_auth_hash() != before


def test_only_the_two_administrators_of_accounts_disable(tree):
    """Not a manager, not the auditor."""
    agent = cast.hire("service_agent", "EAST")
    for post in ("branch_manager", "auditor", "compliance_officer"):
        with pytest.raises(errors.PermissionMissing):
            disable_staff(cast.hire(post, "HQ").actor, agent.staff)


def test_a_refused_change_leaves_the_account_as_it_was(tree):
    """Gate first, then the write."""
    agent = cast.hire("service_agent", "EAST")
    with pytest.raises(errors.PermissionMissing):
        disable_staff(agent.actor, agent.staff)
    assert gate.holds(agent.actor, vault_permissions.CUSTOMER_FIND)


def test_without_a_heartbeat_for_five_seconds_clear_access_closes(tree, monkeypatch):
    """Masks stay, since work goes on; clear values wait until rights are known to be current."""
    agent = cast.hire("service_agent", "EAST")
    asked = cast.ask(tree["EAST"], "service", CONTACT)
    snapshot.stop()
    snapshot.reload()
    now = clock.monotonic()
    monkeypatch.setattr(clock, "monotonic", lambda: now + 30)
    monkeypatch.setattr(snapshot, "fresh", lambda: False)
    with pytest.raises(errors.Stale):
        gate.require_data(agent.actor, asked)
    assert gate.decide(agent.actor, asked).overlay == "stale"
    masked = cast.ask(tree["EAST"], "service", CONTACT, level=Level.MASKED)
    assert gate.decide(agent.actor, masked).levels[CONTACT] is Level.MASKED


def test_freshness_runs_out_when_the_watcher_is_gone(tree, monkeypatch):
    """Five seconds after the last heartbeat, not before."""
    snapshot.current()
    beat = snapshot._state.beat
    monkeypatch.setattr(clock, "monotonic", lambda: beat + 4.9)
    assert snapshot.fresh()
    monkeypatch.setattr(clock, "monotonic", lambda: beat + 5.2)
    assert not snapshot.fresh() or snapshot._state.beat > beat


def test_the_watcher_comes_back_after_its_connection_was_cut(tree):
    """As when the database restarts: it connects anew and beats again."""
    from django.db import connection

    snapshot.current()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'tutela_access'"
        )
    time.sleep(1.2)
    beat = snapshot._state.beat
    time.sleep(1.3)
    assert snapshot._state.beat > beat


def test_a_stranger_in_another_channel_is_no_less_a_stranger(tree):
    """The door makes no difference to who somebody is."""
    for channel in Channel:
        actor = Actor(kind="machine", id="00000000-0000-7000-8000-000000000000", channel=channel)
        assert not gate.holds(actor, scorecard_permissions.READ)


def test_a_leavers_api_keys_end_for_good(tree):
    """Each with its leaf; an account that is opened again needs new ones."""
    partner, admin = cast.hire("partner_service", "HQ"), cast.hire("security_admin")
    key, _text = create_api_key(admin.actor, partner.staff, label="core")
    assert disable_staff(admin.actor, partner.staff).keys == 1
    enable_staff(admin.actor, partner.staff)
    key.refresh_from_db()
    assert key.revoked_at is not None
    assert key.public_id not in snapshot.current().keys
    (leaf,) = trail.leaves(
        trail.LeafFilter(subject=("staff", partner.actor.id), event="access.api_key.revoked")
    )
    assert leaf.detail["key"] == str(key.id)


def test_nobody_disables_themselves(tree):
    """Another administrator does."""
    admin = cast.hire("security_admin")
    with pytest.raises(errors.OwnAccount):
        disable_staff(admin.actor, admin.staff)


def test_the_last_system_administrator_stays(tree):
    """Nor does the host's shell disable them; with a second one it goes."""
    Staff.objects.filter(assignments__post="system_admin").update(is_active=False)
    snapshot.reload()
    first, security = cast.hire("system_admin"), cast.hire("security_admin")
    for actor in (security.actor, SYSTEM):
        with pytest.raises(errors.LastAdministrator) as refused:
            disable_staff(actor, first.staff)
        assert refused.value.params == {"post": "system_admin"}
    first.staff.refresh_from_db()
    assert first.staff.is_active
    cast.hire("system_admin")
    disable_staff(security.actor, first.staff)
    assert not gate.holds(first.actor, permissions.ACCOUNT_MANAGE)


def test_of_two_administrators_who_disable_each_other_one_stays(tree):
    """At the same moment, over two connections."""
    Staff.objects.filter(assignments__post="system_admin").update(is_active=False)
    snapshot.reload()
    pair = [cast.hire("system_admin"), cast.hire("system_admin")]

    with (
        races.Meanwhile(lambda: disable_staff(pair[0].actor, pair[1].staff)),
        pytest.raises(errors.LastAdministrator),
    ):
        disable_staff(pair[1].actor, pair[0].staff)
    active = Staff.objects.filter(id__in=[one.staff.id for one in pair], is_active=True)
    assert [one.id for one in active] == [pair[0].staff.id]


def test_an_unlocked_account_need_not_wait(tree):
    """The counts begin anew, for this account only."""
    agent, admin = cast.hire("service_agent", "EAST"), cast.hire("system_admin")
    for _attempt in range(6):
        if entry := sign_in_limits.enter_by_shell(agent.staff.login, agent.staff):
            entry.fail()
    assert sign_in_limits.enter_by_shell(agent.staff.login, agent.staff) is None
    unlock_staff(admin.actor, agent.staff)
    agent.staff.refresh_from_db()
    assert sign_in_limits.enter_by_shell(agent.staff.login, agent.staff) is not None
    (leaf,) = trail.leaves(
        trail.LeafFilter(subject=("staff", agent.actor.id), event="access.account.unlocked")
    )
    assert leaf.actor_id == admin.actor.id
    with pytest.raises(errors.OwnAccount):
        unlock_staff(admin.actor, admin.staff)
