"""Writes the tables of docs/rights-and-events.md from what the rooms declare: `python -m tools.rights`.

A row is the stored name, the Chinese of its words, and the docstring below the constant in the room's file; a
permission's row names the posts that have it.
"""

import ast
import os
import re
import sys
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import pairwise

from tools.messages import SOURCE, given_texts

PAGE = SOURCE.parents[1] / "docs" / "rights-and-events.md"
EVENTS = "| Event | 中文 | Meaning |"
PERMISSIONS = "| Permission | 中文 | Permits | Posts |"


class UnfinishedError(Exception):
    """Declarations that cannot have a row yet, one a line."""


def page() -> str:
    """The whole page as it should be; Django must be set up. UnfinishedError."""
    from tutela.access.permission_specs import PERMISSIONS as RIGHTS
    from tutela.trail.event_specs import EVENTS as HAPPENED

    chinese, _ = given_texts()
    _refuse_unfinished(chinese)
    text = PAGE.read_text(encoding="utf-8")
    sentences = dict(_sentences("permissions.py"))
    rows = [
        f"| `{name}` | {chinese[right.words]} | {sentences[name]} | {_posts(right.posts)} |"
        for name, right in sorted(RIGHTS.items())
    ]
    text = _replace(text, PERMISSIONS, rows)
    sentences = dict(_sentences("events.py"))
    rows = [
        f"| `{name}` | {chinese[event.words]} | {sentences[name]} |"
        for name, event in sorted(HAPPENED.items())
    ]
    return _replace(text, EVENTS, rows)


def _refuse_unfinished(chinese: Mapping[str, str]) -> None:
    """UnfinishedError if a declaration lacks its docstring or its Chinese."""
    from tutela.access.permission_specs import PERMISSIONS as RIGHTS
    from tutela.trail.event_specs import EVENTS as HAPPENED

    found = []
    for file, declared in (("permissions.py", RIGHTS), ("events.py", HAPPENED)):
        sentences = dict(_sentences(file))
        for name, one in sorted(declared.items()):
            if name not in sentences:
                found.append(f"{file}: {name} has no docstring below it")
            if one.words not in chinese:
                found.append(f"{file}: {name} has no Chinese for {one.words!r}")
    if found:
        raise UnfinishedError("\n".join(found))


def _posts(codes: AbstractSet[str]) -> str:
    from tutela.access.posts import EVERY, POSTS, STAFF

    if codes == EVERY:
        return "all"
    if codes == STAFF:
        return "all people"
    if len(EVERY - codes) < 5:
        return f"all but {_posts(EVERY - codes)}"
    return (
        ", ".join(f"`{code}`" for code in POSTS if code in codes) or "none: the installation's own"
    )


def _replace(text: str, heading: str, rows: list[str]) -> str:
    """The text with other rows below the heading of a table."""
    table = re.compile(rf"{re.escape(heading)}\n\| --- \|.*\n(?:\|.*\n)*")
    if not table.search(text):
        raise ValueError(f"{PAGE.name} has no table {heading}")
    return table.sub(
        lambda _: "\n".join([heading, "| --- " * heading.count(" | ") + "| --- |", *rows, ""]), text
    )


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
    try:
        PAGE.write_text(page(), encoding="utf-8")
    except UnfinishedError as unfinished:
        sys.exit(str(unfinished))
