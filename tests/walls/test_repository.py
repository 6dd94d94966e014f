"""The repository names no registry, no machine's path and no secret, and every room is on the map."""

import re
import subprocess

from tests.walls.house import LEVEL, REPOSITORY, SOURCE

HOSTS = re.compile(
    r"py" + r"pi\.org|python" + r"hosted|registry\." + r"npmjs|deb\." + r"debian\.org"
)
PATHS = re.compile(r"(^|[^A-Za-z0-9_.~-])/(work|farm|root)/")
SECRETS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE" + r" KEY-----|ttk_[A-Za-z0-9]{8,}_[A-Za-z0-9_-]{30,}"
)


def _texts() -> list[tuple[str, str]]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    found = []
    for name in listed:
        try:
            found.append((name, (REPOSITORY / name).read_text(encoding="utf-8")))
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue
    return found


def test_no_file_names_a_registry_a_machine_or_a_secret():
    """Whoever clones this has another machine and another mirror."""
    wrong = [
        f"{name}: {pattern.search(text).group()}"
        for name, text in _texts()
        for pattern in (HOSTS, PATHS, SECRETS)
        if pattern.search(text)
    ]
    assert not wrong, wrong


def test_the_map_tells_of_every_room():
    """docs/rooms.md is the map: a room that is not on it cannot be found."""
    text = (REPOSITORY / "docs" / "rooms.md").read_text(encoding="utf-8")
    assert [room for room in LEVEL if f"`{room}`" not in text] == []


def test_every_room_says_what_it_is_for():
    """The docstring of a room names its tables, its verbs and its words."""
    rooms = [path for path in SOURCE.iterdir() if path.name in LEVEL]
    assert [
        r.name for r in rooms if '"""' not in (r / "__init__.py").read_text(encoding="utf-8")
    ] == []


def test_every_room_has_its_tests():
    """Tests mirror the rooms; api and cli are tested through journeys as well."""
    rooms = {path.name for path in SOURCE.iterdir() if path.name in LEVEL}
    assert {
        room for room in rooms if not list((REPOSITORY / "tests" / room).glob("test_*.py"))
    } == set()
