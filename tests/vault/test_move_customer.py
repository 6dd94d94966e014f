"""A customer goes to another branch when two people say so, one who gives and one who takes."""

import os
import subprocess
import sys
from uuid import UUID

import pytest

from tests.access import cast
from tests.vault_importing import town as places
from tests.vault_importing.town import Town
from tutela.access.errors import OutOfScope, PermissionMissing
from tutela.trail import queries as trail
from tutela.vault import events, moves
from tutela.vault.actions import destructions, verify
from tutela.vault.actions import moves as moving
from tutela.vault.errors import (
    AlreadyDecided,
    CustomerNotFound,
    DestructionNotFound,
    MoveBad,
    MoveUnknown,
    MoveWaiting,
    ReasonMissing,
    SecondPersonIsFirst,
)
from tutela.vault.queries import fetch

WHY = "the family moved"


@pytest.fixture(scope="module")
def town(database: str) -> Town:
    return places.settle()


def propose(town: Town, serial: int) -> UUID:
    """Let EAST's manager give a customer to WEST."""
    town.customer(serial, "EAST")
    customer, _ = places.place(serial)
    return moving.propose_move(town.east, customer, "WEST", WHY)


def test_one_gives_and_the_other_takes(town: Town):
    """Before the second person nothing has changed; each step has its leaf with the customer."""
    move = propose(town, 1)
    customer, branch = places.place(1)
    assert branch == "EAST"
    assert [one.id for one in moves.waiting(town.west)] == [move]
    moving.approve_move(town.west, move)
    assert places.place(1) == (customer, "WEST")
    assert places.found_by(town.west, 1) == 1
    for event in (events.CUSTOMER_MOVE_PROPOSED, events.CUSTOMER_MOVED):
        leaf = trail.leaves(trail.LeafFilter(event=event.name))[0]
        assert leaf.subjects == (("customer", customer),)


def test_the_second_person_is_another(town: Town):
    """Who is above both branches may be either of the two, not both; the table says it too."""
    above = cast.hire("branch_manager", "HQ").actor
    town.customer(2, "EAST")
    move = moving.propose_move(above, places.place(2)[0], "WEST", WHY)
    with pytest.raises(SecondPersonIsFirst):
        moving.approve_move(above, move)
    with pytest.raises(OutOfScope):
        moving.approve_move(town.east, move)
    moving.approve_move(town.west, move)


def test_nobody_asks_for_a_customer_beyond_reach(town: Town):
    """WEST cannot pull a customer of EAST, and is told the same of one who is nowhere."""
    town.customer(3, "EAST")
    for customer in (places.place(3)[0], str(UUID(int=3))):
        with pytest.raises(CustomerNotFound):
            moving.propose_move(town.west, customer, "WEST", WHY)


def test_a_move_of_two_other_branches_is_not_there(town: Town):
    """For whoever serves neither branch it is as one that never was."""
    move = propose(town, 4)
    south = cast.hire("branch_manager", "EAST1").actor
    for name in (move, UUID(int=4)):
        with pytest.raises(MoveUnknown):
            moving.approve_move(south, name)
    assert moves.waiting(south) == []
    moving.refuse_move(town.east, move)


def test_a_move_is_decided_once(town: Town):
    """Refused by either side it is over, and another may be proposed."""
    move = propose(town, 5)
    with pytest.raises(MoveWaiting):
        moving.propose_move(town.east, places.place(5)[0], "WEST", WHY)
    moving.refuse_move(town.west, move)
    with pytest.raises(AlreadyDecided):
        moving.approve_move(town.west, move)
    moving.refuse_move(town.east, moving.propose_move(town.east, places.place(5)[0], "WEST", WHY))


def test_a_feed_that_was_quicker_wins(town: Town):
    """The customer is not where the move begins any more: nothing is moved."""
    move = propose(town, 6)
    town.bring(town.feed, places.HEADER + places.line(6, "EAST1"))
    with pytest.raises(AlreadyDecided):
        moving.approve_move(town.west, move)
    assert places.place(6)[1] == "EAST1"


