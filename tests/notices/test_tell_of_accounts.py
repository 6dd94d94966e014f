"""What people are told of resets: who may confirm one, who proposed it, and whose it is."""

from uuid import UUID

import pytest

from tests.access import cast
from tutela.access.actions.passwords import set_password
from tutela.access.actions.resets import confirm_reset, propose_reset
from tutela.base.actor import SYSTEM
from tutela.notices.models import Notice

pytestmark = pytest.mark.usefixtures("database")


def told(kind: str, unread: bool = True) -> set[UUID]:
    rows = Notice.objects.filter(kind=kind, read_at__isnull=unread)
    return set(rows.values_list("recipient_id", flat=True))


def test_a_reset_is_told_to_who_may_confirm_it_and_settled_by_the_decision() -> None:
    """Not to the proposer, not to the person; the decision goes to the proposer and the person."""
    first, second, other = (
        cast.hire(post) for post in ("system_admin", "security_admin", "system_admin")
    )
    member = cast.hire("service_agent")
    set_password(SYSTEM, member.staff, cast.PASSWORD)
    reset = propose_reset(first.actor, member.staff, "password", "forgotten")
    waits = told("reset_waits")
    assert {second.staff.id, other.staff.id} <= waits
    assert first.staff.id not in waits
    confirm_reset(second.actor, reset.id)
    assert told("reset_waits") == set()
    assert told("reset_decided") == {first.staff.id}
    assert told("password_reset") == {member.staff.id}
