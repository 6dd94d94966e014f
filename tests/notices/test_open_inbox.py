"""The pages: inbox, my choices, channels, and the bell of every page."""

import pytest
from django.test import override_settings

from tests.access import cast
from tests.console.stage import browser, text
from tests.notices import stage
from tests.notices.stage import inbox, reader
from tutela.notices import checks, queries
from tutela.notices.actions import deliveries, notices, readers
from tutela.notices.kinds import Mail
from tutela.notices.models import Channel, Delivery
from tutela.notices.notice_kinds import PASSWORD_SET
from tutela.programme.notice_kinds import TASK_DUE, TASK_GIVEN

pytestmark = pytest.mark.usefixtures("database")
DUE = {"due": "2026-12-01"}


@pytest.fixture(scope="module")
def person(database: str) -> cast.Member:
    return reader()


@pytest.fixture(scope="module")
def admin(database: str) -> cast.Member:
    return reader("system_admin")


@pytest.fixture(autouse=True)
def _quiet(person: cast.Member) -> None:
    stage.settle_all()
    readers.read_all(person.actor)


def _tell(person: cast.Member, link: str = "") -> None:
    notices.notify(TASK_GIVEN, to=[person.staff.id], params=DUE, link=link)


def test_a_new_notice_shows_at_the_bell_and_first_in_the_inbox(person: cast.Member) -> None:
    """The bell of every page counts what is unread."""
    _tell(person)
    client = browser(person.staff)
    assert 'bell-count" aria-hidden="true">1<' in text(client.get("/me/"))
    page = text(client.get("/inbox/"))
    assert '您有一项新任务，截止日期：<span class="text-nowrap">2026-12-01</span>。' in page
    assert page.index("标为已读") < page.rindex("您有一项新任务")


def test_opening_a_notice_reads_it_and_leads_to_what_waits(person: cast.Member) -> None:
    """One click."""
    _tell(person, "/catalogue/")
    notice = inbox(person)[-1]
    answer = browser(person.staff).post(f"/inbox/{notice.id}/read/", {"open": "1"})
    assert (answer.status_code, answer["Location"]) == (302, "/catalogue/")
    assert queries.unread(person.staff.id) == 0


def test_the_inbox_is_filtered_by_group_and_stays_there_after_reading(person: cast.Member) -> None:
    """A foreign word in the address shows everything."""
    _tell(person)
    notices.notify(PASSWORD_SET, to=[person.staff.id])
    client = browser(person.staff)
    assert 'data-kind="task_given"' not in text(client.get("/inbox/?group=account"))
    assert 'data-kind="task_given"' in text(client.get("/inbox/?group=<script>&page=x"))
    answer = client.post("/inbox/read/", {"group": "account", "shown": "account"})
    assert answer["Location"] == "/inbox/?group=account"
    assert queries.unread(person.staff.id) == 1
    answer = client.post("/inbox/read/", {"shown": "https://elsewhere.example/"})
    assert answer["Location"] == "/inbox/"


def test_another_persons_notice_is_not_found(person: cast.Member) -> None:
    """Not even that there is one."""
    _tell(person)
    other = browser(reader().staff)
    assert other.post(f"/inbox/{inbox(person)[-1].id}/read/").status_code == 404
    assert other.get(f"/inbox/{inbox(person)[-1].id}/read/")["Location"] == "/inbox/"
    assert queries.unread(person.staff.id) > 0


def test_a_person_chooses_on_the_page(person: cast.Member) -> None:
    """Only what was changed is kept; the rest follows the kind."""
    client = browser(person.staff)
    start = {kind.code: mail.value for kind, mail in queries.preferences(person.staff.id).items()}
    given = start | {"task_due": "now", "language": "en", "every": "weekly"}
    assert client.post("/inbox/settings/", given).status_code == 302
    chosen = queries.preferences(person.staff.id)
    assert chosen[TASK_DUE] is Mail.NOW
    assert queries.reader_of(person.staff.id).every == "weekly"
    assert client.post("/inbox/settings/", given | {"task_due": "pigeon"}).status_code == 422
    assert queries.preferences(person.staff.id) == chosen


def test_the_channels_page_is_for_the_system_administrator(
    person: cast.Member, admin: cast.Member
) -> None:
    """Others are refused and see no entry in the menu."""
    assert browser(person.staff).get("/channels/").status_code == 403
    assert "/channels/" not in text(browser(person.staff).get("/me/"))
    assert "/channels/" in text(browser(admin.staff).get("/me/"))


def test_a_robot_is_added_tested_and_removed_on_the_page(admin: cast.Member) -> None:
    """Its address is nowhere in the page, not even in the form that was refused."""
    client = browser(admin.staff)
    with stage.chat() as room:
        given = {"name": "Duty", "address": room.address, "groups": ["work"], "language": "en"}
        refused = client.post("/channels/", given | {"address": "syslog://canary"})
        assert "notices.address_refused" in text(refused)
        assert "canary" not in text(refused)
        client.post("/channels/", given)
        robot = Channel.objects.get(name="Duty")
        assert "canary" not in text(client.get("/channels/"))
        client.post(f"/channels/{robot.pk}/test/")
        assert len(room.said) == 1
        room.status = 500
        failed = client.post(f"/channels/{robot.pk}/test/", follow=True)
        assert "notices.not_taken" in text(failed)
    closed = client.post(f"/channels/{robot.pk}/test/", follow=True)
    assert "notices.host_refused" in text(closed)
    client.post(f"/channels/{robot.pk}/remove/")
    assert "Duty" not in text(client.get("/channels/"))


def test_a_failing_way_shows_on_the_page_and_in_the_doctor(
    person: cast.Member, admin: cast.Member
) -> None:
    """Nothing is lost silently: page and doctor say how many wait and why."""
    with override_settings(TUTELA_MAIL_URL=stage.mail_url(stage.free_port())):
        _tell(person)
        deliveries.send_due()
        page = text(browser(admin.staff).get("/channels/"))
        assert checks.notices_outbox().state == "warning"
    assert "notices.not_reached" in page
    assert Delivery.objects.filter(state="waiting").update(
        state="given_up", settled_at=inbox(person)[-1].created_at
    )
    assert checks.notices_outbox().state == "bad"
    browser(admin.staff).post("/channels/outbox/retry/")
    with stage.mail_server():
        assert deliveries.send_due() == 1
        assert checks.notices_outbox().state == "good"


def test_both_languages_open_every_page(admin: cast.Member) -> None:
    """No page breaks in either."""
    client = browser(admin.staff)
    for language in ("en", "zh-hans"):
        client.post("/language/", {"language": language, "next": "/inbox/"})
        for address in ("/inbox/", "/inbox/settings/", "/channels/"):
            assert client.get(address).status_code == 200
