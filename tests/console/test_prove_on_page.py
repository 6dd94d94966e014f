"""The auditor proves an entry and hands out whole exports on pages; the files are believed by the verifier alone."""

import json
from base64 import b64encode
from datetime import timedelta

import pytest

import tutela_verify
from tests.console.stage import House, leaves, text
from tests.doors.things import NOBODY
from tutela.base import clock
from tutela.trail import ocsf, queries
from tutela.trail.tree import signers, state
from tutela.trail.tree.sequencer import sequence_once


@pytest.fixture(scope="module")
def entry(house: House) -> queries.LeafRow:
    """A look in clear that stands in the signed log."""
    assert house.reveal("service_agent").status_code == 200
    sequence_once()
    return leaves("vault.field.revealed")[0]


def _fetch(house: House, address: str, tmp_path, **form):
    client = house.as_("auditor")
    answer = client.post(address, form) if form else client.get(address)
    assert answer.status_code == 200, text(answer)
    path = tmp_path / answer["Content-Disposition"].partition('filename="')[2].rstrip('"')
    path.write_bytes(b"".join(answer.streaming_content))
    return path


def test_every_entry_has_the_way_to_its_proof(house: House, entry) -> None:
    page = text(house.as_("auditor").get(f"/trail/?customer={house.customer}"))
    assert f'href="/trail/{entry.id}/proof/"' in page
    assert "出具证明" in page


def test_the_page_says_what_the_entry_says_and_what_proves_it(house: House, entry) -> None:
    """In the reader's language, names beside codes; asking leaves a leaf."""
    client = house.as_("auditor")
    page = text(client.get(f"/trail/{entry.id}/proof/"))
    person = house.people["service_agent"].staff
    for part in (
        "访问留痕证明",
        "日志序号",
        "根哈希",
        person.name,
        str(house.customer),
        str(entry.id),
        "明文",
    ):
        assert part in page, part
    english = text(client.get(f"/trail/{entry.id}/proof/", headers={"Accept-Language": "en"}))
    assert "What the entry says" in english
    head = state.newest()
    assert head is not None
    (key,) = signers.vkeys(head.origin)
    assert key in page, "to be compared with the key that the checker has"
    assert b64encode(head.root).decode() in page.replace("&#x2B;", "+"), "as the files have it"
    assert "--policy policy.txt" in page
    traced = leaves("trail.leaf.proved")[0]
    assert traced.detail == {"leaf": str(entry.id), "format": "page"}


def test_the_proof_comes_as_a_file_that_anybody_can_verify(
    house: House, entry, tmp_path, capsys
) -> None:
    """In a zip with everything; alone with the policy beside it."""
    address = f"/trail/{entry.id}/proof/"
    packed = _fetch(house, f"{address}?file=zip", tmp_path)
    assert tutela_verify.main(["proof", str(packed)]) == 0
    said = capsys.readouterr().out
    assert f"customer {house.customer}" in said
    assert house.people["service_agent"].staff.name in said
    alone = _fetch(house, f"{address}?file=tlog-proof", tmp_path)
    assert tutela_verify.main(["proof", str(alone)]) == 1
    said = capsys.readouterr().out
    assert "NOT CHECKED" in said or "未校验" in said, "a missing policy is no forgery"
    assert "NOT EQUAL" not in said
    assert "不一致" not in said
    policy = _fetch(house, f"{address}?file=policy", tmp_path)
    assert tutela_verify.main(["proof", str(alone), "--policy", str(policy)]) == 0
    assert leaves("trail.leaf.proved")[0].detail["format"] == "policy"


def test_an_entry_that_is_not_there_and_one_not_signed_yet_are_told_apart_from_nothing_else(
    house, entry
) -> None:
    auditor = house.as_("auditor")
    assert auditor.get(f"/trail/{NOBODY}/proof/").status_code == 404
    house.as_("auditor").get("/trail/")
    late = leaves("trail.leaves.searched")[0]
    waits = auditor.get(f"/trail/{late.id}/proof/", headers={"accept-language": "en"})
    assert waits.status_code == 200
    assert "not in a signed checkpoint yet" in text(waits)
    answer = auditor.get(f"/trail/{late.id}/proof/?file=zip")
    assert answer.status_code == 503
    assert "trail.leaf_not_placed" in text(answer)


@pytest.mark.parametrize("post", ["service_agent", "security_admin", "compliance_officer"])
def test_who_may_not_read_the_trail_gets_no_proof(house: House, entry, post: str) -> None:
    client = house.as_(post)
    for address in (f"/trail/{entry.id}/proof/", f"/trail/{NOBODY}/proof/", "/trail/export/"):
        assert client.get(address).status_code == 403


@pytest.mark.parametrize("table", ["csv", "xlsx", "jsonl", ""])
def test_a_whole_export_is_complete(house: House, entry, tmp_path, table: str) -> None:
    today = clock.today().isoformat()
    path = _fetch(house, "/trail/export/", tmp_path, since=today, until=today, table=table)
    assert tutela_verify.main(["export", str(path)]) == 0
    traced = leaves("trail.leaves.exported")[0]
    assert traced.detail["by"] == "since+until"


def test_a_refused_export_says_why(house: House, entry, monkeypatch) -> None:
    """A day before the first one, days without entries, too many entries."""
    auditor = house.as_("auditor")
    today = clock.today()
    ask = {
        "since": today.isoformat(),
        "until": (today - timedelta(days=1)).isoformat(),
        "table": "csv",
    }
    assert auditor.post("/trail/export/", ask).status_code == 422
    far = (today + timedelta(days=30)).isoformat()
    answer = auditor.post("/trail/export/", {"since": far, "table": "csv"})
    assert (answer.status_code, "trail.nothing_placed" in text(answer)) == (422, True)
    monkeypatch.setattr("tutela.vault.trail_proofs.MOST_BY_PAGE", 1)
    answer = auditor.post("/trail/export/", {"table": "csv"})
    assert (answer.status_code, "trail.range_too_large" in text(answer)) == (422, True)


@pytest.mark.parametrize("version", ocsf.VERSIONS)
def test_the_search_is_handed_out_as_events_of_each_version(
    house: House, entry, version: str
) -> None:
    """Only what was searched for; the export leaves its own entry."""
    answer = house.as_("auditor").get(f"/trail/?customer={house.customer}&export=ocsf-{version}")
    assert f"trail-ocsf-{version}.jsonl" in answer["Content-Disposition"]
    events = [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]
    assert {event["metadata"]["version"] for event in events} == {version}
    assert str(entry.id) in [event["metadata"]["uid"] for event in events]
    assert leaves("trail.leaves.exported")[0].detail["format"] == f"ocsf-{version}"
    page = text(house.as_("auditor").get("/trail/"))
    assert f"OCSF {version}" in page
