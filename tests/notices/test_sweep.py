"""Old notices go: read ones first, unread ones much later, and none that still waits to be sent."""

from datetime import timedelta

import pytest
from django.test import override_settings
from hypothesis import HealthCheck, given
from hypothesis import settings as turns
from hypothesis import strategies as st

from tests.notices.stage import inbox, reader
from tutela.base import clock
from tutela.notices import tasks
from tutela.notices.actions import notices, retention
from tutela.notices.models import Delivery, Notice
from tutela.programme.notice_kinds import TASK_GIVEN

pytestmark = pytest.mark.usefixtures("database")


def told(age: int, read: int | None = None):
    """A notice so many days old, read so many days ago; whoever has it."""
    person = reader()
    notices.notify(TASK_GIVEN, to=[person.staff.id], params={"due": "2026-12-01"})
    now = clock.now()
    # Only the test may move time.
    Notice.objects.filter(recipient=person.staff).update(
        created_at=now - timedelta(days=age),
        read_at=None if read is None else now - timedelta(days=read),
    )
    return person


def test_a_notice_goes_ninety_days_after_it_was_read():
    """Counted from the reading, however old it is."""
    old, fresh = told(200, read=91), told(200, read=89)
    assert tasks.sweep(0) == 1
    assert (len(inbox(old)), len(inbox(fresh))) == (0, 1)


def test_what_nobody_has_read_stays_for_more_than_a_year():
    """Nothing is lost by a long absence."""
    held, old = told(399), told(401)
    assert retention.sweep() == 1
    assert (len(inbox(held)), len(inbox(old))) == (1, 0)


def test_the_days_are_the_companys():
    """A setting each; an unread notice never goes before a read one."""
    retention.sweep()
    held = told(450)
    with override_settings(TUTELA_NOTICES_READ_DAYS=500, TUTELA_NOTICES_UNREAD_DAYS=30):
        assert retention.sweep() == 0
    assert len(inbox(held)) == 1


@pytest.mark.parametrize("state", ["waiting", "sent", "given_up"])
def test_what_waits_to_be_sent_stays(state):
    """With its message; one that is settled goes along."""
    person = told(500)
    (notice,) = inbox(person)
    Delivery.objects.create(notice=notice, way="mail", state=state, next_try=clock.now(), created_at=clock.now())  # fmt: skip
    retention.sweep()
    left = 1 if state == "waiting" else 0
    assert (len(inbox(person)), Delivery.objects.filter(notice_id=notice.id).count()) == (
        left,
        left,
    )


def test_many_go_in_several_turns(monkeypatch):
    """However many there are."""
    for _ in range(5):
        told(500)
    monkeypatch.setattr(retention, "BATCH_ROWS", 2)
    assert retention.sweep() >= 5
    assert retention.sweep() == 0


@turns(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 600), st.none() | st.integers(0, 600))
def test_a_notice_goes_only_when_its_days_are_over(age, read):
    """For every age, read or not."""
    read = None if read is None else min(read, age)
    person = told(age, read)
    retention.sweep()
    over = read >= 90 if read is not None else age >= 400
    assert (not inbox(person)) == over
