"""The tar of a set, written as its files come: names, sizes and keyed hashes are kept for the manifest.

The format is POSIX ustar, with GNU's base-256 sizes for files of 8 GiB and more, which every tar reads.
"""

import hashlib
import hmac
import io
import tarfile
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, Protocol

from .errors import FileChanged

BLOCK: Final = 1 << 20
_PAD: Final = tarfile.BLOCKSIZE


class Sink(Protocol):
    """Where the tar's bytes go."""

    def write(self, data: bytes, /) -> Any: ...


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the tar; `mac` is HMAC-SHA256 of its bytes under the set's own key, in hex."""

    name: str
    bytes: int
    mac: str


class Mac:
    """HMAC-SHA256 of what goes by, computed beside it in a thread of its own: a block behind."""

    def __init__(self, key: bytes, beside: ThreadPoolExecutor) -> None:
        self._mac = hmac.new(key, digestmod=hashlib.sha256)
        self._beside = beside
        self._last: Future[None] | None = None

    def update(self, block: bytes) -> None:
        """Take the next bytes; waits for those before."""
        self._wait()
        self._last = self._beside.submit(self._mac.update, block)

    def hexdigest(self) -> str:
        self._wait()
        return self._mac.hexdigest()

    def _wait(self) -> None:
        if self._last is not None:
            self._last.result()


class Archive:
    """Writes members one after another. `moved` is told the bytes written so far."""

    def __init__(self, sink: Sink, key: bytes, moved: Callable[[int], None]) -> None:
        self._sink, self._key, self._moved = sink, key, moved
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="backup-mac")
        self.members: list[Member] = []
        self.bytes = 0

    def add_bytes(self, name: str, body: bytes) -> None:
        """A small file from memory."""
        self._add(name, io.BytesIO(body), len(body))

    def add_file(self, name: str, path: Path) -> None:
        """A file as it is now; FileChanged if it grows or shrinks meanwhile."""
        with path.open("rb") as file:
            self._add(name, file, path.stat().st_size)
            if file.read(1):
                raise FileChanged

    def close(self) -> None:
        """The two empty blocks of the end, to a whole record."""
        self._beside.shutdown()
        self._write(bytes(2 * _PAD))
        self._write(bytes(-self.bytes % tarfile.RECORDSIZE))

    def _add(self, name: str, source: BinaryIO, size: int) -> None:
        head = tarfile.TarInfo(name)
        head.size, head.mode = size, 0o600
        self._write(head.tobuf(tarfile.GNU_FORMAT, "utf-8", "surrogateescape"))
        mac = Mac(self._key, self._beside)
        left = size
        while left:
            block = source.read(min(BLOCK, left))
            if not block:
                raise FileChanged
            left -= len(block)
            mac.update(block)
            self._write(block)
        self._write(bytes(-size % _PAD))
        self.members.append(Member(name, size, mac.hexdigest()))

    def _write(self, block: bytes) -> None:
        if block:
            self._sink.write(block)
            self.bytes += len(block)
            self._moved(self.bytes)
