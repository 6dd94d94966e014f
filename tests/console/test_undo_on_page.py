"""An import is undone by the pages: looked at masked, proposed, approved by another person."""

from uuid import UUID

from tests import feeds
from tests.access import cast
from tests.console.stage import House, browser, text
from tests.console.test_import_on_page import _work_as_the_worker
from tutela.access import snapshot
from tutela.vault.importing import actions as importing
from tutela.vault.importing.sources import BytesSource

PHONE = "13800138555"
FILE = f"客户编号,姓名,联系电话,所属机构\nUN1,撤销甲,{PHONE},EAST\n".encode()


def _imported() -> UUID:
    """An import of a feed of the branch."""
    machine = cast.hire("machine", "EAST").actor
    feeds.register(machine, "core")
    source = BytesSource("f", FILE)
    result = importing.run_import(machine, source, collection="customer", workers=1)
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
    approved = browser(other).post(f"{address}decide/", {"do": "approve"})
    assert approved.status_code == 302, text(approved)[-1500:]
    _work_as_the_worker()
    assert "已撤销" in text(browser(other).get(address))


def test_the_undo_is_not_there_for_others(house: House) -> None:
    """No permission, or another's import."""
    newest = importing.list_imports(house.people["data_steward"].actor, 1)[0]
    address = f"/imports/{newest.id}/undo/"
    assert house.as_("service_agent").get(address).status_code == 403
    assert house.as_("branch_manager").get(address).status_code == 404
    assert house.as_("data_steward").get(f"/imports/{UUID(int=9)}/undo/").status_code == 404
