"""A pack is kept as it was handed over, and fetched again under the gate; what differs is said before it is made."""

import hashlib
import html
import json
import zipfile
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection, connections

import tutela_verify
from tests.console.stage import browser, text
from tutela.base import clock
from tutela.base.errors import NotAllowed
from tutela.cli import shell
from tutela.scorecard import errors, written
from tutela.scorecard.actions import packs
from tutela.scorecard.actions.evidence import Report, add_evidence
from tutela.trail import queries

PAGE = "/scorecard/packs/"
ENGLISH = {"Accept-Language": "en"}


def last_month() -> tuple[date, date]:
    """The days of a period that is over."""
    last = clock.today().replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


@pytest.fixture(scope="module")
def audited(people) -> None:
    """An audit was reported since that period ended: the scorecard counts it, the period does not."""
    today = clock.today()
    add_evidence(
        people["compliance_officer"].actor,
        Report(
            target="audit-quarterly", begins=today - timedelta(days=1), ends=today, unit="count",
            source="audit", signer="Li", value=1.0,
        ),
    )  # fmt: skip


def made(people, path: Path) -> tuple[str, UUID]:
    """A pack of the period: its hash, and the id under which it is kept."""
    digest = packs.write_pack(people["auditor"].actor, *last_month(), path)
    return digest, next(one.kept for one in written.packs(20) if one.file_hash == digest)


@pytest.mark.skipif("clock.today().day < 3")
def test_what_differs_is_said_before_the_pack_is_made_and_in_it(people, audited, tmp_path):
    """On the page, and in the pack with both judgements; the pack verifies."""
    first, last = last_month()
    client = browser(people["auditor"].staff)
    sent = {"first": first.isoformat(), "last": last.isoformat()}
    before = len(written.packs(20))
    page = client.post(PAGE, sent, headers=ENGLISH)
    assert page["Content-Type"].startswith("text/html")
    shown = html.unescape(text(page))
    assert "no data yet in the pack, goal met on the scorecard" in shown
    assert 'name="sure" value="1"' in shown
    assert len(written.packs(20)) == before
    path = tmp_path / "pack.zip"
    path.write_bytes(b"".join(client.post(PAGE, sent | {"sure": "1"})))
    with zipfile.ZipFile(path) as opened:
        manifest = json.loads(opened.read("manifest.json"))
        summary = opened.read("summary.html").decode()
    (one,) = [row for row in manifest["differs"] if row["target"] == "audit-quarterly"]
    assert (one["pack"], one["scorecard"]) == ("no_data", "met")
    assert "judged these targets otherwise" in summary
    assert tutela_verify.check(str(path)).good


def test_a_pack_up_to_today_says_what_the_scorecard_says(people, audited, tmp_path):
    """Nothing to warn of, and nobody is asked twice."""
    today = clock.today()
    assert packs.preview(people["auditor"].actor, today - timedelta(days=6), today) == []


def test_a_kept_pack_is_fetched_as_it_was_handed_over(people, tmp_path):
    """The same bytes; who fetched it stands in the trail and in the list."""
    digest, key = made(people, tmp_path / "made.zip")
    client = browser(people["compliance_officer"].staff)
    answer = client.post(f"{PAGE}{key}/")
    assert hashlib.sha256(b"".join(answer)).hexdigest() == digest
    leaf = queries.leaves(queries.LeafFilter(event="scorecard.pack.fetched"))[0]
    officer = people["compliance_officer"].staff
    assert (leaf.actor_id, leaf.detail["file_hash"]) == (str(officer.id), digest)
    listed = next(one for one in written.packs(20) if one.file_hash == digest)
    assert [fetch.by for fetch in listed.fetches] == [officer.name]
    page = text(client.get(PAGE, headers=ENGLISH))
    assert "Fetch (this is logged)" in page
    assert officer.name in page


