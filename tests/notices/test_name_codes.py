"""The inbox shows names, and in an order; mail and chat robots are told codes and days only."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.access import cast
from tests.console.stage import browser, text
from tests.notices import stage
from tests.notices.stage import inbox, reader
from tutela.assessment.notice_kinds import ASSESSMENT_OPENED, RISK_ACCEPTANCE_ENDS
from tutela.base import clock
from tutela.base.actor import SYSTEM
from tutela.documents.notice_kinds import DOCUMENT_PUBLISHED
from tutela.notices import messages, naming, queries
from tutela.notices.actions import notices, readers
from tutela.notices.models import Notice
from tutela.programme import seed
from tutela.programme.actions.tasks import NewTask, create_task
from tutela.programme.models import Task
from tutela.programme.notice_kinds import COMMENT_ADDED, DUTY_MISSED
from tutela.scorecard.notice_kinds import TARGET_NOT_MET
from tutela.web.lists import ROWS as PAGE_ROWS

pytestmark = pytest.mark.usefixtures("database")
DUTY = {"duty": "weekly-backup", "due": "2026-10-19"}
SENTENCE = re.compile(r"notice-text[^>]*>(.+?)</div>")
TAG = re.compile(r"<[^>]+>")
ABOUT = re.compile(r"notice-about[^>]*>([^<]+)<")


@pytest.fixture(scope="module")
def person(database: str) -> cast.Member:
    seed.seed()
    return reader("security_admin")


@pytest.fixture(autouse=True)
def _empty(person: cast.Member) -> None:
    stage.settle_all()
    Notice.objects.filter(recipient=person.staff).delete()


def _page(person: cast.Member, address: str = "/inbox/", language: str = "zh-hans") -> str:
    client = browser(person.staff)
    client.post("/language/", {"language": language, "next": "/"})
    return text(client.get(address))


def _said(person: cast.Member, address: str = "/inbox/", language: str = "zh-hans") -> list[str]:
    page = _page(person, address, language)
    return [TAG.sub("", one) for one in SENTENCE.findall(page)]


def _write(person: cast.Member, number: int, *, read: int = 0) -> None:
    """Notices of one minute each, the first `read` of them read in the order they came."""
    now = clock.now()
    Notice.objects.bulk_create(
        Notice(
            kind=ASSESSMENT_OPENED.code,
            params={"year": 3000 + n},
            recipient=person.staff,
            created_at=now - timedelta(minutes=number - n),
            read_at=now - timedelta(minutes=read - n) if n < read else None,
        )
        for n in range(number)
    )


def _task(title: str) -> Task:
    return create_task(SYSTEM, NewTask(title=title, post="security_admin", due=clock.today()))


def test_a_duty_is_called_by_its_name_in_the_readers_language(person: cast.Member) -> None:
    """The code stays where the notice leaves the house."""
    notices.notify(DUTY_MISSED, to=[person.staff.id], params=DUTY)
    assert _said(person) == ["职责事项“核验每周备份”应于 2026-10-19 前完成，现已逾期。"]
    english = "Duty “Verify the weekly backup”, due on 2026-10-19, was missed."
    assert _said(person, language="en") == [english]
    body = messages.for_notice(inbox(person)[0], "zh-hans").body
    assert "weekly-backup" in body
    assert "每周" not in body


def test_a_target_of_the_programme_is_called_by_its_name(person: cast.Member) -> None:
    """The scorecard names targets, its own measures among them."""
    facts = {"target": "backup-weekly", "begins": "2026-10-19"}
    notices.notify(TARGET_NOT_MET, to=[person.staff.id], params=facts)
    assert _said(person) == ["指标“每周备份”在 2026-10-19 起的周期内未达标。"]


def test_a_code_without_a_name_stands_as_it_is(person: cast.Member) -> None:
    """A duty or document that was taken away leaves its code in old notices."""
    gone = {"document": "gone-long-ago", "version": "2"}
    notices.notify(DOCUMENT_PUBLISHED, to=[person.staff.id], params=gone)
    assert _said(person) == ["请阅读文件 gone-long-ago 第 2 版并确认已读。"]


def test_a_comment_says_on_which_task(person: cast.Member) -> None:
    """What stands behind the link is named below the sentence, and what a person typed is escaped."""
    task = _task("Look at <b>the</b> log")
    readers.read_all(person.actor)
    link = f"/tasks/{task.id}/"
    notices.notify(COMMENT_ADDED, to=[person.staff.id], link=link)
    assert ABOUT.findall(_page(person))[:1] == ["Look at &lt;b&gt;the&lt;/b&gt; log"]
    assert "Look" not in messages.for_notice(inbox(person)[0], "en").body


def test_who_may_not_open_the_page_reads_no_name_and_no_button(person: cast.Member) -> None:
    """A post can be lost between the notice and the reading of it."""
    task = _task("Only for those who may")
    leaver = cast.hire("machine")
    naked = Notice(
        kind=RISK_ACCEPTANCE_ENDS.code,
        params={"risk": 1, "due": "2026-12-01"},
        link="/risks/01890000-0000-7000-8000-000000000000/",
        recipient=leaver.staff,
    )
    asked = naming.names(leaver.actor, [naked])
    assert (asked.opens(naked), asked.about(naked)) == (False, "")
    naked.link = f"/tasks/{task.id}/"
    assert naming.names(person.actor, [naked]).opens(naked)
    naked.link = "/nowhere/at/all/"
    assert not naming.names(person.actor, [naked]).opens(naked)


def test_a_page_of_many_asks_once_for_each_kind(person: cast.Member) -> None:
    """Fifty notices of three kinds cost as many questions as three do."""

    def asked() -> int:
        browser(person.staff).get("/inbox/")
        client = browser(person.staff)
        with CaptureQueriesContext(connection) as seen:
            client.get("/inbox/")
        return len(seen)

    def tell(number: int) -> None:
        for _turn in range(number):
            task = _task("One of many")
            to = [person.staff.id]
            notices.notify(COMMENT_ADDED, to=to, link=f"/tasks/{task.id}/")
            notices.notify(DUTY_MISSED, to=to, params=DUTY)

    tell(1)
    few = asked()
    tell(20)
    assert asked() == few


def test_unread_stands_before_read_and_the_newest_first(person: cast.Member) -> None:
    """However early or late the older ones were read."""
    _write(person, 6, read=3)
    years = [int(said[:4]) for said in _said(person)]
    assert years == [3005, 3004, 3003, 3002, 3001, 3000]
    page = _page(person)
    assert page.index('data-read="no"') < page.index('data-read="yes"')


def test_a_long_inbox_comes_in_pages_that_keep_their_filter(person: cast.Member) -> None:
    """Reading one on the second page goes back to the second page of the same filter."""
    _write(person, 2 * PAGE_ROWS + 5)
    assert len(_said(person, "/inbox/?group=scorecard")) == PAGE_ROWS
    assert len(_said(person, "/inbox/?group=scorecard&page=3")) == 5
    second = _page(person, "/inbox/?group=scorecard&page=2")
    assert "group=scorecard&amp;page=3" in second
    notice = queries.inbox(person.staff.id)[PAGE_ROWS]
    client = browser(person.staff)
    given = {"shown": "scorecard", "page": "2"}
    answer = client.post(f"/inbox/{notice.id}/read/", given)
    assert answer["Location"] == "/inbox/?group=scorecard&page=2"
    for odd in ("1", "0", "-2", "2&x=1", "//elsewhere.example", "９"):
        answer = client.post("/inbox/read/", {"shown": "scorecard", "page": odd})
        assert answer["Location"] == "/inbox/?group=scorecard"


def test_a_page_of_thousands_reads_no_more_than_itself(person: cast.Member) -> None:
    """The index has the order of the page, so nothing is sorted."""
    _write(person, 3_000, read=2_500)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE notices_notice")
    plan = queries.inbox(UUID(str(person.staff.id)))[:PAGE_ROWS].explain()
    assert "notices_notice_inbox" in plan
    assert "Sort" not in plan
