"""Every command and option of the shell tells what it does, in Chinese and in English."""

import ast
import re
from typing import Any

import pytest
import typer

import tutela_verify
import tutela_witness
from tests.walls.house import REPOSITORY
from tutela.cli import shell, translations

HAN = re.compile("[\u4e00-\u9fff]")


def _tree() -> Any:
    shell._add_rooms()
    return typer.main.get_command(shell.app)


def _texts(command: Any, name: str = "tutela") -> dict[str, str]:
    """Place → help, of the command, its parameters and all commands below."""
    found = {name: command.help or ""}
    found |= {f"{name} {one.name}": one.help or "" for one in command.params}
    for below, sub in getattr(command, "commands", {}).items():
        found |= _texts(sub, f"{name} {below}")
    return found


def test_every_command_and_option_has_its_english():
    """A new option gets `help=`, a new command a docstring: both are the source."""
    texts = _texts(_tree())
    assert len(texts) > 100
    assert [name for name, text in texts.items() if not text or HAN.search(text)] == []


def test_every_command_and_option_has_its_chinese():
    """In locale/zh_Hans/cli.yaml; `python -m tools.messages` builds the catalogue."""
    tree = _tree()
    translations.translate(tree, translations.chinese)
    assert [name for name, text in _texts(tree).items() if not HAN.search(text)] == []


def _groups(command: Any, way: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    below = getattr(command, "commands", {}).items()
    return [way, *(found for name, sub in below for found in _groups(sub, (*way, name)))]


def _seen(text: str) -> str:
    return re.sub(r"[\s│╭╮╰╯─]", "", text)


def test_nothing_of_the_chinese_is_cut_off_at_80_columns(monkeypatch, capsys):
    """What draws the help cuts runs of characters that are longer than its column."""
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.setenv("COLUMNS", "80")
    shell._add_rooms()
    tree = shell._command(["--help"])  # built once: it takes longer than all its pages
    cut = []
    for way in _groups(_tree()):
        tree([*way, "--help"], standalone_mode=False)
        shown = capsys.readouterr().out
        assert "选项" in shown
        cut += [way] if "…" in shown else []
    assert cut == []


@pytest.mark.parametrize(("language", "han"), [("zh_CN.UTF-8", True), ("en_US.UTF-8", False)])
def test_the_commands_that_stand_alone_speak_both_languages(monkeypatch, capsys, language, han):
    """Each is one file that needs nothing of Tutela, so it carries both."""
    monkeypatch.setenv("LC_ALL", language)
    witness = [
        (tutela_witness, [verb, "--help"])
        for verb in ("keygen", "trust", "serve", "cosign", "show")
    ]
    helps = [
        (tutela_verify, ["--help"]),
        (tutela_verify, ["pack", "--help"]),
        (tutela_witness, ["--help"]),
    ]
    for command, given in helps + witness:
        with pytest.raises(SystemExit) as ended:
            command.main(given)
        assert ended.value.code == 0
        shown = capsys.readouterr().out
        assert bool(HAN.search(shown)) is han
        assert "show this help" not in shown or not han


SAYING = {"say", "PackWrong", "_tell"}


@pytest.mark.parametrize("command", [tutela_verify, tutela_witness], ids=lambda c: c.__name__)
def test_the_commands_that_stand_alone_have_chinese_for_all_they_say(command):
    """Each text has its line in the table, no line is left over, and both have the same places to fill."""
    code = ast.parse((REPOSITORY / "src" / f"{command.__name__}.py").read_text(encoding="utf-8"))
    table = command.CHINESE
    texts = [n.value for n in ast.walk(code) if isinstance(n, ast.Constant)]
    assert [line for line in table if texts.count(line) < 2] == []
    called = [n for n in ast.walk(code) if isinstance(n, ast.Call) and n.args]
    said = [n.args[0] for n in called if ast.unparse(n.func) in SAYING]
    said += [n.args[1] for n in called if ast.unparse(n.func) == "Refused" and len(n.args) > 1]
    said += [n.args[1] for n in called if ast.unparse(n.func) == "outcome.say"]
    told = {n.value for n in said if isinstance(n, ast.Constant)}
    assert told - set(table) == set()
    assert [en for en, zh in table.items() if en.count("%s") != zh.count("%s")] == []
