"""The dark rules of a style sheet once more, for pages on which nobody has chosen light or dark and no script
has run: `data-bs-theme="auto"` there follows the system. Rules are copied when the sheet is served, so that none
can be forgotten."""

import re
from collections.abc import Iterator
from typing import Final

_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_DARK: Final = re.compile(r"\[data-bs-theme=([\"']?)dark\1\]")
_NOT: Final = re.compile(r":not\([^()]*\)")
_COMMAS: Final = re.compile(r",(?![^()]*\))")
_GROUPS: Final = ("@media", "@supports", "@layer")
AUTO: Final = '[data-bs-theme="auto"]'
# Paper is white: on it the rules for light hold.
SYSTEM: Final = "@media screen and (prefers-color-scheme: dark)"


def with_system(sheet: str) -> str:
    """The sheet, followed by its dark rules for the system's dark; the same sheet if it has none."""
    dark = _dark_rules(_COMMENT.sub("", sheet))
    return f"{sheet}\n{SYSTEM}{{{dark}}}\n" if dark else sheet


def _dark_rules(sheet: str) -> str:
    """Rules whose selector asks for dark, by those of their selectors that do, under their conditions."""
    return "".join(_dark_rule(head, body) for head, body in _rules(sheet))


def _dark_rule(head: str, body: str) -> str:
    if head.startswith(_GROUPS):
        inner = _dark_rules(body)
        return f"{head}{{{inner}}}" if inner else ""
    if head.startswith("@"):
        return ""
    asked = [one.strip() for one in _COMMAS.split(head) if _DARK.search(_NOT.sub("", one))]
    return f"{_DARK.sub(AUTO, ','.join(asked))}{{{body}}}" if asked else ""


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """(what stands before the brace, what stands in it) of each rule of one level."""
    at = 0
    while (opens := sheet.find("{", at)) >= 0:
        closes = _closing(sheet, opens)
        # A statement such as @charset may stand before a rule.
        yield sheet[at:opens].rpartition(";")[2].strip(), sheet[opens + 1 : closes]
        at = closes + 1


def _closing(sheet: str, opens: int) -> int:
    depth = 0
    for brace in re.compile(r"[{}]").finditer(sheet, opens):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.start()
    return len(sheet)
