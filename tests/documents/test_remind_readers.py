"""Who has not read the version in force is shown by department, and asked again."""

from datetime import date, timedelta

import pytest

from tests.console.stage import browser, text
from tests.documents import steps
from tutela.access.errors import PermissionMissing
from tutela.base import clock
from tutela.documents import queries, rules
from tutela.documents.actions import readings, reminders
from tutela.documents.errors import StateWrong
from tutela.notices.models import Notice
from tutela.trail.queries import LeafFilter, leaves


@pytest.fixture
def published(people):
    version = steps.published(people)
    Notice.objects.update(read_at=clock.now())
    return version


def asked(version) -> int:
    link = f"/documents/{version.document_id}/"
    return Notice.objects.filter(kind="document_unread", link=link).count()


def test_only_those_who_have_not_read_are_asked_and_once(people, published) -> None:
    """Whoever has confirmed is left alone; an unread reminder is not doubled; a leaf counts them."""
    readings.attest(people.clerk.actor, published.id)
    told = reminders.remind_readers(people.drafter.actor, published.id)
    assert told == queries.staff_count() - 1 == asked(published)
    mine = Notice.objects.filter(kind="document_unread", recipient=people.clerk.staff)
    assert not mine.filter(link=f"/documents/{published.document_id}/").exists()
    assert reminders.remind_readers(people.drafter.actor, published.id) == 0
    assert leaves(LeafFilter(event="governance.document.reminded"))[1].detail["rows"] == told


def test_a_clerk_reminds_nobody_and_a_draft_is_not_read(people, published) -> None:
    """Only whoever publishes asks people, and only for what is in force."""
    with pytest.raises(PermissionMissing):
        reminders.remind_readers(people.clerk.actor, published.id)
    with pytest.raises(StateWrong):
        reminders.remind_readers(people.drafter.actor, steps.drafted(people).id)


def test_every_week_the_product_asks_by_itself(people, published, monkeypatch) -> None:
    """On the seventh day, not before."""
    counts = []
    for days in (0, 6, 7):
        reminders.remind_all_readers(clock.today() + timedelta(days=days))
        counts.append(asked(published))
    assert counts == [0, 0, queries.staff_count()]


@pytest.mark.parametrize(
    ("days", "due"), [(0, False), (1, False), (7, True), (8, False), (14, True)]
)
def test_a_week_is_over_on_its_day(days: int, due: bool) -> None:
    """Whole weeks only, across a leap day as well."""
    since = date(2028, 2, 25)
    assert rules.week_is_over(since, since + timedelta(days=days)) is due


def test_departments_are_counted_with_names(people, published) -> None:
    """Read plus still to read is everybody; the page names them for those who work on documents."""
    readings.attest(people.clerk.actor, published.id)
    found = queries.readers_by_department(published.id)
    assert sum(one.people for one in found) == queries.staff_count()
    assert sum(one.read for one in found) == 1
    address = f"/documents/{published.document_id}/versions/1/readers/"
    page = text(browser(people.drafter.staff).get(address))
    assert people.auditor.staff.name in page
    assert browser(people.clerk.staff).get(address).status_code == 403


def test_the_button_reminds_and_says_how_many(people, published) -> None:
    """The second press says that nobody new is left."""
    client = browser(people.drafter.staff)
    client.cookies["django_language"] = "en"
    address = f"/documents/versions/{published.id}/remind/"
    assert "People reminded:" in text(client.post(address, follow=True))
    assert "No one to remind" in text(client.post(address, follow=True))