def test_who_may_not_write_packs_fetches_none(people, tmp_path):
    """Asked at the door and in the verb; no leaf of a fetch is left."""
    _digest, key = made(people, tmp_path / "made.zip")
    fetched = len(queries.leaves(queries.LeafFilter(event="scorecard.pack.fetched")))
    assert browser(people["hr_trainer"].staff).post(f"{PAGE}{key}/").status_code == 403
    with pytest.raises(NotAllowed):
        packs.fetch_pack(people["hr_trainer"].actor, key, tmp_path / "no.zip")
    assert not (tmp_path / "no.zip").exists()
    assert len(queries.leaves(queries.LeafFilter(event="scorecard.pack.fetched"))) == fetched


def test_the_shell_lists_and_fetches_packs(people, tmp_path, capfd):
    """By the id that the list gives; the same bytes, and a leaf."""
    digest, key = made(people, tmp_path / "made.zip")
    fetched = len(queries.leaves(queries.LeafFilter(event="scorecard.pack.fetched")))
    assert shell.run(["evidence", "packs", "--json"]) == 0
    rows = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert next(row for row in rows if row["pack"] == str(key))["sha256"] == digest
    again = tmp_path / "again.zip"
    assert shell.run(["evidence", "fetch", str(key), "--out", str(again), "--json"]) == 0
    assert hashlib.sha256(again.read_bytes()).hexdigest() == digest
    assert len(queries.leaves(queries.LeafFilter(event="scorecard.pack.fetched"))) == fetched + 1
    assert shell.run(["evidence", "fetch", str(UUID(int=1)), "--out", str(again)]) == 1
    assert hashlib.sha256(again.read_bytes()).hexdigest() == digest


def test_a_pack_that_is_not_kept_is_not_there(people, tmp_path):
    """Neither an unknown one, nor one of before packs were kept."""
    with pytest.raises(errors.PackUnknown):
        packs.fetch_pack(people["auditor"].actor, UUID(int=1), tmp_path / "no.zip")
    digest, key = made(people, tmp_path / "made.zip")
    with connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM scorecard_pack_part WHERE pack = %s", [key])
    with pytest.raises(errors.PackUnknown):
        packs.fetch_pack(people["auditor"].actor, key, tmp_path / "no.zip")
    assert next(one for one in written.packs(20) if one.file_hash == digest).kept is None


def test_a_damaged_pack_is_not_handed_over(people, tmp_path):
    """Changed where it lies, or put in another's place: one sentence, no file that looks whole."""
    _digest, key = made(people, tmp_path / "made.zip")
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "UPDATE scorecard_pack_part SET sealed = set_byte(sealed, 90, 255 - get_byte(sealed, 90))"
            " WHERE pack = %s", [key],
        )  # fmt: skip
    with pytest.raises(errors.PackDamaged):
        packs.fetch_pack(people["auditor"].actor, key, tmp_path / "no.zip")
    assert [one.name for one in tmp_path.iterdir()] == ["made.zip"]


def test_a_kept_pack_cannot_be_changed_by_the_application(people, tmp_path):
    """Append only, by the database's own rights."""
    made(people, tmp_path / "made.zip")
    for statement in ("UPDATE {} SET number = 1", "DELETE FROM {}", "TRUNCATE {}"):
        with pytest.raises(Exception, match="permission denied"), connection.cursor() as cursor:
            cursor.execute(statement.format("scorecard_pack_part"))


def test_rows_before_the_period_are_marked(people, tmp_path):
    """A management system that was built before counts, and each such row says that it is older."""
    first, last = last_month()
    path = tmp_path / "pack.zip"
    packs.write_pack(people["auditor"].actor, first, last, path)
    with zipfile.ZipFile(path) as opened:
        stated = json.loads(opened.read("manifest.json"))["before_period"]
        for name in opened.namelist():
            if name.startswith(("evidence/", "judged/")):
                rows = opened.read(name).decode().count("before_period")
                assert rows == stated.get(name, 0), name
