"""The shell: JSON on standard output only, exit codes, and refusals that leave their leaf."""

import json
import re

import pytest

from tests.books import people, workbook
from tutela.access import events
from tutela.cli import shell
from tutela.trail import queries

pytestmark = pytest.mark.usefixtures("database")
NOBODY = "01a203c9-8ab7-7000-9e2d-90b1e5627cbe"


def test_wrong_use_ends_with_two(capfd):
    """A misspelt option is said in one sentence; nothing is done."""
    assert shell.run(["status", "--jsn"]) == 2
    shown = capfd.readouterr()
    assert shown.out == ""
    assert "[cli.usage]" in shown.err


def test_a_refusal_ends_with_one_and_leaves_a_leaf(capfd):
    """The host's own account never sees clear values, and the attempt is in the trail."""
    words = [
        "reveal",
        NOBODY,
        "--field",
        "phone",
        "--purpose",
        "service",
        "--reason",
        "x",
        "--json",
    ]
    assert shell.run(words) == 1
    shown = capfd.readouterr()
    assert shown.out == ""
    assert json.loads(shown.err)["error"]["code"] == "access.permission_missing"
    leaf = queries.leaves(queries.LeafFilter(event=events.REQUEST_REFUSED.name), limit=1)[0]
    assert leaf.detail["view"] == "shell:reveal"
    assert leaf.actor_kind == "machine"


def test_a_bad_password_is_refused_without_saying_what_was_wrong(capfd, monkeypatch):
    """Neither whether the account exists nor what was typed."""
    monkeypatch.setenv("TUTELA_AS_PASSWORD", "wrong-password-canary")
    words = ["customers", "list", "--purpose", "service", "--as", "nobody", "--json"]
    assert shell.run(words) == 1
    shown = capfd.readouterr()
    assert "access.sign_in_failed" in shown.err
    assert "canary" not in shown.out + shown.err


@pytest.mark.parametrize("words", [["status"], ["catalogue"], ["trail"], ["scorecard"], ["doctor"]])
def test_every_result_is_json_on_standard_output(capfd, words):
    """One object, or JSON lines, and nothing else there."""
    shell.run([*words, "--json"])
    lines = capfd.readouterr().out.splitlines()
    assert lines
    assert all(isinstance(json.loads(line), dict) for line in lines)


def test_an_import_without_agreement_changes_nothing(capfd, tmp_path):
    """Nobody is there to look at the mapping, and --yes was not said."""
    file = tmp_path / "k.csv"
    file.write_text("客户号,姓名,手机号码\nK1,王五,13900139001\n", encoding="utf-8")
    assert shell.run(["import", str(file), "--collection", "customer"]) == 2
    assert "cli.not_agreed" in capfd.readouterr().err
    assert shell.run(["customers", "list", "--purpose", "service", "--json"]) == 0
    assert capfd.readouterr().out == ""


def test_an_import_says_what_it_did(capfd, tmp_path):
    """The counts and the mapping with its reasons, as one object."""
    file = tmp_path / "k.csv"
    file.write_text("客户号,姓名,手机号码\nK1,王五,13900139001\nK2,,1\n", encoding="utf-8")
    assert shell.run(["import", str(file), "--collection", "customer", "--yes", "--json"]) == 0
    told = json.loads(capfd.readouterr().out)
    assert (told["rows"], told["created"], told["rejected"]) == (2, 1, 1)
    assert {"column", "field", "score", "why"} <= told["mapping"][0].keys()
    assert "13900139001" not in (tmp_path / "k.csv.rejects.csv").read_text(encoding="utf-8-sig")


def test_an_import_says_how_the_file_was_read(capfd, tmp_path):
    """The sheet that was read and those left out, in words and as JSON; another one by its name."""
    file = tmp_path / "two.xlsx"
    file.write_bytes(workbook({"甲": people("CA", 2), "乙": people("CB", 3)}))
    words = ["import", str(file), "--collection", "customer", "--dry-run"]
    assert shell.run(words) == 0
    told = capfd.readouterr().out
    assert re.search(r"^sheet +甲$", told, re.MULTILINE)
    assert re.search(r"^sheets left out +乙$", told, re.MULTILINE)
    assert shell.run([*words, "--sheet", "乙", "--json"]) == 0
    told = json.loads(capfd.readouterr().out)
    assert (told["rows"], told["read"]["sheet"], told["read"]["left_out"]) == (3, "乙", ["甲"])


def test_a_text_is_read_as_the_shell_says(capfd, tmp_path):
    """The delimiter as it can be typed, the encoding by its name; they are told as they can be typed."""
    file = tmp_path / "hive.txt"
    file.write_bytes("客户号\x01姓名\x01手机号\nCX1\x01欧阳测试\x0113800138191\n".encode("gb18030"))
    words = ["import", str(file), "--collection", "customer", "--dry-run", "--delimiter", r"\x01"]
    assert shell.run([*words, "--encoding", "gb18030"]) == 0
    assert re.search(r"^delimiter +\\x01$", capfd.readouterr().out, re.MULTILINE)


def test_a_dry_run_counts_by_reason(capfd, tmp_path):
    """Column, field, reason, count and masked examples, in words and as JSON, and later by the list."""
    file = tmp_path / "bad.csv"
    file.write_text("客户号,姓名,手机号码\nKX1,欧阳测试,12\nKX2,欧阳测试,34\n", encoding="utf-8")
    words = ["import", str(file), "--collection", "customer", "--dry-run"]
    assert shell.run(words) == 0
    assert re.search(r"手机号码 +phone .* 2 +2: .*; 3: ", capfd.readouterr().out)
    assert shell.run([*words, "--json"]) == 0
    told = json.loads(capfd.readouterr().out)
    (kind,) = told["rejects"]
    assert (kind["column"], kind["count"], len(kind["examples"])) == ("手机号码", 2, 2)
    assert shell.run(["rejects", told["batch"], "--summary", "--json"]) == 0
    assert json.loads(capfd.readouterr().out) == kind


def test_a_blank_clears_by_an_option(capfd, tmp_path):
    """--clear names the field; without it the stored value is kept and counted."""
    header = "客户号,姓名,手机号码\n"
    told = []
    for text, more in (("13900139077", ()), ("", ()), ("", ("--clear", "phone"))):
        file = tmp_path / "blank.csv"
        file.write_text(f"{header}KB7,欧阳测试,{text}\n", encoding="utf-8")
        words = ["import", str(file), "--collection", "customer", "--yes", "--json", *more]
        assert shell.run(words) == 0
        told.append(json.loads(capfd.readouterr().out))
    assert [(one["unchanged"], one["changed"], one["kept"]) for one in told] == [
        (0, 0, 0),
        (1, 0, 1),
        (0, 1, 0),
    ]
