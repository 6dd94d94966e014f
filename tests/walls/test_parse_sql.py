"""Every statement that stands whole in the product is SQL to PostgreSQL: one that no test runs is at least parsed."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import psycopg
import pytest
from django.db import connection, transaction

from tests.walls.house import SOURCE, place, sources

_BEGIN = re.compile(r"\s*(SELECT|WITH|INSERT|UPDATE|DELETE|MERGE|VALUES)\b")
_NAMED = re.compile(r"%\((\w+)\)[sbt]")
_BARE = re.compile(r"%[sbt]")
_CUT = re.compile(r"\{\w*\}")
UNKNOWN = {"42601", "42939", "42602", "42622"}
"""Syntax errors, reserved and invalid names; types and tables are the business of the tests that run the statement."""


def name_of(path: Path) -> str:
    """The module of a file."""
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def texts(module: ModuleType) -> Iterator[str]:
    """The strings that a module holds by name, or in a dictionary or tuple of such a name."""
    for value in vars(module).values():
        parts = value.values() if isinstance(value, dict) else value
        yield from (
            one
            for one in (parts if isinstance(value, dict | tuple) else (value,))
            if isinstance(one, str)
        )


def whole(path: Path) -> set[str]:
    """The statements of a file; not those with holes for names, nor beginnings that others of the file go on from."""
    found = {one for one in texts(import_module(name_of(path))) if _BEGIN.match(one)}
    return {
        one
        for one in found
        if not _CUT.search(one) and not any(x != one and x.startswith(one) for x in found)
    }


def readable() -> list[Path]:
    """Files that can be imported without doing something."""
    return [path for path in sources() if path.name not in ("__main__.py", "wsgi.py")]


def numbered(statement: str) -> str:
    """With the server's own marks of parameters."""
    places: dict[str, int] = {}
    text = _NAMED.sub(lambda m: f"${places.setdefault(m[1], len(places) + 1)}", statement)
    last = len(places)
    parts = _BARE.split(text)
    marks = [f"${last + n}" for n in range(1, len(parts))]
    return "".join(a + b for a, b in zip(parts, [*marks, ""], strict=True)).replace("%%", "%")


def fault(statement: str) -> str:
    """What the server's parser says; "" if it is a statement."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.connection.execute(f"PREPARE walled AS {numbered(statement)}")
            cursor.execute("DEALLOCATE walled")
    except psycopg.Error as error:
        return str(error) if error.sqlstate in UNKNOWN else ""
    return ""


def test_every_statement_is_one(database):
    found = {
        f"{place(path)}: {text.strip()[:60]}": told
        for path in readable()
        for text in whole(path)
        if (told := fault(text))
    }
    assert not found


def test_there_are_statements_to_parse():
    """A wall that reads nothing would find nothing."""
    assert sum(len(whole(path)) for path in readable()) > 100


@pytest.mark.parametrize(
    "statement", ["SELECT 1 FROM (SELECT 2) AS some", "SELECT %s FROM WHERE", "UPDATE a SET"]
)
def test_what_is_none_is_named(database, statement):
    assert fault(statement)
