"""Parse a subset of Markdown into blocks. Pure.

Headings `#` to `###`, lists `- item`, tables `| cell | cell |`; every other line is a paragraph.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

_HEADING = re.compile(r"(#{1,3})\s+(.+)")
_RULE = re.compile(r"\|[\s:|-]+\|")


@dataclass(frozen=True, slots=True)
class Block:
    """One block. `lines` are a list's items, `rows` a table's cells with the header row first."""

    kind: str
    text: str = ""
    level: int = 0
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def head(self) -> tuple[str, ...]:
        return self.rows[0] if self.rows else ()

    @property
    def body(self) -> tuple[tuple[str, ...], ...]:
        return self.rows[1:]


def blocks(text: str) -> list[Block]:
    """The blocks of a text, in order."""
    lines = (line.strip() for line in text.splitlines())
    return [
        block for kind, group in groupby(lines, key=_kind) for block in _blocks(kind, list(group))
    ]


def _kind(line: str) -> str:
    if not line:
        return ""
    if line.startswith("- "):
        return "list"
    if line.startswith("|"):
        return "table"
    return "heading" if _HEADING.fullmatch(line) else "paragraph"


def _blocks(kind: str, lines: list[str]) -> Iterator[Block]:
    if kind == "list":
        yield Block("list", lines=tuple(line[2:].strip() for line in lines))
    elif kind == "table":
        rows = (line.strip("|").split("|") for line in lines if not _RULE.fullmatch(line))
        yield Block("table", rows=tuple(tuple(cell.strip() for cell in row) for row in rows))
    elif kind == "heading":
        for line in lines:
            marks, words = line.split(maxsplit=1)
            yield Block("heading", text=words, level=len(marks))
    elif kind == "paragraph":
        yield from (Block("paragraph", text=line) for line in lines)
