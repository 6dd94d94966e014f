"""Rooms import downward only, and pure rooms stay pure."""

import re

from tests.walls.house import DOORS, LEVEL, OUTER, SOURCE, imports, place, room_of, sources

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
    """crypto and detect, and every rules.py, decide from their arguments alone."""
    wrong = [
        f"{place(path)} imports {name}"
        for path, tree in sources().items()
        if room_of(path) in {"crypto", "detect"}
        for name in imports(tree)
        if PURE_FORBIDDEN.match(name)
    ]
    assert not wrong, "\n".join(wrong)


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
