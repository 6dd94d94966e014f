"""Clear values without HTMX, and what is said where they are not for the reader."""

from tests.console.stage import PHONE, House, browser, leaves, text


def _reveal(house: House, post: str = "service_agent", field: str = "phone", **given: str):
    wanted = {"purpose": "service", "work_item": house.work_item, "reason": "Caller check"} | given
    data = {f"reveal-{name}": value for name, value in wanted.items()}
    data["place"] = f"{house.record}:{field}"
    return house.as_(post).post(f"/customers/{house.customer}/reveal/", data)


def test_without_htmx_the_value_stands_on_a_whole_page_that_leaves(house: House) -> None:
    """Under the watermark with the reader's name; the server's header takes it away after its seconds."""
    response = _reveal(house)
    page = text(response)
    assert response.status_code == 200
    assert page.lstrip().startswith("<!doctype html>")
    assert f'data-clear-seconds="60">{PHONE}' in page
    assert house.people["service_agent"].staff.staff_no in page.split('id="watermark"')[1]
    assert 'id="watermark" aria-hidden="true">' in page
    assert response["Refresh"] == f"60; url=/customers/{house.customer}/?purpose=service"
    assert response["Cache-Control"] == "no-store"


def test_without_a_reason_the_page_shows_its_form_open(house: House) -> None:
    """Nothing is opened; what was chosen stays chosen."""
    before = len(leaves("vault.field.revealed"))
    response = _reveal(house, reason=" ")
    page = text(response)
    assert response.status_code == 422
    assert f'value="{house.record}:phone" aria-label' in page
    assert "open>" in page.split('id="reveal-dialog"')[1][:80]
    assert PHONE not in page
    assert len(leaves("vault.field.revealed")) == before


def test_a_recent_reason_is_offered_and_stands_for_a_typed_one(house: House) -> None:
    """It lies in the session sealed."""
    client = house.as_("service_agent")
    data = {"reveal-purpose": "service", "reveal-work_item": house.work_item}
    data |= {"reveal-reason": "Reason number one", "place": f"{house.record}:phone"}
    client.post(f"/customers/{house.customer}/reveal/", data)
    assert 'value="Reason number one"' in text(client.get(house.page()))
    assert "Reason number one" not in str(dict(client.session))
    data |= {"reveal-reason": "", "reveal-recent": "Reason number one"}
    assert PHONE in text(client.post(f"/customers/{house.customer}/reveal/", data))


def test_a_work_item_may_be_named_by_number(house: House) -> None:
    """As well as chosen from the list."""
    assert PHONE in text(_reveal(house, work_item="", number="S1"))
    assert _reveal(house, work_item="", number="S404").status_code == 403


def test_several_values_have_one_leaf(house: House) -> None:
    """One reason, one entry of the log; one that is not there refuses all of them."""
    before = len(leaves("vault.field.revealed"))
    data = {"reveal-purpose": "service", "reveal-work_item": house.work_item}
    data |= {"reveal-reason": "Both", "place": [f"{house.record}:phone", f"{house.record}:name"]}
    client, address = house.as_("service_agent"), f"/customers/{house.customer}/reveal/"
    assert PHONE in text(client.post(address, data))
    assert len(leaves("vault.field.revealed")) == before + 1
    data["place"] = [f"{house.record}:phone", f"{house.customer}:name"]
    assert PHONE not in text(client.post(address, data))


def test_a_link_to_a_field_opens_the_form_without_javascript(house: House) -> None:
    """The eye is a link to the same page with the form open and the field chosen."""
    page = text(house.as_("service_agent").get(f"{house.page()}&place={house.record}:phone"))
    assert "open>" in page.split('id="reveal-dialog"')[1][:80]
    assert PHONE not in page


def test_a_session_that_ended_is_said_by_the_sign_in_page(house: House) -> None:
    """A part is told to load the whole; a form is led there; both come back to the customer's page."""
    address = f"/customers/{house.customer}/reveal/"
    here = f"https://testserver{house.page()}"
    told = browser().post(address, {}, headers={"HX-Request": "true", "HX-Current-URL": here})
    assert (told.status_code, told.content) == (204, b"")
    place = told["HX-Redirect"]
    assert place == f"/account/login/?ended=1&next=%2Fcustomers%2F{house.customer}%2F"
    assert "登录已失效" in text(browser().get(place))
    assert "ended=1" in browser().post(address, {})["Location"]


def test_a_refusal_says_which_right_is_missing_and_for_whom_it_is_there(house: House) -> None:
    """No work item: what is needed, and two ways on. No cell: whose cell it is. No function: whose it is."""
    page = text(_reveal(house, work_item=""))
    assert "access.work_item_missing" in page
    assert f"/customers/{house.customer}/call/" in page
    assert f"/customers/{house.customer}/hand-over/" in page
    page = text(_reveal(house, purpose="complaint"))
    assert "access.no_cell" in page or "access.work_item_missing" in page
    assert "机构负责人" in page
    page = text(house.as_("service_agent").get("/imports/"))
    assert "access.permission_missing" in page
    assert "机构负责人" in page


def test_what_is_hidden_or_masked_is_listed_with_whose_it_is(house: House) -> None:
    """On the customer's page, below the records."""
    page = text(house.as_("sales_agent").get(house.page("renewal")))
    if 'class="card mb-3 lacks"' not in page:
        page = text(house.as_("branch_manager").get(house.page()))
    assert "lacks" in page
    assert "客服专员" in page


def test_the_call_is_recorded_without_the_value(house: House) -> None:
    """One record of contact; a customer's number in its words is refused."""
    client, address = house.as_("service_agent"), f"/customers/{house.customer}/call/"
    assert client.get(address).status_code == 200
    data = {"topic": "Address", "result": f"Call {PHONE}", "purpose": "service"}
    assert client.post(address, data).status_code == 422
    before = len(leaves("vault.record.created"))
    assert client.post(address, data | {"result": "Form sent"}).status_code == 302
    assert len(leaves("vault.record.created")) == before + 1
    assert "tab=contact" in text(client.get(house.page()))
