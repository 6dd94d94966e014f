"""What a command prints: values stand there as they are, and none of them commands the terminal."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import tutela
from tutela.cli import headings, output

SRC = Path(tutela.__file__).parent
PRINTED = sorted({*SRC.glob("cli/*.py")} - {SRC / "cli" / f"{name}.py" for name in (
    "headings", "shell", "trail_faults", "translations", "wrong_use")})  # fmt: skip
"""What else stands in the folder prints no table."""
NO_COLUMNS = {
    "cli/trail.py": {"findings"},  # the rows of a second table
    "cli/vault.py": {"first_faults"},  # the same
    "cli/scorecard.py": {  # what a report is made of
        "corrects", "denominator", "file_hash", "from", "numerator", "reason", "signer", "to", "withdraws",
    },
    "vault/actions/verify.py": {"first_faults"},
}  # fmt: skip
ROWS = ("base/health.py", "trail/walk.py", "vault/actions/verify.py", "vault/destructions.py",
        "vault/importing/batches.py", "vault/verification/faults.py")  # fmt: skip
"""Whose `as_row` commands print."""

ODD = "[/x] [red]\N{IDEOGRAPHIC SPACE}保单\x1b[2J\x85"
SHOWN = "[/x] [red]\N{IDEOGRAPHIC SPACE}保单\\x1b[2J\\x85"


def test_a_value_in_square_brackets_is_no_markup(capfd: pytest.CaptureFixture[str]) -> None:
    """Column headings of imported files stand in tables."""
    output.print_rows([{"column": ODD, "field": "-"}], as_json=False)
    assert SHOWN in capfd.readouterr().out


def test_a_value_commands_no_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    """Control characters are written out, on a line of its own too."""
    output.print_row({"column": ODD}, as_json=False)
    assert SHOWN in capfd.readouterr().out


def _columns(tree: ast.AST) -> Iterator[str]:
    """The names in dictionaries, but for those that fill a sentence."""
    fill = {
        id(one.right)
        for one in ast.walk(tree)
        if isinstance(one, ast.BinOp) and isinstance(one.op, ast.Mod)
    }
    for one in ast.walk(tree):
        if isinstance(one, ast.Dict) and id(one) not in fill:
            yield from (key.value for key in one.keys if isinstance(key, ast.Constant))


def test_every_column_of_a_table_has_a_heading() -> None:
    """A name without a word stands in English among Chinese headings."""
    found: dict[str, set[str]] = {}
    for path in PRINTED:
        found[str(path.relative_to(SRC))] = set(_columns(ast.parse(path.read_text("utf-8"))))
    for place in ROWS:
        tree = ast.parse((SRC / place).read_text("utf-8"))
        (row,) = (
            one
            for one in ast.walk(tree)
            if isinstance(one, ast.FunctionDef) and one.name == "as_row"
        )
        found[place] = set(_columns(row))
    assert sum(map(len, found.values())) > 60
    missing = {
        place: sorted(names - NO_COLUMNS.get(place, set()) - headings.NAMES)
        for place, names in found.items()
    }
    assert {place: names for place, names in missing.items() if names} == {}
