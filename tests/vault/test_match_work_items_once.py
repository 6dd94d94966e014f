"""A work item opens clear values, so it goes to a customer only where the named value is that of nobody else."""

from datetime import date

import pytest

from tests.vault.factories import make_customer, operator, work_item_of
from tests.vault.tags_of_before import tagged_as_before
from tutela.vault.actions.work_items import WorkItemRow, import_work_items

DAY = date(2024, 5, 1)


def _row(number, phone):
    return WorkItemRow(number=number, kind="case", customer=phone, by="phone", opened=DAY)


@pytest.mark.parametrize("before", [1, 2])
def test_a_number_of_several_is_nobodys_whatever_version_tagged_them(cast, monkeypatch, before):
    """Some carry the tag of an earlier version, one that of today: together they are several."""
    phone = f"1370000000{before}"
    with monkeypatch.context() as earlier:
        tagged_as_before(earlier)
        for _ in range(before):
            make_customer(cast.east, phone=phone)
    make_customer(cast.west, phone=phone)
    done = import_work_items(operator(), [_row(f"AMBIG-{before}", phone)])
    assert (done.created, done.rejected) == (0, [(1, "customer")])
    assert work_item_of(f"AMBIG-{before}") is None


def test_two_rows_that_write_one_number_differently_are_both_taken(cast):
    """Each row is matched by itself, however the other one is written."""
    made = make_customer(cast.east, phone="13700000003")
    rows = [_row("WRITTEN-1", "13700000003"), _row("WRITTEN-2", "+86 137 0000 0003")]
    done = import_work_items(operator(), rows)
    assert (done.created, done.rejected) == (2, [])
    assert work_item_of("WRITTEN-1").customer_id == made.customer_id
