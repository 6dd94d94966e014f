"""Only actions change state, nothing goes round the gate, and clear text has few doors."""

import ast
import re

from tests.walls.house import place, room_of, sources

ORM_WRITES = {
    "save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create",
    "update_or_create",
}  # fmt: skip
SQL_WRITE = re.compile(
    r"^\s*(INSERT\s+INTO|UPDATE\s+\w|DELETE\s+FROM|TRUNCATE|COPY\s+\w)", re.MULTILINE
)
ACTIONS = re.compile(r"/(actions\.py|actions/\w+\.py)$")
# Who else may write, and why it is no action.
OTHER_WRITERS = {
    "trail/statements.py": "the trail writes itself; only verifications are written by statements",
    "keys/custody.py": "key rows go with the caller's transaction",
    "vault/importing/statements.py": "a chunk is one transaction, its statements are prepared once",
}


def may_write(name: str) -> bool:
    """Whether the file of this name holds actions, or stands in the table."""
    return bool(ACTIONS.search(name)) or name.removeprefix("src/tutela/") in OTHER_WRITERS


# Functions that give clear values, and who may call them.
CLEAR = {
    "open_cells": {"vault"},
    "open_note": {"vault", "console", "watch"},
    "open_rejects": {"vault", "cli"},
    "customer_keys": {"vault"},
    "customer_keys_many": {"keys", "vault"},
}


def _strings(tree: ast.Module) -> list[str]:
    return [
        n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)
    ]


def _orm_writes(tree: ast.Module) -> list[int]:
    """Lines that write a row. `save()` and `delete()` of a row take no positional argument, and `update` of rows
    only keywords: that tells them from a paper saved to a file and from dictionaries and digests."""
    lines = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        text, name = ast.unparse(node.func), node.func.attr.removeprefix("a")
        of_rows = ".objects." in text or ".filter(" in text
        of_a_row = name in {"save", "delete"} and not node.args
        by_keywords = name in ORM_WRITES and bool(node.keywords) and not node.args
        if (name in ORM_WRITES and of_rows) or of_a_row or by_keywords:
            lines.append(node.lineno)
    return lines


def test_only_actions_write():
    """A write elsewhere would skip the gate or the trail."""
    wrong = []
    for path, tree in sources().items():
        if may_write(place(path)):
            continue
        wrong += [f"{place(path)}:{line} writes through the ORM" for line in _orm_writes(tree)]
        wrong += [
            f"{place(path)} holds SQL: {s.strip()[:40]}"
            for s in _strings(tree)
            if SQL_WRITE.search(s)
        ]
    assert not wrong, "\n".join(wrong)


def test_who_else_may_write_does_write():
    """A name that stays in the table after its file is gone, or writes no more, would let the next file in."""
    files = {place(path).removeprefix("src/tutela/"): tree for path, tree in sources().items()}
    idle = [
        name
        for name in OTHER_WRITERS
        if name not in files
        or not (_orm_writes(files[name]) or any(SQL_WRITE.search(s) for s in _strings(files[name])))
    ]
    assert not idle, idle


def test_writes_are_told_from_what_only_looks_like_one():
    """The rule reads code, so it is tried on code."""
    writes = ("row.save()", "row.save(update_fields=['state'])", "row.delete()", "await row.asave()",
        "Staff.objects.create(login='a')", "waiting.update(state='done')")  # fmt: skip
    others = (
        "paper.save(stream)",
        "digest.update(block)",
        "known.update(more)",
        "spool.delete(name)",
    )
    assert all(_orm_writes(ast.parse(code)) for code in writes)
    assert not any(_orm_writes(ast.parse(code)) for code in others)


def test_functions_that_give_clear_values_have_known_callers():
    """A new caller is a decision: add it here with its reason."""
    wrong = []
    for path, tree in sources().items():
        room = room_of(path)
        for node in ast.walk(tree):
            name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", None)
            if name in CLEAR and room not in CLEAR[name]:
                wrong.append(f"{place(path)}:{node.lineno} uses {name}")
    assert not wrong, "\n".join(wrong)


def test_every_room_that_may_open_values_does():
    """What nobody uses any more is taken off the list."""
    used: dict[str, set[str]] = {name: set() for name in CLEAR}
    for path, tree in sources().items():
        for node in ast.walk(tree):
            name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", None)
            if name in used:
                used[name].add(room_of(path))
    assert used == CLEAR


def test_there_are_no_signals_and_no_class_based_views():
    """Both hide who calls whom."""
    bad = re.compile(r"django\.db\.models\.signals|django\.dispatch|View\.as_view|generic import")
    wrong = [place(path) for path in sources() if bad.search(path.read_text(encoding="utf-8"))]
    assert not wrong, wrong


def test_no_print_and_no_logging_of_values_outside_the_shell():
    """What is printed or logged carries codes and ids."""
    wrong = [
        f"{place(path)}:{node.lineno}"
        for path, tree in sources().items()
        if "cli" not in path.parts
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"
    ]
    assert not wrong, wrong
