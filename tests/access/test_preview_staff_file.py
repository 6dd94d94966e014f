"""A staff file is looked at before it is taken; one that would disable too many people stops and asks."""

import pytest

from tests.access import cast
from tests.access.test_import_staff import row
from tutela.access import errors
from tutela.access.actions.imports import StaffFile, preview_staff_file, take_staff_file
from tutela.access.models import Assignment, Staff
from tutela.base.actor import SYSTEM
from tutela.trail import queries as trail


def rows(numbers: range, **facts: str) -> list[dict[str, str]]:
    return [row(number, **facts) for number in numbers]


@pytest.fixture
def forty(tree: dict[str, int]) -> list[dict[str, str]]:
    """Forty people who work here, beside nobody else."""
    Staff.objects.filter(kind="staff").update(is_active=False)
    listed = rows(range(1, 41))
    for one in take_staff_file(SYSTEM, StaffFile(listed)).ids:
        Staff.objects.filter(id=one).update(is_active=True)
    Staff.objects.filter(staff_no__in=[one["staff_no"] for one in listed]).update(is_active=True)
    return listed


def test_a_preview_says_what_changes_and_changes_nothing(forty) -> None:
    """New people, changed fields with before and after, posts that end and begin, who stays as they are."""
    listed = [*forty[:-1], row(40, name="Wang", branch="WEST"), row(41)]
    before = list(Staff.objects.order_by("id").values())
    posts = Assignment.objects.count()
    plan = preview_staff_file(SYSTEM, StaffFile(listed))
    (changed,) = plan.changed
    assert changed.fields["name"] == ("Test", "Wang")
    assert "branch_id" in changed.fields
    assert (len(changed.ended), changed.begun is not None) == (1, True)
    assert ([one.row for one in plan.created], plan.unchanged, plan.leavers) == ([41], 39, [])
    assert list(Staff.objects.order_by("id").values()) == before
    assert Assignment.objects.count() == posts


def test_a_whole_file_disables_who_is_missing(forty) -> None:
    """One of forty is under the limit; each has a leaf, and the import's leaf stands beside it."""
    done = take_staff_file(SYSTEM, StaffFile(forty[1:], whole=True))
    gone = Staff.objects.get(staff_no=forty[0]["staff_no"])
    assert (done.disabled, gone.is_active) == (1, False)
    assert trail.leaves(
        trail.LeafFilter(subject=("staff", str(gone.id)), event="access.staff.disabled")
    )
    assert take_staff_file(SYSTEM, StaffFile(forty[1:], whole=True)).disabled == 0


def test_a_file_that_would_disable_five_percent_stops_and_asks(forty) -> None:
    """Two of forty: nothing is done until this very number is confirmed."""
    short = [*forty[2:], row(42)]
    for confirmed in (None, 0, 1, 3):
        with pytest.raises(errors.ManyLeavers) as refused:
            take_staff_file(SYSTEM, StaffFile(short, whole=True, leavers=confirmed))
        assert refused.value.params == {"leavers": 2, "people": 40}
    assert Staff.objects.filter(kind="staff", is_active=True).count() == 40
    assert not Staff.objects.filter(staff_no="N0042").exists()
    assert preview_staff_file(SYSTEM, StaffFile(short, whole=True)).is_many
    done = take_staff_file(SYSTEM, StaffFile(short, whole=True, leavers=2))
    assert (done.created, done.disabled) == (1, 2)


def test_administrators_are_not_disabled_by_a_file(forty) -> None:
    """Nor machines; the preview names who stays."""
    admin, machine = cast.hire("security_admin"), cast.hire("machine", "EAST")
    plan = preview_staff_file(admin.actor, StaffFile(forty, whole=True))
    assert (plan.kept, plan.leavers) == ([admin.staff], [])
    take_staff_file(admin.actor, StaffFile(forty, whole=True))
    for one in (admin, machine):
        one.staff.refresh_from_db()
        assert one.staff.is_active


def test_what_was_seen_is_what_is_done(forty) -> None:
    """Somebody else's change in between asks for another look."""
    listed = [*forty[:-1], row(40, name="Li")]
    seen = preview_staff_file(SYSTEM, StaffFile(listed)).fingerprint
    Staff.objects.filter(staff_no=forty[0]["staff_no"]).update(name="Zhao")
    with pytest.raises(errors.PreviewOutdated):
        take_staff_file(SYSTEM, StaffFile(listed, seen=seen))
    seen = preview_staff_file(SYSTEM, StaffFile(listed)).fingerprint
    assert take_staff_file(SYSTEM, StaffFile(listed, seen=seen)).changed == 2


def test_a_person_stands_once_in_a_file_and_a_disabled_one_stays_disabled(forty) -> None:
    """Two rows of one number are an error with the second row."""
    with pytest.raises(errors.RowsInvalid) as refused:
        preview_staff_file(SYSTEM, StaffFile([*forty, forty[3]]))
    assert refused.value.params == {"row": 41, "field": "staff_no"}
    Staff.objects.filter(staff_no=forty[0]["staff_no"]).update(is_active=False)
    plan = preview_staff_file(SYSTEM, StaffFile(forty, whole=True))
    assert [one.staff_no for one in plan.closed] == [forty[0]["staff_no"]]
    take_staff_file(SYSTEM, StaffFile(forty, whole=True))
    assert not Staff.objects.get(staff_no=forty[0]["staff_no"]).is_active


def test_who_manages_no_staff_sees_no_preview(forty) -> None:
    """A preview tells who works here."""
    for post in ("branch_manager", "system_admin"):
        with pytest.raises(errors.PermissionMissing):
            preview_staff_file(cast.hire(post, "HQ").actor, StaffFile(forty))


def test_a_login_that_the_row_above_gives_up_may_be_taken(forty) -> None:
    """In the file's order; the other way round it is still another's."""
    listed = [row(1, login="person1b"), row(2, login="person1")]
    assert take_staff_file(SYSTEM, StaffFile(listed)).changed == 2
    with pytest.raises(errors.RowsInvalid):
        take_staff_file(SYSTEM, StaffFile([row(1, login="person1"), row(2, login="person2")]))
