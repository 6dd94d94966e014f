"""Pages of the data steward: held rows, moves between branches, sources."""

import re
from uuid import UUID

from tests import imports
from tests.access import cast
from tests.console.stage import PHONE, House, browser, leaves, text
from tests.vault.factories import id_number
from tutela.vault.importing.reading.sources import BytesSource

ROW = "客户编号,姓名,证件号码,手机号码\nN1,钱测试,{number},13712345678\n"


def _hold(house: House, serial: int) -> str:
    """Let the branch manager import a new customer; the row's page."""
    manager = house.people["branch_manager"].actor
    data = ROW.format(number=id_number(serial)).encode()
    result = imports.bring_in(manager, BytesSource("f", data), collection="customer", workers=1)
    assert result.rejected == 1
    own = text(house.as_("branch_manager").get(f"/imports/{result.batch}/"))
    assert "1 行未写入，已转交数据管理员核定" in own
    page = text(house.as_("data_steward").get(f"/held-rows/imports/{result.batch}/"))
    (address,) = re.findall(r"/held-rows/[0-9a-f-]{36}/", page)
    return str(address)


def test_a_steward_opens_a_row_masked_and_no_clear_value_is_on_the_page(house: House) -> None:
    """First the reason, then the masks; the queue's pages tell nothing of the content."""
    address = _hold(house, 501)
    steward = house.as_("data_steward")
    pages = [text(steward.get(place)) for place in ("/held-rows/", address)]
    pages.append(text(steward.post(address, {"do": "open", "reason": "paper form"})))
    assert "137****5678" in pages[2]
    assert not any(value in page for page in pages for value in (id_number(501), "13712345678"))
    assert leaves("vault.held_row.opened")[0].actor_id == house.people["data_steward"].actor.id


def test_a_link_to_no_place_of_the_list_is_its_start(house: House) -> None:
    """Nobody typed it; more digits than any row number has break no page."""
    steward = house.as_("data_steward")
    for after in ("9" * 40, "9" * 5_000, "-1", "²", "\x00"):
        page = steward.get("/held-rows/typed/", {"after": after})
        assert page.status_code == 200, after[:9]


def test_a_row_needs_a_reason(house: House) -> None:
    """Without one nothing is shown and nothing is decided."""
    address = _hold(house, 502)
    refused = house.as_("data_steward").post(address, {"do": "open", "reason": " "})
    assert refused.status_code == 422
    assert "****" not in text(refused)


def test_a_steward_of_part_of_the_company_is_told_why(house: House) -> None:
    """The sentence with its code is on the page, and the row stays in the queue."""
    address = _hold(house, 503)
    steward = house.as_("data_steward")
    answer = steward.post(address, {"do": "accept", "reason": "paper form"})
    assert "vault.held_row_beyond" in text(answer)
    above = cast.hire("data_steward", "HQ")
    done = browser(above.staff).post(address, {"do": "accept", "reason": "paper form"})
    assert done.status_code == 302
    again = text(browser(above.staff).post(address, {"do": "accept", "reason": "paper form"}))
    assert "vault.already_decided" in again


def test_a_refused_row_leaves_the_list(house: House) -> None:
    """Afterwards the page says that it is decided."""
    address = _hold(house, 504)
    steward = house.as_("data_steward")
    assert steward.post(address, {"do": "refuse", "reason": "no such person"}).status_code == 302
    assert 'name="do"' not in text(steward.get(address))


def test_a_work_item_is_assigned_and_confirmed_on_pages(house: House) -> None:
    """By two supervisors of the branch; the second reads why, the first has no button to confirm."""
    manager, clerk = house.as_("branch_manager"), house.people["service_agent"].staff
    given = {"assignee": clerk.login, "work_item": "", "reason": "the family asked for a call"}
    address, own = f"/customers/{house.customer}/assign/", house.people["branch_manager"].staff
    assert manager.post(address, {**given, "assignee": own.login}).status_code == 403
    (refusal, *_) = leaves("access.request.refused")
    assert refusal.subjects == (("customer", str(house.customer)),)
    assert manager.post(address, given).status_code == 302
    waiting = text(manager.get("/assignments/"))
    assert 'value="refuse"' in waiting
    assert 'value="approve"' not in waiting
    second = browser(cast.hire("branch_manager", "EAST").staff)
    page = text(second.get("/assignments/"))
    assert given["reason"] not in page
    (address,) = re.findall(r"/assignments/[0-9a-f-]{36}/decide/", page)
    assert given["reason"] in text(second.post(address, {"do": "read"}))
    assert second.post(address, {"do": "approve"}).status_code == 302
    assert "有一份客户工单已分派给您" in text(house.as_("service_agent").get("/inbox/"))


def test_a_move_is_proposed_and_taken_over_on_pages(house: House) -> None:
    """By a manager of each branch; nobody of the old branch has a button to take over."""
    manager = house.as_("branch_manager")
    assert f"/customers/{house.customer}/move/" in text(manager.get(house.page()))
    given = {"branch": "WEST", "reason": "the family moved"}
    assert manager.post(f"/customers/{house.customer}/move/", given).status_code == 302
    own = text(manager.get("/moves/"))
    assert 'value="refuse"' in own
    assert 'value="approve"' not in own
    assert PHONE not in own
    second = text(browser(cast.hire("branch_manager", "EAST").staff).get("/moves/"))
    assert 'value="refuse"' in second
    assert 'value="approve"' not in second
    west = browser(cast.hire("branch_manager", "WEST").staff)
    assert given["reason"] not in text(west.get("/moves/"))
    (address,) = re.findall(r"/moves/[0-9a-f-]{36}/decide/", text(west.get("/moves/")))
    assert given["reason"] in text(west.post(address, {"do": "read"}))
    (leaf, *_) = leaves("trail.note.opened")
    assert leaf.subjects == (("customer", str(house.customer)),)
    assert west.post(address, {"do": "approve"}).status_code == 302
    assert west.get(house.page()).status_code == 200
    assert house.as_("branch_manager").get(house.page()).status_code in {403, 404}


def test_who_does_not_serve_a_customer_sees_no_form(house: House) -> None:
    """A customer elsewhere and one who is not there are one answer."""
    other = browser(cast.hire("branch_manager", "EAST1").staff)
    answers = [other.get(f"/customers/{one}/move/") for one in (house.customer, UUID(int=1))]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_source_is_proposed_and_confirmed_on_the_page(house: House) -> None:
    """Two people; who proposed has no button to confirm."""
    machine = cast.hire("machine", "EAST")
    given = {"code": "claims", "machine": machine.staff.login, "collections": ["claim"]}
    steward = house.as_("data_steward")
    assert steward.post("/sources/", given).status_code == 302
    own = text(steward.get("/sources/"))
    assert 'value="approve"' not in own
    (address,) = re.findall(r"/sources/[0-9a-f-]{36}/decide/", own)
    assert "vault.second_person_is_first" in text(steward.post(address, {"do": "approve"}))
    second = house.as_("security_admin")
    assert second.post(address, {"do": "approve"}).status_code == 302
    assert machine.staff.login in text(second.get("/sources/"))


def test_the_pages_speak_both_languages(house: House) -> None:
    """Headings in the reader's language."""
    for address, chinese, english in (
        ("/held-rows/", "待核数据", "Held rows"),
        ("/moves/", "客户机构转移", "Moves between branches"),
        ("/sources/", "来源系统", "Source systems"),
    ):
        client = house.as_("data_steward")
        assert chinese in text(client.get(address, headers={"Accept-Language": "zh-CN"}))
        assert english in text(client.get(address, headers={"Accept-Language": "en"}))
