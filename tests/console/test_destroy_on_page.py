"""Pages of a destruction: proposed by one person, approved by another who types the word."""

import re
from uuid import UUID

from tests.access import cast
from tests.console.stage import PHONE, House, browser, leaves, text

WHY = "asked to be forgotten"


def _proposed(house: House) -> str:
    """Propose the house's customer; the page where the order is decided."""
    manager = house.as_("branch_manager")
    manager.post(f"/customers/{house.customer}/destroy/", {"reason": WHY})
    (address,) = re.findall(r"/destructions/[0-9a-f-]{36}/", text(manager.get("/destructions/")))
    return str(address)


def test_the_customers_page_leads_to_the_form_and_a_reason_is_needed(house: House) -> None:
    """A blank one is refused in the form."""
    manager = house.as_("branch_manager")
    address = f"/customers/{house.customer}/destroy/"
    assert address in text(manager.get(house.page()))
    assert manager.get(address).status_code == 200
    assert manager.post(address, {"reason": " "}).status_code == 422


def test_a_customer_elsewhere_and_one_who_is_not_there_are_one_answer(house: House) -> None:
    """On the form of the proposal and on the page of the order."""
    order = _proposed(house)
    other = browser(cast.hire("branch_manager", "EAST1").staff)
    none = "/destructions/00000000-0000-0000-0000-000000000001/"
    asked = [f"/customers/{one}/destroy/" for one in (house.customer, UUID(int=1))]
    answers = [other.get(address) for address in (*asked, order, none)]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert order not in text(other.get("/destructions/"))
    manager = house.as_("branch_manager")
    assert manager.post(order, {"do": "reject"}).status_code == 302


def test_who_proposed_may_only_withdraw(house: House) -> None:
    """There is no button, and the verb refuses."""
    order = _proposed(house)
    manager = house.as_("branch_manager")
    page = text(manager.get(order))
    assert 'value="reject"' in page
    assert 'value="approve"' not in page
    refused = manager.post(
        order, {"do": "approve", "word": "DESTROY"}, headers={"Accept-Language": "en"}
    )
    assert "vault.same_person" in text(refused)
    assert manager.post(order, {"do": "reject"}).status_code == 302


def test_who_comes_late_is_told_that_it_is_decided(house: House) -> None:
    """Two people decide at once: the page of the later one says so, whatever it asked for."""
    order = _proposed(house)
    manager = house.as_("branch_manager")
    assert manager.post(order, {"do": "reject"}).status_code == 302
    for given in ({"do": "reject"}, {"do": "approve", "word": "DESTROY"}):
        late = manager.post(order, given, headers={"Accept-Language": "en"}, follow=True)
        assert "has already been decided" in text(late)


def test_the_second_person_reads_why_and_what_goes(house: House) -> None:
    """The page counts what would be destroyed; the reason opens after its leaf, only while it waits."""
    order = _proposed(house)
    second = browser(cast.hire("branch_manager", "EAST").staff)
    page = text(second.get(order))
    assert f"/customers/{house.customer}/" in page
    assert WHY not in page
    assert WHY in text(second.post(order, {"do": "read"}))
    (leaf, *_) = leaves("trail.note.opened")
    assert leaf.subjects == (("customer", str(house.customer)),)
    assert leaf.detail["order"] in order
    assert second.post(order, {"do": "reject"}).status_code == 302
    assert second.post(order, {"do": "read"}).status_code == 409


def test_a_second_person_types_the_word_and_the_customer_is_gone(house: House) -> None:
    """Another word does nothing; the word of the reader's language does it."""
    order = _proposed(house)
    second = browser(cast.hire("branch_manager", "EAST").staff)
    wrong = second.post(order, {"do": "approve", "word": "yes"})
    assert wrong.status_code == 422
    page = text(second.get(order, headers={"Accept-Language": "zh-CN"}))
    assert "请输入“销毁”以继续" in page
    assert PHONE not in page
    given = {"do": "approve", "word": "销毁"}
    done = second.post(order, given, headers={"Accept-Language": "zh-CN"})
    assert done.status_code == 302
    assert second.get(house.page()).status_code in {403, 404}
    assert "已销毁" in text(second.get("/destructions/", headers={"Accept-Language": "zh-CN"}))
