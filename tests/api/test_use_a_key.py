"""Keys: wrong, expired, revoked, of a disabled account; cookies never count; failures are bounded."""

from datetime import timedelta

import pytest
from django.conf import settings

from tests.access import cast
from tests.api.stage import Caller
from tutela.access import events, sign_in
from tutela.access.actions.keys import create_api_key, revoke_api_key
from tutela.access.actions.people import disable_staff
from tutela.api import bearer
from tutela.base import clock
from tutela.base.actor import SYSTEM
from tutela.trail import queries


def made(expires=None):
    """A new machine's key row and caller."""
    member = cast.hire("machine")
    row, text = create_api_key(SYSTEM, member.staff, label="test", expires=expires)
    return member, row, Caller(text, member.actor)


def refused_so_far() -> int:
    since = clock.now() - timedelta(hours=1)
    wanted = queries.LeafFilter(event=events.SIGN_IN_FAILED.name, since=since)
    return len(queries.leaves(wanted, limit=1000))


@pytest.mark.parametrize("key", ["x", "ttk_0123456789abcdef_" + "0" * 64, "ключ", "a b c"])
def test_a_wrong_key_is_refused_and_traced(stage, key):
    """401, and one leaf more."""
    before = refused_so_far()
    answer = Caller(key, stage.machine.actor).get("/catalogue")
    assert (answer.status_code, answer.json()["code"]) == (401, "access.api_key_refused")
    assert refused_so_far() == before + 1
    assert key not in answer.content.decode() or key == "x"


def test_an_expired_key_is_refused(stage, monkeypatch):
    """From the moment on that was set; only the clock is moved."""
    _, _, caller = made(expires=clock.now() + timedelta(hours=1))
    assert caller.get("/catalogue").status_code == 200
    later = clock.now() + timedelta(hours=2)
    monkeypatch.setattr(sign_in.clock, "now", lambda: later)
    assert caller.get("/catalogue").status_code == 401


def test_a_revoked_key_is_refused_at_once(stage):
    """The process that revokes knows at once, others within a second."""
    _, row, caller = made()
    assert caller.get("/catalogue").status_code == 200
    revoke_api_key(SYSTEM, row.id)
    assert caller.get("/catalogue").status_code == 401


def test_the_key_of_a_disabled_account_is_refused(stage):
    """Disabling the machine is enough."""
    member, _, caller = made()
    disable_staff(SYSTEM, member.staff)
    assert caller.get("/catalogue").status_code == 401


def test_failures_are_bounded_and_a_right_key_still_works(stage):
    """After the limit 429 and no more leaves, but no lock-out of others at the same address."""
    wrong = Caller("wrong", stage.machine.actor)
    for _ in range(bearer.FAILURES):
        assert wrong.get("/catalogue").status_code == 401
    answer = wrong.get("/catalogue")
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    before = refused_so_far()
    wrong.get("/catalogue")
    assert refused_so_far() == before
    assert stage.machine.get("/catalogue").status_code == 200


def test_failures_at_another_process_count_here(stage):
    """The count is the installation's; what a process remembers only spares it a statement."""
    wrong = Caller("wrong", stage.machine.actor)
    for _ in range(bearer.FAILURES):
        wrong.get("/catalogue")
        bearer.failures.clear()
    before = refused_so_far()
    assert [wrong.get("/catalogue").status_code for _ in range(3)] == [429, 429, 429]
    assert refused_so_far() == before + 1


def test_a_cookie_does_not_count(stage):
    """A session's cookie is not even read: no statement is sent for it."""
    stranger = Caller("", stage.machine.actor)
    answer = stranger.get("/catalogue", HTTP_COOKIE=f"{settings.SESSION_COOKIE_NAME}=" + "a" * 32)
    assert answer.status_code == 401


def test_a_call_sends_no_statement_for_its_key(stage, django_statements):
    """Keys are in memory; the catalogue is too."""
    stage.machine.get("/catalogue")
    with django_statements() as sent:
        stage.machine.get("/catalogue", HTTP_COOKIE=f"{settings.SESSION_COOKIE_NAME}=" + "a" * 32)
    assert sent == []
