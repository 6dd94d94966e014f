"""The zip around a workbook: its parts by name, inflated block by block, and what they lead to.

What a zip says of the sizes inside is its author's claim, so bytes are counted as they come. A name that
stands twice is refused: two programs would read two different parts.
"""

import posixpath
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import unquote

from tutela.detect.file_kinds import directory_size
from tutela.vault.importing.errors import SheetBroken, ZipBomb

from . import markup

MOST_BYTES = 4 << 30
MOST_RATIO = 250
"""XML of a part is at most so many times the file's size; of the largest seen it was 40."""
SMALL = 32 << 20
MOST_DIRECTORY = 4 << 20
MOST_LINKS = 5000
_BLOCK = 1 << 16
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 1
# A RuntimeError asks for a password, or for a feature that no office program uses.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, RuntimeError)
_LINK_SPACES = (
    "http://schemas.openxmlformats.org/package/2006/relationships",
    "http://purl.oclc.org/ooxml/package/relationships",
)
_LINK_WORDS = markup.vocabulary(["Relationships", "Relationship"], _LINK_SPACES)


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship: what a part leads to. `kind` is the last word of its type."""

    id: str
    kind: str
    target: str


class Package:
    """An opened zip. SheetBroken when it is none, ZipBomb when a part would take too much."""

    def __init__(self, stream: BinaryIO, kind: str) -> None:
        self.size = stream.seek(0, 2)
        self._kind = kind
        if directory_size(stream) > MOST_DIRECTORY:
            raise ZipBomb(limit=MOST_DIRECTORY)
        with self._sound():
            self._zip = zipfile.ZipFile(stream)
        self._parts: dict[str, zipfile.ZipInfo] = {}
        for info in self._zip.infolist():
            name = _part_name(info.filename)
            if name in self._parts:
                raise SheetBroken(kind=kind)
            self._parts[name] = info
        self.limit = min(MOST_BYTES, max(SMALL, MOST_RATIO * self.size))
        if sum(info.file_size for info in self._parts.values()) > self.limit:
            raise ZipBomb(limit=self.limit)

    def has(self, part: str) -> bool:
        return _part_name(part) in self._parts

    def claimed_size(self, part: str) -> int:
        """What the zip says that the part takes when inflated."""
        info = self._parts.get(_part_name(part))
        return info.file_size if info else 0

    def blocks(self, part: str) -> Generator[bytes]:
        """A part inflated, in blocks; nothing for one that is not there."""
        info = self._parts.get(_part_name(part))
        if info is None:
            return
        # Other methods inflate without a bound, and no office program writes them.
        if info.compress_type not in _METHODS or info.flag_bits & _ENCRYPTED:
            raise SheetBroken(kind=self._kind)
        left = self.limit
        with self._sound(), self._zip.open(info) as member:
            while block := member.read(_BLOCK):
                left -= len(block)
                if left < 0:
                    raise ZipBomb(limit=self.limit)
                yield block

    def links(self, part: str = "") -> dict[str, Link]:
        """The relationships of a part by their id, of the package as a whole for "". External ones lead to
        no part."""
        folder, name = posixpath.split(part)
        found = _Links(folder, self._kind)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if self.has(rels):
            markup.parse(self.blocks(rels), found, _LINK_WORDS, self._kind)
        return found.links

    @contextmanager
    def _sound(self) -> Iterator[None]:
        """What zipfile raises on a broken file; its messages name parts."""
        try:
            yield
        except _BROKEN:
            raise SheetBroken(kind=self._kind) from None


def _part_name(name: str) -> str:
    """Names of parts are compared without case ([ECMA-376-2] 6.2.2); some writers turn the slashes."""
    return name.replace("\\", "/").lstrip("/").lower()


class _Links:
    """The elements of a relationships part."""

    def __init__(self, folder: str, kind: str) -> None:
        self.links: dict[str, Link] = {}
        self._folder, self._kind = folder, kind

    def start(self, name: str, facts: dict[str, str]) -> None:
        if name != "Relationship" or facts.get("TargetMode") == "External":
            return
        if len(self.links) >= MOST_LINKS:
            raise SheetBroken(kind=self._kind)
        target = unquote(facts.get("Target", "")).replace("\\", "/")
        path = posixpath.normpath(posixpath.join("/", self._folder, target)).lstrip("/")
        kind = facts.get("Type", "").rpartition("/")[2]
        self.links[facts.get("Id", "")] = Link(facts.get("Id", ""), kind, path)

    def text(self, text: str) -> None:
        """Relationships have none."""

    def end(self, name: str) -> None:
        """Nothing ends that matters."""
