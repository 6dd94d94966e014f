"""Every setting, permission, event and command is told in the documentation, and both languages are whole."""

import re
import subprocess
import sys
from difflib import unified_diff

import pytest

from tests.walls.house import REPOSITORY, SOURCE
from tools import rights


def _docs() -> str:
    return "\n".join(p.read_text(encoding="utf-8") for p in (REPOSITORY / "docs").rglob("*.md"))


def test_every_setting_is_documented():
    """An operator finds each TUTELA_* name in docs/operations.md."""
    text = (REPOSITORY / "docs" / "operations.md").read_text(encoding="utf-8")
    code = "\n".join(
        p.read_text(encoding="utf-8") for p in SOURCE.rglob("*.py") if "migrations" not in p.parts
    )
    read = set(re.findall(r'env\.\w+\(\s*"(TUTELA_\w+)"', code))
    assert read - set(re.findall(r"TUTELA_\w+", text)) == set()


def test_the_page_of_rights_and_events_is_what_rooms_declare():
    """`python -m tools.rights` writes its tables; a declaration without a docstring has no row to give."""
    try:
        wanted = rights.page().splitlines()
    except rights.UnfinishedError as unfinished:
        pytest.fail(str(unfinished))
    stands = rights.PAGE.read_text(encoding="utf-8").splitlines()
    wrong = [line for line in unified_diff(stands, wanted, n=0, lineterm="") if "|" in line]
    assert stands == wanted, "\n".join(["run `python -m tools.rights`:", *wrong])


def test_every_command_is_documented():
    """docs/commands.md shows each with its options' meaning."""
    import typer

    from tutela.cli import shell

    shell._add_rooms()
    group = typer.main.get_command(shell.app)
    text = (REPOSITORY / "docs" / "commands.md").read_text(encoding="utf-8")
    names = [
        f"{name} {sub}" if sub else name
        for name, command in getattr(group, "commands", {}).items()
        for sub in getattr(command, "commands", [""])
    ]
    assert [name for name in names if f"tutela {name}" not in text] == []


def test_both_languages_are_complete():
    """Every English source string has its Chinese, and no Chinese is left over."""
    done = subprocess.run(
        [sys.executable, "-m", "tools.messages", "--check"],
        cwd=REPOSITORY, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
