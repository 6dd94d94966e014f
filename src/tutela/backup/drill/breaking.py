"""A copy of the set with one changed byte, read by the same code: a checker that cannot refuse proves nothing."""

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, cast

from tutela.backup import reading
from tutela.backup.errors import PartDamaged, SetClosed
from tutela.backup.reading import OpenedSet
from tutela.backup.targets.place import Place

NEAR: Final = 8 << 20
"""The byte lies within the first bytes of a part, so that the refusal does not take long."""


class BrokenPlace:
    """Parts that were fetched, of which the first has one bit turned."""

    def __init__(self, folder: Path, part: str, at: int) -> None:
        self._folder, self._part, self._at = folder, part, at

    def read(self, name: str, offset: int = 0) -> Iterator[bytes]:
        """A part's bytes from an offset on."""
        last, place = name.rpartition("/")[2], offset
        with (self._folder / last).open("rb") as file:
            file.seek(offset)
            while block := file.read(reading.BLOCK):
                if last == self._part and place <= self._at < place + len(block):
                    changed = bytearray(block)
                    changed[self._at - place] ^= 1 << secrets.randbelow(8)
                    block = bytes(changed)
                place += len(block)
                yield block


def is_refused(opened: OpenedSet, folder: Path) -> str:
    """The code with which the broken copy is refused; "" if it is believed."""
    part = opened.parts[0]
    at = secrets.randbelow(min(part.bytes, NEAR))
    place: Any = BrokenPlace(folder, part.name, at)
    broken = OpenedSet(
        cast(Place, place), opened.name, opened.manifest, opened.manifest_sha256, opened.identities
    )
    try:
        broken.list_contents()
    except (PartDamaged, SetClosed) as refused:
        return refused.code
    return ""
