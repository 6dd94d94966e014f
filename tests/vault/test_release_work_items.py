"""A leaver's open work items have no assignee at once; their supervisors see them and hand them out."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.access import cast
from tests.vault_importing import town as places
from tests.vault_importing.town import Town
from tutela.access.actions.people import disable_staff, enable_staff
from tutela.access.errors import PermissionMissing
from tutela.base import clock
from tutela.base.actor import SYSTEM
from tutela.notices.models import Notice
from tutela.trail import queries as trail
from tutela.vault import events, queue, work_items
from tutela.vault.actions import assignments as assigning
from tutela.vault.actions.assignments import Assigning
from tutela.vault.errors import AssigneeIsSelf, WorkItemUnknown

WHY = "take over from a leaver"


@pytest.fixture(scope="module")
def town(database: str) -> Town:
    return places.settle()


@pytest.fixture(scope="module")
def above(town: Town) -> cast.Member:
    return cast.hire("branch_manager", "HQ")


@pytest.fixture
def clerk(town: Town) -> cast.Member:
    return cast.hire("service_agent", "EAST")


def give(town: Town, above: cast.Member, clerk: cast.Member, serial: int) -> UUID:
    """A work item of the clerk on a customer of EAST, in force; its id."""
    town.customer(serial, "EAST")
    customer, _ = places.place(serial)
    asked = Assigning(customer=customer, assignee=clerk.staff.login, reason="a call")
    assigning.confirm_assignment(above.actor, assigning.assign_work_item(town.east, asked).id)
    (item,) = work_items.of_customer(UUID(customer))
    return item.work_item_id


def queue_of(town: Town, item: UUID) -> list[queue.Queued]:
    return queue.queued(town.east, [item])


def test_a_leavers_items_stand_in_the_queue_of_their_branch(town, above, clerk) -> None:
    """With whose they were; the trail names the customer, and the supervisors are told."""
    item = give(town, above, clerk, 101)
    assert queue_of(town, item) == []
    assert disable_staff(SYSTEM, clerk.staff).released == 1
    (one,) = queue_of(town, item)
    assert (one.before, one.released_at is not None) == (clerk.staff.id, True)
    (leaf,) = trail.leaves(trail.LeafFilter(event=events.WORK_ITEMS_RELEASED.name))
    assert leaf.subjects == (("customer", str(one.customer)),)
    assert leaf.detail["assignee"] == clerk.actor.id
    told = Notice.objects.filter(kind="items_released").values_list("recipient_id", flat=True)
    assert {UUID(town.east.id), above.staff.id} <= set(told)


def test_an_account_that_is_opened_again_has_its_items_no_more(town, above, clerk) -> None:
    """They wait for whoever they are handed to."""
    item = give(town, above, clerk, 102)
    disable_staff(SYSTEM, clerk.staff)
    enable_staff(SYSTEM, clerk.staff)
    assert work_items.open_of(clerk.staff.id) == []
    assert len(queue_of(town, item)) == 1


def test_the_supervisor_hands_them_out_and_a_second_person_confirms(town, above, clerk) -> None:
    """While that waits they are out of the queue; rejected, they are back in it."""
    first, second = give(town, above, clerk, 103), give(town, above, clerk, 104)
    disable_staff(SYSTEM, clerk.staff)
    heir = cast.hire("service_agent", "EAST")
    assert heir.staff.login in {one.login for one in queue.colleagues(town.east)}
    assert assigning.hand_out(town.east, [first, second], heir.staff.login, WHY) == 2
    assert queue.queued(town.east, [first, second]) == []
    waiting = {one.work_item: one for one in assigning.assignments.waiting(above.actor)}
    assigning.confirm_assignment(above.actor, waiting[first].id)
    assigning.refuse_assignment(above.actor, waiting[second].id)
    assert [one.work_item_id for one in work_items.open_of(heir.staff.id)] == [first]
    assert [one.work_item for one in queue.queued(town.east, [first, second])] == [second]


def test_what_a_feed_gives_to_a_leaver_stands_in_the_queue_too(town, above, clerk) -> None:
    """A source may name somebody who has gone."""
    item = give(town, above, clerk, 105)
    clerk.staff.is_active = False
    clerk.staff.save(update_fields=["is_active"])
    (one,) = queue_of(town, item)
    assert (one.before, one.released_at) == (clerk.staff.id, None)


def test_nobody_hands_out_what_is_not_in_their_queue_nor_to_themselves(town, above, clerk) -> None:
    """Another branch's item and one that does not exist are the same: all or none."""
    item, kept = give(town, above, clerk, 106), give(town, above, clerk, 107)
    disable_staff(SYSTEM, clerk.staff)
    heir = cast.hire("service_agent", "EAST").staff.login
    west = cast.hire("branch_manager", "WEST").actor
    for actor, items in ((west, [item]), (town.east, [item, UUID(int=7)]), (town.east, [])):
        with pytest.raises(WorkItemUnknown):
            assigning.hand_out(actor, items, heir, WHY)
    name = cast.Staff.objects.get(id=town.east.id).login
    with pytest.raises(AssigneeIsSelf):
        assigning.hand_out(town.east, [item], name, WHY)
    with pytest.raises(PermissionMissing):
        assigning.hand_out(cast.hire("service_agent", "EAST").actor, [item], heir, WHY)
    assert len(queue.queued(town.east, [item, kept])) == 2


def test_an_item_that_is_not_open_waits_for_nobody(town, above, clerk, monkeypatch) -> None:
    """Neither before its day nor after its end."""
    item = give(town, above, clerk, 108)
    disable_staff(SYSTEM, clerk.staff)
    earlier = clock.today() - timedelta(days=1)
    monkeypatch.setattr(clock, "today", lambda: earlier)
    assert queue_of(town, item) == []
