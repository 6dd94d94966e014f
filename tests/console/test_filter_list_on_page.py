"""The list on the page: asked for with a reason; its branch filter in scope, and said above the table."""

from tests.console.stage import House, leaves, text


def _page(
    house: House, branch: str, post: str = "branch_manager", reason: str = "Spot check"
) -> str:
    asked = {"purpose": "service", "branch": branch, "reason": reason}
    return text(house.as_(post).post("/customers/list/", asked))


def test_the_chosen_branch_is_said_and_stays_chosen(house: House) -> None:
    """Also for the page that follows."""
    page = _page(house, "EAST")
    assert "东区及其下级机构的客户" in page
    assert 'value="EAST" selected' in page
    assert str(house.customer) in page


def test_a_branch_without_customers_says_so(house: House) -> None:
    """No table, one sentence, and the filter to choose another."""
    page = _page(house, "EAST1")
    assert str(house.customer) not in page
    assert "该机构没有您权限范围内的客户" in page
    assert 'name="branch"' in page


def test_only_branches_in_scope_can_be_chosen(house: House) -> None:
    """The manager of the east does not see that there is a west."""
    page = _page(house, "")
    assert 'value="EAST1"' in page
    assert 'value="WEST"' not in page


def test_a_branch_beyond_the_scope_shows_nobody(house: House) -> None:
    """Neither a list nor a look in the trail."""
    for code in ("WEST", "NOWHERE", "E" * 5000, "\x00"):
        page = _page(house, code)
        assert "该机构不在您的权限范围内" in page
        assert str(house.customer) not in page


def test_the_list_s_purpose_can_be_changed_by_its_form(house: House) -> None:
    """The form sends the name that the page reads."""
    page = _page(house, "")
    assert 'id="list_purpose"' in page
    assert "list-purpose" not in page


def test_no_list_appears_by_itself(house: House) -> None:
    """The page of customers shows nobody, whatever stands in its link; and leaves no leaf of a list."""
    before = len(leaves("vault.customer.listed"))
    page = text(house.as_("branch_manager").get("/customers/?purpose=service&list=1"))
    assert str(house.customer) not in page
    assert len(leaves("vault.customer.listed")) == before


def test_a_list_without_a_reason_is_not_shown(house: House) -> None:
    """It says what is missing; with a reason its leaf carries the words, sealed."""
    assert str(house.customer) not in _page(house, "EAST", reason="  ")
    assert str(house.customer) in _page(house, "EAST", reason="Renewal round of the east")
    leaf = leaves("vault.customer.listed")[0]
    assert leaf.note
    assert "Renewal" not in leaf.note
