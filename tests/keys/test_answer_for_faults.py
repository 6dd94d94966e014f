"""Faults of the log are over when two people in charge have answered for them, and not before."""

from uuid import uuid4

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from tests.access import cast
from tests.trail.conftest import query
from tutela.access.actions.people import disable_staff
from tutela.access.errors import PermissionMissing
from tutela.base import ids
from tutela.base.actor import SYSTEM
from tutela.base.free_text import CustomerValueInText
from tutela.keys import fault_answers, trail_check
from tutela.keys.trail_check import Mark
from tutela.notices.models import Notice
from tutela.trail import errors, queries
from tutela.trail.queries import LeafFilter

pytestmark = pytest.mark.usefixtures("database")
FOUND = "A tile was changed by hand during the move of the server, case 2026-3"


@pytest.fixture(scope="module")
def crew(database):
    cast.plant_branches()
    return {
        post: cast.hire(post)
        for post in ("compliance_officer", "security_admin", "auditor", "service_agent")
    }


@pytest.fixture
def officers(crew):
    return crew["compliance_officer"].actor, crew["security_admin"].actor


def break_tree(index, kind="root"):
    query("SELECT trail.report_fault(%s, 1::smallint, %s::bigint, NULL)", kind, index)


def standing():
    return query("SELECT kind, index FROM trail.fault WHERE ended_at IS NULL ORDER BY since")


def told(kind, *, unread=True):
    rows = Notice.objects.filter(kind=kind, read_at__isnull=unread)
    return {str(key) for key in rows.values_list("recipient_id", flat=True)}


def test_one_person_says_it_and_another_confirms_it(officers):
    """Both are in the trail, the second one is told, and only the second word ends the fault."""
    first, second = officers
    break_tree(7)
    key = fault_answers.propose(first, FOUND)
    assert standing() == [("root", 7)]
    assert second.id in told("acknowledgement_waits")
    assert first.id not in told("acknowledgement_waits")
    with pytest.raises(errors.ProposalDecided):
        fault_answers.propose(second, FOUND)
    with pytest.raises(errors.ProposalSamePerson):
        fault_answers.approve(first, key)
    assert standing() == [("root", 7)]
    assert fault_answers.approve(second, key) == 1
    assert standing() == []
    assert told("acknowledgement_waits") == set()
    assert first.id in told("trail_decision_made")
    said, done = (
        queries.leaves(LeafFilter(event=f"trail.fault.{name}", outcome="allow"))[0]
        for name in ("acknowledgement_proposed", "acknowledged")
    )
    assert (said.actor_id, done.actor_id) == (first.id, second.id)
    assert said.detail["joint_request"] == done.detail["joint_request"] == str(key)
    assert (done.detail["fault"], done.detail["leaf_index"], done.detail["rows"]) == ("root", 7, 1)
    (tried,) = queries.leaves(LeafFilter(event="trail.fault.acknowledged", outcome="deny"))
    assert (tried.actor_id, tried.code) == (first.id, "trail.proposal_same_person")


def test_a_fault_that_came_after_the_first_word_stands(officers):
    """Nobody confirms what nobody has looked at."""
    first, second = officers
    break_tree(11)
    key = fault_answers.propose(first, FOUND)
    break_tree(12, "chain")
    assert fault_answers.approve(second, key) == 1
    assert standing() == [("chain", 12)]
    fault_answers.approve(first, fault_answers.propose(second, FOUND))


def test_what_is_rejected_or_withdrawn_ends_nothing(officers):
    """And may be proposed again."""
    first, second = officers
    break_tree(21)
    fault_answers.reject(second, fault_answers.propose(first, FOUND))
    fault_answers.reject(first, fault_answers.propose(first, FOUND))
    assert standing() == [("root", 21)]
    key = fault_answers.propose(first, FOUND)
    fault_answers.approve(second, key)
    with pytest.raises(errors.ProposalDecided):
        fault_answers.approve(second, key)
    with pytest.raises(errors.ProposalUnknown):
        fault_answers.approve(second, uuid4())


def test_bad_words_are_refused_with_their_reason(crew, officers):
    """No fault, no reason, a customer's number, other faults than were read, and who may not."""
    first, _second = officers
    with pytest.raises(errors.NoFaultStands):
        fault_answers.propose(first, FOUND)
    break_tree(31)
    with pytest.raises(errors.ReasonMissing):
        fault_answers.propose(first, "  ")
    with pytest.raises(CustomerValueInText):
        fault_answers.propose(first, "Asked 13800138000")
    with pytest.raises(errors.FaultsChanged):
        fault_answers.propose(first, FOUND, seen=2)
    for who in (crew["auditor"].actor, SYSTEM):
        with pytest.raises(PermissionMissing):
            fault_answers.propose(who, FOUND)
    with pytest.raises(PermissionMissing):
        fault_answers.standing(crew["service_agent"].actor)
    assert fault_answers.standing(crew["auditor"].actor).answerable == 1


def test_the_word_of_somebody_who_has_left_counts_no_more(officers):
    """It is rejected, and said by somebody else."""
    gone = cast.hire("compliance_officer")
    key = fault_answers.propose(gone.actor, FOUND)
    disable_staff(SYSTEM, gone.staff)
    with pytest.raises(errors.ProposerGone):
        fault_answers.approve(officers[1], key)
    fault_answers.reject(officers[1], key)
    fault_answers.approve(officers[0], fault_answers.propose(officers[1], FOUND))


def refused(words, statement, values):
    with (
        pytest.raises(DatabaseError, match=words),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)


def test_the_database_itself_asks_for_both_leaves(officers):
    """Not a row, not a leaf of one, not the old function: nothing else ends a fault."""
    first, second = officers
    break_tree(41)
    assert query("SELECT trail.end_fault('root', %s)", ids.uuid7()) == [(0,)]
    key = fault_answers.propose(first, FOUND)
    decide = "SELECT trail.decide_proposal(%s, 'approved', %s, %s)"
    refused("proposal_same_person", decide, [key, first.id, ids.uuid7()])
    refused("proposal_untraced", decide, [key, second.id, ids.uuid7()])
    refused("permission denied", "UPDATE trail.proposal SET proposed_by = 'x'", [])
    refused("permission denied", "UPDATE trail.fault SET ended_at = since", [])
    early = "INSERT INTO trail.proposal (id, kind, reason, proposed_by, proposed_leaf, proposed_at) VALUES (%s, 'lift', 'x', 'x', %s, '2026-01-01')"
    refused("permission denied", early, [ids.uuid7(), ids.uuid7()])
    assert standing() == [("root", 41)]
    fault_answers.approve(second, key)


def test_a_database_that_was_put_back_is_answered_for_in_the_same_way(officers):
    """Its marks until then are forgotten; those that the database still has stay."""
    first, second = officers
    path = settings.TUTELA_HOME / trail_check.NAME
    newest = queries.leaves(LeafFilter(), limit=1)[0]
    kept = Mark(at="2026-03-01T02:00:00+00:00", leaf=str(newest.id),
                hash=queries.hash_of(newest.id).hex(), leaves=3)  # fmt: skip
    lost = Mark(at="2026-03-02T02:00:00+00:00", leaf=str(ids.uuid7()), hash="00" * 32, leaves=9)
    trail_check._write([kept, lost])
    found = fault_answers.standing(first)
    assert (found.restored.at, found.answerable) == (lost.at, 1)
    key = fault_answers.propose(first, FOUND, seen=1)
    assert fault_answers.approve(second, key) == 1
    assert trail_check._marks() == [kept]
    assert fault_answers.standing(first).restored is None
    path.unlink()
