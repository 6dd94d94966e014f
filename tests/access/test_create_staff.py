"""Accounts and posts, one at a time."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from tests.access import cast
from tutela.access import errors, gate, seed
from tutela.access.actions.people import NewStaff, assign_post, change_staff, create_staff
from tutela.access.models import Department, Post, Staff
from tutela.base import ids
from tutela.base.actor import SYSTEM
from tutela.trail import queries as trail
from tutela.vault import permissions


def create(actor=SYSTEM, **facts) -> Staff:
    plain = {"staff_no": "C1", "login": "c.one", "name": "Test", "post": "service_agent"}
    return create_staff(actor, NewStaff(**{**plain, **facts}))


def test_the_security_administrator_makes_an_account(tree):
    """With its first post, and a leaf that names both."""
    admin = cast.hire("security_admin")
    made = create(admin.actor, staff_no="C2", login="C.Two ", branch="EAST")
    assert (made.login, made.is_active, made.has_usable_password()) == ("c.two", True, False)
    leaves = trail.leaves(trail.LeafFilter(subject=("staff", str(made.id))))
    assert {leaf.event for leaf in leaves} == {"access.staff.created", "access.assignment.changed"}


@pytest.mark.parametrize("login", ["", "x", "with space", "张三", "a" * 81, "-dash"])
def test_a_login_of_other_signs_is_refused(database, login):
    """It must be typed the same everywhere."""
    with pytest.raises(errors.LoginInvalid):
        create(login=login)


def test_a_login_or_number_is_given_once(database):
    """Without a trace back from the database."""
    create(staff_no="C3", login="c.three")
    for facts in ({"staff_no": "C3", "login": "other"}, {"staff_no": "C4", "login": "C.THREE"}):
        with pytest.raises(errors.StaffExists):
            create(**facts)


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        ({"post": "wizard"}, errors.PostUnknown),
        ({"branch": "MOON"}, errors.BranchUnknown),
        ({"department": "nowhere"}, errors.DepartmentUnknown),
        ({"post": "machine"}, errors.PostsIncompatible),
    ],
)
def test_a_place_that_does_not_exist_is_refused_and_nobody_is_made(database, facts, error):
    """All or nothing."""
    with pytest.raises(error):
        create(staff_no="C5", login="c.five", **facts)
    assert not Staff.objects.filter(login="c.five").exists()


@pytest.mark.parametrize("second", ["auditor", "system_admin", "service_agent"])
def test_an_administrator_holds_no_second_post(tree, second):
    """Nor does anybody become one beside other work."""
    admin = cast.hire("security_admin")
    with pytest.raises(errors.PostsIncompatible):
        assign_post(SYSTEM, admin.staff, second)


def test_two_posts_add_up(tree):
    """A service agent who is also an underwriter has both functions."""
    agent = cast.hire("sales_agent", "EAST")
    assert not gate.holds(agent.actor, permissions.FIELD_REVEAL)
    assign_post(SYSTEM, agent.staff, "underwriter", branch="EAST")
    assert gate.holds(agent.actor, permissions.FIELD_REVEAL)


def test_the_same_post_twice_is_refused(tree):
    """At the same branch from the same day."""
    agent = cast.hire("sales_agent", "EAST")
    with pytest.raises(errors.AssignmentExists):
        assign_post(SYSTEM, agent.staff, "sales_agent", branch="EAST")


def test_an_own_record_belongs_to_one_person(tree):
    """The second is refused without a trace back."""
    record = ids.uuid7()
    cast.hire("sales_agent", "EAST", customer_id=record)
    other = cast.hire("sales_agent", "EAST")
    with pytest.raises(errors.OwnRecordTaken):
        change_staff(SYSTEM, other.staff, customer_id=record)


def test_a_change_is_kept_with_the_names_of_its_fields_only(tree):
    """What the name was, and is, stays out of the trail."""
    agent = cast.hire("service_agent", "EAST")
    change_staff(SYSTEM, agent.staff, name="Somebody Else", branch="WEST")
    leaves = trail.leaves(
        trail.LeafFilter(subject=("staff", agent.actor.id), event="access.staff.changed")
    )
    assert {leaf.detail["field"] for leaf in leaves} == {"name", "branch"}
    assert "Somebody" not in repr(leaves)


def test_the_seed_is_safe_to_repeat(database):
    """Every start runs it."""
    before = (Department.objects.count(), Post.objects.count(), Staff.objects.count())
    seed.seed()
    assert (Department.objects.count(), Post.objects.count(), Staff.objects.count()) == before


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM access_staff",
        "DELETE FROM access_quota_use",
        "DELETE FROM access_api_key",
        "UPDATE access_matrix_version SET hash = ''",
        "DELETE FROM access_matrix_version",
    ],
)
def test_the_application_cannot_unmake_what_is_kept(database, statement):
    """The database refuses, whatever the program does."""
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_staff SET kind = 'ghost'",
        "INSERT INTO access_epoch (id, value) VALUES (2, 0)",
        "UPDATE access_assignment SET ends = starts - 1",
    ],
)
def test_the_database_keeps_the_rules_too(tree, statement):
    """Constraints, not only code."""
    cast.hire("service_agent", "EAST")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
