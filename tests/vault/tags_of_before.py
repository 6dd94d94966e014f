"""Records as an earlier version stored them, with the tags of its transforms."""

from typing import Any

from tutela.crypto.normalise import EARLIER, Transform
from tutela.vault import rows


def tagged_as_before(monkeypatch: Any) -> None:
    """Have new records tagged as versions before the newest transforms did."""
    before = {
        collection: {
            field: tuple(int(EARLIER.get(Transform(way), Transform(way))) for way in ways)
            for field, ways in searched.items()
        }
        for collection, searched in rows._SEARCHED.items()
    }
    monkeypatch.setattr(rows, "_SEARCHED", before)
