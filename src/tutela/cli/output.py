"""Print results to standard output, and messages to standard error."""

import json
import sys
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tutela.cli.headings import heading
from tutela.cli.translations import gettext as _

PIPE_WIDTH = 2_000
_LAST_CONTROL = "\x9f"
stderr = Console(stderr=True, highlight=False)


def print_row(result: Mapping[str, Any], *, as_json: bool) -> None:
    """One object: a JSON line, or a two-column table."""
    if as_json:
        _print_json(result)
        return
    width = max((cell_len(heading(name)) for name in result), default=0)
    for name, value in result.items():
        # One unwrapped line each, so that a key or a link can be copied.
        _print_line(set_cell_size(heading(name), width) + "  " + _cell(value))


def print_rows(rows: Iterable[Mapping[str, Any]], *, as_json: bool) -> None:
    """Several objects: JSON lines, or a table with headings from the first row's names."""
    if as_json:
        for row in rows:
            _print_json(row)
        return
    listed = list(rows)
    if not listed:
        say(_("nothing found"))
        return
    console = Console(highlight=False)
    if not console.is_terminal:
        # A pipe has no width.
        console.width = PIPE_WIDTH
    cells = [[_cell(value) for value in row.values()] for row in listed]
    widest = max(len(word) for row in cells for cell in row for word in cell.split() or [""])
    if widest > console.width // 2 and console.is_terminal:
        # A long key or link would be wrapped in a column.
        for row in listed:
            print_row(row, as_json=False)
            _print_line("")
        return
    table = Table(box=None, header_style="bold")
    for name in listed[0]:
        table.add_column(heading(name), overflow="fold")
    for line in cells:
        # As Text, so that square brackets in a value are not markup.
        table.add_row(*map(Text, line))
    console.print(table)


def say(text: str) -> None:
    """Print a message to standard error."""
    stderr.print(text, markup=False, soft_wrap=True)


def _print_line(text: str) -> None:
    sys.stdout.write(text.rstrip() + "\n")
    sys.stdout.flush()


def _print_json(row: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
    sys.stdout.flush()


def _cell(value: object) -> str:
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    return "" if value is None else _visible(str(value))


def _visible(text: str) -> str:
    """Escape control characters, so that a value cannot send terminal sequences."""
    return "".join(
        char
        if char.isprintable() or (char.isspace() and char > _LAST_CONTROL)
        else char.encode("unicode_escape").decode()
        for char in text
    )
