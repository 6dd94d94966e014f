"""The auditor's questions: what has this person seen, and who has seen this customer."""

import csv
import io
import json
import re

import pytest
from openpyxl import load_workbook

from tests.access import cast
from tests.console.stage import ID_NUMBER, NAME, PHONE, House, browser, leaves, text
from tutela.access.actions.people import NewStaff, create_staff
from tutela.base.actor import SYSTEM
from tutela.console import trail_files
from tutela.trail import queries


@pytest.fixture(scope="module")
def seen(house: House) -> House:
    """The service agent has seen the customer's phone number in clear; a manager has opened the page."""
    assert house.reveal("service_agent").status_code == 200
    assert house.as_("branch_manager").get(house.page()).status_code == 200
    return house


def _find_person(house: House, name: str):
    return house.as_("auditor").post("/trail/people/find/", {"person": name})


def _find_customer(house: House, by: str, value: str):
    return house.as_("auditor").post("/trail/customers/find/", {"by": by, "value": value})


def _page(house: House, address: str) -> str:
    return text(house.as_("auditor").get(address))


def test_a_person_is_found_by_number_name_or_sign_in_name(seen: House) -> None:
    """Each leads to the page of what this person has seen."""
    clerk = seen.people["service_agent"].staff
    for known in (clerk.staff_no, clerk.login, f"\u202e {clerk.staff_no} "):
        answer = _find_person(seen, known)
        assert (answer.status_code, answer["Location"]) == (302, f"/trail/people/{clerk.pk}/")
    assert "S99" not in _find_person(seen, clerk.login)["Location"]


def test_nobody_of_that_name_is_an_error(seen: House) -> None:
    """Not an empty page that looks like an answer."""
    answer = _find_person(seen, "没有此人")
    assert answer.status_code == 422
    assert "没有人使用此姓名、工号或登录名。 (access.staff_unknown)" in text(answer)


def test_a_name_of_ten_people_is_a_list_to_choose_from(seen: House) -> None:
    """With number, post and branch, which tell them apart."""
    for n in range(10):
        create_staff(
            SYSTEM,
            NewStaff(
                staff_no=f"ZW{n}",
                login=f"zhang.wei{n}",
                name="张伟",
                post="sales_agent",
                branch="WEST",
            ),
        )
    page = text(_find_person(seen, "张伟"))
    assert len(re.findall(r"/trail/people/[0-9a-f-]{36}/", page)) == 10
    assert all(f"ZW{n}" in page for n in range(10))


@pytest.mark.parametrize(
    ("by", "value"),
    [
        ("customer_number", "C1"),
        ("phone", PHONE),
        ("id_number", ID_NUMBER),
        ("name", NAME),
        ("work_item", "S1"),
    ],
)
def test_a_customer_is_found_by_what_is_known(seen: House, by: str, value: str) -> None:
    """The value is in no link; the search leaves its leaf."""
    answer = _find_customer(seen, by, value)
    assert (answer.status_code, answer["Location"]) == (302, f"/trail/customers/{seen.customer}/")
    leaf = leaves("vault.customer.traced")[0]
    assert leaf.subjects == (("customer", str(seen.customer)),)
    assert value not in repr(leaf.detail)


def test_a_customer_whom_the_trail_does_not_name_is_said(seen: House) -> None:
    """The value does not come back."""
    answer = _find_customer(seen, "phone", "13999999999")
    assert answer.status_code == 422
    assert "vault.not_in_trail" in text(answer)
    assert "13999999999" not in text(answer)


def test_a_value_of_the_wrong_form_or_of_ten_thousand_characters_is_one_sentence(
    seen: House,
) -> None:
    """Beside its field."""
    for value in ("not a phone", "1" * 10_000, "\u202e", ""):
        answer = _find_customer(seen, "phone", value)
        assert answer.status_code == 422
        assert "Traceback" not in text(answer)
        assert 'id="ask_value_error"' in text(answer)


