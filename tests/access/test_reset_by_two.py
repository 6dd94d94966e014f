"""A password or a second factor is reset by two administrators, and the link is told to the second only."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator

from tests.access import cast
from tutela.access import accounts, errors
from tutela.access.actions.passwords import set_password, set_password_by_link
from tutela.access.actions.people import disable_staff
from tutela.access.actions.resets import confirm_reset, propose_reset, reject_reset
from tutela.access.models import Reset
from tutela.base import clock, ids
from tutela.base.actor import SYSTEM
from tutela.trail import queries as trail

pytestmark = pytest.mark.usefixtures("tree")


@pytest.fixture(scope="module")
def admins(tree: dict[str, int]) -> tuple[cast.Member, cast.Member]:
    """One who proposes, and one who confirms."""
    return cast.hire("system_admin"), cast.hire("security_admin")


def person() -> cast.Member:
    member = cast.hire("service_agent", "EAST")
    set_password(SYSTEM, member.staff, cast.PASSWORD)
    member.staff.refresh_from_db()
    return member


def leaf(event: str, member: cast.Member) -> trail.LeafRow:
    (found,) = trail.leaves(
        trail.LeafFilter(subject=("staff", member.actor.id), event=f"access.{event}")
    )
    return found


def test_a_password_is_reset_by_two_and_set_anew_by_its_owner(admins) -> None:
    """The old one is void at the confirmation; the trail says who, who else and whose."""
    first, second = admins
    member = person()
    reset = propose_reset(first.actor, member.staff, "password", "forgotten")
    member.staff.refresh_from_db()
    assert member.staff.check_password(cast.PASSWORD)
    token = confirm_reset(second.actor, reset.id)
    member.staff.refresh_from_db()
    assert not member.staff.has_usable_password()
    set_password_by_link(token=token, password="another horse battery")
    assert leaf("reset.proposed", member).actor_id == first.actor.id
    confirmed = leaf("reset.confirmed", member)
    assert (confirmed.actor_id, confirmed.detail["field"]) == (second.actor.id, "forgotten")


def test_a_second_factor_is_off_once_the_second_person_confirms(admins) -> None:
    """Recovery codes go with it, and sessions end."""
    first, second = admins
    member = person()
    cast.enrol(member.staff)
    before = member.staff.get_session_auth_hash()
    reset = propose_reset(first.actor, member.staff, "second_factor", "lost_device")
    assert accounts.waiting_of(member.staff) == {"second_factor"}
    assert confirm_reset(second.actor, reset.id) == ""
    assert not Authenticator.objects.filter(user=member.staff).exists()
    member.staff.refresh_from_db()
    assert member.staff.get_session_auth_hash() != before
    assert accounts.waiting_of(member.staff) == set()


def test_nobody_confirms_what_they_proposed_nor_what_is_about_themselves(admins) -> None:
    """And nobody proposes for themselves."""
    first, second = admins
    member = person()
    reset = propose_reset(first.actor, member.staff, "password", "forgotten")
    with pytest.raises(errors.ResetIsOwn):
        confirm_reset(first.actor, reset.id)
    about = propose_reset(first.actor, second.staff, "password", "compromised")
    with pytest.raises(errors.OwnAccount):
        confirm_reset(second.actor, about.id)
    with pytest.raises(errors.OwnAccount):
        propose_reset(first.actor, first.staff, "password", "forgotten")
    with pytest.raises(errors.SignInNeeded):
        propose_reset(SYSTEM, member.staff, "password", "forgotten")
    reject_reset(second.actor, about.id)
    reject_reset(first.actor, reset.id)
    with pytest.raises(errors.ResetDecided):
        confirm_reset(second.actor, reset.id)
    assert leaf("reset.rejected", member).actor_id == first.actor.id


def test_a_reset_waits_for_a_day_and_two_of_a_kind_do_not_wait(admins, monkeypatch) -> None:
    """After the day another may be proposed."""
    first, second = admins
    member = person()
    reset = propose_reset(first.actor, member.staff, "password", "forgotten")
    with pytest.raises(errors.ResetWaiting):
        propose_reset(second.actor, member.staff, "password", "forgotten")
    later = clock.now() + timedelta(hours=25)
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(errors.ResetDecided):
        confirm_reset(second.actor, reset.id)
    assert propose_reset(second.actor, member.staff, "password", "forgotten").id != reset.id
    assert Reset.objects.get(id=reset.id).state == "expired"


def test_a_proposer_who_left_is_no_first_person_any_more(admins) -> None:
    """Two who may, at the time of the word that counts."""
    first = cast.hire("system_admin")
    member = person()
    reset = propose_reset(first.actor, member.staff, "password", "forgotten")
    disable_staff(admins[0].actor, first.staff)
    with pytest.raises(errors.ResetProposerGone):
        confirm_reset(admins[1].actor, reset.id)


def test_nothing_to_reset_is_refused(admins) -> None:
    """No second factor, a closed account, a machine, a kind or a ground that does not exist."""
    first, _second = admins
    member = person()
    closed, machine = person(), cast.hire("machine", "EAST")
    disable_staff(first.actor, closed.staff)
    for staff, kind, ground in (
        (member.staff, "second_factor", "lost_device"),
        (closed.staff, "password", "forgotten"),
        (machine.staff, "password", "forgotten"),
        (member.staff, "soul", "forgotten"),
        (member.staff, "password", "because"),
    ):
        with pytest.raises(errors.ResetNotNeeded):
            propose_reset(first.actor, staff, kind, ground)
    with pytest.raises(errors.ResetUnknown):
        confirm_reset(first.actor, ids.uuid7())


def test_who_manages_no_accounts_neither_proposes_nor_confirms(admins) -> None:
    """A manager resets nobody."""
    member = person()
    reset = propose_reset(admins[0].actor, member.staff, "password", "forgotten")
    manager = cast.hire("branch_manager", "HQ")
    for act in (
        lambda: propose_reset(manager.actor, member.staff, "password", "forgotten"),
        lambda: confirm_reset(manager.actor, reset.id),
        lambda: reject_reset(manager.actor, reset.id),
    ):
        with pytest.raises(errors.PermissionMissing):
            act()
