"""A tar on its way, read without being kept: which files it holds, how long they are, their SHA-256.

`pg_basebackup` writes the list of files as the last member, so a backup can be sealed in one pass and its
list be told afterwards; a restore is checked in one pass just so. Reading headers alone costs nothing that
can be measured; hashing is asked for."""

from hashlib import sha256
from typing import Protocol

from . import listing
from .listing import File

BLOCK = 512
KEPT = ("backup_manifest", "backup_label")
_LONG_NAME = b"L"
_EXTENDED = b"xg"
_FOLDERS_AND_LINKS = b"1256"


class ScanWrong(ValueError):
    """The bytes are no tar, or it ends in the middle."""


class _Hash(Protocol):
    def update(self, data: memoryview, /) -> None: ...
    def hexdigest(self) -> str: ...


class Scan:
    """Fed with the blocks of a tar in their order; `end()` when there are no more."""

    def __init__(self, *, hashing: bool) -> None:
        self.files: dict[str, File] = {}
        """Files so far; without hashing their checksum is empty."""
        self.kept: dict[str, bytes] = {}
        """Content of the members in KEPT."""
        self._hashing = hashing
        self._header = bytearray()
        self._left = 0
        self._padding = 0
        self._name = ""
        self._size = 0
        self._hash: _Hash | None = None
        self._content: bytearray | None = None
        self._long = ""
        self._ended = False

    def feed(self, block: bytes | memoryview) -> None:
        """The next bytes; ScanWrong."""
        view = memoryview(block)
        while view:
            if self._left:
                view = self._body(view)
            elif self._padding:
                skipped = min(self._padding, len(view))
                self._padding -= skipped
                view = view[skipped:]
            else:
                view = self._head(view)

    def end(self) -> None:
        """Check that the tar was whole; ScanWrong."""
        if not self._ended or self._left or self._padding or self._header:
            raise ScanWrong("the archive ends in the middle")

    def listing(self) -> listing.Listing:
        """The list that came with the files; ListingWrong if there was none."""
        return listing.read(self.kept.get(listing.NAME, b""))

    def _body(self, view: memoryview) -> memoryview:
        part = view[: self._left]
        self._left -= len(part)
        if self._hash is not None:
            self._hash.update(part)
        if self._content is not None:
            self._content += part
        if not self._left:
            self._finish()
        return view[len(part) :]

    def _head(self, view: memoryview) -> memoryview:
        needed = BLOCK - len(self._header)
        self._header += view[:needed]
        if len(self._header) == BLOCK:
            header = bytes(self._header)
            self._header.clear()
            self._begin(header)
        return view[needed:]

    def _begin(self, header: bytes) -> None:
        if not any(header):
            self._ended = True
            return
        if self._ended:
            raise ScanWrong("there is more after the end of the archive")
        if _checksum(header) != _octal(header[148:156]):
            raise ScanWrong("a header of the archive is damaged")
        kind = header[156:157]
        if kind in _EXTENDED and kind:
            raise ScanWrong("the archive has headers that pg_basebackup does not write")
        self._name = self._long or _name(header)
        self._long = ""
        self._size = 0 if kind in _FOLDERS_AND_LINKS and kind else _octal(header[124:136])
        self._left, self._padding = self._size, -self._size % BLOCK
        wanted = self._name in KEPT or kind == _LONG_NAME
        if wanted and self._size > listing.MOST:
            raise ScanWrong("the list of files is too long")
        self._content = bytearray() if wanted else None
        file = kind in {b"0", b"\0"}
        self._hash = sha256() if self._hashing and file else None
        if kind == _LONG_NAME:
            self._name = ""
        elif not file:
            self._name = ""
            self._content = None
        if not self._size:
            self._finish()

    def _finish(self) -> None:
        if not self._name:
            if self._content is not None:
                self._long = bytes(self._content).rstrip(b"\0").decode("utf-8", "surrogateescape")
        else:
            if self._name in self.files:
                raise ScanWrong("the archive holds a file twice")
            self.files[self._name] = File(self._size, self._hash.hexdigest() if self._hash else "")
            if self._content is not None:
                self.kept[self._name] = bytes(self._content)
        self._hash = self._content = None


def _checksum(header: bytes) -> int:
    return sum(header[:148]) + 8 * 0x20 + sum(header[156:])


def _octal(field: bytes) -> int:
    """A number of a header, also in the binary form for more than 8 GiB."""
    if field[0] & 0x80:
        return int.from_bytes(bytes([field[0] & 0x7F]) + field[1:])
    try:
        return int(field.rstrip(b" \0") or b"0", 8)
    except ValueError as error:
        raise ScanWrong("a header of the archive is damaged") from error


def _name(header: bytes) -> str:
    name, prefix = header[:100].split(b"\0", 1)[0], b""
    if header[257:262] == b"ustar":
        prefix = header[345:500].split(b"\0", 1)[0]
    path = (prefix + b"/" if prefix else b"") + name
    return path.removeprefix(b"./").decode("utf-8", "surrogateescape")
