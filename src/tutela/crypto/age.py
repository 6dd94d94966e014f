"""Sealed streams in the age format, which the stock tool `age` opens.

    identity, recipient = new_identity()
    with seal_stream([recipient, other], sink) as writer:
        writer.write(block)
    open_stream(source, [identity], sink)

What `open_stream` writes may be believed only once it has returned: the end of a stream proves it.
"""

import contextlib
import os
import threading
from collections.abc import Callable, Sequence
from typing import Any, BinaryIO, Final, Protocol, Self

from .errors import BadValue, DecryptFailed
from .raw import age as raw

VERSION_LINE: Final = b"age-encryption.org/v1\n"
MOST_HEADER: Final = 16 * 1024
"""Bytes of a header that are read before it is refused: some eighty recipients."""
_PIPE_SIZE: Final = 1 << 20

check_recipient = raw.check_recipient
recipient_of = raw.recipient_of


class Source(Protocol):
    """What is read from; b"" at the end."""

    def read(self, size: int = -1, /) -> bytes: ...


class Sink(Protocol):
    """What is written to."""

    def write(self, data: bytes, /) -> Any: ...


def new_identity() -> tuple[str, str]:
    """A new private key, `AGE-SECRET-KEY-1…`, and its public half, `age1…`."""
    return raw.generate()


def seal(source: Source, sink: Sink, recipients: Sequence[str]) -> None:
    """Seal all that the source gives. BadValue for a wrong recipient or none; errors of both ends pass
    through."""
    if not recipients:
        raise BadValue("age-recipient")
    raw.seal(_Whole(source), sink, recipients)


def seal_stream(recipients: Sequence[str], sink: Sink) -> "SealWriter":
    """A writer that seals what it is given into the sink; the stream is whole once it is closed. BadValue."""
    for one in recipients:
        check_recipient(one)
    return SealWriter(recipients, sink)


def open_stream(source: Source, identities: Sequence[str], sink: Sink) -> None:
    """Open a sealed stream. BadValue for a wrong identity; DecryptFailed if it is none, is for other keys, is
    cut or was changed, or asks for a passphrase, whose stretching could take hours."""
    head = _checked_header(source)
    raw.open_into(_Rest(head, source), sink, identities)


def _checked_header(source: Source) -> bytes:
    """The bytes read so far, up to the header's MAC or more; DecryptFailed for what is no header of public
    keys."""
    head = b""
    while b"\n--- " not in head:
        block = source.read(4096)
        head += block
        if not block or len(head) > MOST_HEADER or not _begins(head):
            raise DecryptFailed
    lines = head.partition(b"\n--- ")[0].split(b"\n")[1:]
    kinds = [line.split(b" ")[1:2] for line in lines if line.startswith(b"-> ")]
    if not kinds or [b"scrypt"] in kinds:
        raise DecryptFailed
    return head


def _begins(head: bytes) -> bool:
    return head[: len(VERSION_LINE)] == VERSION_LINE[: len(head)]


class _Whole:
    """A source that passes on only `read`, with the size always given."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def read(self, size: int = -1) -> bytes:
        return self._source.read(size)


class _Rest:
    """A source that gives its head again first."""

    def __init__(self, head: bytes, source: Source) -> None:
        self._head, self._source = head, source

    def read(self, size: int = -1) -> bytes:
        if not self._head:
            return self._source.read(size)
        given, self._head = (
            (self._head, b"") if size < 0 else (self._head[:size], self._head[size:])
        )
        return given


class SealWriter:
    """Feeds a thread that seals, through a pipe: memory stays flat. An error of the sink is raised at the next
    write or at the end."""

    def __init__(self, recipients: Sequence[str], sink: Sink) -> None:
        if not recipients:
            raise BadValue("age-recipient")
        reader, writer = os.pipe()
        self._into: BinaryIO = os.fdopen(writer, "wb", buffering=_PIPE_SIZE)
        self._from: BinaryIO = os.fdopen(reader, "rb", buffering=_PIPE_SIZE)
        self._failed: BaseException | None = None
        self._done: Callable[[], None] = lambda: raw.seal(_Whole(self._from), sink, recipients)
        self._cut = False
        self._thread = threading.Thread(target=self._run, name="age-seal", daemon=True)
        self._thread.start()

    def write(self, data: bytes) -> int:
        """Seal some bytes; raises what failed behind."""
        self._check()
        try:
            return self._into.write(data)
        except BrokenPipeError:
            self._thread.join()
            self._check()
            raise

    def close(self) -> None:
        """End the stream, and wait until its last byte is in the sink."""
        with contextlib.suppress(BrokenPipeError):
            self._into.close()
        self._thread.join()
        self._check()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *rest: object) -> None:
        if kind is None:
            self.close()
            return
        # What was begun must not look whole: the sink is the caller's to throw away.
        self._failed = self._failed or RuntimeError("sealing was broken off")
        self._from.close()
        with contextlib.suppress(BrokenPipeError, OSError):
            self._into.close()
        self._thread.join()

    def _run(self) -> None:
        try:
            self._done()
        except BaseException as error:
            self._failed = self._failed or error
        finally:
            self._from.close()

    def _check(self) -> None:
        if self._failed is not None:
            raise self._failed
