"""Branches and staff from the personnel system's files."""

import csv
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from sample.house import staff
from sample.write import write_house
from tests.access import cast
from tutela.access import errors, gate, snapshot
from tutela.access.actions.imports import import_branches, import_staff
from tutela.access.models import Assignment, Branch, Staff
from tutela.base import clock, ids
from tutela.base.actor import SYSTEM, Actor, Channel
from tutela.trail import queries as trail
from tutela.vault import permissions


def row(number: int, **facts: str) -> dict[str, str]:
    plain = {
        "staff_no": f"N{number:04}",
        "login": f"person{number}",
        "name": "Test",
        "post": "service_agent",
        "department": "客户服务部",
        "branch": "EAST",
        "customer_key": "",
    }
    return {**plain, **facts}


def load(*rows: dict[str, str], **facts):
    return import_staff(SYSTEM, rows, **facts)


def test_people_come_in_with_post_branch_and_department(tree):
    """And may work at once."""
    done = load(row(1), row(2, post="underwriter"))
    person = Staff.objects.get(login="person1")
    assert (done.created, person.branch.code, person.department.code) == (
        2,
        "EAST",
        "customer_service",
    )
    actor = Actor(kind="staff", id=str(person.id), channel=Channel.PAGE)
    assert gate.holds(actor, permissions.CUSTOMER_FIND)
    assert not person.has_usable_password()


def test_the_same_file_twice_changes_nothing(tree):
    """Matched by staff number."""
    load(row(11), row(12))
    again = load(row(11), row(12))
    assert (again.created, again.changed, again.unchanged) == (0, 0, 2)


def test_a_mover_loses_the_old_post_with_the_new_one(tree):
    """The old assignment ends yesterday and stays on record."""
    load(row(21))
    person = Staff.objects.get(login="person21")
    past = clock.today() - timedelta(days=30)
    Assignment.objects.filter(staff=person).update(starts=past)
    done = load(row(21, post="claims_adjuster", branch="WEST"))
    old, new = person.assignments.order_by("starts")
    assert (old.ends, new.post_id, new.branch.code) == (
        clock.today() - timedelta(days=1),
        "claims_adjuster",
        "WEST",
    )
    assert done.changed == 1


def test_the_own_record_is_joined_by_the_customer_key(tree):
    """A later file without the customers at hand does not forget it."""
    record = ids.uuid7()
    load(row(31, customer_key="K31"), own_records={"K31": record})
    load(row(31, customer_key="K31"))
    person = Staff.objects.get(login="person31")
    assert person.customer_id == UUID(str(record))
    assert snapshot.current().people[str(person.id)].customer_id == str(record)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"post": "wizard"}, "post"),
        ({"branch": "MOON"}, "branch"),
        ({"department": "nowhere"}, "department"),
        ({"login": "Müller!"}, "login"),
        ({"name": "  "}, "name"),
        ({"staff_no": ""}, "staff_no"),
    ],
)
def test_a_bad_row_stops_the_file_with_its_number(tree, facts, field):
    """Nothing of the file is kept, not even the good row before it."""
    with pytest.raises(errors.RowsInvalid) as refused:
        load(row(41), row(42, **facts))
    assert refused.value.params == {"row": 2, "field": field}
    assert not Staff.objects.filter(login="person41").exists()


def test_a_login_of_another_person_stops_the_file(tree):
    """The row that takes it is named."""
    with pytest.raises(errors.RowsInvalid) as refused:
        load(row(71), row(72, login="person71"))
    assert refused.value.params == {"row": 2, "field": "login"}


def test_an_own_record_of_another_person_stops_the_file(tree):
    """Two people cannot be the same customer."""
    record = ids.uuid7()
    rows = [row(73, customer_key="K"), row(74, customer_key="K")]
    with pytest.raises(errors.RowsInvalid) as refused:
        load(*rows, own_records={"K": record})
    assert refused.value.params == {"row": 2, "field": "customer_key"}


def test_the_sample_insurers_own_files_come_in(tree, tmp_path):
    """The shapes that the demo writes."""
    write_house(tmp_path, staff(1))
    done = import_branches(SYSTEM, read(tmp_path / "branches.csv"))
    people = read(tmp_path / "staff.csv")
    assert (done.created > 1, load(*people).created) == (True, len(people))


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


def test_branches_may_stand_in_any_order(tree):
    """A child above its parent in the file."""
    rows = [
        {"code": "S1", "parent": "S", "name_zh": "南一", "name_en": "South one"},
        {"code": "S", "parent": "HQ", "name_zh": "南区", "name_en": "South"},
    ]
    done = import_branches(SYSTEM, rows)
    assert (done.created, Branch.objects.get(code="S1").parent.code) == (2, "S")
    low, high = snapshot.current().branches[tree["HQ"]]
    assert high - low == 5


def test_a_branch_that_is_its_own_ancestor_is_refused(tree):
    """And the tree stays as it was."""
    rows = [{"code": "EAST", "parent": "EAST1", "name_zh": "东区", "name_en": "East"}]
    with pytest.raises(errors.BranchLoop):
        import_branches(SYSTEM, rows)
    assert Branch.objects.get(code="EAST").parent.code == "HQ"


def test_an_import_leaves_a_leaf_with_the_people_in_it(tree):
    """Each person of the file can be asked for."""
    load(row(51))
    person = Staff.objects.get(login="person51")
    (leaf,) = trail.leaves(trail.LeafFilter(subject=("staff", str(person.id))))
    assert (leaf.event, leaf.detail["created"]) == ("access.staff.imported", 1)


def test_only_the_security_administrator_imports_people(tree):
    """The same right as making one."""
    with pytest.raises(errors.PermissionMissing):
        import_staff(cast.hire("branch_manager", "HQ").actor, [row(61)])
