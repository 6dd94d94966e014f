"""A feed that falls silent is told of once, and the doctor says so until it sends again."""

from datetime import timedelta

import pytest

from tests.feeds.conftest import HEADER, at, local
from tutela.base import clock
from tutela.base.readings import BESIDE
from tutela.feeds import checks, queries
from tutela.feeds.actions import feeds, records, silence
from tutela.feeds.models import Feed
from tutela.feeds.rules import State
from tutela.notices.models import Notice
from tutela.scorecard import registry


@pytest.fixture
def later(monkeypatch):
    def move(minutes: float) -> None:
        when = clock.now() + timedelta(minutes=minutes)
        monkeypatch.setattr(clock, "now", lambda: when)

    return move


def state(feed):
    return queries.state_of(Feed.objects.get(id=feed.id), clock.now())


def test_a_system_that_never_sent_is_missing_and_then_silent(ground, later):
    """From its registration on it has as long as it said."""
    feed = ground.register("never-sent")
    assert state(feed) is State.NEVER
    (line,) = [row for row in registry.beside("access-log-kept") if row.id == feed.name]
    assert line.facts["sending"] == "never"
    assert silence.tell_silent() == 0
    later(61)
    assert state(feed) is State.SILENT
    assert checks.feeds_sending().state == "bad"
    assert silence.tell_silent() == 1
    assert silence.tell_silent() == 0
    notice = Notice.objects.get(kind="feed_silent", recipient_id=ground.manager.actor.id)
    assert notice.params == {"feed": feed.name, "minutes": 60}
    feeds.close_feed(ground.manager.actor, feed.name)
    assert state(feed) is State.CLOSED


def test_a_record_ends_the_silence_and_the_next_is_told_again(ground, later):
    """What only repeats is no sign of life."""
    feed = ground.register("comes-back")
    text = f"{HEADER}\n{local(at())},u1,C00001,,,,1\n"
    ground.deliver(feed, text)
    assert state(feed) is State.SENDING
    assert silence.tell_silent() == 0
    Feed.objects.filter(id=feed.id).update(received_at=clock.now() - timedelta(minutes=61))
    assert silence.tell_silent() == 1
    assert ground.deliver(feed, text).doubled == 1
    assert state(feed) is State.SILENT
    ground.deliver(feed, f"{HEADER}\n{local(at(0.5))},u1,C00001,,,,2\n")
    assert state(feed) is State.SENDING
    Feed.objects.filter(id=feed.id).update(received_at=clock.now() - timedelta(minutes=61))
    assert silence.tell_silent() == 1
    feeds.close_feed(ground.manager.actor, feed.name)


def test_missing_numbers_are_a_warning(ground):
    """All send, but not all came."""
    feed = ground.register("with-holes")
    ground.deliver(
        feed, f"{HEADER}\n{local(at())},u1,C00001,,,,1\n{local(at(0.9))},u1,C00001,,,,9\n"
    )
    found = checks.feeds_sending()
    assert (found.state, feed.name in found.sentence) == ("warning", True)


def test_what_is_too_old_to_come_again_is_forgotten(ground, monkeypatch):
    """400 days, as long as a record is taken."""
    feed = ground.register("old-ones")
    text = f"{HEADER}\n{local(at(24 * 399))},u1,C00001,,,,1\n"
    ground.deliver(feed, text)
    assert records.forget_records() == 0
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=4))
    assert records.forget_records() >= 1
    assert "access-log-kept" in BESIDE
