"""Committees, charters and seats."""

import pytest
from django.db import DatabaseError, connection, transaction

from tests.access import cast
from tutela.access.errors import PostUnknown
from tutela.committee import errors, queries
from tutela.committee.actions import committees
from tutela.committee.actions.committees import CharterText

TEXT = CharterText(zh="# 章程", en="# Charter", quorum_percent=60)


def test_a_post_has_one_seat(table):
    """And a committee one chair."""
    for post, role in (("system_admin", "member"), ("auditor", "chair")):
        with pytest.raises(errors.SeatTaken):
            committees.name_seat(table.chair.actor, table.committee.id, post=post, role=role)


def test_an_ended_seat_can_be_named_anew(table):
    """The next holder of the post starts afresh."""
    seat = committees.name_seat(table.chair.actor, table.committee.id, post="hr_trainer")
    committees.end_seat(table.chair.actor, seat.id)
    again = committees.name_seat(table.chair.actor, table.committee.id, post="hr_trainer")
    committees.end_seat(table.chair.actor, again.id)
    with pytest.raises(errors.CommitteeUnknown):
        committees.end_seat(table.chair.actor, again.id)


def test_an_unknown_post_gets_no_seat(table):
    """The sentence of the access room says so."""
    with pytest.raises(PostUnknown):
        committees.name_seat(table.chair.actor, table.committee.id, post="ghost")


def test_whoever_holds_the_post_fills_the_seat(table):
    """A second holder is a member at once."""
    second = cast.hire("system_admin", "HQ")
    assert second.staff in queries.members(table.committee)
    assert table.clerk.staff not in queries.members(table.committee)


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
