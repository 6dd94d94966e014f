"""Who is told, what stands in the inbox, and whose inbox it is."""

from uuid import uuid4

import pytest
from django.db import connection, transaction

from tests.access import cast
from tests.notices.stage import inbox, outbox, reader
from tutela.access.actions.people import disable_staff
from tutela.access.errors import SignInNeeded
from tutela.base.actor import ANONYMOUS, SYSTEM
from tutela.notices import queries
from tutela.notices.actions import notices, readers
from tutela.notices.errors import NoticeMissing, ParamsRefused
from tutela.notices.notice_kinds import PASSWORD_SET
from tutela.programme.notice_kinds import TASK_DUE, TASK_GIVEN

pytestmark = pytest.mark.usefixtures("database")
DUE = {"due": "2026-12-01"}


def test_people_are_told_by_id_and_by_post_each_once() -> None:
    """Who is named and holds the post as well gets one notice."""
    named, holder = reader("hr_trainer"), reader("auditor")
    count = notices.notify(
        TASK_GIVEN,
        to={named.staff.id, holder.staff.id} | queries.post_holders(["auditor"]),
        params=DUE,
    )
    assert count == 2
    assert [len(inbox(one)) for one in (named, holder)] == [1, 1]


def test_disabled_people_machines_and_unknown_ids_are_not_told() -> None:
    """Nobody reads their inbox."""
    gone, machine = reader(), cast.hire("machine")
    disable_staff(SYSTEM, gone.staff)
    told = [gone.staff.id, machine.staff.id, uuid4()]
    assert notices.notify(TASK_GIVEN, to=told, params=DUE) == 0


def test_with_once_nobody_is_told_twice_until_it_is_read() -> None:
    """A reminder that runs every day does not fill the inbox."""
    person = reader()
    tell = {"to": [person.staff.id], "params": DUE, "link": "/tasks/1/", "once": True}
    assert [notices.notify(TASK_DUE, **tell) for _ in range(2)] == [1, 0]
    readers.read(person.actor, inbox(person)[0].id)
    assert notices.notify(TASK_DUE, **tell) == 1


def test_what_waits_for_nobody_any_more_is_settled() -> None:
    """Of the kinds and the page named, of all or of the people named; the rest stays unread."""
    one, other = reader(), reader()
    tell = {"to": [one.staff.id, other.staff.id], "params": DUE}
    for link in ("/tasks/settled/", "/tasks/kept/"):
        notices.notify(TASK_DUE, link=link, **tell)
    notices.notify(TASK_GIVEN, link="/tasks/settled/", **tell)
    assert notices.settle(TASK_DUE, link="/tasks/settled/", to=[one.staff.id]) == 1
    assert notices.settle(TASK_DUE, link="/tasks/settled/") == 1
    left = sorted((notice.kind, notice.link) for notice in inbox(other) if not notice.read_at)
    assert left == [("task_due", "/tasks/kept/"), ("task_given", "/tasks/settled/")]


def test_an_act_that_is_undone_tells_nobody() -> None:
    """The notice is part of the caller's transaction."""
    person = reader()
    with transaction.atomic():
        notices.notify(TASK_GIVEN, to=[person.staff.id], params=DUE)
        transaction.set_rollback(True)
    assert inbox(person) == []


def test_a_customers_value_is_refused_and_nothing_is_kept() -> None:
    """Not in the table, not in the error."""
    person = reader()
    with pytest.raises(ParamsRefused) as refused:
        notices.notify(TASK_GIVEN, to=[person.staff.id], params={"due": "13800138017"})
    assert "13800138017" not in refused.value.text()
    assert inbox(person) == []


def test_without_a_mail_server_nothing_waits_in_the_outbox() -> None:
    """The inbox has everything, and a server set up later sends no flood of old news."""
    person = reader()
    notices.notify(TASK_GIVEN, to=[person.staff.id], params=DUE)
    assert (len(inbox(person)), outbox(person)) == (1, [])


def test_the_bell_counts_what_is_unread_and_reading_takes_it_away() -> None:
    """One by one, by group, or everything."""
    person = reader()
    for kind, facts in (
        (TASK_GIVEN, DUE),
        (TASK_DUE, DUE),
        (PASSWORD_SET, {}),
    ):
        notices.notify(kind, to=[person.staff.id], params=facts)
    counts = [queries.unread(person.staff.id)]
    readers.read(person.actor, inbox(person)[0].id)
    counts.append(queries.unread(person.staff.id))
    assert readers.read_all(person.actor, "work") == 1
    assert readers.read_all(person.actor) == 1
    assert [*counts, queries.unread(person.staff.id)] == [3, 2, 0]


def test_nobody_reads_what_another_person_is_told() -> None:
    """An id of somebody else's notice is as good as none."""
    person, other = reader(), reader()
    notices.notify(TASK_GIVEN, to=[person.staff.id], params=DUE)
    notice = inbox(person)[0].id
    with pytest.raises(NoticeMissing):
        readers.read(other.actor, notice)
    with pytest.raises(SignInNeeded):
        readers.read(ANONYMOUS, notice)
    assert readers.read_all(other.actor) == 0
    assert queries.unread(person.staff.id) == 1


def test_telling_a_thousand_people_takes_few_statements() -> None:
    """The number of statements does not grow with the number of people."""
    people_told = [reader().staff.id for _ in range(5)]
    counted: list[int] = []
    for some in (people_told[:1], people_told):
        sent: list[str] = []

        def note(execute, sql, params, many, context, sent=sent):
            sent.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            notices.notify(TASK_GIVEN, to=some, params=DUE)
        counted.append(len(sent))
    assert counted[0] == counted[1] <= 8
