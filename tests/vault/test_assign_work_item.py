"""A supervisor gives work to somebody else; a fresh work item opens nothing without a second person."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from tests.access import cast
from tests.vault_importing import town as places
from tests.vault_importing.town import Town
from tutela.access.actions.people import disable_staff
from tutela.access.errors import PermissionMissing, WorkItemMissing
from tutela.base import clock
from tutela.base.actor import SYSTEM
from tutela.base.errors import TutelaError
from tutela.trail import queries as trail
from tutela.vault import assignments, events
from tutela.vault.actions import assignments as assigning
from tutela.vault.actions.assignments import Assigned, Assigning
from tutela.vault.actions.work_items import import_work_items
from tutela.vault.errors import (
    AlreadyDecided,
    AssigneeIsSelf,
    AssigneeUnknown,
    AssignmentUnknown,
    AssignmentWaiting,
    CustomerNotFound,
    ReasonMissing,
    SecondPersonIsFirst,
    WorkItemsFromFeeds,
    WorkItemUnknown,
)
from tutela.vault.queries import fetch
from tutela.vault.reveal import Justification
from tutela.vault.reveal import reveal as reveal_values

WHY = "call the customer back"


@pytest.fixture(scope="module")
def town(database: str) -> Town:
    return places.settle()


@pytest.fixture(scope="module")
def above(town: Town) -> cast.Member:
    return cast.hire("branch_manager", "HQ")


@pytest.fixture(scope="module")
def clerk(town: Town) -> cast.Member:
    return cast.hire("service_agent", "EAST")


def assign(town: Town, serial: int, clerk: cast.Member, **more: str) -> Assigned:
    """Let EAST's manager give work on a customer of EAST to the clerk."""
    town.customer(serial, "EAST")
    customer, _ = places.place(serial)
    asked = Assigning(customer=customer, assignee=clerk.staff.login, reason=WHY, **more)
    return assigning.assign_work_item(town.east, asked)


def state(made: Assigned) -> int:
    item = assignments.find(made.id)
    assert item is not None
    return item.state


def reveal(clerk: cast.Member, serial: int, number: str) -> object:
    customer, _ = places.place(serial)
    return reveal_values(
        clerk.actor, UUID(customer), ["phone"], Justification("service", WHY, number)
    )


def test_a_fresh_work_item_opens_nothing(town: Town, clerk: cast.Member, above: cast.Member):
    """Until another supervisor confirms it; each step has its leaf with the customer."""
    made = assign(town, 1, clerk)
    with pytest.raises(WorkItemMissing):
        reveal(clerk, 1, made.number)
    assigning.confirm_assignment(above.actor, made.id)
    assert reveal(clerk, 1, made.number)
    customer, _ = places.place(1)
    for event in (events.WORK_ITEM_ASSIGNED, events.WORK_ITEM_ASSIGNMENT_CONFIRMED):
        leaf = trail.leaves(trail.LeafFilter(event=event.name))[0]
        assert leaf.subjects == (("customer", customer),)
        assert leaf.detail["assignee"] == str(clerk.staff.id)


def test_it_opens_when_the_minutes_of_the_matrix_have_passed(
    town: Town, clerk: cast.Member, monkeypatch: pytest.MonkeyPatch
):
    """Not a minute before; the installation's leaf says so."""
    made = assign(town, 2, clerk)
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=29))
    assigning.put_ripe_in_force()
    assert state(made) == assignments.WAITING
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=31))
    assert assigning.put_ripe_in_force() >= 1
    assert (state(made), assigning.put_ripe_in_force()) == (assignments.IN_FORCE, 0)
    monkeypatch.undo()
    assert reveal(clerk, 2, made.number)
    leaf = trail.leaves(trail.LeafFilter(event=events.WORK_ITEM_ASSIGNMENT_CONFIRMED.name))[0]
    assert leaf.actor_kind == "system"


def test_nobody_assigns_to_themselves(town: Town):
    """By the verb, by the shell's login or the staff number; the table says it too."""
    town.customer(3, "EAST")
    customer, _ = places.place(3)
    own = fetch("SELECT login, staff_no FROM access_staff WHERE id = %s", (town.east.id,))[0]
    for name in own:
        asked = Assigning(customer=customer, assignee=name, reason=WHY)
        with pytest.raises(AssigneeIsSelf):
            assigning.assign_work_item(town.east, asked)
    with pytest.raises(IntegrityError), transaction.atomic():
        fetch(
            "INSERT INTO vault.assignment (assignment_id, work_item_id, customer_id, assignee,"
            " reason_sealed, assigned_by, assigned_at) VALUES (%s, %s, %s, %s, 'x', %s, now())"
            " RETURNING 1",
            (UUID(int=1), UUID(int=1), customer, town.east.id, town.east.id),
        )


