"""An import is undone by the pages: looked at masked, proposed, approved by another person."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests import imports, source_feeds
from tests.access import cast
from tests.console.stage import House, browser, text
from tests.console.test_import_on_page import _work_as_the_worker
from tutela.access import snapshot
from tutela.base import clock
from tutela.vault.importing.actions.imports import list_imports
from tutela.vault.importing.reading.sources import BytesSource

PHONE = "13800138555"
FILE = f"客户编号,姓名,联系电话,所属机构\nUN1,撤销甲,{PHONE},EAST\n".encode()


def _imported() -> UUID:
    """An import of a feed of the branch."""
    machine = cast.hire("machine", "EAST").actor
    source_feeds.register(machine, "core")
    source = BytesSource("f", FILE)
    result = imports.bring_in(machine, source, collection="customer", workers=1)
    assert result.created == 1
    return UUID(result.batch)


def test_an_import_is_undone_by_two_people(house: House) -> None:
    """A steward proposes, another approves; nobody does both."""
    address = f"/imports/{_imported()}/undo/"
    steward = house.as_("data_steward")
    preview = text(steward.get(f"{address}?purpose=administration"))
    assert "将发生的变化" in preview
    assert PHONE not in preview
    assert steward.post(f"{address}decide/", {"do": "propose", "reason": ""}).status_code == 422
    proposed = steward.post(f"{address}decide/", {"do": "propose", "reason": "错误的文件"})
    assert proposed.status_code == 302
    assert steward.post(f"{address}decide/", {"do": "approve"}).status_code == 403
    assert "由第二人批准" in text(steward.get(address))
    other = cast.hire("data_steward", "EAST").staff
    snapshot.reload()
    assert "错误的文件" in text(browser(other).post(f"{address}decide/", {"do": "read"}))
    approved = browser(other).post(f"{address}decide/", {"do": "approve"})
    assert approved.status_code == 302, text(approved)[-1500:]
    _work_as_the_worker()
    assert "已撤销" in text(browser(other).get(address))


def test_the_undo_is_not_there_for_others(house: House) -> None:
    """No permission, or another's import."""
    newest = list_imports(house.people["data_steward"].actor, 1)[0]
    address = f"/imports/{newest.id}/undo/"
    assert house.as_("service_agent").get(address).status_code == 403
    assert house.as_("branch_manager").get(address).status_code == 404
    assert house.as_("data_steward").get(f"/imports/{UUID(int=9)}/undo/").status_code == 404


def test_no_button_leads_to_an_undo_that_would_be_refused(house: House) -> None:
    """Work items have no versions: no button on the import's page, and a sentence instead of a form."""
    head = "kind,number,customer,assignee,opened,closed\n"
    data = BytesSource("w", f"{head}case,W9,NOBODY,,2026-01-05,\n".encode())
    feed = cast.hire("machine", "EAST").actor
    source_feeds.register(feed)
    batch = imports.bring_in(feed, data, collection="work_item", workers=1).batch
    steward = house.as_("data_steward")
    assert "/undo/" not in text(steward.get(f"/imports/{batch}/"))
    page = text(steward.get(f"/imports/{batch}/undo/"))
    assert "只有已完成且写入过记录的导入可以撤销" in page
    assert 'value="propose"' not in page


def test_an_import_whose_time_has_passed_says_so(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After thirty days the page holds the sentence and no form."""
    batch = _imported()
    later = clock.now() + timedelta(days=31)
    monkeypatch.setattr(clock, "now", lambda: later)
    page = text(house.as_("data_steward").get(f"/imports/{batch}/undo/"))
    assert "30 天" in page
    assert 'value="propose"' not in page
