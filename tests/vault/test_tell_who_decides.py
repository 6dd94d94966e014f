"""Who may decide is told that something waits, and nobody else; the notice names no customer."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from tests.access import cast
from tests.vault_importing import town as places
from tests.vault_importing.town import HEADER, Town, line
from tutela.access import snapshot
from tutela.base.actor import Actor
from tutela.notices.kinds import NoticeKind
from tutela.notices.models import Notice
from tutela.vault import held_rows
from tutela.vault.actions import assignments, destructions, moves, sources
from tutela.vault.actions import held_rows as deciding
from tutela.vault.actions.assignments import Assigning
from tutela.vault.notice_kinds import (
    ASSIGNMENT_WAITS,
    DESTRUCTION_WAITS,
    HELD_ROWS_WAIT,
    MOVE_WAITS,
    PROPOSAL_DECIDED,
    SOURCE_WAITS,
    UNDO_WAITS,
    WORK_ITEM_GIVEN,
)
from tutela.vault.undo import actions as undoing

WHY = "as the branch asked"


@dataclass(frozen=True)
class People:
    """Who may be told, beside the town's own."""

    above: Actor
    colleague: Actor
    clerk: cast.Member
    below: Actor
    security: Actor


@pytest.fixture(scope="module")
def town(database: str) -> Town:
    return places.settle()


@pytest.fixture(scope="module")
def people(town: Town) -> People:
    made = People(
        above=cast.hire("branch_manager", "HQ").actor,
        colleague=cast.hire("branch_manager", "EAST").actor,
        clerk=cast.hire("service_agent", "EAST"),
        below=cast.hire("data_steward", "EAST").actor,
        security=cast.hire("security_admin", "HQ").actor,
    )
    snapshot.reload()
    return made


def unread(kind: NoticeKind) -> set[str]:
    """Who has an unread notice of this kind; each has one a page, and it holds no fact."""
    notices = list(Notice.objects.filter(kind=kind.code, read_at=None))
    assert all(notice.params == {} for notice in notices)
    assert len(notices) == len({(notice.recipient_id, notice.link) for notice in notices})
    return {str(notice.recipient_id) for notice in notices}


def customer(town: Town, serial: int) -> str:
    town.customer(serial, "EAST")
    return places.place(serial)[0]


def test_a_move_is_told_to_those_who_may_take_it_over(town: Town, people: People):
    """Two moves are one notice, and it goes when the last is decided."""
    first = moves.propose_move(town.east, customer(town, 1), "WEST", WHY)
    second = moves.propose_move(town.east, customer(town, 2), "WEST", WHY)
    takers = {town.west.id, town.steward.id, people.above.id}
    assert unread(MOVE_WAITS) >= {town.west.id, people.above.id}
    assert unread(MOVE_WAITS) <= takers
    moves.approve_move(town.west, first)
    assert town.west.id in unread(MOVE_WAITS)
    assert unread(PROPOSAL_DECIDED) == {town.east.id}
    moves.refuse_move(people.above, second)
    assert unread(MOVE_WAITS) == set()


def test_an_assigned_work_item_is_told_to_supervisors_then_to_whose_it_is(
    town: Town, people: People
):
    """Not to who assigned it, not to another branch, and not to the assignee before it is in force."""
    asked = Assigning(customer=customer(town, 3), assignee=people.clerk.staff.login, reason=WHY)
    made = assignments.assign_work_item(town.east, asked)
    assert unread(ASSIGNMENT_WAITS) == {people.above.id, people.colleague.id}
    assert unread(WORK_ITEM_GIVEN) == set()
    assignments.confirm_assignment(people.colleague, made.id)
    assert unread(ASSIGNMENT_WAITS) == set()
    assert unread(WORK_ITEM_GIVEN) == {people.clerk.actor.id}


def test_a_destruction_is_told_to_those_who_may_know_of_the_customer(town: Town, people: People):
    """Another branch is not told; the notice goes with the decision."""
    order = destructions.propose_destruction(town.east, customer(town, 4), WHY)
    told = unread(DESTRUCTION_WAITS)
    assert {people.above.id, people.colleague.id} <= told
    assert not {town.east.id, town.west.id} & told
    destructions.reject_destruction(people.colleague, order.id)
    assert unread(DESTRUCTION_WAITS) == set()


def test_held_rows_are_told_to_the_stewards_of_their_branch(town: Town, people: People):
    """A steward of another branch is not told, and who imported is told the same as ever."""
    result = town.bring(town.west, HEADER + line(5, "WEST"))
    assert result.rejected == 1
    assert unread(HELD_ROWS_WAIT) == {town.steward.id}
    assert not Notice.objects.filter(recipient_id=town.west.id, kind="held_rows_wait").exists()
    (row,) = held_rows.waiting_rows(town.steward, UUID(result.batch))
    deciding.refuse_held_row(town.steward, row.id, WHY)
    assert unread(HELD_ROWS_WAIT) == set()


def test_an_undo_is_told_to_those_who_may_open_the_import(town: Town, people: People):
    """A steward of another branch is not told of it."""
    result = town.bring(town.feed, HEADER + line(6, "EAST"))
    undoing.propose_undo(town.steward, UUID(result.batch), WHY)
    second = cast.hire("data_steward", "HQ").actor
    assert unread(UNDO_WAITS) == set()
    undoing.withdraw_undo(town.steward, UUID(result.batch))
    assert town.steward.id not in unread(PROPOSAL_DECIDED)
    snapshot.reload()
    result = town.bring(town.feed, HEADER + line(7, "EAST"))
    undoing.propose_undo(town.steward, UUID(result.batch), WHY)
    assert unread(UNDO_WAITS) == {second.id}
    undoing.withdraw_undo(second, UUID(result.batch))
    assert unread(UNDO_WAITS) == set()


def test_a_source_is_told_to_all_others_who_register_sources(town: Town, people: People):
    """Until somebody decides."""
    machine = cast.hire("machine", "HQ").staff.login
    proposal = sources.propose_source(town.steward, "claims", machine, ["claim"])
    told = unread(SOURCE_WAITS)
    assert people.security.id in told
    assert town.steward.id not in told
    sources.approve_source(people.security, proposal)
    assert unread(SOURCE_WAITS) == set()
