"""No room names the tables of another in SQL: it asks that room, or joins what the room offers in relations.py."""

import ast
import re

from tests.walls.house import LEVEL, place, room_of, sources

SCHEMAS = {"trail", "keys", "vault"}
# Tables that kept the name of the room they were made in; the longest prefix wins.
FORMER = {"governance_": "programme", "governance_attachment": "proof"}
OWNER = {f"{room}_": room for room in LEVEL} | FORMER
# Statements that must name a table of another room: file -> names, each with its reason. None is needed.
FOREIGN_SQL: dict[str, set[str]] = {}
_SQL = re.compile(
    r"\b(SELECT|INSERT|UPDATE|DELETE|FROM|JOIN|WHERE|TRUNCATE|COPY|LOCK)\b|::regclass"
)
_NAME = re.compile(
    rf"(?<![\w.])(?:(?:{'|'.join(sorted(SCHEMAS))})\.[a-z]\w*|(?:{'|'.join(sorted(OWNER))})[a-z]\w*)"
)


def texts(tree: ast.AST) -> list[str]:
    """The strings of a file but its docstrings; what an f-string computes is left out."""
    within = {id(part) for n in ast.walk(tree) if isinstance(n, ast.JoinedStr) for part in n.values}
    notes = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = (part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
            found.append("".join(map(str, parts)))
        elif isinstance(node, ast.Constant) and id(node) not in within | notes:
            found += [node.value] if isinstance(node.value, str) else []
    return found


def owner(name: str) -> str:
    """The room whose table it is."""
    schema, dot, _table = name.partition(".")
    if dot:
        return schema
    return OWNER[max((prefix for prefix in OWNER if name.startswith(prefix)), key=len)]


def foreign(room: str, tree: ast.AST) -> set[str]:
    """Names of other rooms' tables and functions in the SQL of a file."""
    names = {name for text in texts(tree) if _SQL.search(text) for name in _NAME.findall(text)}
    return {name for name in names if owner(name) != room}


def test_no_room_writes_sql_for_the_tables_of_another():
    """A table may change with its room alone."""
    found = {place(path): foreign(room_of(path), tree) for path, tree in sources().items()}
    found = {name: names for name, names in found.items() if names}
    assert found == FOREIGN_SQL


def test_every_room_with_tables_of_its_own_names_them():
    """A wall that reads no statement would find nothing."""
    rooms = {
        room_of(path)
        for path, tree in sources().items()
        for text in texts(tree)
        if _SQL.search(text)
        for name in _NAME.findall(text)
        if owner(name) == room_of(path)
    }
    assert rooms >= {"trail", "keys", "vault", "access", "scorecard", "api"}


def test_foreign_sql_is_seen():
    """The rule reads code, so it is tried on code."""
    seen = (
        'x = "SELECT 1 FROM vault.record"',
        'x = f"SELECT {a} FROM vault.record r"',
        "x = \"SELECT 1 FROM pg_class WHERE oid = 'vault.record'::regclass\"",
        'x = "DELETE FROM governance_task"',
        'x = "SELECT vault.decide_destruction(%s)"',
        'x = "SELECT a FROM trail.chain JOIN access_staff s ON true"',
    )
    unseen = (
        'x = "vault.record.read"',
        'def f():\n    """SELECT FROM vault.record"""',
        'x = "SELECT 1 FROM keys.kek"',
        'x = "SELECT 1 FROM {}".format(vault.record)',
    )
    assert all(foreign("keys", ast.parse(code)) for code in seen)
    assert not any(foreign("keys", ast.parse(code)) for code in unseen)