def test_the_page_of_a_customer_says_who_saw_what_and_why(seen: House) -> None:
    """Fields by their names, the post, the purpose, the kind of work item, and no value."""
    page = _page(seen, f"/trail/customers/{seen.customer}/")
    clerk = seen.people["service_agent"].staff
    assert f"/trail/people/{clerk.pk}/" in page
    for word in ("手机号", "客服专员", "机构负责人", "客户服务", "工单", "打开理由（将留痕）"):
        assert word in page, word
    for value in (PHONE, NAME, ID_NUMBER):
        assert value not in page


def test_the_reason_is_opened_with_a_leaf(seen: House) -> None:
    """Why: the sentence that was stated."""
    revealed = leaves("vault.field.revealed")[0]
    answer = seen.as_("auditor").post(f"/trail/{revealed.id}/note/", headers={"HX-Request": "true"})
    assert "Caller check" in text(answer)
    assert leaves("trail.note.opened")[0].detail["leaf"] == str(revealed.id)


def test_the_page_of_a_person_counts_and_compares(seen: House) -> None:
    """The calendar has a square for today and a table; peers of the same post are told beside."""
    peer = cast.hire("service_agent", "EAST")
    clerk = seen.people["service_agent"].staff
    page = _page(seen, f"/trail/people/{clerk.pk}/")
    assert "同岗位其他 1 人：中位数 0，最高 0" in page
    assert 'class="looks"' in page
    assert "以表格显示" in page
    assert "客户服务" in page
    assert peer.staff.staff_no not in page
    counted = leaves("trail.leaves.counted")[0]
    assert counted.detail["target"] == str(clerk.pk)


def test_an_id_that_nobody_has_is_not_there(seen: House) -> None:
    """Also when it is asked for twice: the first question did not put it into the trail."""
    nobody = "01a203c9-8ab7-7000-9e2d-90b1e5627cbe"
    for _ in range(2):
        for kind in ("people", "customers"):
            assert seen.as_("auditor").get(f"/trail/{kind}/{nobody}/").status_code == 404


@pytest.mark.parametrize(
    "post", ["service_agent", "branch_manager", "security_admin", "compliance_officer"]
)
def test_nobody_else_may_ask(seen: House, post: str) -> None:
    """Neither find nor look nor export; known and unknown are refused alike."""
    client = seen.as_(post)
    told = set()
    for value in (PHONE, "13999999999"):
        answer = client.post("/trail/customers/find/", {"by": "phone", "value": value})
        told.add((answer.status_code, "access.permission_missing" in text(answer)))
    assert told == {(403, True)}
    for address in (f"/trail/customers/{seen.customer}/", "/trail/?export=csv"):
        assert client.get(address).status_code == 403
    assert client.post("/trail/people/suggest/", {"person": "张"}).status_code == 403


def test_events_are_chosen_by_group(seen: House) -> None:
    """A group is one choice, and only its events are shown."""
    page = _page(seen, "/trail/?event=looks.clear")
    assert "查看明文" in page
    rows = re.findall(r"<tr>.*?</tr>", page)
    assert len(rows) >= 2
    assert "<optgroup" in page
    for row in rows[1:]:
        assert "明文" in row


def test_filters_by_purpose_and_outcome_say_how_far_back_they_look(seen: House) -> None:
    """They have no index of their own."""
    page = _page(seen, "/trail/?outcome=deny")
    assert "如需更早请选择起始日期" in page
    assert "如需更早请选择起始日期" not in _page(seen, "/trail/?outcome=deny&since=2020-01-01")


def test_a_period_that_ends_before_it_begins_is_refused(seen: House) -> None:
    """At the second day, and nothing is searched; a link is edited by hand, so it is no fault."""
    before = leaves("trail.leaves.searched")[:1]
    answer = seen.as_("auditor").get("/trail/?since=2026-02-01&until=2026-01-01")
    assert answer.status_code == 200
    assert "结束日期早于起始日期。" in text(answer)
    assert "尚未查找" in text(answer)
    assert leaves("trail.leaves.searched")[:1] == before


def test_three_years_with_one_customer_are_searched(seen: House) -> None:
    """However long the period is."""
    page = _page(seen, f"/trail/?customer={seen.customer}&since=2023-01-01&until=2026-12-31")
    assert "手机号" in page


