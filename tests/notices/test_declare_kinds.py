"""Each room declares its kinds of notices; together they are the closed list, and each is told by somebody."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

from tests.walls.house import SOURCE, place, room_of, sources
from tutela.base.registry import DeclaredLateError, DeclaredTwiceError
from tutela.notices import kinds
from tutela.notices.kinds import KINDS, Group, NoticeKind
from tutela.programme import notice_kinds
from tutela.programme.notice_kinds import TASK_GIVEN

DECLARING = "notice_kinds.py"
USE = re.compile(r"\bnotice_kinds\.([A-Z_]+)\b")


def _written() -> dict[str, tuple[str, NoticeKind]]:
    """Every kind that stands in a room's file, by its code: the room and the kind."""
    found = {}
    for path in sorted(SOURCE.rglob(DECLARING)):
        module = import_module(f"tutela.{room_of(path)}.notice_kinds")
        for name, value in vars(module).items():
            if isinstance(value, NoticeKind):
                assert name == value.code.upper(), f"{place(path)}: {name} is the kind {value.code}"
                found[value.code] = (room_of(path), value)
    return found


def _used() -> dict[str, list[Path]]:
    """Where each kind is named outside of the files that declare them, by its name."""
    found: dict[str, list[Path]] = {}
    for path in sources():
        if path.name != DECLARING:
            for name in USE.findall(path.read_text(encoding="utf-8")):
                found.setdefault(name, []).append(path)
    return found


def test_every_kind_of_a_room_is_declared_and_told() -> None:
    """A kind that is missing in the registry breaks the act that tells it, and a choice on the settings
    page of what nobody ever sends would be a lie."""
    written = {code: kind for code, (_room, kind) in _written().items()}
    assert written == dict(KINDS)
    told = {name.lower() for name in _used()}
    assert not set(KINDS) - told, f"no action tells these kinds: {sorted(set(KINDS) - told)}"
    assert not told - set(KINDS), f"no room declares these kinds: {sorted(told - set(KINDS))}"


def test_kinds_are_made_where_rooms_declare_them_and_nowhere_else() -> None:
    """One made elsewhere has no choice on the settings page and no sentence for an old notice."""
    wrong = [
        f"{place(path)}:{node.lineno}"
        for path, tree in sources().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).rpartition(".")[2] == "NoticeKind"
        and path.name != DECLARING
    ]
    assert not wrong, "\n".join(wrong)


def test_a_room_names_no_kind_of_another_but_the_doors_those_of_an_account() -> None:
    """Who tells it is who declares it: a kind moves with its room."""
    owner = {kind.code.upper(): room for room, kind in _written().values()}
    about_account = {kind.code.upper() for kind in KINDS.values() if kind.group is Group.ACCOUNT}
    wrong = [
        f"{place(path)}: {name} of {owner[name]}"
        for name, paths in _used().items()
        for path in paths
        if name in owner
        and room_of(path) != owner[name]
        and not (room_of(path) in {"console", "cli"} and name in about_account)
    ]
    assert not wrong, "\n".join(wrong)


def test_notices_spell_no_code_of_a_room_above() -> None:
    """A string is as good a knot as an import."""
    above = {code for code, (room, _kind) in _written().items() if room != "notices"}
    wrong = [
        f"{place(path)}:{node.lineno} {node.value}"
        for path, tree in sources().items()
        if room_of(path) == "notices"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in above
    ]
    assert not wrong, "\n".join(wrong)


def test_the_list_is_closed_once_the_product_has_started() -> None:
    """Neither a new kind nor an old one again."""
    with pytest.raises(DeclaredTwiceError):
        kinds.declare(notice_kinds)
    fresh = NoticeKind("late", Group.WORK, TASK_GIVEN.label, TASK_GIVEN.sentence, {})
    with pytest.raises(DeclaredLateError):
        KINDS.declare(fresh.code, fresh)
    assert "late" not in KINDS
