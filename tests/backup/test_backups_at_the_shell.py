"""The shell: the host makes and lists backups and changes nothing; two people change keys and timetable."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.access import cast
from tests.access.cast import Member
from tutela.access.actions.passwords import set_password
from tutela.base.actor import SYSTEM
from tutela.cli import shell
from tutela.crypto import age


@pytest.fixture
def people(ground, monkeypatch) -> tuple[Callable[..., list[str]], Callable[..., list[str]]]:
    """Make a command the operator's or the second person's, who show a second factor each time."""
    monkeypatch.setenv("TUTELA_AS_PASSWORD", cast.PASSWORD)

    def signing(member: Member) -> Callable[..., list[str]]:
        set_password(SYSTEM, member.staff, cast.PASSWORD)
        codes = cast.enrol(member.staff)

        def by(*words: str) -> list[str]:
            monkeypatch.setenv("TUTELA_AS_CODE", next(codes))
            return [*words, "--as", member.staff.login]

        return by

    return signing(ground.operator), signing(ground.second)


def said(capfd: Any, *words: str) -> list[dict[str, Any]]:
    assert shell.run([*words, "--json"]) == 0, capfd.readouterr().err
    return [json.loads(line) for line in capfd.readouterr().out.splitlines()]


def refused(capfd: Any, *words: str) -> str:
    assert shell.run([*words, "--json"]) == 1
    code: str = json.loads(capfd.readouterr().err.splitlines()[-1])["error"]["code"]
    return code


def test_the_host_makes_a_backup_and_lists_it(ground, capfd):
    """With its copies and the level each has passed; later it removes what is over."""
    (made,) = said(capfd, "backup", "run")
    assert made["state"] == "uploaded"
    listed = said(capfd, "backup", "runs")
    assert {row["kind"] for row in listed if row["snapshot"] == made["snapshot"]} == {
        "full",
        "keys",
    }
    copies = said(capfd, "backup", "copies")
    assert {(row["target"], row["state"], row["held"]) for row in copies} == {
        ("offsite", "written", False)
    }
    # Without a key here, a copy is read back as far as its hashes.
    assert {row["verified_level"] for row in copies} == {1}
    assert said(capfd, "backup", "retain") == [{"removed": 0}]
    (table,) = said(capfd, "backup", "timetable")
    assert (table["hour"], table["weekday"], table["edition"]) == (2, 6, 0)


def test_a_backup_can_be_left_to_the_worker(ground, capfd):
    """It is asked for, and stands in the list once it has begun."""
    (asked,) = said(capfd, "backup", "run", "--no-wait")
    assert asked["state"] == "scheduled"
    from tutela.backup.actions import planning

    assert planning.work(SYSTEM) == 1
    done = {row["run"]: row["state"] for row in said(capfd, "backup", "runs")}
    assert done[asked["run"]] == "uploaded"


def test_the_host_changes_nothing(ground, capfd):
    """Keys, timetable and holds are of people."""
    (copy,) = said(capfd, "backup", "copies")[:1]
    for words in (
        ["recipients", "add", "other", age.new_identity()[1], "--role", "escrow"],
        ["sign-timetable", "--hour", "3"],
        ["hold", copy["copy"]],
    ):
        assert refused(capfd, "backup", *words) == "access.permission_missing"
    assert refused(capfd, "backup", "run", "--kind", "half") == "backup.kind_unknown"


def test_two_people_add_a_key_and_sign_a_timetable(ground, capfd, people):
    """One proposes, the other approves; the private half is refused."""
    operator, second = people
    private, public = age.new_identity()
    words = ["backup", "recipients", "add", "escrow-9", private, "--role", "escrow"]
    assert refused(capfd, *operator(*words)) == "backup.key_is_private"
    words[4] = public
    (proposed,) = said(capfd, *operator(*words))
    assert proposed["result"] == "waits"
    (waiting,) = said(capfd, "backup", "changes")
    assert (waiting["change"], waiting["by"]) == (proposed["change"], ground.operator.staff.login)
    approve = ["backup", "approve", proposed["change"]]
    assert refused(capfd, *operator(*approve)) == "backup.change_same_person"
    assert said(capfd, *second(*approve))[0]["result"] == "approved"
    assert "escrow-9" in {row["name"] for row in said(capfd, "backup", "recipients", "list")}
    (table,) = said(
        capfd, *second("backup", "sign-timetable", "--hour", "4", "--rto-minutes", "240")
    )
    said(capfd, *operator("backup", "approve", table["change"]))
    (now,) = said(capfd, "backup", "timetable")
    assert (now["edition"], now["hour"], now["rto_minutes"]) == (1, 4, 240)
    (hold,) = said(capfd, "backup", "copies")[:1]
    said(capfd, *operator("backup", "hold", hold["copy"]))
    (freed,) = said(capfd, *operator("backup", "release", hold["copy"]))
    assert said(capfd, *second("backup", "reject", freed["change"]))[0]["result"] == "rejected"
    gone = next(
        row for row in said(capfd, "backup", "recipients", "list") if row["name"] == "escrow-9"
    )
    assert (
        said(capfd, *operator("backup", "recipients", "remove", gone["recipient"]))[0]["result"]
        == "waits"
    )
