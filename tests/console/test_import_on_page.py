"""A file comes in by the pages: looked at, mended, rehearsed, started, watched."""

import re
from io import BytesIO
from uuid import UUID

from tests.console.stage import ID_NUMBER, NAME, PHONE, House, text
from tests.passes import count_passes, wide_table
from tests.waiting_jobs import work_off
from tutela.trail import queries
from tutela.vault import events
from tutela.vault.importing import run
from tutela.vault.importing.actions.imports import list_imports

CSV = f"客户编号,姓名,联系电话,说明\nK1,金丝雀,{PHONE},x\nK2,王五,12345,y\n".encode("gb18030")


def _upload(house: House, content: bytes = CSV) -> str:
    """Upload the file; the address of the mapping page."""
    file = BytesIO(content)
    file.name = "customers.csv"
    data = {"file": file, "collection": "customer", "source": "core"}
    response = house.as_("branch_manager").post("/imports/upload/", data)
    assert response.status_code == 302, text(response)
    return response.headers["Location"]


def _chosen(page: str) -> dict[str, str]:
    """The fields that the page's selects hold."""
    found = re.findall(r'name="(field-\d+)".*?</select>', page, re.DOTALL)
    parts = re.split(r'<select class="form-select" name="field-\d+"', page)[1:]
    values = [re.search(r'value="(\w+)" selected', part.split("</select>")[0]) for part in parts]
    return {name: value[1] if value else "" for name, value in zip(found, values, strict=True)}


def _settle(house: House, address: str, do: str, **mended: str) -> object:
    client = house.as_("branch_manager")
    chosen = _chosen(text(client.get(address)))
    data = {**chosen, "collection": "customer", "source": "core", "do": do, **mended}
    return client.post(address.split("?", maxsplit=1)[0] + "settle/", data)


def test_the_mapping_page_shows_masks_and_reasons_only(house: House) -> None:
    """No sample is shown in clear."""
    page = text(house.as_("branch_manager").get(_upload(house)))
    assert PHONE not in page
    assert "138****" in page


def test_a_mapping_without_a_mandatory_field_is_refused_on_the_page(house: House) -> None:
    """The page stays, with what the person chose and the sentence."""
    response = _settle(house, _upload(house), "start", **{"field-1": ""})
    assert response.status_code == 422
    assert "vault.import.field_missing" in text(response)
    assert "必须为字段 姓名 指定对应的列" in text(response)


def test_a_source_that_holds_a_value_is_refused_on_the_page(house: House) -> None:
    """For each button alike, with the sentence; the value does not come back in it."""
    address = _upload(house)
    for do in ("rehearse", "start", "save"):
        response = _settle(house, address, do, source="13800138077", name="mine")
        assert response.status_code == 422
        assert "base.customer_value_in_text" in text(response)
    unnamed = _settle(house, address, "save", name="")
    assert unnamed.status_code == 422


def test_a_rehearsal_goes_to_the_worker_and_then_to_the_import(house: House) -> None:
    """The page waits, then shows the counts, the way back to the mapping, and the button that starts it."""
    address = _settle(house, _upload(house), "rehearse").headers["Location"]
    client = house.as_("branch_manager")
    assert "等待后台任务" in text(client.get(address))
    _work_as_the_worker()
    page = text(client.get(address))
    assert "试运行" in page
    assert "未做任何更改" in page
    back = re.search(r'href="(/imports/files/[^"]+)"', page)[1].replace("&amp;", "&")
    assert 'value="phone" selected' in text(client.get(back))
    started = client.post(f"{address}start/")
    assert started.headers["Location"].startswith("/imports/files/")
    assert client.get(f"/imports/{UUID(int=5)}/").status_code == 404


def test_a_rehearsal_counts_by_reason_and_leads_to_the_rows(house: House) -> None:
    """Each reason with its column, its field, its count and masked examples; the count leads to its rows."""
    mixed = CSV + "K3,李四,999,z\nK4,,13800138041,z\n".encode("gb18030")
    address = _settle(house, _upload(house, mixed), "rehearse").headers["Location"]
    _work_as_the_worker()
    client = house.as_("branch_manager")
    page = text(client.get(address))
    part = page.split('id="reject-summary"')[1].split("</section>")[0]
    assert '<td data-label="列">联系电话</td> <td data-label="字段">手机号</td>' in part
    assert "第 3 行" in part
    assert "12345" not in page
    assert "另有 1 行须由数据管理员核定" in page
    address, count = re.findall(r'href="([^"]+#rejects)"[^>]*>(\d+)<', part)[0]
    assert count == "2"
    rows = text(client.get(address.replace("&amp;", "&"))).split('id="rejects"')[1]
    assert rows.count('<td data-label="列">联系电话</td>') == 2
    assert '<td data-label="列">姓名</td>' not in rows
    unknown = text(client.get(f"{address.split('?')[0]}?field=nothing&code=none"))
    assert unknown.split('id="rejects"')[1].count("<tr>") == 4


