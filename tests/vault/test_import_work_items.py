"""Work items: brought in, matched, looked up by number."""

from datetime import date, timedelta

import pytest

from tests.vault.factories import make_customer, make_staff, operator, staff_number, work_item_of
from tutela.access import errors as access_errors
from tutela.base import clock
from tutela.vault import work_items
from tutela.vault.actions.work_items import WorkItemRow, import_work_items
from tutela.vault.errors import SourceNotRegistered
from tutela.vault.reveal import Justification, reveal, reveal_many
from tutela.vault.work_items import Kind

DAY = date(2024, 5, 1)


def _import(*rows):
    return import_work_items(operator(), rows)


def test_a_work_item_is_found_by_its_number_however_written(cast):
    """Spaces, dashes, case and full width do not matter."""
    made = make_customer(cast.east, customer_number="C-77")
    row = WorkItemRow(
        number="CASE-2024-001", kind="case", customer="c77",
        assignee=staff_number(cast.clerk), opened=DAY,
    )  # fmt: skip
    assert _import(row).created == 1
    item = work_item_of("case 2024001")
    assert (item.customer_id, item.kind, str(item.assignee)) == (
        made.customer_id,
        Kind.CASE,
        cast.clerk.id,
    )
    assert work_item_of("CASE2024001", Kind.CLAIM) is None
    assert work_item_of(str(item.work_item_id)) == item


def test_the_same_file_twice_changes_nothing_and_a_closing_date_changes_one(cast):
    """Matched by kind and number."""
    made = make_customer(cast.east)
    fields = {"number": "T1", "kind": "claim", "customer": str(made.customer_id), "by": ""}
    first = _import(WorkItemRow(**fields, opened=DAY))
    again = _import(WorkItemRow(**fields, opened=DAY))
    closed = _import(WorkItemRow(**fields, opened=DAY, closed=DAY + timedelta(days=3)))
    assert (first.created, again.unchanged, closed.changed) == (1, 1, 1)
    assert not work_item_of("T1").is_open(clock.today())


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"number": " "}, "number"),
        ({"kind": "party"}, "kind"),
        ({"customer": "C404"}, "customer"),
        ({"assignee": "nobody"}, "assignee"),
        ({"closed": DAY - timedelta(days=1)}, "closed"),
    ],
)
def test_a_row_that_cannot_be_used_is_rejected_by_part(cast, change, part):
    """Row number and part, never the value."""
    make_customer(cast.east, customer_number=f"C9{part}1")
    good = {"number": f"N-{part}", "kind": "case", "customer": f"C9{part}1", "opened": DAY}
    assert _import(WorkItemRow(**{**good, **change})).rejected == [(1, part)]


def test_a_number_cannot_move_to_another_customer(cast):
    """It would carry its rights along."""
    one, two = make_customer(cast.east), make_customer(cast.east)
    fields = {"number": "MOVE1", "kind": "case", "by": "", "opened": DAY}
    _import(WorkItemRow(customer=str(one.customer_id), **fields))
    assert _import(WorkItemRow(customer=str(two.customer_id), **fields)).rejected == [(1, "number")]
    assert work_item_of("MOVE1").customer_id == one.customer_id


def test_only_who_may_import_brings_in_work_items(cast):
    """Otherwise anybody could give themselves a reason."""
    made = make_customer(cast.east)
    row = WorkItemRow(number="X1", kind="case", customer=str(made.customer_id), by="", opened=DAY)
    with pytest.raises(access_errors.PermissionMissing):
        import_work_items(cast.clerk, [row])


def test_only_a_registered_feed_brings_in_work_items(cast):
    """An account of a machine alone is no source: a work item opens clear values."""
    row = WorkItemRow(number="X2", kind="case", customer="", by="customer_number", opened=DAY)
    with pytest.raises(SourceNotRegistered):
        import_work_items(make_staff("machine", "HQ", kind="machine"), [row])
    with pytest.raises(SourceNotRegistered):
        import_work_items(operator(), [row], source="another")


def test_an_equal_number_of_another_customer_hides_nothing(cast):
    """A claim of a customer elsewhere has the number of one's own case: both open as if alone."""
    mine, other = make_customer(cast.east), make_customer(cast.west)
    fields = {"number": "SAME-1", "by": "", "opened": DAY}
    own = WorkItemRow(
        kind="case", customer=str(mine.customer_id), assignee=staff_number(cast.clerk), **fields
    )
    _import(own, WorkItemRow(kind="claim", customer=str(other.customer_id), **fields))
    call_back = Justification("service", "a call back", "SAME-1")
    assert reveal(cast.clerk, mine.customer_id, ["phone"], call_back).values
    found = work_items.named(cast.clerk, dict.fromkeys([mine.customer_id], "SAME-1"))
    many = reveal_many(cast.clerk, {mine.customer_id: "SAME-1"}, ["phone"], "service", "why")
    assert (set(found), many.refused) == ({mine.customer_id}, {})
    with pytest.raises(access_errors.WorkItemMissing):
        reveal(
            cast.adjuster,
            mine.customer_id,
            ["phone"],
            Justification("claim", "a call back", "SAME-1"),
        )


def test_open_items_of_a_person_are_listed(cast):
    """What the console offers to choose from."""
    made = make_customer(cast.east)
    row = WorkItemRow(
        number="L1", kind="policy", customer=str(made.customer_id), by="",
        assignee=staff_number(cast.adjuster), opened=DAY,
    )  # fmt: skip
    _import(row)
    (item,) = work_items.open_of(work_items.UUID(cast.adjuster.id))
    assert [item] == work_items.of_customer(made.customer_id)
