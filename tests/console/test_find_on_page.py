"""Searching on the page: exact, by full-width digits, masked, and never with the value in a link."""

from tests.console.stage import FULL_WIDTH, ID_NUMBER, PHONE, House, text


def _find(house: House, by: str, value: str, purpose: str = "service") -> str:
    asked = {"by": by, "value": value, "purpose": purpose}
    client = house.as_("service_agent")
    return text(client.post("/customers/find/", asked, headers={"HX-Request": "true"}))


def test_a_full_width_id_number_finds_the_customer(house: House) -> None:
    """As it is pasted from an old system."""
    assert str(house.customer) in _find(house, "id_number", FULL_WIDTH)


def test_the_last_four_of_a_phone_find_the_customer(house: House) -> None:
    """What a caller says on the telephone."""
    assert str(house.customer) in _find(house, "phone_last4", PHONE[-4:])


def test_the_answer_holds_masks_only(house: House) -> None:
    """Not even the value that was typed comes back."""
    page = _find(house, "id_number", ID_NUMBER)
    assert ID_NUMBER not in page
    assert "110***********" in page


def test_a_value_in_the_link_is_not_searched(house: House) -> None:
    """Links stay in histories and logs, so they carry no values."""
    response = house.as_("service_agent").get(f"/customers/find/?by=phone&value={PHONE}")
    assert (response.status_code, response["Location"]) == (302, "/customers/")


def test_a_search_without_a_purpose_says_so(house: House) -> None:
    """The purpose decides what may be seen, so there is no default."""
    page = _find(house, "phone", PHONE, purpose="")
    assert "用途" in page
    assert str(house.customer) not in page


def test_a_value_of_the_wrong_form_is_one_sentence(house: House) -> None:
    """A lone surrogate, a control character, far too much: refused, never a trace back."""
    for junk in ("\x00", "é" * 190, "((((", "\u200b"):
        page = _find(house, "email", junk)
        assert "Traceback" not in page


def test_a_value_of_another_form_is_named_by_the_form(house: House) -> None:
    """Beside its field, without the code of a field and without the value."""
    page = _find(house, "email", "not an address")
    assert "不符合所选检索项的格式。" in page
    assert "not an address" not in page
