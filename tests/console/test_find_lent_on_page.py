"""Customers of another branch who are lent to a person are found by what is lent of them, with a mark and nothing else."""

import re

import pytest

from tests.console.stage import House, leaves, text
from tests.console.test_lend_on_page import ASK, decide, given, newest
from tests.vault.factories import make_customer
from tutela.access import queries as people
from tutela.vault.actions.records import Created

NAME, PHONE = "司马相如", "13900139071"


@pytest.fixture(scope="module")
def far(house: House) -> Created:
    """A customer of the west; the agent is of the east."""
    return make_customer(people.branch_codes()["WEST"], name=NAME, phone=PHONE)


def search(house: House, value: str, by: str = "phone", post: str = "service_agent") -> str:
    """What the results say; the card of who is lent, which stands on the page whatever is searched, left out."""
    asked = {"by": by, "value": value, "purpose": "service"}
    page = text(house.as_(post).post("/customers/find/", asked))
    return re.sub(r'<section[^>]*aria-labelledby="lent">.*?</section>', "", page)


def lend(house: House) -> None:
    """By a search, since the agent cannot know that there is such a customer; decided by who sees everybody."""
    asked = given(house, 2, purpose="service", by="phone", value=PHONE)
    del asked["customer"]
    house.as_("service_agent").post(ASK, asked)
    decide(house, "compliance_officer", "approve")
    assert newest().started_at is not None


def test_a_lent_customer_is_found_with_a_mark(house: House, far: Created) -> None:
    """By a value of a class that is lent; not before, not by others, not afterwards; nothing of it is shown."""
    link = f"/customers/{far.customer_id}/"
    assert link not in search(house, PHONE)
    lend(house)
    page = search(house, PHONE)
    assert link in page
    assert "临时授权至" in page
    assert NAME[0] not in re.sub(r"<nav.*?</nav>", "", page)
    leaf = leaves("vault.customer.searched")[0]
    assert leaf.subjects == (("customer", str(far.customer_id)),)
    assert (leaf.decision["request"], leaf.exposure) == (str(newest().id), "none")
    assert link not in search(house, NAME, "name")
    assert link not in search(house, PHONE, post="claims_adjuster")
    client = house.as_("service_agent")
    box = client.post("/customers/search/", {"text": PHONE, "purpose": "service"})
    assert box.status_code == 302
    assert link in box.headers["Location"]
    decide(house, "service_agent", "give_back")
    assert link not in search(house, PHONE)


def test_the_page_of_lists_names_who_is_lent(house: House, far: Created) -> None:
    """By the end of the id, branch and time; to nobody else, and no longer than it lasts."""
    end = f"…{str(far.customer_id)[-8:]}"
    assert end not in text(house.as_("service_agent").get("/customers/"))
    lend(house)
    page = text(house.as_("service_agent").get("/customers/"))
    assert "当前临时授权给您的客户" in page
    assert end in page
    assert NAME not in page
    assert end not in text(house.as_("claims_adjuster").get("/customers/"))
    decide(house, "service_agent", "give_back")
    assert end not in text(house.as_("service_agent").get("/customers/"))