def test_a_blank_keeps_the_stored_value_unless_the_mapping_says_so(house: House) -> None:
    """Off by default, and what was kept is counted; the check of a column clears, and stays checked."""
    file = f"客户编号,姓名,证件号码,联系电话\nC1,{NAME},{ID_NUMBER},\n".encode()
    client = house.as_("branch_manager")
    address = _upload(house, file)
    assert re.search(r'name="clears-3"\s*>', text(client.get(address)))
    started = _settle(house, address, "start")
    _work_as_the_worker()
    page = text(client.get(started.headers["Location"]))
    assert re.search(r">1</div> <div class=.figure-note.>文件中为空而保留的值<", page)
    rehearsed = _settle(house, _upload(house, file), "rehearse", **{"clears-3": "on"})
    _work_as_the_worker()
    page = text(client.get(rehearsed.headers["Location"]))
    assert "文件中为空而保留的值" not in page
    back = re.search(r'href="(/imports/files/[^"]+)"', page)[1].replace("&amp;", "&")
    assert re.search(r'name="clears-3"\s+checked', text(client.get(back)))
    started = client.post(f"{rehearsed.headers['Location']}start/")
    _work_as_the_worker()
    page = text(client.get(started.headers["Location"]))
    assert "文件中为空而保留的值" not in page
    phone = text(client.get(house.page()))
    assert "138****" not in phone


def test_a_started_import_is_found_in_the_list_with_its_rejects(house: House) -> None:
    """The worker does it; the pages tell the counts, the list and the rejects without values."""
    started = _settle(house, _upload(house), "start")
    assert started.status_code == 302
    _work_as_the_worker()
    page = text(house.as_("branch_manager").get(started.headers["Location"]))
    batch = re.search(r"/imports/([0-9a-f-]{36})/rejects/", page)[1]
    rejects = text(house.as_("branch_manager").get(f"/imports/{batch}/rejects/"))
    assert "phone" in rejects
    assert "12345" not in rejects
    listed = text(house.as_("branch_manager").get("/imports/"))
    assert batch in listed
    assert "customers.csv" in listed


def test_columns_in_doubt_are_named_above_the_mapping(house: House) -> None:
    """And marked in their row, with the reason; a table without doubt has no such line."""
    second = (
        "客户编号,姓名,手机号码,手机号码2,手机号码3\nK1,王五,13800138001,13800138002,13800138003\n"
    )
    page = text(house.as_("branch_manager").get(_upload(house, second.encode())))
    above = page.split("以下列存疑")[1].split("</div>")[0]
    assert "<strong>手机号码3</strong>" in above
    assert page.count(">存疑</span>") == above.count("<strong>")
    sure = "客户编号,姓名,手机号码\nK1,王五,13800138001\n".encode()
    assert "以下列存疑" not in text(house.as_("branch_manager").get(_upload(house, sure)))


def test_rejected_rows_open_in_clear_only_for_the_mender_and_only_traced(house: House) -> None:
    """The branch manager sees the faulty cell under a notice; a service agent is refused."""
    address = f"/imports/{_imported(house)}/rejects/open/"
    client = house.as_("branch_manager")
    unexplained = client.post(address, {"purpose": "service", "reason": ""})
    assert unexplained.status_code == 422
    assert not queries.leaves(queries.LeafFilter(event=events.REJECTS_OPENED.name), limit=1)
    shown = text(client.post(address, {"purpose": "service", "reason": "Correct the source."}))
    found = re.findall(r'data-clear-seconds="60">([^<]*)<', shown)
    assert found == ["12345"], re.findall(r"<t[dh][^>]*>.*?</t[dh]>", shown, re.DOTALL)
    assert '<th scope="col">联系电话</th>' in shown
    assert "王五" not in shown
    refused = house.as_("service_agent").post(address, {"purpose": "service", "reason": "x"})
    assert refused.status_code == 403
    (newest,) = queries.leaves(queries.LeafFilter(event=events.REJECTS_OPENED.name), limit=1)
    assert newest.exposure == "clear"
    assert ("import_row", "3") in newest.subjects
    assert newest.note


def _imported(house: House) -> str:
    """The newest import that is no rehearsal."""
    manager = house.people["branch_manager"].actor
    return next(str(one.id) for one in list_imports(manager) if not one.dry_run)


def _work_as_the_worker() -> None:
    """Do what waits in the queue, then stop."""
    work_off()


def test_a_picture_named_csv_is_refused_in_the_form(house: House) -> None:
    """One sentence with its code beside the file."""
    file = BytesIO(b"\x89PNG\r\n\x1a\n" + bytes(200))
    file.name = "photo.csv"
    data = {"file": file, "collection": "customer", "source": "core"}
    page = text(house.as_("branch_manager").post("/imports/upload/", data))
    assert "vault.import.not_a_table" in page


def test_rejected_rows_name_the_field_in_words(house: House) -> None:
    """Not by its code."""
    page = text(house.as_("branch_manager").get(f"/imports/{_imported(house)}/"))
    assert '<td data-label="字段">手机号</td>' in page


def test_a_file_is_surveyed_once(house: House, monkeypatch) -> None:
    """When it is uploaded; the pages after it read the first rows, the worker what it imports."""
    data, passes = wide_table(), count_passes(monkeypatch)
    monkeypatch.setattr(run, "workers_for", lambda *_: 1)
    address = _upload(house, data)
    assert (passes.surveys, passes.over(data)) == (1, 2.6)
    assert _settle(house, address, "start").status_code == 302
    assert (passes.surveys, passes.over(data)) == (1, 3.1)
    _work_as_the_worker()
    assert (passes.surveys, passes.over(data)) == (1, 4.1)
