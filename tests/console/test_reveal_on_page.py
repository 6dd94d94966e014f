"""Clear values on the customer's page: refused without a reason or work item, shown after a trace."""

from tests.console.stage import PHONE, House, leaves, text


def test_a_reveal_without_a_work_item_is_refused_and_traced(house: House) -> None:
    """The sentence says what would help; the leaf names the customer, never a value."""
    response = house.reveal("service_agent", work_item="")
    assert (response.status_code, PHONE in text(response)) == (403, False)
    assert "access.work_item_missing" in text(response)
    leaf = leaves("access.request.refused")[0]
    assert leaf.subjects == (("customer", str(house.customer)),)


def test_a_reveal_without_a_reason_shows_what_is_missing(house: House) -> None:
    """The form is told, nothing is opened, no quota is spent."""
    before = len(leaves("vault.field.revealed"))
    response = house.reveal("service_agent", reason="  ")
    assert response.status_code == 422
    assert len(leaves("vault.field.revealed")) == before


def test_a_reveal_with_purpose_work_item_and_reason_shows_the_value(house: House) -> None:
    """The value comes with its seconds, the leaf's id and the order to close the dialog."""
    response = house.reveal("service_agent")
    page = text(response)
    assert response.status_code == 200
    assert f'data-clear-seconds="60">{PHONE}' in page
    assert str(leaves("vault.field.revealed")[0].id) in page
    assert "dialog:done" in response.headers["HX-Trigger"]


def test_somebody_of_another_post_cannot_reveal(house: House) -> None:
    """The button is not there, and the address refuses all the same."""
    assert "data-choose-one" not in text(house.as_("sales_agent").get(house.page()))
    assert house.reveal("sales_agent").status_code == 403


def test_a_place_that_is_no_place_is_not_opened(house: House) -> None:
    """Junk in the list of fields counts as nothing chosen."""
    client = house.as_("service_agent")
    asked = {"reveal-purpose": "service", "reveal-reason": "x", "place": ["", "x:y", ":phone"]}
    assert client.post(f"/customers/{house.customer}/reveal/", asked).status_code == 422


def test_the_watermark_names_the_reader(house: House) -> None:
    """Who photographs the screen photographs the name."""
    page = text(house.as_("service_agent").get(house.page()))
    assert house.people["service_agent"].staff.staff_no in page.split('id="watermark"')[1]


def test_only_one_s_own_work_items_are_offered(house: House) -> None:
    """The gate takes no other, so the form does not lead into a refusal."""
    own = text(house.as_("service_agent").get(house.page()))
    assert f'value="{house.work_item}"' in own
    other = text(house.as_("claims_adjuster").get(house.page("claim")))
    assert 'id="reveal-form"' in other
    assert house.work_item not in other
    assert "均非由您经办" in other
