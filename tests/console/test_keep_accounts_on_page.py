"""Accounts on pages: found, disabled, unlocked, reset by two, sessions ended; and a leaver's items handed out."""

import pytest
from django.test import Client

from tests.access import cast
from tests.console import stage
from tests.console.stage import House, text
from tutela.access import accounts, permissions
from tutela.access.actions.keys import create_api_key
from tutela.access.actions.passwords import set_password
from tutela.access.models import Reset
from tutela.base.actor import SYSTEM
from tutela.vault import queue

KEEPERS = ("system_admin", "security_admin")


@pytest.fixture
def member(house: House) -> cast.Member:
    """Somebody new with a password."""
    made = cast.hire("service_agent", "EAST")
    set_password(SYSTEM, made.staff, cast.PASSWORD)
    made.staff.refresh_from_db()
    return made


def _signed_in(member: cast.Member) -> Client:
    """A browser of their own, which nobody else's sign-in ends."""
    client = Client()
    client.force_login(member.staff, backend=stage.BACKEND)
    stage.show_factor(client, member.staff)
    return client


def page(member: cast.Member, rest: str = "") -> str:
    return f"/accounts/{member.staff.id}/{rest}"


def test_who_keeps_accounts_sees_them_and_nobody_else_does(house: House) -> None:
    """The pages are refused, and so is each act."""
    for post in house.people:
        client = house.as_(post)
        may = post in KEEPERS
        assert (client.get("/accounts/").status_code == 200) is may
        assert (client.get("/resets/").status_code == 200) is may
        assert ("/accounts/" in text(client.get("/me/"))) is may
    assert {"system_admin", "security_admin"} == permissions.ACCOUNT_MANAGE.posts


def test_people_are_found_by_name_number_and_login_and_the_name_stands_in_no_link(
    house: House, member: cast.Member
) -> None:
    """The search is sent in the body."""
    client = house.as_("system_admin")
    number = member.staff.staff_no
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in number)
    for who in (number, wide, member.staff.login[:-1], member.staff.login.upper()):
        assert page(member) in text(client.post("/accounts/", {"who": who}))
    assert page(member) not in text(client.post("/accounts/", {"who": "nobody of that name"}))
    assert client.post("/accounts/", {"who": " "}).status_code == 200
    assert page(member) not in text(
        client.get(f"/accounts/?who={member.staff.staff_no}&state=disabled")
    )


def test_an_account_is_disabled_and_enabled_on_its_page(house: House, member: cast.Member) -> None:
    """What ended is said; what ended stays ended."""
    create_api_key(house.people["security_admin"].actor, member.staff, label="script")
    client = house.as_("system_admin")
    assert "停用账号" in text(client.get(page(member)))
    told = text(client.post(page(member, "disable/"), follow=True))
    assert "接口密钥 1 个" in told
    assert "启用账号" in told
    told = text(client.post(page(member, "enable/"), follow=True))
    assert "账号已启用" in told
    assert "已吊销" in told


def test_the_last_system_administrator_is_told_on_the_page(house: House) -> None:
    """Nothing changes, and one's own account has no buttons."""
    only = house.people["system_admin"]
    told = text(house.as_("security_admin").post(page(only, "disable/"), follow=True))
    assert "access.last_administrator" in told
    only.staff.refresh_from_db()
    assert only.staff.is_active
    own = text(house.as_("system_admin").get(page(only)))
    assert "须由其他管理员变更" in own
    assert "停用账号" not in own
    assert house.as_("system_admin").post(page(only, "disable/")).status_code == 403


def test_a_password_is_reset_by_two_on_pages(house: House, member: cast.Member) -> None:
    """The link is shown to the second person, this once."""
    client = house.as_("system_admin")
    client.post(page(member, "reset/?kind=password"), {"ground": "forgotten"})
    (reset,) = Reset.objects.filter(staff=member.staff)
    assert "待第二名管理员确认" in text(client.get(page(member)))
    assert 'value="approve"' not in text(client.get("/resets/"))
    decide = f"/resets/{reset.id}/decide/"
    assert client.post(decide, {"do": "approve"}).status_code == 403
    second = house.as_("security_admin")
    assert 'value="approve"' in text(second.get("/resets/"))
    told = text(second.post(decide, {"do": "approve"}))
    link = told.partition('<code class="secret">')[2].partition("</code>")[0]
    assert link not in text(second.get("/resets/"))
    fresh = Client()
    opened = fresh.get(link, follow=True, secure=True)
    assert member.staff.login in text(opened)
    new = {"password": "another horse battery", "again": "another horse battery"}
    assert fresh.post("/account/link/", new, secure=True).status_code == 302
    assert "access.reset_decided" in text(second.post(decide, {"do": "approve"}, follow=True))


def test_a_reset_without_a_known_ground_or_kind_is_refused(
    house: House, member: cast.Member
) -> None:
    """Junk proposes nothing."""
    client = house.as_("system_admin")
    for kind, ground in (
        ("password", "x"),
        ("soul", "forgotten"),
        ("second_factor", "lost_device"),
    ):
        address = page(member, f"reset/?kind={kind}")
        assert "access.reset_not_needed" in text(
            client.post(address, {"ground": ground}, follow=True)
        )
    assert not Reset.objects.filter(staff=member.staff).exists()


def test_a_session_is_seen_and_ended_on_the_page(house: House, member: cast.Member) -> None:
    """And all of them."""
    _signed_in(member).get("/me/")
    theirs = accounts.sessions_of(member.staff)
    client = house.as_("system_admin")
    assert str(theirs[0].id) in text(client.get(page(member)))
    told = text(client.post(page(member, f"sessions/{theirs[0].id}/end/"), follow=True))
    assert "会话已结束" in told
    _signed_in(member).get("/me/")
    told = text(house.as_("system_admin").post(page(member, "sessions/end/"), follow=True))
    assert "已结束会话：1 个" in told


def test_the_system_administrator_revokes_a_key_and_makes_none(house: House) -> None:
    """A key of a partner opens clear values; who runs the machines sees none."""
    partner = cast.hire("partner_service", "HQ")
    key, _text = create_api_key(house.people["security_admin"].actor, partner.staff, label="core")
    client = house.as_("system_admin")
    listed = text(client.get("/keys/"))
    assert key.public_id in listed
    assert "对接系统账号" in listed
    assert f"/keys/{key.id}/rotate/" not in listed
    assert client.post(f"/keys/{key.id}/rotate/", {"hours": "0"}).status_code == 403
    client.post(f"/keys/{key.id}/revoke/")
    key.refresh_from_db()
    assert key.revoked_at is not None


def test_a_leavers_item_is_handed_out_on_the_page(house: House) -> None:
    """It waits for a second person, as every assignment."""
    leaver, manager = house.people["service_agent"], house.people["branch_manager"]
    house.as_("system_admin").post(page(leaver, "disable/"))
    client, heir = house.as_("branch_manager"), cast.hire("service_agent", "EAST")
    listed = text(client.get("/work-items/queue/"))
    assert house.work_item in listed
    assert heir.staff.login in listed
    empty = client.post("/work-items/queue/", {"assignee": heir.staff.login, "reason": "take over"})
    assert empty.status_code == 422
    sent = {"assignee": heir.staff.login, "reason": "take over", "items": [house.work_item]}
    told = text(client.post("/work-items/queue/", sent, follow=True))
    assert "已指派工单：1 个" in told
    assert house.work_item not in [str(one.work_item) for one in queue.queued(manager.actor)]
    assert heir.staff.name in text(client.get("/assignments/"))
