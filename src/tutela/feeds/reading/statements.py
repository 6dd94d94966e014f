"""Values of customers that stand in a statement or command, and the tables that it touches. The text is then
dropped."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from tutela.feeds.rules import Action
from tutela.vault.told import KINDS, Told
from tutela.vault.trace import By

from .told import MOST_NAMED

_LITERAL: Final = re.compile(
    r"""'((?:[^'\\]|''|\\.)*)'|"((?:[^"\\]|\\.)*)"|(\+?[A-Za-z]*\d[A-Za-z0-9-]{4,39})"""
)
_ESCAPED: Final = re.compile(r"\\(.)|''", re.DOTALL)
_SHAPES: Final[dict[By, re.Pattern[str]]] = {
    By.CUSTOMER_NUMBER: re.compile(r"[A-Za-z]{0,6}-?\d[A-Za-z0-9-]{2,31}", re.ASCII),
    By.POLICY_NUMBER: re.compile(r"[A-Za-z]{0,8}-?\d[A-Za-z0-9-]{4,39}", re.ASCII),
    By.CLAIM_NUMBER: re.compile(r"[A-Za-z]{0,8}-?\d[A-Za-z0-9-]{4,39}", re.ASCII),
    By.ID_NUMBER: re.compile(r"[1-9]\d{14}|[1-9]\d{16}[0-9Xx]|[A-Za-z]{1,2}\d{6,9}", re.ASCII),
    By.PHONE: re.compile(
        r"(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}-?\d{7,8}", re.ASCII
    ),
}
_TABLE: Final = re.compile(
    r"\b(?:FROM|JOIN|UPDATE|INTO|TABLE|COPY|ONLY)\s+([`\"\w.$]+)", re.IGNORECASE
)
_ACTIONS: Final = {
    "SELECT": Action.READ, "WITH": Action.READ, "TABLE": Action.READ, "FETCH": Action.READ,
    "EXECUTE": Action.READ, "CALL": Action.READ, "INSERT": Action.WRITE, "UPDATE": Action.WRITE,
    "DELETE": Action.WRITE, "MERGE": Action.WRITE, "REPLACE": Action.WRITE, "DECLARE": Action.READ,
    "HANDLER": Action.READ,
}  # fmt: skip
_BEGINNING: Final = re.compile(
    r"\s*(?:(?:/\*.*?\*/|(?:--|#)[^\n]*\n|\()\s*)*([A-Za-z]*)", re.DOTALL
)
_PARTS: Final = re.compile(
    r"""(?:'(?:[^'\\]|''|\\.)*'|"[^"]*"|--[^\n]*|/\*.*?(?:\*/|\Z)|[^;'"])+""", re.DOTALL
)
_BEFORE: Final = frozenset(
    {"", "BEGIN", "START", "SET", "RESET", "USE", "SHOW", "SAVEPOINT", "COMMIT", "END", "DISCARD"}
)
"""Statements that are sent together with one that touches rows, in front of it."""
_OUTFILE: Final = re.compile(r"\bINTO\s+(?:OUTFILE|DUMPFILE)\b", re.IGNORECASE)
_COPY_OUT: Final = re.compile(r"\bTO\s+(?:STDOUT|PROGRAM|'|E')", re.IGNORECASE)


def action_of(statement: str) -> Action | None:
    """What a statement does with rows; None for one that touches none, such as SET or COMMIT. Of several that were
    sent together, the first that is not of the session counts."""
    for part in _PARTS.finditer(statement):
        first = _first_word(part[0])
        if first not in _BEFORE:
            break
    else:
        return None
    if first == "COPY":
        return Action.EXPORT if _COPY_OUT.search(statement) else Action.WRITE
    action = _ACTIONS.get(first)
    return Action.EXPORT if action is Action.READ and _OUTFILE.search(statement) else action


def _first_word(statement: str) -> str:
    """Behind comments and brackets; what follows it may touch it, as in `SELECT*FROM`."""
    found = _BEGINNING.match(statement)
    return found[1].upper() if found else ""


def tables_of(statement: str) -> Iterator[str]:
    """The tables that stand behind FROM, JOIN, INTO and the like, in small letters without quotes."""
    for name in _TABLE.findall(statement):
        yield name.replace('"', "").replace("`", "").casefold()


def fields_of(
    tables: Iterable[str], objects: Mapping[str, tuple[int, ...]], always: tuple[int, ...]
) -> tuple[int, ...] | None:
    """The fields that these tables hold by the mapping, with those of every record; None where the mapping names
    tables and these are none of them."""
    found, is_known = set(always), not objects
    for table in tables:
        known = objects.get(table, objects.get(table.rpartition(".")[2]))
        if known is not None:
            is_known = True
            found.update(known)
    return tuple(sorted(found)) if is_known else None


def values_of(texts: Iterable[str], kinds: tuple[By, ...]) -> tuple[Told, ...]:
    """The values that may be a customer's, each as every kind that it looks like; at most MOST_NAMED."""
    found: dict[Told, None] = {}
    for text in texts:
        for literal in _literals(text):
            for by in kinds or KINDS:
                if _SHAPES[by].fullmatch(literal):
                    found[Told(by, literal)] = None
            if len(found) >= MOST_NAMED:
                return tuple(found)
    return tuple(found)


def _literals(text: str) -> Iterator[str]:
    for quoted, double, bare in _LITERAL.findall(text):
        literal = (quoted or double or bare).strip().strip("%")
        if "\\" in literal or "''" in literal:
            literal = _ESCAPED.sub(lambda found: found[1] or "'", literal)
        yield literal
        if " " in literal:  # a statement inside a command, a list in a parameter
            yield from literal.replace("'", " ").replace('"', " ").split()
