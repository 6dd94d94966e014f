"""People are found by what one knows of them, and nobody is an error."""

import pytest

from tutela.access import people_search
from tutela.access.actions.people import NewStaff, create_staff
from tutela.access.errors import StaffUnknown
from tutela.base.actor import SYSTEM


@pytest.fixture(scope="module")
def crew(tree):
    """Ten people of one name, and one of another."""
    new = [
        NewStaff(
            staff_no=f"W{n:04d}",
            login=f"wang.{n}",
            name="王芳",
            post="service_agent",
            branch="EAST",
        )
        for n in range(10)
    ]
    made = [create_staff(SYSTEM, one) for one in new]
    other = NewStaff(staff_no="L0001", login="li.na", name="李娜", post="auditor", branch="HQ")
    return made, create_staff(SYSTEM, other)


@pytest.mark.parametrize(
    "text",
    [
        "李娜",
        "L0001",
        "li.na",
        "LI.NA",
        " 李 娜 ".replace(" 娜", "娜"),
        "\u202e李娜\u200b",
        "Ｌ０００１",
    ],
)
def test_a_person_is_found_by_name_number_or_sign_in_name(crew, text):
    """However it was typed or pasted."""
    (found,) = people_search.find(text)
    assert (found.id, found.posts, found.branch) == (crew[1].id, ("auditor",), found.branch)


def test_a_name_of_ten_people_gives_all_ten_with_what_tells_them_apart(crew):
    """Number, post and branch."""
    found = people_search.find("王芳")
    assert {one.staff_no for one in found} == {one.staff_no for one in crew[0]}
    assert all(one.posts == ("service_agent",) and one.branch for one in found)


def test_the_number_of_one_person_is_that_person_alone(crew):
    """Though another's number begins with it."""
    assert [one.staff_no for one in people_search.find("W0001")] == ["W0001"]


@pytest.mark.parametrize("text", ["", "没有这个人", "王" * 81, "x" * 10_000, "\u202e", "%", "_"])
def test_nobody_of_that_name_is_an_error(crew, text):
    """Never an empty list that looks like an answer."""
    with pytest.raises(StaffUnknown):
        people_search.find(text)


def test_suggestions_come_while_one_types(crew):
    """A few, whose name, number or sign-in name begins so."""
    assert {one.name for one in people_search.suggest("王")} == {"王芳"}
    assert len(people_search.suggest("wang")) == 8
    assert people_search.suggest("x" * 10_000) == people_search.suggest("") == []


def test_peers_hold_the_same_post_today(crew):
    """The person is among them."""
    by_post = people_search.peers(crew[0][0].id)
    assert set(by_post["service_agent"]) >= {str(one.id) for one in crew[0]}
    assert str(crew[1].id) not in by_post["service_agent"]
