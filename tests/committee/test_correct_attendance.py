"""Attendance is put right: a new record beside the old, two people once the minutes are closed."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as some

from tests.access import cast
from tests.committee.conftest import Table
from tutela.access.models import Staff
from tutela.base import clock
from tutela.base.readings import Ask
from tutela.committee import errors, queries, rules
from tutela.committee.actions import committees, corrections, meetings, resolutions
from tutela.committee.models import Meeting
from tutela.committee.rules import Votes
from tutela.scorecard import system
from tutela.trail import queries as trail

ONE, TWO = ("security_admin",), ("security_admin", "compliance_officer")
ALL = (*TWO, "system_admin")
ADDED = """INSERT INTO committee_attendance (meeting_id, number, seat_id, staff_id)
    SELECT meeting_id, {}, %(seat)s, %(who)s FROM committee_correction WHERE id = %(one)s"""


def correct(table: Table, meeting: Meeting, *posts: str, reason: str = "Left early", by=None):
    actor = (by or table.chair).actor
    return corrections.correct_attendance(actor, meeting.id, table.present(*posts), reason)


def close(table: Table, meeting: Meeting) -> None:
    meetings.write_minutes(table.chair.actor, meeting.id, "All is well.")
    meetings.close_meeting(table.chair.actor, meeting.id)


def resolve(table: Table, meeting: Meeting, yes: int):
    day = clock.today() + timedelta(days=9)
    facts = {"text": "Resolve", "owner": "system_admin", "due": day, "votes": Votes(yes=yes)}
    return resolutions.pass_resolution(
        table.chair.actor, meeting.id, resolutions.NewResolution(**facts)
    )


def proofs(known=None):
    """The moments of the meetings that `isms-built` counts, as was known at a moment."""
    day = clock.today()
    ask = Ask(target="isms-built", begins=day, ends=day + timedelta(days=2), known=known)
    return system._moments(system._facts(), ask)["committee"]


def flaws(meeting: Meeting) -> list[str]:
    return [one.flaw for one in queries.resolutions(meeting.resolutions.order_by("number"))]


def test_a_correction_counts_at_once_and_the_first_record_stays(table, held):
    """Two records, of which the newer one counts."""
    correct(table, held, *ALL, reason="Came late")
    newer, first = queries.records(held)
    assert queries.record(held).count() == 3
    assert (newer.state, len(newer.attendance), newer.correction.reason) == (
        "in_force",
        3,
        "Came late",
    )
    assert (first.state, len(first.attendance)) == ("replaced", 2)


def test_everybody_can_turn_out_to_have_been_absent(table, held):
    """An empty record counts as one, and is not taken for none."""
    correct(table, held)
    assert queries.record(held).count() == 0
    assert Meeting.objects.counted().get(id=held.id).present == 0


def test_the_quorum_follows_the_correction_both_ways(table, held):
    """Nothing is resolved without it, and again with it."""
    correct(table, held, *ONE)
    with pytest.raises(errors.QuorumMissing):
        resolve(table, held, yes=1)
    correct(table, held, *TWO)
    assert resolve(table, held, yes=2).number == 1


def test_evidence_and_rhythm_follow_the_correction(table, held):
    """A meeting that turns out to have had no quorum is no proof that the committee works."""
    assert held.at in proofs()
    correct(table, held, *ONE)
    assert held.at not in proofs()
    assert queries.rhythm(table.committee).last != held.at
    correct(table, held, *TWO)
    assert held.at in proofs()


def test_a_past_board_keeps_what_was_known_then(table, held, later):
    """A correction does not rewrite what the scorecard had shown before it."""
    moments = [clock.now()]
    for posts in (ONE, TWO):
        later(1)
        correct(table, held, *posts)
        moments.append(clock.now())
    assert [held.at in proofs(known) for known in moments] == [True, False, True]


def test_resolutions_stay_with_a_mark_when_the_quorum_goes(table, held):
    """The truth is recorded; what was resolved on a wrong record is shown for what it is."""
    resolve(table, held, yes=2)
    assert flaws(held) == [""]
    correct(table, held, *ONE)
    assert flaws(held) == ["quorum"]
    correct(table, held, *TWO)
    assert flaws(held) == [""]


def test_more_votes_than_seats_are_marked_too(table, later):
    """Three voted, two were there: the quorum stands, the count of votes does not."""
    meeting = table.call(clock.now() + timedelta(hours=1))
    later(2)
    meetings.hold_meeting(table.chair.actor, meeting.id, table.present(*ALL))
    resolve(table, meeting, yes=3)
    correct(table, meeting, *TWO)
    assert flaws(meeting) == ["votes"]


def test_the_leaf_holds_counts_and_ids_and_no_word_in_clear(table, held):
    """Before, after, quorum; whose presence changed by id; the reason sealed."""
    resolve(table, held, yes=2)
    correct(table, held, *ONE, reason="Secret words")
    (leaf,) = trail.leaves(trail.LeafFilter(event="governance.meeting.corrected"), limit=1)
    said = {name: leaf.detail[name] for name in ("before", "after", "quorum", "resolutions")}
    assert said == {"before": 2, "after": 1, "quorum": 2, "resolutions": 1}
    assert ("staff", str(table.compliance.staff.id)) in {tuple(one) for one in leaf.subjects}
    assert "Secret" not in str(leaf)


@pytest.mark.parametrize(
    ("posts", "reason", "refused"),
    [(ONE, " ", errors.TextMissing), (TWO, "Nothing is new", errors.AttendanceSame)],
)
def test_a_correction_says_something_new_and_why(table, held, posts, reason, refused):
    """Each with its sentence, and no record is written."""
    with pytest.raises(refused):
        correct(table, held, *posts, reason=reason)
    assert not held.corrections.exists()


def test_only_the_person_named_is_added_also_when_they_have_left_since(table, held):
    """Neither a clerk nor a colleague of the same post ever sat there; the named one who has gone did."""
    seat, colleague = table.seats["system_admin"].id, cast.hire("system_admin", "HQ")
    for other in (table.clerk, colleague):
        with pytest.raises(errors.SeatNotHeld):
            corrections.correct_attendance(
                table.chair.actor, held.id, {seat: other.staff.id}, "Wrong person"
            )
    Staff.objects.filter(id=table.it.staff.id).update(is_active=False)
    try:
        who = {**table.present(*TWO), seat: table.it.staff.id}
        corrections.correct_attendance(table.chair.actor, held.id, who, "Was there, has left")
        assert queries.record(held).filter(staff=table.it.staff).exists()
    finally:
        Staff.objects.filter(id=table.it.staff.id).update(is_active=True)


def test_a_seat_named_after_the_meeting_does_not_grow_it(table, later):
    """Three seats were counted: a fourth of the same day cannot be filled beside them."""
    meeting = table.call(clock.now() + timedelta(seconds=1))
    later(0.01)
    meetings.hold_meeting(table.chair.actor, meeting.id, table.present(*ALL))
    trainer = cast.hire("hr_trainer", "HQ")
    seat = committees.name_seat(
        table.chair.actor,
        table.committee.id,
        committees.Appointment(post="hr_trainer", person=trainer.staff.login),
    )
    who = {**table.present(*ALL), seat.id: trainer.staff.id}
    try:
        with pytest.raises(errors.SeatsExceeded):
            corrections.correct_attendance(table.chair.actor, meeting.id, who, "One more")
    finally:
        committees.end_seat(table.chair.actor, seat.id)


def test_a_called_or_cancelled_meeting_has_nothing_to_correct(table):
    """Record first."""
    meeting = table.call(clock.now() + timedelta(hours=1))
    with pytest.raises(errors.AttendanceMissing):
        correct(table, meeting, *ONE)
    meetings.cancel_meeting(table.chair.actor, meeting.id, "Holiday")
    with pytest.raises(errors.StateWrong):
        correct(table, meeting, *ONE)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE committee_correction SET reason = 'x' WHERE id = %(one)s",
        "UPDATE committee_correction SET signed_at = now() WHERE id = %(one)s",
        "DELETE FROM committee_correction WHERE id = %(one)s",
        ADDED.format(1),
        ADDED.format(7),
        "DELETE FROM committee_attendance",
    ],
)
def test_the_database_keeps_every_record(table, held, statement):
    """A signed correction neither changes nor grows nor goes, whatever SQL the application sends."""
    one = correct(table, held, *ONE)
    seat, who = next(iter(table.present("system_admin").items()))
    facts = {"one": one.id, "seat": seat, "who": who}
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, facts)


def test_the_database_takes_a_first_record_once(table, held):
    """It cannot grow afterwards: that would change the quorum without a correction."""
    seat, who = next(iter(table.present("system_admin").items()))
    for number in (0, -1):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO committee_attendance (meeting_id, number, seat_id, staff_id)"
                " VALUES (%s, %s, %s, %s)",
                [held.id, number, seat, who],
            )
    assert queries.record(held).count() == 2


counts = some.integers(0, 9)


@given(present=counts, wanted=counts, votes=counts)
def test_a_resolution_is_carried_by_quorum_and_seats_or_is_marked(present, wanted, votes):
    """No mark exactly when the rule for resolving would still let it pass."""
    mark = rules.flaw(present, wanted, votes)
    assert (mark == "") == (present >= wanted and votes <= present)
    assert (mark == "quorum") == (present < wanted)
