"""`make test ROOM=…` runs what it says."""

import subprocess

import pytest

from tests.walls.house import REPOSITORY
from tools.room import folders


def test_a_room_brings_its_parts_and_the_walls():
    """Several rooms, each folder once."""
    assert folders(["vault", "keys"]) == [
        "tests/keys",
        "tests/vault",
        "tests/vault_importing",
        "tests/walls",
    ]
    assert folders(["vault_importing", "walls"]) == ["tests/vault_importing", "tests/walls"]
    assert folders([]) == []


def test_an_unknown_room_is_one_sentence():
    """With the rooms there are, and no Python trace."""
    with pytest.raises(ValueError, match="There is no room valt in tests/; there are: access api "):
        folders(["vault", "valt"])


def test_make_passes_the_rooms_on():
    """What `make` would run: looked at, not run."""
    words = ["make", "--dry-run", "test", "ROOM=vault access"]
    told = subprocess.run(words, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
    assert told.count("-m tools.room vault access") == 2