def test_the_second_person_is_neither_of_the_two(
    town: Town, clerk: cast.Member, above: cast.Member
):
    """Not who assigned, and not a supervisor to whom it was given."""
    made = assign(town, 4, clerk)
    with pytest.raises(SecondPersonIsFirst):
        assigning.confirm_assignment(town.east, made.id)
    assigning.refuse_assignment(town.east, made.id)
    customer, _ = places.place(4)
    asked = Assigning(customer=customer, assignee=above.staff.login, reason=WHY)
    given = assigning.assign_work_item(town.east, asked)
    with pytest.raises(SecondPersonIsFirst):
        assigning.confirm_assignment(above.actor, given.id)


def test_a_customer_beyond_reach_is_as_one_who_is_not_there(town: Town, clerk: cast.Member):
    """And so is an assignment of one."""
    made = assign(town, 5, clerk)
    for customer in (places.place(5)[0], str(UUID(int=5))):
        asked = Assigning(customer=customer, assignee=clerk.staff.login, reason=WHY)
        with pytest.raises(CustomerNotFound):
            assigning.assign_work_item(town.west, asked)
    for name in (made.id, UUID(int=5)):
        with pytest.raises(AssignmentUnknown):
            assigning.confirm_assignment(town.west, name)
    assert made.id not in [one.id for one in assignments.waiting(town.west)]


def test_a_work_item_of_another_customer_is_as_one_that_is_not_there(
    town: Town, clerk: cast.Member
):
    """A number does not tell whose it is."""
    made = assign(town, 6, clerk)
    for number in (made.number, "W-never"):
        with pytest.raises(WorkItemUnknown):
            assign(town, 7, clerk, work_item=number)


def test_an_assignment_is_decided_once(town: Town, clerk: cast.Member, above: cast.Member):
    """While it waits the work item is not given to anybody else."""
    made = assign(town, 8, clerk)
    with pytest.raises(AssignmentWaiting):
        assign(town, 8, clerk, work_item=made.number)
    assigning.refuse_assignment(above.actor, made.id)
    with pytest.raises(AlreadyDecided):
        assigning.confirm_assignment(above.actor, made.id)
    assigning.confirm_assignment(above.actor, assign(town, 8, clerk, work_item=made.number).id)


def test_what_is_missing_is_named(town: Town, clerk: cast.Member):
    """No reason, nobody of that name, a post without the permission."""
    town.customer(9, "EAST")
    customer, _ = places.place(9)
    for change, error in (
        ({"reason": " "}, ReasonMissing),
        ({"assignee": "nobody.at.all"}, AssigneeUnknown),
        ({"assignee": ""}, AssigneeUnknown),
    ):
        facts = {"customer": customer, "assignee": clerk.staff.login, "reason": WHY, **change}
        with pytest.raises(error):
            assigning.assign_work_item(town.east, Assigning(**facts))
    asked = Assigning(customer=customer, assignee="boss", reason=WHY)
    with pytest.raises(PermissionMissing):
        assigning.assign_work_item(clerk.actor, asked)


def test_people_bring_in_no_work_items_by_file(town: Town):
    """Neither a rehearsal nor an import: a row could give its own sender a customer's values."""
    town.customer(10, "EAST")
    text = "工单类型,工单号,客户编号,处理人,开始日期\n服务,W-10,K10,,2026-01-01\n"
    for dry_run in (True, False):
        with pytest.raises(WorkItemsFromFeeds):
            town.bring(town.east, text, "work_item", dry_run=dry_run)
    with pytest.raises((WorkItemsFromFeeds, TutelaError)):
        import_work_items(town.east, [])
    assert town.bring(town.feed, text, "work_item").created == 1


@pytest.mark.parametrize("gone", ["supervisor", "assignee"])
def test_it_does_not_ripen_for_whoever_has_left(
    town: Town, monkeypatch: pytest.MonkeyPatch, gone: str
):
    """The minutes may take a right away that it began with: then it is set aside, with a leaf."""
    serial = {"supervisor": 11, "assignee": 12}[gone]
    town.customer(serial, "EAST")
    customer, _ = places.place(serial)
    people = {
        "supervisor": cast.hire("branch_manager", "EAST"),
        "assignee": cast.hire("service_agent", "EAST"),
    }
    asked = Assigning(customer=customer, assignee=people["assignee"].staff.login, reason=WHY)
    made = assigning.assign_work_item(people["supervisor"].actor, asked)
    disable_staff(SYSTEM, people[gone].staff)
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=31))
    assigning.put_ripe_in_force()
    assert state(made) == assignments.SET_ASIDE
    leaf = trail.leaves(trail.LeafFilter(event=events.WORK_ITEM_ASSIGNMENT_REFUSED.name))[0]
    assert (leaf.actor_kind, leaf.subjects) == ("system", (("customer", customer),))