def test_filters_are_kept_under_a_name_for_oneself(seen: House) -> None:
    """Only codes, ids and days; another auditor does not see them; removed by their owner."""
    client = seen.as_("auditor")
    query = f"event=looks.clear&customer={seen.customer}&junk=13800138000&before=x"
    answer = client.post("/trail/filters/keep/", {"name": "明文查看", "query": query})
    assert (answer.status_code, "junk" in answer["Location"]) == (302, False)
    assert "明文查看</a>" in text(client.get("/trail/"))
    other = cast.hire("auditor", "HQ")
    assert "明文查看</a>" not in text(browser(other.staff).get("/trail/"))
    browser(other.staff).post("/trail/filters/drop/", {"name": "明文查看"})
    client = seen.as_("auditor")
    assert "明文查看</a>" in text(client.get("/trail/"))
    client.post("/trail/filters/drop/", {"name": "明文查看"})
    assert "明文查看</a>" not in text(client.get("/trail/"))


@pytest.mark.parametrize(
    ("name", "query"),
    [("x" * 41, "event=looks"), (PHONE, "event=looks"), ("n", ""), ("n", "customer=13800138000")],
)
def test_what_cannot_be_kept_is_said(seen: House, name: str, query: str) -> None:
    """A name that is too long or a customer's value, no filter at all, a filter that is none."""
    answer = seen.as_("auditor").post("/trail/filters/keep/", {"name": name, "query": query})
    assert answer.status_code == 422


def _file(house: House, file_format: str) -> bytes:
    answer = house.as_("auditor").get(f"/trail/?customer={house.customer}&export={file_format}")
    assert f'filename="trail.{file_format}"' in answer["Content-Disposition"]
    return b"".join(answer.streaming_content)


def test_the_export_as_csv_opens_in_a_spreadsheet_and_leaves_a_leaf(seen: House) -> None:
    """In the reader's language, with what was asked in the leaf and no value."""
    data = _file(seen, "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[0][0] == "时间"
    assert any("手机号" in row[7] for row in rows[1:])
    assert all(row[0].endswith("+08:00") for row in rows[1:])
    assert PHONE not in data.decode()
    leaf = leaves("trail.leaves.exported")[0]
    assert (leaf.detail["format"], leaf.detail["by"]) == ("csv", "customer")
    assert leaf.subjects == (("customer", str(seen.customer)),)


def test_the_export_as_xlsx_and_json_lines_hold_the_same_entries(seen: House) -> None:
    """One entry a row, one a line. Each export adds its own entry."""
    sheet = load_workbook(io.BytesIO(_file(seen, "xlsx"))).active
    lines = [json.loads(line) for line in _file(seen, "jsonl").decode().splitlines()]
    ids = [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert ids == [line["id"] for line in lines if line["id"] in ids]
    assert lines[0]["event"] == "trail.leaves.exported"
    assert all("note" not in line for line in lines)


def test_an_export_is_read_in_parts_without_gap(seen: House, monkeypatch) -> None:
    """The newest first, each once, and no more than the limit."""
    monkeypatch.setattr("tutela.access.trail_search.BATCH", 3)
    monkeypatch.setitem(trail_files.LIMITS, "jsonl", 8)
    lines = [json.loads(line)["id"] for line in _file(seen, "jsonl").decode().splitlines()]
    wanted = queries.LeafFilter(subject=("customer", str(seen.customer)))
    assert lines == [str(row.id) for row in queries.leaves(wanted, limit=8)]
    assert len(lines) == 8


def test_suggestions_name_number_post_and_branch(seen: House) -> None:
    """While one types."""
    page = text(seen.as_("auditor").post("/trail/people/suggest/", {"person": "zhang.wei1"}))
    assert '<option value="ZW1">' in page
    assert "销售代理人" in page
    assert (
        text(seen.as_("auditor").post("/trail/people/suggest/", {"person": "x" * 10_000})).strip()
        == ""
    )


def test_short_ids_show_the_end_that_tells_them_apart(seen: House) -> None:
    """The beginning of an id is its time, which many share."""
    page = _page(seen, f"/trail/?customer={seen.customer}")
    assert f"…{str(seen.customer)[-8:]}" in page
