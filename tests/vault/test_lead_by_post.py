"""Whoever holds two posts leads only where the post stands that leads, and no proposal outlives its right."""

from collections.abc import Callable
from uuid import UUID

import pytest

from tests.access import cast
from tests.vault_importing import town as places
from tests.vault_importing.town import HEADER, Town, line
from tutela.access.actions.people import assign_post, disable_staff, enable_staff
from tutela.access.errors import OutOfScope
from tutela.base.actor import SYSTEM
from tutela.base.errors import TutelaError
from tutela.vault import assignments, moves
from tutela.vault.actions import assignments as assigning
from tutela.vault.actions import destructions, sources
from tutela.vault.actions import moves as moving
from tutela.vault.actions.assignments import Assigning
from tutela.vault.actions.records import NewRecord, create_record
from tutela.vault.errors import (
    AssignmentUnknown,
    CustomerNotFound,
    DestructionNotFound,
    MoveUnknown,
    ProposerGone,
)
from tutela.vault.undo import actions as undoing
from tutela.vault.view import view_customer

WHY = "as the customer asked"


@pytest.fixture(scope="module")
def town(database: str) -> Town:
    return places.settle()


@pytest.fixture(scope="module")
def above(town: Town) -> cast.Member:
    return cast.hire("branch_manager", "HQ")


def refused(kind: type[TutelaError], act: Callable[[], object]) -> None:
    with pytest.raises(kind):
        act()


def given(town: Town, serial: int) -> UUID:
    """A customer of EAST."""
    town.customer(serial, "EAST")
    return UUID(places.place(serial)[0])


def two_posts(first: tuple[str, str], second: tuple[str, str]) -> cast.Member:
    """A person with a post at one branch and another post at another branch."""
    member = cast.hire(*first)
    assign_post(SYSTEM, member.staff, second[0], branch=second[1])
    return member


def test_a_manager_of_one_branch_leads_nobody_in_the_branch_they_serve(town: Town):
    """The manager of WEST answers calls in EAST: no move, no work item, no destruction there."""
    both = two_posts(("service_agent", "EAST"), ("branch_manager", "WEST")).actor
    customer = given(town, 1)
    assert view_customer(both, customer, "service")
    refused(CustomerNotFound, lambda: moving.propose_move(both, customer, "WEST", WHY))
    refused(CustomerNotFound, lambda: destructions.propose_destruction(both, customer, WHY))
    clerk = cast.hire("service_agent", "WEST").staff.login
    asked = Assigning(customer=customer, assignee=clerk, reason=WHY)
    refused(CustomerNotFound, lambda: assigning.assign_work_item(both, asked))


def test_nor_is_such_a_person_the_second_one(town: Town):
    """What others have begun in EAST is not there for the manager of WEST."""
    both = two_posts(("service_agent", "EAST"), ("branch_manager", "WEST")).actor
    customer = given(town, 2)
    order = destructions.propose_destruction(town.east, customer, WHY)
    clerk = cast.hire("service_agent", "EAST").staff.login
    asked = Assigning(customer=customer, assignee=clerk, reason=WHY)
    made = assigning.assign_work_item(town.east, asked)
    move = moving.propose_move(town.east, customer, "EAST1", WHY)
    refused(DestructionNotFound, lambda: destructions.approve_destruction(both, order.id))
    refused(AssignmentUnknown, lambda: assigning.confirm_assignment(both, made.id))
    refused(MoveUnknown, lambda: moving.approve_move(both, move))
    assert (assignments.waiting(both), moves.waiting(both)) == ([], [])


def test_who_enters_new_customers_here_does_not_enter_them_where_another_post_leads(town: Town):
    """A manager writes by file; typing is the post's that types, at its own branch."""
    both = two_posts(("branch_manager", "EAST"), ("sales_agent", "WEST")).actor
    texts = {"name": "欧阳测试"}
    east, west = town.branches["EAST"], town.branches["WEST"]

    def enter(branch: int) -> object:
        return create_record(both, NewRecord("customer", texts, branch_id=branch), "service")

    refused(OutOfScope, lambda: enter(east))
    assert enter(west)


def begun(
    town: Town, serial: int, what: str
) -> tuple[cast.Member, Callable[[cast.Member], object]]:
    """Somebody who has proposed something, and the second person's approval of it."""
    first = cast.hire("data_steward" if what == "source" else "branch_manager", "EAST")
    customer = given(town, serial)
    if what == "move":
        move = moving.propose_move(first.actor, customer, "WEST", WHY)
        return first, lambda second: moving.approve_move(second.actor, move)
    if what == "destruction":
        order = destructions.propose_destruction(first.actor, customer, WHY)
        return first, lambda second: destructions.approve_destruction(second.actor, order.id)
    if what == "assignment":
        clerk = cast.hire("service_agent", "EAST").staff.login
        asked = Assigning(customer=customer, assignee=clerk, reason=WHY)
        made = assigning.assign_work_item(first.actor, asked)
        return first, lambda second: assigning.confirm_assignment(second.actor, made.id)
    if what == "source":
        machine = cast.hire("machine").staff.login
        source = sources.propose_source(first.actor, "letters", machine, ["customer"])
        return first, lambda second: sources.approve_source(second.actor, source)
    row = HEADER + line(serial, "EAST", name="上官测试")
    batch = UUID(town.bring(first.actor, row).batch)
    undoing.propose_undo(first.actor, batch, WHY)
    return first, lambda second: undoing.approve_undo(second.actor, batch)


@pytest.mark.parametrize(
    ("serial", "what"),
    list(enumerate(["move", "destruction", "assignment", "source", "undo"], start=20)),
)
def test_a_proposal_falls_with_whoever_made_it(
    town: Town, above: cast.Member, serial: int, what: str
):
    """The first person's account is closed before the second decides: nothing happens."""
    first, approve = begun(town, serial, what)
    second = cast.hire("data_steward", "HQ") if what in {"source", "undo"} else above
    disable_staff(SYSTEM, first.staff)
    refused(ProposerGone, lambda: approve(second))
    enable_staff(SYSTEM, first.staff)
    approve(second)


def test_nothing_waits_for_who_was_destroyed(town: Town, above: cast.Member):
    """A move and a work item that were proposed before are gone with the customer."""
    customer = given(town, 40)
    clerk = cast.hire("service_agent", "EAST").staff.login
    asked = Assigning(customer=customer, assignee=clerk, reason=WHY)
    made = assigning.assign_work_item(town.east, asked)
    move = moving.propose_move(town.east, customer, "WEST", WHY)
    order = destructions.propose_destruction(town.east, customer, WHY)
    destructions.approve_destruction(above.actor, order.id)
    refused(AssignmentUnknown, lambda: assigning.confirm_assignment(above.actor, made.id))
    refused(MoveUnknown, lambda: moving.approve_move(above.actor, move))
    assert customer not in {one.customer for one in moves.waiting(above.actor)}
