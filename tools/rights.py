"""Writes the tables of docs/rights-and-events.md from what the rooms declare: `python -m tools.rights`.

A row is the stored name, the Chinese of its words, and the docstring below the constant in the room's file.
"""

import ast
import os
import re
import sys
from collections.abc import Iterator
from itertools import pairwise

from tools.messages import SOURCE, given_texts

PAGE = SOURCE.parents[1] / "docs" / "rights-and-events.md"
EVENTS = "| Event | 中文 | What has happened |"


def page() -> str:
    """The whole page as it should be; Django must be set up."""
    from tutela.trail.event_specs import EVENTS as DECLARED

    chinese, _ = given_texts()
    sentences = dict(_sentences("events.py"))
    rows = [
        f"| `{name}` | {chinese[DECLARED[name].words]} | {sentences[name]} |"
        for name in sorted(DECLARED)
    ]
    return _replace(PAGE.read_text(encoding="utf-8"), EVENTS, rows)


def _replace(text: str, heading: str, rows: list[str]) -> str:
    """The text with other rows below the heading of a table."""
    table = re.compile(rf"{re.escape(heading)}\n\| --- \|.*\n(?:\|.*\n)*")
    if not table.search(text):
        raise ValueError(f"{PAGE.name} has no table {heading}")
    return table.sub(lambda _: "\n".join([heading, "| --- | --- | --- |", *rows, ""]), text)


def _sentences(file: str) -> Iterator[tuple[str, str]]:
    """The name of each declaration in the rooms' files of this name, with its docstring on one line."""
    for path in sorted(SOURCE.glob(f"*/{file}")):
        body = ast.parse(path.read_text(encoding="utf-8")).body
        for node, after in pairwise(body):
            name = _declared(node)
            if name and isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
                yield name, " ".join(str(after.value.value).split())


def _declared(node: ast.stmt) -> str:
    """The first argument of the call that a constant is made with, if it is a text."""
    if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Call) and node.value.args:
        first = node.value.args[0]
        return str(first.value) if isinstance(first, ast.Constant) else ""
    return ""


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tutela.settings")
    django.setup()
    PAGE.write_text(page(), encoding="utf-8")
    sys.exit(0)