def test_only_who_serves_the_new_branch_is_offered_to_take_over(town: Town):
    """The page shows no button that would be refused."""
    waiting = moves.find(propose(town, 21))
    assert waiting is not None
    assert moves.can_take_over(town.west, waiting)
    assert not moves.can_take_over(town.east, waiting)
    assert not moves.can_take_over(cast.hire("branch_manager", "EAST").actor, waiting)
    moving.refuse_move(town.east, waiting.id)


def test_nobody_takes_over_or_refuses_their_own_record(town: Town):
    """For the customer who works here a move of their own is as one that is not there."""
    move = propose(town, 22)
    customer, _ = places.place(22)
    themselves = cast.hire("branch_manager", "HQ", customer_id=customer).actor
    assert move not in [one.id for one in moves.waiting(themselves)]
    for decide in (moving.approve_move, moving.refuse_move):
        with pytest.raises(MoveUnknown):
            decide(themselves, move)
    moving.approve_move(town.west, move)


def test_what_is_missing_is_named(town: Town):
    """No reason, the same branch, a post without the permission."""
    town.customer(7, "EAST")
    customer, _ = places.place(7)
    with pytest.raises(ReasonMissing):
        moving.propose_move(town.east, customer, "WEST", " ")
    with pytest.raises(MoveBad):
        moving.propose_move(town.east, customer, "EAST", WHY)
    with pytest.raises(PermissionMissing):
        moving.propose_move(cast.hire("service_agent", "EAST").actor, customer, "WEST", WHY)


KILLED = """
import os, signal, sys
import django; django.setup()
from uuid import UUID
from tutela.base.actor import Actor, Channel
from tutela.trail import log
from tutela.vault.actions import moves
# All is written, nothing is committed: the process goes as by kill -9.
keep = log.append_with_change
def die(leaf):
    keep(leaf)
    os.kill(os.getpid(), signal.SIGKILL)
log.append_with_change = die
moves.approve_move(Actor(kind="staff", id=sys.argv[1], channel=Channel.PAGE), UUID(sys.argv[2]))
"""


def test_a_killed_move_has_moved_nothing(town: Town):
    """Customer, move and leaf are one transaction; the move can be taken over again."""
    move = propose(town, 8)
    before = len(trail.leaves(trail.LeafFilter(event=events.CUSTOMER_MOVED.name)))
    done = subprocess.run(
        [sys.executable, "-c", KILLED, town.west.id, str(move)], env=dict(os.environ), check=False
    )
    assert done.returncode == -9
    assert places.place(8)[1] == "EAST"
    assert fetch("SELECT state FROM vault.move WHERE move_id = %s", (move,)) == [(1,)]
    assert len(trail.leaves(trail.LeafFilter(event=events.CUSTOMER_MOVED.name))) == before
    moving.approve_move(town.west, move)
    assert places.place(8)[1] == "WEST"


def test_a_move_is_anchored(town: Town):
    """The vault agrees with the trail after all of these moves."""
    run = verify.verify(town.feed)
    assert (run.outcome, run.tally.faults, run.tally.not_anchored) == ("good", 0, 0)


def test_a_customer_who_went_elsewhere_is_not_destroyed_from_the_old_branch(town: Town):
    """An order goes with its customer: whom the old branch has given away, it no longer decides on."""
    first, second = (cast.hire("branch_manager", "EAST").actor for _ in range(2))
    move = propose(town, 71)
    customer, _ = places.place(71)
    order = destructions.propose_destruction(first, customer, WHY)
    moving.approve_move(town.west, move)
    with pytest.raises(DestructionNotFound):
        destructions.approve_destruction(second, order.id)
    assert order.id not in {each.id for each in destructions.list_destructions(first)}
    assert order.id in {each.id for each in destructions.list_destructions(town.west)}
