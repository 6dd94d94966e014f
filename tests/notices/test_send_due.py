"""Mail and chat robots by real servers: what arrives, what waits, what is never lost."""

from datetime import timedelta

import pytest
from django.test import override_settings

from tests.notices import stage
from tests.notices.stage import inbox, outbox, reader
from tutela.access.actions.people import disable_staff
from tutela.base import clock
from tutela.base.actor import SYSTEM
from tutela.notices import checks, messages, queries, rules, sending
from tutela.notices.actions import channels, deliveries, notices, readers
from tutela.notices.kinds import KINDS, Mail, NoticeKind
from tutela.notices.notice_kinds import PASSWORD_SET
from tutela.programme.notice_kinds import TASK_DUE, TASK_GIVEN

pytestmark = pytest.mark.usefixtures("database")
DUE = {"due": "2026-12-01"}


@pytest.fixture(autouse=True)
def _quiet() -> None:
    stage.settle_all()


def _tell(person, kind: NoticeKind = TASK_GIVEN, **more) -> None:
    notices.notify(kind, to=[person.staff.id], params=DUE, **more)


def _later(monkeypatch: pytest.MonkeyPatch, **wait: int) -> None:
    then = clock.now() + timedelta(**wait)
    monkeypatch.setattr(clock, "now", lambda: then)


def test_a_mail_arrives_with_the_sentence_and_the_link() -> None:
    """In the language the person chose, to nobody else."""
    person = reader()
    with stage.mail_server() as post:
        _tell(person, link="/tasks/7/")
        assert deliveries.send_due() == 1
    assert post.to() == [person.staff.email]
    assert "您有一项新任务，截止日期：2026-12-01。" in post.texts()[0]
    assert ":8443/tasks/7/" in post.texts()[0]
    assert outbox(person)[0].state == "sent"


def test_a_mail_comes_in_english_to_who_wants_english() -> None:
    """The language of the mail is the reader's, not the sender's."""
    person = reader()
    readers.set_reader(person.actor, language="en", every="daily")
    with stage.mail_server() as post:
        _tell(person)
        deliveries.send_due()
    assert "A task has been assigned to you" in post.texts()[0]


def test_nothing_is_sent_twice() -> None:
    """A second run finds nothing to do."""
    person = reader()
    with stage.mail_server() as post:
        _tell(person)
        assert [deliveries.send_due(), deliveries.send_due()] == [1, 0]
    assert len(post.mails) == 1


def test_while_mail_is_down_messages_wait_and_arrive_when_it_is_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The fault is shown with its code, the wait grows, and the message comes through."""
    person, port = reader(), stage.free_port()
    with override_settings(TUTELA_MAIL_URL=stage.mail_url(port)):
        _tell(person)
        assert deliveries.send_due() == 0
    held = outbox(person)[0]
    assert (held.state, held.tries, held.code) == ("waiting", 1, sending.NOT_REACHED)
    assert queries.mail_state().state == "failing"
    with stage.mail_server(port) as post:
        assert deliveries.send_due() == 0, "not before the wait is over"
        _later(monkeypatch, minutes=2)
        assert deliveries.send_due() == 1
    assert post.to() == [person.staff.email]


def test_a_mail_that_fails_for_a_week_is_given_up_and_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is not gone: it stands as given up, the administrator is told, and can try it again."""
    person, admin = reader(), reader("system_admin")
    with override_settings(TUTELA_MAIL_URL=stage.mail_url(stage.free_port())):
        _tell(person)
        for _try in range(rules.MOST_TRIES):
            deliveries.send_due()
            _later(monkeypatch, hours=13)
    assert (outbox(person)[0].state, queries.mail_state().given_up) == ("given_up", 1)
    assert [one.kind for one in inbox(admin)] == ["delivery_failing"]
    with stage.mail_server() as post:
        assert channels.retry_outbox(admin.actor) == 1
        assert deliveries.send_due() == 1
    assert post.to() == [person.staff.email]


def test_one_address_that_is_refused_does_not_stop_the_others() -> None:
    """The fault stays with its own message."""
    bad, good = reader(), reader()
    with stage.mail_server() as post:
        post.refused.add(bad.staff.email)
        _tell(bad)
        _tell(good)
        assert deliveries.send_due() == 1
    assert post.to() == [good.staff.email]
    assert outbox(bad)[0].code == sending.NOT_TAKEN


def test_a_closed_mail_server_costs_a_few_tries_only() -> None:
    """What waits behind the first faults keeps its tries for when the server is back."""
    people = [reader() for _ in range(6)]
    with override_settings(TUTELA_MAIL_URL=stage.mail_url(stage.free_port())):
        for person in people:
            _tell(person)
        deliveries.send_due()
    assert sum(outbox(person)[0].tries for person in people) == 3


