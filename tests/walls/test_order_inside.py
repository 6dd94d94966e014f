"""Inside a room modules import in one order, without circles (docs/rooms.md)."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.walls.house import LEVEL, SOURCE, room_of, sources

ORDER = (
    "errors events permissions",
    "rules",
    "models",
    "queries",
    "words",
    "actions",
    "evidence tasks checks",
    "forms",
    "views",
    "urls",
    "register",
)
RANK = {name: rank for rank, names in enumerate(ORDER) for name in names.split()}
ROOMS = sorted({room for path in sources() if (room := room_of(path)) in LEVEL})


def kind(path: Path) -> str:
    """What a file is for the order: its folder, its name, or the ending of its name."""
    first = path.relative_to(SOURCE).parts[1]
    return "views" if first.endswith("_views.py") else first.removesuffix(".py")


def neighbours(path: Path) -> set[Path]:
    """The files of its own room that a file imports."""
    found = set()
    for node in ast.walk(sources()[path]):
        if not isinstance(node, ast.ImportFrom):
            continue
        package = path.parents[node.level - 1] if node.level else SOURCE.parent
        base = package.joinpath(*(node.module or "").split("."))
        for alias in node.names:
            for file in ((base / alias.name).with_suffix(".py"), base.with_suffix(".py")):
                if file in sources():
                    found.add(file)
                    break
    return {file for file in found if room_of(file) == room_of(path)}


@pytest.mark.parametrize("room", ROOMS)
def test_modules_of_a_room_import_in_one_order(room):
    """Files named after their own subject are free, but for circles."""
    wrong = [
        f"{path.relative_to(SOURCE)} imports {file.relative_to(SOURCE)}"
        for path in sources()
        if room_of(path) == room
        for file in neighbours(path)
        if {kind(path), kind(file)} <= RANK.keys() and RANK[kind(path)] < RANK[kind(file)]
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_has_no_circles(room):
    """Two modules that import each other are one, or a third is missing below them."""
    graph = {path: neighbours(path) for path in sources() if room_of(path) == room}
    assert graph
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(path.name for path in error.args[1]))


def test_neighbours_are_seen():
    """A walk that found no import would find no circle either."""
    seen = [path for path in sources() if room_of(path) == "vault" and neighbours(path)]
    assert len(seen) > 50
