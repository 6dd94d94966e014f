"""The list's branch filter on the page: in the link, in scope, and said above the table."""

from tests.console.stage import House, text


def _page(house: House, query: str, post: str = "branch_manager") -> str:
    return text(house.as_(post).get(f"/customers/?purpose=service{query}"))


def test_the_chosen_branch_is_said_and_stays_chosen(house: House) -> None:
    """A link that is sent on shows the same list."""
    page = _page(house, "&branch=EAST")
    assert "东区及其下级机构的客户" in page
    assert 'value="EAST" selected' in page
    assert str(house.customer) in page


def test_a_branch_without_customers_says_so(house: House) -> None:
    """No table, one sentence, and the filter to choose another."""
    page = _page(house, "&branch=EAST1")
    assert str(house.customer) not in page
    assert "该机构没有您权限范围内的客户" in page
    assert 'name="branch"' in page


def test_only_branches_in_scope_can_be_chosen(house: House) -> None:
    """The manager of the east does not see that there is a west."""
    page = _page(house, "")
    assert 'value="EAST1"' in page
    assert 'value="WEST"' not in page


def test_a_link_to_a_branch_beyond_the_scope_shows_nobody(house: House) -> None:
    """Neither a list nor a look in the trail."""
    for code in ("WEST", "NOWHERE", "E" * 5000, "\x00"):
        page = text(
            house.as_("branch_manager").get("/customers/", {"purpose": "service", "branch": code})
        )
        assert "该机构不在您的权限范围内" in page
        assert str(house.customer) not in page


def test_the_list_s_purpose_can_be_changed_by_its_form(house: House) -> None:
    """The form sends the name that the page reads."""
    page = _page(house, "")
    assert 'id="list_purpose"' in page
    assert "list-purpose" not in page