def test_a_worker_that_dies_while_sending_leaves_the_message_in_the_outbox(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is claimed for some minutes only; then another worker takes it."""
    person = reader()

    def die(*_args: object) -> str:
        raise KeyboardInterrupt

    with stage.mail_server() as post:
        _tell(person)
        with monkeypatch.context() as patched:
            patched.setattr(sending, "send", die)
            with pytest.raises(KeyboardInterrupt):
                deliveries.send_due()
        assert deliveries.send_due() == 0
        _later(monkeypatch, minutes=6)
        assert deliveries.send_due() == 1
    assert post.to() == [person.staff.email]


def test_a_digest_is_one_mail_without_what_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three notices, one read meanwhile: one mail the next morning with two lines."""
    person = reader()
    with stage.mail_server() as post:
        for number in (1, 2, 3):
            _tell(person, TASK_DUE, link=f"/tasks/{number}/")
        assert (deliveries.send_due(), deliveries.digest()) == (0, 0)
        readers.read(person.actor, inbox(person)[0].id)
        _later(monkeypatch, hours=25)
        assert (deliveries.send_due(), deliveries.digest(), deliveries.digest()) == (0, 1, 0)
    assert post.texts()[0].count("您有一项任务将于 2026-12-01 到期。") == 2
    assert messages.for_digest(list(inbox(person)[:2]), "zh-hans").title == "Tutela · 2 条通知"
    assert sorted(one.state for one in outbox(person)) == ["sent", "sent", "unneeded"]


def test_who_has_left_is_sent_nothing_that_still_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the message that waits for the mail server nor the digest of tomorrow."""
    person = reader()
    with stage.mail_server() as post:
        for mail in (Mail.NOW, Mail.DIGEST):
            readers.set_preference(person.actor, TASK_GIVEN, mail)
            _tell(person)
        assert [one.digest for one in outbox(person)] == [False, True]
        disable_staff(SYSTEM, person.staff)
        _later(monkeypatch, days=2)
        assert [deliveries.send_due(), deliveries.digest()] == [0, 0]
    assert post.to() == []
    assert {one.state for one in outbox(person)} == {"unneeded"}


def test_each_person_chooses_for_each_kind() -> None:
    """At once, in the digest, or never by mail; the inbox has it in any case."""
    person = reader()
    with stage.mail_server() as post:
        for mail in (Mail.NEVER, Mail.DIGEST, Mail.NOW):
            readers.set_preference(person.actor, TASK_GIVEN, mail)
            _tell(person)
        assert deliveries.send_due() == 1
    assert len(post.mails) == 1
    assert [one.digest for one in outbox(person)] == [True, False]
    assert len(inbox(person)) == 3


def test_a_robot_is_told_once_and_only_of_its_groups() -> None:
    """However many people are told: it speaks to a room."""
    admin, people = reader("system_admin"), [reader(), reader()]
    with stage.chat() as room:
        channels.add_channel(
            admin.actor, name="Duty room", address=room.address, groups=["work"], language="en"
        )
        told = [one.staff.id for one in people]
        notices.notify(TASK_GIVEN, to=told, params=DUE)
        notices.notify(PASSWORD_SET, to=told)
        assert deliveries.send_due() == 1
    assert [one["message"] for one in room.said] == [
        "A task has been assigned to you; due 2026-12-01."
    ]
    assert "Tutela" in room.said[0]["title"]


def test_no_message_of_any_kind_holds_a_value(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every kind goes out to a real server; the texts hold only what their facts are."""
    person = reader()
    sample = {"count": 7, "code": "isms-built", "day": "2026-11-22"}
    with stage.mail_server() as post:
        for kind in KINDS.values():
            readers.set_preference(person.actor, kind, Mail.NOW)
            facts = {name: sample[shape] for name, shape in kind.params.items()}
            notices.notify(kind, to=[person.staff.id], params=facts)
        assert deliveries.send_due() == len(KINDS)
    for text in post.texts():
        for canary in (person.staff.name, person.staff.staff_no, "canary"):
            assert canary not in text


@pytest.mark.parametrize("server", ["mailto://[half", "nonsense", "mailto://"])
def test_a_mail_server_that_cannot_be_read_is_a_fault_with_a_code(server: str) -> None:
    """The message waits for the setting to be mended; nothing breaks."""
    person = reader()
    with override_settings(TUTELA_MAIL_URL=server):
        _tell(person)
        assert deliveries.send_due() == 0
    held = outbox(person)[0]
    assert (held.state, held.code) == ("waiting", sending.ADDRESS_UNREADABLE)


def test_a_way_that_breaks_in_the_library_is_a_fault_like_any_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No message of one person holds up those of the others."""
    person = reader()
    monkeypatch.setattr(sending, "_robot", lambda _address: object())
    with override_settings(TUTELA_MAIL_URL="mailto://a.example"):
        _tell(person)
        assert deliveries.send_due() == 0
    assert outbox(person)[0].code == sending.NOT_TAKEN


def test_the_system_itself_may_not_touch_the_channels() -> None:
    """Channels are a person's act, with a leaf that names the person."""
    from tutela.access.errors import PermissionMissing

    with pytest.raises(PermissionMissing):
        channels.retry_outbox(SYSTEM)


def test_the_doctor_tells_of_notices_that_nobody_sends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Due for a quarter of an hour: the worker is gone."""
    person = reader()
    with stage.mail_server():
        _tell(person)
        assert checks.notices_outbox().state == "good"
        _later(monkeypatch, minutes=20)
        told = checks.notices_outbox()
        assert (told.state, "1" in told.sentence) == ("warning", True)
        deliveries.send_due()
        assert checks.notices_outbox().state == "good"
