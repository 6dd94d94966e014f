"""The box on every page: to the customer at once, never with the value in a link or on the page."""

import re

from tests.console.stage import FULL_WIDTH, ID_NUMBER, NAME, PHONE, House, leaves, text
from tests.vault.factories import make_customer
from tutela.vault import desk


def _search(house: House, typed: str, post: str = "service_agent", **more: str):
    asked = {"text": typed, "purpose": "service", **more}
    return house.as_(post).post("/customers/search/", asked)


def test_the_box_stands_on_every_page_of_whoever_may_search(house: House) -> None:
    """With the purpose chosen already; nobody else sees it."""
    client = house.as_("service_agent")
    for address in ("/", "/catalogue/", "/me/", house.page()):
        page = text(client.get(address))
        assert 'action="/customers/search/"' in page, address
        assert 'value="service" selected' in page
    for post in ("auditor", "marketing_analyst", "system_admin"):
        assert "/customers/search/" not in text(house.as_(post).get("/me/"))


def test_any_number_leads_to_the_customer(house: House) -> None:
    """Phone, id number in full width, customer number, work item; the link says by what, never the value."""
    for typed, kind in (
        (PHONE, "phone"), (FULL_WIDTH, "id"), ("C1", "number"), ("S1", "work_item"),
        (f"{NAME} {PHONE[-4:]}", "name_and_four"), (f"\u202e{PHONE}\u202c", "phone"),
    ):  # fmt: skip
        response = _search(house, typed)
        assert response.status_code == 302, typed
        place = response["Location"]
        assert place.startswith(f"/customers/{house.customer}/?purpose=service&by={kind}"), typed
        assert typed not in place
        assert ("item=" in place) is (typed == "S1")


def test_the_answer_repeats_no_value(house: House) -> None:
    """Found by name, not found at all, or refused: masks and words only."""
    for typed in (NAME, ID_NUMBER[:-1] + "0", "13900000000", "不存在的人"):
        page = text(_search(house, typed))
        assert typed not in page
        assert "识别为" in page


def test_who_finds_nobody_is_led_on(house: House) -> None:
    """To a request by a search and to break-glass, alike for a customer of another branch and for none."""
    page = text(_search(house, "13900000000"))
    assert 'href="/temporary-access/request/?purpose=service"' in page
    by_field = {"by": "phone", "value": "13900000000", "purpose": "service"}
    found = text(house.as_("service_agent").post("/customers/find/", by_field))
    assert 'href="/temporary-access/request/?purpose=service"' in found
    assert "/temporary-access/request/" not in text(_search(house, NAME)), "somebody is found"


def test_a_paste_of_ten_thousand_characters_is_one_sentence(house: House) -> None:
    """Nothing is searched, and nothing of it comes back."""
    before = len(leaves("vault.customer.searched"))
    response = _search(house, "13800138017 " * 900)
    assert response.status_code == 422
    assert "vault.too_long_to_find" in text(response)
    assert PHONE not in text(response)
    assert len(leaves("vault.customer.searched")) == before


def test_nothing_typed_says_what_can_be_typed(house: House) -> None:
    """Blank, invisible, or without a purpose that the person has."""
    for typed in ("", "  ", "\u200b"):
        assert "vault.nothing_typed" in text(_search(house, typed))
    assert _search(house, PHONE, purpose="legal").status_code == 422


def test_a_name_of_many_asks_for_a_second_hint(house: House) -> None:
    """The name goes along sealed; with the hint there is one."""
    branch = house.people["service_agent"].staff.assignments.first().branch_id
    for number in range(desk.FEW + 1):
        make_customer(branch, name="慕容多人", phone=f"1360000{number}{number}{number}{number}")
    page = text(_search(house, "慕容多人"))
    assert "慕容多人" not in page
    assert "慕容**" not in page
    sealed = re.search(r'name="first" value="([^"]+)"', page)
    assert sealed is not None
    response = _search(house, "3333", first=sealed[1])
    assert response.status_code == 302
    assert "by=name" in response["Location"]
    assert "识别为" in text(_search(house, "3333", first="forged"))


def test_a_customer_of_another_branch_is_as_none(house: House) -> None:
    """Found numbers and numbers that nobody has are answered alike."""
    from tests.access import cast

    far = cast.hire("service_agent", "WEST")
    from tests.console.stage import browser

    told = [
        re.sub(r'name="csrfmiddlewaretoken" value="\w+"|X-CSRFToken": "\w+', "", text(
            browser(far.staff).post("/customers/search/", {"text": typed, "purpose": "service"})
        ))
        for typed in (PHONE, "13800138018")
    ]  # fmt: skip
    assert told[0] == told[1]
    assert str(house.customer) not in told[0]
