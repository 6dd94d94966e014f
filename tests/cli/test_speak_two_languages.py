"""The shell speaks what the terminal says, Chinese when it says nothing; wrong use in both."""

import os
import subprocess
import sys

import pytest

from tutela.cli import output, shell, translations

NAMES = ("LC_ALL", "LC_MESSAGES", "LANG")
WRONG = {
    "status --jsn": ("没有选项 --jsn。", "Unknown option --jsn."),
    "trail --limit x": (
        "'--limit' 的取值不可用：应为整数",
        "'--limit' cannot be used: it must be a",
    ),
    "trail --limit 0": ("界限为 1", "limit: 1"),
    "trail --since monday": ("格式应为", "expected format"),
    "trail --limit": ("--limit 需要一个值。", "--limit needs a value."),
    "status --json=1": ("--json 不带值。", "--json takes no value."),
    "staff import /not/there": ("不存在 '/not/there'", "there is no '/not/there'"),
    "staff disable": ("缺少 'login'。", "'login' is missing."),
    "nonsense": ("没有命令 nonsense。", "Unknown command nonsense."),
    "version too many": ("此处多出了 too many。", "Unexpected argument too many."),
    "evidence": ("请给出命令", "No command given"),
}


def terminal(monkeypatch, **told: str) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    for name, value in told.items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize(
    ("told", "language"),
    [
        ({}, "zh-hans"),
        ({"LANG": "zh_CN.UTF-8"}, "zh-hans"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "zh_TW"}, "zh-hans"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh-hans"),
    ],
)
def test_the_terminal_chooses(monkeypatch, told, language):
    """LC_ALL before LC_MESSAGES before LANG, as everywhere."""
    terminal(monkeypatch, **told)
    assert translations.language() == language


@pytest.mark.parametrize("asked", WRONG)
def test_wrong_use_is_said_in_both_languages(monkeypatch, capsys, asked):
    """One sentence with its code, exit code 2, nothing on standard output."""
    for language, said in zip(("zh_CN.UTF-8", "en_GB.UTF-8"), WRONG[asked], strict=True):
        terminal(monkeypatch, LC_ALL=language)
        assert shell.run(asked.split()) == 2
        shown = capsys.readouterr()
        assert said in shown.err
        assert "[cli.usage]" in shown.err
        assert shown.out == ""


def test_a_group_without_a_command_shows_its_help_once(monkeypatch, capsys):
    """And ends as wrong use, without an empty sentence after it."""
    terminal(monkeypatch, LANG="zh_CN.UTF-8")
    assert shell.run(["staff"]) == 2
    shown = capsys.readouterr()
    assert "机构、人员" in shown.out + shown.err
    assert "[cli.usage]" not in shown.err


def test_help_is_in_the_language_of_the_terminal(monkeypatch, capsys):
    """Also the words around it, and English again after Chinese in one process."""
    for language, usage, heading in (("zh_CN", "用法：", "选项"), ("en_GB", "Usage: ", "Options")):
        terminal(monkeypatch, LC_ALL=language)
        assert shell.run(["trail", "--help"]) == 0
        shown = capsys.readouterr().out
        assert usage in shown
        assert f" {heading} " in shown


def test_a_setting_that_cannot_be_used_is_said_in_both_languages(home):
    """Before anything starts: one sentence with its code, exit code 1."""
    for language, said in (
        ("zh_CN", "必须是 1 到 65535 之间的整数"),
        ("en_GB", "must be a whole number from 1"),
    ):
        told = os.environ | {"LC_ALL": language, "TUTELA_HTTPS_PORT": "--5"}
        done = subprocess.run(
            [sys.executable, "-m", "tutela", "status"], env=told, capture_output=True, text=True, check=False
        )  # fmt: skip
        assert (done.returncode, done.stdout) == (1, "")
        assert said in done.stderr
        assert "[cli.setting]" in done.stderr


_HEADS = {"zh_CN.UTF-8": ("状态", "下次举证日", "plate"), "C": ("status", "next due")}


def test_tables_are_headed_in_the_language_of_the_terminal(monkeypatch, capsys):
    """JSON keeps the names, which programs read."""
    row = {"status": "met", "next_due": "2026-12-01", "plate": "x"}
    for language, heads in (
        ("zh_CN.UTF-8", ("状态", "下次举证日", "plate")),
        ("C", ("status", "next due")),
    ):
        monkeypatch.setenv("LC_ALL", language)
        output.print_rows([row], as_json=False)
        told = capsys.readouterr().out
        assert all(head in told for head in heads)
    output.print_row(row, as_json=True)
    assert '"next_due"' in capsys.readouterr().out
