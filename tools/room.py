"""Which tests belong to a room: `python -m tools.room vault access` prints their folders, walls included."""

import sys
from pathlib import Path

TESTS = Path(__file__).parents[1] / "tests"
WALLS = "walls"


def folders(rooms: list[str], tests: Path = TESTS) -> list[str]:
    """The folders of these rooms and of their parts (`vault` has `vault_importing`), then the walls, which
    hold for every room. No room: nothing, and pytest runs everything. ValueError names what is no room."""
    known = sorted(folder.name for folder in tests.iterdir() if any(folder.glob("test_*.py")))
    if unknown := [room for room in rooms if room not in known]:
        raise ValueError(
            f"There is no room {', '.join(unknown)} in tests/; there are: {' '.join(known)}."
        )
    of = [name for name in known for room in rooms if name == room or name.startswith(f"{room}_")]
    return [f"{tests.name}/{name}" for name in dict.fromkeys([*of, WALLS] if rooms else [])]


if __name__ == "__main__":
    try:
        print(*folders(sys.argv[1:]))
    except ValueError as unknown:
        sys.exit(str(unknown))
