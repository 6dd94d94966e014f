"""Committees, charters and seats."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, connections, transaction

from tests.access import cast
from tests.console.stage import browser
from tutela.access.errors import PostUnknown
from tutela.base import clock
from tutela.committee import errors, queries
from tutela.committee.actions import committees
from tutela.committee.actions.committees import Appointment, CharterText
from tutela.committee.models import Seat

TEXT = CharterText(zh="# 章程", en="# Charter", quorum_percent=60)


INSERTED = """INSERT INTO committee_seat (committee_id, post_id, role, starts)
    SELECT id, 'auditor', 'member', created_at FROM committee_committee"""


def name(table, member, post, **facts):
    """Name a person for a seat."""
    wanted = Appointment(post=post, person=facts.pop("person", member.staff.login), **facts)
    return committees.name_seat(table.chair.actor, table.committee.id, wanted)


@pytest.fixture
def trainer(table):
    """Somebody who has no seat yet, and has none afterwards."""
    member = cast.hire("hr_trainer", "HQ")
    yield member
    for seat in queries.seats_from(table.committee.id, clock.today()).filter(staff=member.staff):
        committees.end_seat(table.chair.actor, seat.id)


def test_a_person_has_one_seat(table, trainer):
    """And a committee one chair; two people of one post may sit, each named."""
    for member, post, role in (
        (table.it, "system_admin", "member"),
        (trainer, "hr_trainer", "chair"),
    ):
        with pytest.raises(errors.SeatTaken):
            name(table, member, post, role=role)
    second = cast.hire("system_admin", "HQ")
    seat = name(table, second, "system_admin")
    assert queries.holders_of([seat], clock.today())[seat.id] == [second.staff]
    committees.end_seat(table.chair.actor, seat.id)


def test_a_person_is_named_as_they_sign_in(table, trainer):
    """Capitals or not, or by the staff number."""
    for person in (f" {trainer.staff.login.upper()} ", trainer.staff.staff_no):
        seat = name(table, trainer, "hr_trainer", person=person)
        assert seat.staff == trainer.staff
        committees.end_seat(table.chair.actor, seat.id)


def test_an_ended_seat_can_be_named_anew(table, trainer):
    """The next one starts afresh, and what has ended is not ended again."""
    seat = name(table, trainer, "hr_trainer")
    committees.end_seat(table.chair.actor, seat.id)
    again = name(table, trainer, "hr_trainer")
    committees.end_seat(table.chair.actor, again.id)
    with pytest.raises(errors.CommitteeUnknown):
        committees.end_seat(table.chair.actor, again.id)


def test_an_unknown_post_gets_no_seat(table):
    """The sentence of the access room says so."""
    with pytest.raises(PostUnknown):
        name(table, table.clerk, "ghost")


def test_only_a_holder_of_the_post_is_named(table, trainer):
    """By sign-in name or staff number; not a holder of another, nobody who has left, no unknown name."""
    for person in (table.clerk.staff.login, "nobody.here", ""):
        with pytest.raises(errors.SeatPersonUnfit):
            name(table, trainer, "hr_trainer", person=person)
    assert (
        name(table, trainer, "hr_trainer", person=f" {trainer.staff.staff_no} ").staff
        == trainer.staff
    )


def test_a_seat_has_its_days(table, trainer, later):
    """From today or later, up to the day before its end; before and after, it is not counted."""
    today = clock.today()
    for starts, ends in (
        (today - timedelta(days=1), None),
        (today, today),
        (today + timedelta(days=900), None),
    ):
        with pytest.raises((errors.SeatDaysWrong, errors.DateFar)):
            name(table, trainer, "hr_trainer", starts=starts, ends=ends)
    name(
        table, trainer, "hr_trainer", starts=today + timedelta(days=3), ends=today + timedelta(days=9)
    )  # fmt: skip
    sits = []
    for days in (0, 3, 8, 9):
        seats = queries.seats_on(table.committee.id, today + timedelta(days=days))
        sits.append(seats.filter(staff=trainer.staff).exists())
    assert sits == [False, True, True, False]
    with pytest.raises(errors.SeatTaken):
        name(table, trainer, "hr_trainer", starts=today + timedelta(days=5))
    assert trainer.staff not in queries.members(table.committee)


def test_only_who_is_named_is_a_member(table):
    """A second holder of the post is not, and no notice of a meeting reaches them."""
    second = cast.hire("system_admin", "HQ")
    told = queries.members(table.committee)
    assert table.it.staff in told
    assert second.staff not in told
    assert table.clerk.staff not in told


def test_a_seat_is_given_to_nobody_else(table):
    """The database keeps person and post of a seat, and takes no seat without a person."""
    for statement in (
        "UPDATE committee_seat SET staff_id = NULL",
        INSERTED,
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.fixture
def unnamed(table):
    """A seat of an older installation, which names a post only."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE committee_seat DISABLE TRIGGER USER")
        cursor.execute(
            "INSERT INTO committee_seat (committee_id, post_id, role, starts)"
            " VALUES (%s, 'hr_trainer', 'member', %s) RETURNING id",
            [table.committee.id, clock.today() - timedelta(days=30)],
        )
        key = cursor.fetchone()[0]
        cursor.execute("ALTER TABLE committee_seat ENABLE TRIGGER USER")
    return Seat.objects.get(id=key)


def test_a_seat_of_before_stays_until_somebody_is_named(table, trainer, unnamed):
    """It counts and any holder may fill it, as its charter said; none is told; naming a person ends it."""
    today = clock.today()
    assert unnamed in queries.seats_on(table.committee.id, today)
    assert trainer.staff in queries.holders_of([unnamed], today)[unnamed.id]
    assert trainer.staff not in queries.members(table.committee)
    page = browser(table.chair.staff).get(
        f"/committee/{table.committee.id}/", headers={"accept-language": "en"}
    )
    assert "No person named" in page.content.decode()
    named = name(table, trainer, "hr_trainer")
    unnamed.refresh_from_db()
    assert unnamed.ends == today
    seats = queries.seats_on(table.committee.id, today)
    assert named in seats
    assert unnamed not in seats
    assert trainer.staff in queries.members(table.committee)


def test_a_new_charter_has_the_next_number(table):
    """Earlier ones stay."""
    made = committees.change_charter(table.chair.actor, table.committee.id, TEXT)
    assert (made.number, queries.charter(table.committee.id).quorum_percent) == (2, 60)


@pytest.mark.parametrize("charter", [CharterText(zh="", en="x"), CharterText(zh="x", en=" ")])
def test_a_charter_is_in_both_languages(table, charter):
    """One language is half a charter."""
    with pytest.raises(errors.CharterMissing):
        committees.change_charter(table.chair.actor, table.committee.id, charter)


@pytest.mark.parametrize("percent", [49, 101])
def test_a_quorum_is_at_least_half(table, percent):
    """A minority resolves nothing."""
    with pytest.raises(errors.QuorumWrong):
        committees.change_charter(
            table.chair.actor,
            table.committee.id,
            CharterText(zh="x", en="x", quorum_percent=percent),
        )


def test_a_code_is_given_once(table):
    """Two committees do not share one."""
    with pytest.raises(errors.CommitteeExists):
        committees.found_committee(
            table.chair.actor, code=table.committee.code, names=("委", "C"), charter=TEXT
        )


def test_charters_stay_as_they_were_written(table):
    """Raw SQL of the application's role cannot touch them."""
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE committee_charter SET text_en = 'x'")
