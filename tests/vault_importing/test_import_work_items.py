"""Work items come in from the same kinds of file, by the customers' own numbers."""

import csv

import pytest

from tests.vault_importing.conftest import Insurer
from tutela.access.actions.people import NewStaff, create_staff
from tutela.base.actor import SYSTEM
from tutela.crypto.blind import IndexKeys
from tutela.keys import custody
from tutela.vault import rows
from tutela.vault.catalogue import by_code
from tutela.vault.importing import copying
from tutela.vault.importing.tags import numbers, packed_tags


@pytest.fixture(scope="module")
def staffed(insurer: Insurer) -> Insurer:
    """The sample's customers, and a member of staff who is an assignee."""
    insurer.bring_in("customers.csv")
    with (insurer.files / "workitems.csv").open(encoding="utf-8") as file:
        numbers = {row["assignee"] for row in csv.DictReader(file)}
    for number in sorted(numbers):
        create_staff(
            SYSTEM,
            NewStaff(
                staff_no=number,
                login=f"p{number}",
                name=number,
                post="service_agent",
                branch="8600",
            ),
        )
    return insurer


def test_the_sample_s_work_items_come_in(staffed: Insurer):
    """Of customers that were refused there can be none."""
    result = staffed.bring_in("workitems.csv")
    assert result.created > 100
    assert result.changed == 0
    assert staffed.count("vault.work_item") == result.created
    assert staffed.count("vault.work_item", "assignee IS NULL") == 0
    again = staffed.bring_in("workitems.csv")
    assert (again.created, again.unchanged) == (0, result.created)


def test_a_closed_work_item_is_changed(staffed: Insurer):
    """Its assignee loses the open work, and so the reason to look."""
    with (staffed.files / "workitems.csv").open(encoding="utf-8") as file:
        row = next(one for one in csv.DictReader(file) if not one["closed"])
    row["closed"] = "2026-11-20"
    text = ",".join(row) + "\n" + ",".join(row.values()) + "\n"
    assert staffed.bring_in(text.encode(), collection="work_item").changed == 1


def test_a_work_item_of_nobody_is_rejected(staffed: Insurer):
    """Neither an unknown customer, nor an unknown person, nor an unknown kind."""
    head = "kind,number,customer,assignee,opened,closed\n"
    rows_ = "policy,WX001,C999999999,,2026-01-01,\ndance,WX002,C000000001,,2026-01-01,\n"
    last = "case,WX003,C000000001,nobody,2026-01-01,\n"
    assert staffed.bring_in((head + rows_ + last).encode()).rejected == 3


def test_tags_made_by_the_column_are_those_of_a_single_record(insurer: Insurer):
    """The importer's fast way and the page's way must find the same customer."""
    index: IndexKeys = custody.index_keys()
    given = {"name": "欧阳 测试", "id_number": "11010519491231002X", "phone": "13800138000",
             "email": "A@Example.com", "bank_card": "6222021234567890123"}  # fmt: skip
    values = {by_code(code).id: text for code, text in given.items()}
    customer, record = bytes(16), bytes(range(16))
    ids = customer + copying.UUID_SIZE + record
    parts = rows.tags_of(index, 1, values)
    single = [
        copying.tags(place, [tag.to_bytes(8, signed=True)], [ids])[0] for tag, *place in parts
    ]
    packed, (own,) = packed_tags(index, 1, [(values, customer, record)])
    assert sorted(packed) == sorted(single)
    assert sorted(numbers(own)) == sorted(tag for tag, *_place in parts)
