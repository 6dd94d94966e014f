"""Rooms import downward only, and pure rooms stay pure."""

import ast
import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from tests.walls.house import DOORS, LEVEL, ORDER, OUTER, SOURCE, imports, place, room_of, sources

PURE_FORBIDDEN = re.compile(r"^(django|psycopg|tutela\.base|tutela\.trail|tutela\.access|socket)\b")
CRYPTO_LIBRARIES = re.compile(r"^(cryptography|nacl|Crypto|argon2)\b")
GATE = ("access", "gate")
# Settings need the layout of the data directory before there is any room.
ALLOWED = {("settings.py", "tutela.cli.running.layout")}


def may_import(src: tuple[str, str], dst: tuple[str, str]) -> bool:
    """Each side is (room, file). Steps inside one room are free here."""
    if src[0] == dst[0]:
        return True
    if dst == GATE and src[1] in OUTER:
        return True
    faces_people = dst[1] in OUTER and src[0] not in DOORS
    return LEVEL[dst[0]] < LEVEL[src[0]] and not faces_people


def target(name: str) -> tuple[str, str] | None:
    parts = name.split(".")
    if parts[0] != "tutela" or len(parts) < 2 or parts[1] not in LEVEL:
        return None
    return parts[1], parts[2] if len(parts) > 2 else ""


def test_rooms_import_downward_only():
    """An upward or sideways import is a knot in the making: move the code or pass the value."""
    wrong = [
        f"{place(path)} imports {name}"
        for path, tree in sources().items()
        if room_of(path) in LEVEL
        for name in imports(tree)
        if (dst := target(name)) and not may_import((room_of(path), path.stem), dst)
    ]
    assert not wrong, "\n".join(wrong)


def test_pure_rooms_know_no_frame_no_database_and_no_other_room():
    """crypto and detect decide from their arguments alone."""
    wrong = [
        f"{place(path)} imports {name}"
        for path, tree in sources().items()
        if room_of(path) in {"crypto", "detect"}
        for name in imports(tree)
        if PURE_FORBIDDEN.match(name)
    ]
    assert not wrong, "\n".join(wrong)


RULES = re.compile(r"(^|_)rules\.py$")
# What a rule may not reach, neither itself nor through another module of its room. Words are translated late.
IMPURE = re.compile(
    r"^(django(?!\.utils\.(translation|functional))|psycopg|procrastinate|socket|subprocess|os|time|random|secrets)\b"
    r"|\.(models|queries|actions|clock|views|forms)\b"
)


def _of_the_room(path: Path, tree: ast.Module) -> list[str]:
    """Every module that the file imports, relative names made whole."""
    names = imports(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            package = ".".join(("tutela", *path.relative_to(SOURCE).parts[: -node.level]))
            module = f"{package}.{node.module}" if node.module else package
            names += [f"{module}.{alias.name}" for alias in node.names]
    return names


def _impure(path: Path, seen: set[Path]) -> list[str]:
    """What the file reaches that no rule may, through the modules of its room."""
    seen.add(path)
    wrong = []
    for name in _of_the_room(path, sources()[path]):
        if IMPURE.search(name):
            wrong.append(f"{place(path)} imports {name}")
            continue
        parts = name.split(".")[1:]
        for end in (len(parts), len(parts) - 1):
            file = SOURCE.joinpath(*parts[:end]).with_suffix(".py")
            if file in sources() and room_of(file) == room_of(path) and file not in seen:
                wrong += _impure(file, seen)
    return wrong


def test_rules_decide_from_their_arguments_alone():
    """Every rules.py: no database, no clock, no request, not by way of a neighbour either."""
    files = [path for path in sources() if RULES.search(path.name)]
    assert len(files) >= 8
    wrong = sorted({line for path in files for line in _impure(path, set())})
    assert not wrong, "\n".join(wrong)


EVIDENCE_ROOMS = {"vault", *ORDER[LEVEL["documents"]].split()}


def test_the_scorecard_reads_evidence_and_nothing_else_of_a_room():
    """A figure that came from a room's tables or verbs would be its second truth. register.py declares to rooms."""
    wrong = [
        f"{place(path)} imports {name}"
        for path, tree in sources().items()
        if room_of(path) == "scorecard" and path.name != "register.py"
        for name in imports(tree)
        if (dst := target(name)) and dst[0] in EVIDENCE_ROOMS and dst[1] != "evidence"
    ]
    assert not wrong, "\n".join(wrong)


def test_what_is_allowed_is_still_there():
    """An exception whose file is gone is taken out."""
    for name, module in ALLOWED:
        assert module in imports(sources()[SOURCE / name])


def test_only_crypto_raw_meets_the_crypto_library():
    """One folder to review when an algorithm changes."""
    raw = SOURCE / "crypto" / "raw"
    wrong = [
        f"{place(path)} imports {name}"
        for path, tree in sources().items()
        if raw not in path.parents
        for name in imports(tree)
        if CRYPTO_LIBRARIES.match(name)
        or (name.startswith("tutela.crypto.raw") and room_of(path) != "crypto")
    ]
    assert not wrong, "\n".join(wrong)


def module(path: Path) -> str:
    """A file's dotted name; a package is named by its folder."""
    name = ".".join(("tutela", *path.relative_to(SOURCE).with_suffix("").parts))
    return name.removesuffix(".__init__")


def imported(path: Path, tree: ast.Module) -> set[str]:
    """What a file imports at any depth, also inside functions, as full dotted names."""
    package = module(path).split(".") if path.stem == "__init__" else module(path).split(".")[:-1]
    names = set(imports(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = [*package[: len(package) - node.level + 1], *filter(None, [node.module])]
            names |= {".".join((*base, alias.name)) for alias in node.names}
    return names


def circle(edges: dict[str, set[str]]) -> list[str]:
    """One circle among these imports, or nothing."""
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as found:
        return list(found.args[1])
    return []


def test_no_files_of_a_room_import_each_other_in_a_circle():
    """An import inside a function hides a circle, so it counts too: the shared part moves to a file below."""
    files = {module(path): (path, tree) for path, tree in sources().items()}
    edges: dict[str, set[str]] = {}
    for name, (path, tree) in files.items():
        named = imported(path, tree)
        targets = named | {one.rpartition(".")[0] for one in named - files.keys()}
        edges[name] = {
            other
            for other in targets & files.keys() - {name}
            if room_of(files[other][0]) == room_of(path) != ""
            and files[other][0].stem != "__init__"
        }
    wrong = [
        " > ".join(found)
        for room in sorted(LEVEL)
        if (found := circle({n: e for n, e in edges.items() if room_of(files[n][0]) == room}))
    ]
    assert not wrong, "\n".join(wrong)


def test_a_circle_is_seen():
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"a"}})
    assert not circle({"a": {"b", "c"}, "b": {"c"}, "c": set()})
