"""What is refused is told in one sentence with a code, and repeats nothing of what was sent."""

import pytest
from django.test import Client
from django.urls import get_resolver

from tests.console.stage import PHONE, House, text
from tutela.console import faults, refusals


def test_an_address_that_is_not_there_is_not_repeated(house: House) -> None:
    """Somebody may have typed a customer's number into it."""
    response = house.as_("auditor").get(f"/customers/{PHONE}/")
    assert response.status_code == 404
    assert "page.404" in text(response)
    assert PHONE not in text(response)


@pytest.mark.parametrize(
    "address", ["/programme/departments/%00/rename/", "/documents/%00/", "/%00"]
)
def test_an_address_with_a_nul_is_refused_before_it_reaches_a_database(
    house: House, address: str
) -> None:
    """Which would take it for a fault of ours."""
    assert house.as_("security_admin").get(address).status_code == 404


def test_a_form_from_another_session_is_refused_with_a_page(house: House) -> None:
    """Without Django's own page, which tells how it is built."""
    response = Client(enforce_csrf_checks=True).post("/account/login/", {"login": "x"})
    assert response.status_code == 403
    assert "page.csrf" in text(response)


def test_the_page_of_our_own_faults_needs_nothing_that_may_be_broken() -> None:
    """No session, no database, no request."""
    assert get_resolver().resolve_error_handler(500) is faults.broken
    assert "page.500" in text(refusals.broken(None))


def test_a_customer_that_is_not_there_is_one_sentence(house: House) -> None:
    """The same for one that exists nowhere and one outside the scope."""
    address = f"/customers/{house.record}/?purpose=service"
    response = house.as_("service_agent").get(address)
    assert response.status_code == 404
    assert "vault.customer_not_found" in text(response)


def test_a_part_of_a_page_gets_the_refusal_as_a_part(house: House) -> None:
    """So that it stands where the answer would have stood."""
    client = house.as_("service_agent")
    response = client.get("/trail/", headers={"HX-Request": "true"})
    assert response.status_code == 403
    assert "<html" not in text(response)


def test_junk_in_every_filter_is_no_fault(house: House) -> None:
    """Links are edited by hand."""
    client = house.as_("auditor")
    for name in ("person", "customer", "event", "since", "until", "before"):
        for junk in ("\x00", "' OR 1=1", "9" * 400, "é", "2026-99-99"):
            assert client.get("/trail/", {name: junk}).status_code == 200
    for address in (
        "/staff/?page=-1",
        "/staff/?post=%00",
        "/matrix/?post=x",
        "/catalogue/?class=x",
        "/tasks/?department=%00it",
        "/inbox/?group=%00",
    ):
        assert client.get(address).status_code == 200
    clerk = house.as_("service_agent")
    for query in ("purpose=x", "purpose=service&after=x", "purpose=service&tab=%00"):
        assert clerk.get(f"/customers/?{query}").status_code == 200
        assert clerk.get(f"/customers/{house.customer}/?{query}").status_code == 200
