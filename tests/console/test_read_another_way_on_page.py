"""A file that does not tell how it is read, or tells it wrongly: a person says it, without a second upload."""

import html
import re
from io import BytesIO

from tests.access import cast
from tests.books import people, workbook
from tests.console.stage import House, browser, text
from tests.waiting_jobs import work_off
from tutela.keys import spool
from tutela.vault.importing.actions.imports import list_imports

LATIN = "customer_no,name,phone\nL1,Zoë Müller Testfall,13800132001\n".encode("cp1252")


def _send(house: House, content: bytes, name: str) -> object:
    file = BytesIO(content)
    file.name = name
    data = {"file": file, "collection": "customer", "source": "core"}
    return house.as_("branch_manager").post("/imports/upload/", data)


def _hidden(page: str) -> dict[str, str]:
    """What the page's forms send by themselves."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


def mapping_form(page: str, do: str) -> dict[str, str]:
    """The mapping form as a browser sends it, nothing changed."""
    form = page.split('settle/"', 1)[1]
    chosen = {}
    for part in form.split('<select class="form-select" name="field-')[1:]:
        number, options = part.split('"', 1)[0], part.split("</select>")[0]
        selected = re.search(r'value="(\w+)" selected', options)
        chosen[f"field-{number}"] = selected[1] if selected else ""
    return {**_hidden(form), **chosen, "do": do}


def _rows(house: House) -> int:
    """Rows of the newest import that is no rehearsal."""
    manager = house.people["branch_manager"].actor
    return next(one.tally.rows for one in list_imports(manager) if not one.dry_run)


def _work() -> None:
    work_off()


def test_a_refused_text_is_read_again_without_another_upload(house: House) -> None:
    """The refusal is the same form with the sentence at its field; the encoding that is given reads the file."""
    refused = _send(house, LATIN, "old.csv")
    page = text(refused)
    assert refused.status_code == 422
    assert "vault.import.encoding_unknown" in page
    assert 'type="file"' not in page
    address = re.search(r'action="(/imports/files/[^"]+/read/)"', page)[1]
    client = house.as_("branch_manager")
    given = {**_hidden(page), "encoding": "windows-1252", "delimiter": ""}
    again = client.post(address, given)
    assert again.status_code == 302, text(again)
    shown = text(client.get(again.headers["Location"]))
    assert "1252" in shown.split("<form")[0] + shown.split("how-read")[1]
    assert "1252" not in again.headers["Location"]


def test_a_workbook_without_a_table_is_read_by_another_sheet(house: House) -> None:
    """The refusal offers the names of its sheets, hidden ones too; nothing is uploaded again."""
    book = workbook({"封面": [], "客户": people("N", 2)}, hidden={"客户"})
    refused = _send(house, book, "cover.xlsx")
    page = text(refused)
    assert refused.status_code == 422
    assert "vault.import.file_empty" in page
    address = re.search(r'action="(/imports/files/[^"]+/read/)"', page)[1]
    assert '<option value="客户">' in page
    client = house.as_("branch_manager")
    again = client.post(address, {**_hidden(page), "sheet": "客户"})
    assert "<dt>工作表</dt><dd>客户</dd>" in text(client.get(again.headers["Location"]))


def test_another_sheet_is_chosen_on_the_mapping_page(house: House) -> None:
    """The page names the sheet that is read and those left out; the other one is read and imported."""
    book = workbook({"说明": people("L", 1, 90), "客户": people("M", 4, 100)})
    client = house.as_("branch_manager")
    address = _send(house, book, "two.xlsx").headers["Location"]
    page = text(client.get(address))
    assert "<dt>工作表</dt><dd>说明</dd>" in page
    assert "<dt>未读取的工作表</dt><dd>客户</dd>" in page
    read = re.search(r'action="(/imports/files/[^"]+/read/)"', page)[1]
    again = client.post(read, {**_hidden(page), "sheet": "客户"})
    page = text(client.get(again.headers["Location"]))
    assert "<dt>工作表</dt><dd>客户</dd>" in page
    settle = address.split("?")[0] + "settle/"
    assert client.post(settle, mapping_form(page, "start")).status_code == 302
    _work()
    assert _rows(house) == 4


def test_an_import_is_read_as_it_was_seen_when_it_was_started(house: House) -> None:
    """In another tab the same upload is read in another way before the worker begins: that changes nothing."""
    book = workbook({"甲": people("T", 2, 200), "乙": people("U", 5, 300)})
    client = house.as_("branch_manager")
    address = _send(house, book, "tabs.xlsx").headers["Location"]
    page = text(client.get(address))
    started = client.post(address.split("?")[0] + "settle/", mapping_form(page, "start"))
    other = client.post(address.split("?")[0] + "read/", {**_hidden(page), "sheet": "乙"})
    assert other.status_code == 302
    _work()
    assert _rows(house) == 2
    shown = text(client.get(started.headers["Location"]))
    assert "已完成" in shown or "完成" in shown


def test_a_tab_starts_what_it_shows(house: House) -> None:
    """A page that was loaded before another tab read the upload in another way starts what stands on it."""
    book = workbook({"甲": people("V", 2, 400), "乙": people("W", 5, 500)})
    client = house.as_("branch_manager")
    address = _send(house, book, "late.xlsx").headers["Location"]
    page = text(client.get(address))
    client.post(address.split("?")[0] + "read/", {**_hidden(page), "sheet": "乙"})
    client.post(address.split("?")[0] + "settle/", mapping_form(page, "start"))
    _work()
    assert _rows(house) == 2


def test_a_rehearsed_sheet_is_the_one_that_is_imported(house: House) -> None:
    """The rehearsal and its import read the sheet that was chosen."""
    book = workbook({"甲": people("X", 2, 600), "乙": people("Y", 5, 700)})
    client = house.as_("branch_manager")
    address = _send(house, book, "rehearsed.xlsx").headers["Location"]
    bare = address.split("?")[0]
    client.post(bare + "read/", {**_hidden(text(client.get(address))), "sheet": "乙"})
    rehearsed = client.post(bare + "settle/", mapping_form(text(client.get(address)), "rehearse"))
    client.post(bare + "read/", {**_hidden(text(client.get(address))), "sheet": "甲"})
    _work()
    started = client.post(f"{rehearsed.headers['Location']}start/")
    assert started.status_code == 302
    _work()
    assert _rows(house) == 5


def test_a_customers_value_is_no_name_of_a_sheet(house: House) -> None:
    """It is refused at the field and not echoed."""
    address = _send(house, workbook({"甲": people("Z", 1), "乙": people("Z", 1)}), "v.xlsx")
    bare = address.headers["Location"].split("?")[0]
    client = house.as_("branch_manager")
    given = {"collection": "customer", "source": "core", "sheet": "13800138017"}
    refused = client.post(bare + "read/", given)
    assert refused.status_code == 422
    assert "工作簿中没有此工作表" in text(refused)
    assert "13800138017" not in text(refused)


def test_anothers_upload_cannot_be_read_again(house: House) -> None:
    """It is as one that is not there."""
    bare = _send(house, workbook({"甲": people("Q", 1)}), "mine.xlsx").headers["Location"]
    upload = bare.split("/")[3]
    nowhere = house.as_("branch_manager").get(f"/imports/files/{spool.store(b'x')}/read/")
    other = cast.hire("branch_manager", "EAST")
    theirs = browser(other.staff).get(f"/imports/files/{upload}/read/")
    assert (nowhere.status_code, theirs.status_code) == (404, 404)
