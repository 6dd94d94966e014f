"""What a command prints. Results go to standard output, all else to standard error."""

import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from tutela.cli.headings import heading
from tutela.cli.words import gettext as _

stderr = Console(stderr=True, highlight=False)


def one(result: Mapping[str, Any], *, as_json: bool) -> None:
    """One object: a JSON line, or a two-column table."""
    if as_json:
        _line(result)
        return
    table = Table(show_header=False, box=None)
    for name, value in result.items():
        table.add_row(heading(name), _cell(value))
    Console(highlight=False).print(table)


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
    table = Table(box=None, header_style="bold")
    for name in listed[0]:
        table.add_column(heading(name), overflow="fold")
    for row in listed:
        table.add_row(*(_cell(value) for value in row.values()))
    Console(highlight=False).print(table)


def say(text: str) -> None:
    """Progress or advice, on standard error."""
    stderr.print(text, markup=False, soft_wrap=True)


def _line(row: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
    sys.stdout.flush()


def _cell(value: object) -> str:
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return "" if value is None else str(value)
