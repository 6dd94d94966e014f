"""Read a request's body completely: small ones and some larger ones in memory, the others encrypted on disk.

Reading blocks the server's thread of the request. `watch.py` closes the connection of a client that is too
slow, which ends the read.
"""

import io
import shutil
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, cast

from .limits import LARGE, SMALL, Limits
from .refusals import Busy, LengthMissing, Refused, TooLarge
from .sealed import BLOCK, SealedBody

FREE_BYTES = 3 * 1024**3
"""Disk space to leave free: below 2 GiB the trail closes, and with it all customer data."""


class Bodies:
    """The bodies of one process: the number being read, and the memory they use."""

    def __init__(self, limits: Limits, folder: Path) -> None:
        self.limits, self.folder = limits, folder
        self.reading = self.memory = 0
        self._lock = threading.Lock()

    def of(self, environ: dict[str, Any], known: Callable[[], bool]) -> BinaryIO:
        """The complete body, to be closed after the request. Raises Refused.

        `known` returns whether the sender has signed in; called only for a large body.
        """
        length = _length(environ)
        if not length:
            return io.BytesIO()
        if length > self.limits.body_bytes:
            raise TooLarge
        with self._lock:
            self.reading += 1
        try:
            if length <= SMALL:
                return io.BytesIO(_exactly(environ["wsgi.input"], length))
            if length <= LARGE and self._reserve(length):
                return self._in_memory(environ["wsgi.input"], length)
            if not known():
                raise TooLarge
            return self._on_disk(environ["wsgi.input"], length)
        finally:
            with self._lock:
                self.reading -= 1

    def _reserve(self, length: int) -> bool:
        with self._lock:
            if self.memory + length > self.limits.memory_bytes:
                return False
            self.memory += length
            return True

    def _release(self, length: int) -> None:
        with self._lock:
            self.memory -= length

    def _in_memory(self, stream: BinaryIO, length: int) -> BinaryIO:
        try:
            return _Kept(_exactly(stream, length), lambda: self._release(length))
        except BaseException:
            self._release(length)
            raise

    def _on_disk(self, stream: BinaryIO, length: int) -> BinaryIO:
        if shutil.disk_usage(self.folder.parent).free < 2 * length + FREE_BYTES:
            raise Busy
        body = SealedBody(self.folder)
        try:
            for start in range(0, length, BLOCK):
                body.add(_exactly(stream, min(BLOCK, length - start)))
        except OSError:
            body.close()
            raise Busy from None
        except BaseException:
            body.close()
            raise
        return cast("BinaryIO", io.BufferedReader(body, BLOCK))


class _Kept(io.BytesIO):
    """A body in memory that releases its reservation when it is closed."""

    def __init__(self, data: bytes, release: Callable[[], None]) -> None:
        super().__init__(data)
        self._release: Callable[[], None] | None = release

    def close(self) -> None:
        release, self._release = self._release, None
        super().close()
        if release:
            release()


def _length(environ: dict[str, Any]) -> int:
    """The Content-Length; LengthMissing for a chunked body, Refused if it is no number."""
    if "HTTP_TRANSFER_ENCODING" in environ:
        raise LengthMissing
    text = environ.get("CONTENT_LENGTH") or "0"
    with suppress(ValueError):
        if text.isascii() and text.isdigit():
            return int(text)
    raise Refused


def _exactly(stream: BinaryIO, length: int) -> bytes:
    """Exactly `length` bytes; Refused if the connection breaks, when the server returns fewer without an error."""
    data = stream.read(length)
    if len(data) != length:
        raise Refused
    return data
