"""What a command prints. Results go to standard output, all else to standard error."""

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
from tutela.cli.words import gettext as _

PIPE_WIDTH = 2_000
_LAST_CONTROL = "\x9f"
stderr = Console(stderr=True, highlight=False)


def one(result: Mapping[str, Any], *, as_json: bool) -> None:
    """One object: a JSON line, or a two-column table."""
    if as_json:
        _line(result)
        return
    width = max((cell_len(heading(name)) for name in result), default=0)
    for name, value in result.items():
        # A line each, never broken: a key or a link is copied whole, on any terminal and from a pipe.
        _plain(set_cell_size(heading(name), width) + "  " + _cell(value))


def many(rows: Iterable[Mapping[str, Any]], *, as_json: bool) -> None:
    """Many objects: JSON lines, or a table headed by the words for the first row's names."""
    if as_json:
        for row in rows:
            _line(row)
        return
    listed = list(rows)
    if not listed:
        say(_("nothing found"))
        return
    console = Console(highlight=False)
    if not console.is_terminal:
        # What reads a pipe has no width.
        console.width = PIPE_WIDTH
    cells = [[_cell(value) for value in row.values()] for row in listed]
    widest = max(len(word) for row in cells for cell in row for word in cell.split() or [""])
    if widest > console.width // 2 and console.is_terminal:
        # A long key or link would be broken in a column of a terminal.
        for row in listed:
            one(row, as_json=False)
            _plain("")
        return
    table = Table(box=None, header_style="bold")
    for name in listed[0]:
        table.add_column(heading(name), overflow="fold")
    for line in cells:
        # As texts: a value in square brackets is no markup.
        table.add_row(*map(Text, line))
    console.print(table)


def say(text: str) -> None:
    """Progress or advice, on standard error."""
    stderr.print(text, markup=False, soft_wrap=True)


def _plain(text: str) -> None:
    sys.stdout.write(text.rstrip() + "\n")
    sys.stdout.flush()


def _line(row: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
    sys.stdout.flush()


def _cell(value: object) -> str:
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    return "" if value is None else _visible(str(value))


def _visible(text: str) -> str:
    """Control characters written out: a value commands no terminal."""
    return "".join(
        char
        if char.isprintable() or (char.isspace() and char > _LAST_CONTROL)
        else char.encode("unicode_escape").decode()
        for char in text
    )
