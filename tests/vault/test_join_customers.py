"""What joins customers, for who judges looks: shared telephones, work, branches, neighbours by number."""

from datetime import date
from uuid import UUID

import pytest

from tests.vault.factories import Cast, make_customer, make_work_item
from tutela.vault import work_links


def _made(cast: Cast, **texts: str) -> str:
    return str(make_customer(cast.east, **texts).customer_id)


def test_customers_who_share_a_telephone_are_relatives(cast):
    one, other = (_made(cast, phone="13912345678") for _ in range(2))
    alone = _made(cast)
    near = work_links.sharing_contacts([one, alone])
    assert near == {one: frozenset({other})}


def test_a_number_that_many_share_makes_nobody_a_relative(cast):
    """Seven carry it: a company's."""
    many = [_made(cast, phone="13987654321") for _ in range(7)]
    assert work_links.sharing_contacts(many[:1]) == {}


def test_the_same_last_four_digits_are_no_shared_number(cast):
    one, _other = _made(cast, phone="13700004444"), _made(cast, phone="13800004444")
    assert work_links.sharing_contacts([one]) == {}


def test_branch_and_neighbours_are_those_of_the_customer(cast):
    first, second, third = (_made(cast) for _ in range(3))
    assert work_links.branches_of([first]) == {first: cast.east}
    assert work_links.behind([first], 2) == {first: [second, third]}


@pytest.mark.parametrize("closed", [None, date(2026, 3, 2)])
def test_work_names_its_assignee_and_days(cast, closed):
    customer = _made(cast)
    make_work_item(UUID(customer), cast.clerk, opened=date(2026, 3, 1), closed=closed)
    (work,) = work_links.work_of([customer])
    assert (work.customer_id, work.person) == (customer, cast.clerk.id)
    assert (work.opened, work.closed) == (date(2026, 3, 1), closed)
