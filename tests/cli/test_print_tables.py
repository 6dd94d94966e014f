"""What a command prints: values stand there as they are, and none of them commands the terminal."""

import pytest

from tutela.cli import output

ODD = "[/x] [red]\N{IDEOGRAPHIC SPACE}保单\x1b[2J\x85"
SHOWN = "[/x] [red]\N{IDEOGRAPHIC SPACE}保单\\x1b[2J\\x85"


def test_a_value_in_square_brackets_is_no_markup(capfd: pytest.CaptureFixture[str]) -> None:
    """Column headings of imported files stand in tables."""
    output.many([{"column": ODD, "field": "-"}], as_json=False)
    assert SHOWN in capfd.readouterr().out


def test_a_value_commands_no_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    """Control characters are written out, on a line of its own too."""
    output.one({"column": ODD}, as_json=False)
    assert SHOWN in capfd.readouterr().out
