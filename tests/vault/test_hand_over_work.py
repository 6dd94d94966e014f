"""Who may not see a value gives the work to somebody who may: with a supervisor's word, never by time alone."""

import pytest

from tests.vault.factories import (
    Cast,
    make_customer,
    make_staff,
    make_work_item,
    staff_number,
    work_item_of,
)
from tutela.access.errors import PermissionMissing
from tutela.access.purposes import Purpose
from tutela.base.errors import TutelaError
from tutela.vault import assignments
from tutela.vault.actions.assignments import (
    Assigning,
    confirm_assignment,
    hand_over,
    is_handed_over,
    put_ripe_in_force,
    ripe_at,
)
from tutela.vault.errors import (
    AssigneeIsSelf,
    AssignmentWaiting,
    SecondPersonIsFirst,
    WorkItemUnknown,
)
from tutela.vault.view import facts_of


def _asked(cast: Cast, customer, number: str, assignee) -> Assigning:
    return Assigning(
        customer=customer, assignee=staff_number(assignee), reason="Needs claims", work_item=number
    )


@pytest.fixture
def work(cast: Cast):
    """A customer of the east with an open work item of the clerk."""
    made = make_customer(cast.east)
    return made.customer_id, make_work_item(made.customer_id, cast.clerk)


def test_it_stays_with_its_owner_until_a_supervisor_confirms(cast, work):
    """The minutes of a supervisor's own assignment do not count for what an agent hands over."""
    customer, number = work
    proposed = hand_over(cast.clerk, _asked(cast, customer, number, cast.adjuster))
    item = assignments.find(proposed)
    assert is_handed_over(item)
    assert ripe_at(item) is None
    put_ripe_in_force()
    assert str(work_item_of(number).assignee) == cast.clerk.id
    confirm_assignment(cast.manager, proposed)
    assert str(work_item_of(number).assignee) == cast.adjuster.id


def test_neither_of_the_two_confirms(cast, work):
    """An agent is no supervisor, and a supervisor to whom the work goes is the assignee."""
    customer, number = work
    proposed = hand_over(cast.clerk, _asked(cast, customer, number, cast.manager))
    with pytest.raises(PermissionMissing):
        confirm_assignment(cast.clerk, proposed)
    with pytest.raises(SecondPersonIsFirst):
        confirm_assignment(cast.manager, proposed)


def test_only_one_s_own_open_work_is_handed_over(cast, work):
    """Another's work item is answered as one that is not there."""
    customer, number = work
    for actor, named in ((cast.adjuster, number), (cast.clerk, "W99999999"), (cast.clerk, "")):
        with pytest.raises(WorkItemUnknown):
            hand_over(actor, _asked(cast, customer, named, cast.manager))


def test_nobody_hands_work_to_themselves_or_twice(cast, work):
    """And who has no work may not hand over at all."""
    customer, number = work
    with pytest.raises(AssigneeIsSelf):
        hand_over(cast.clerk, _asked(cast, customer, number, cast.clerk))
    hand_over(cast.clerk, _asked(cast, customer, number, cast.adjuster))
    with pytest.raises(AssignmentWaiting):
        hand_over(cast.clerk, _asked(cast, customer, number, cast.manager))
    with pytest.raises(PermissionMissing):
        hand_over(cast.auditor, _asked(cast, customer, number, cast.manager))


def test_colleagues_are_those_to_whom_the_matrix_opens_something(cast, work):
    """For a claim the adjuster of the branch, not the clerk nor an adjuster of another branch."""
    customer, _ = work
    far = make_staff("claims_adjuster", "WEST")
    may = assignments.colleagues(cast.clerk, facts_of(cast.clerk, customer), Purpose.CLAIM)
    ids = {person.id for person in may}
    assert cast.adjuster.id in ids
    assert not ids & {far.id, cast.clerk.id, cast.auditor.id}


def test_a_refusal_is_a_refusal_of_ours(cast, work):
    """A person who is not there is named as such."""
    customer, number = work
    asked = Assigning(customer=customer, assignee="nobody", reason="x", work_item=number)
    with pytest.raises(TutelaError, match=r"assignee|login|staff"):
        hand_over(cast.clerk, asked)
