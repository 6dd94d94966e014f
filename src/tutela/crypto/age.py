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
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, Final, Protocol, Self

from .errors import BadValue, DecryptFailed
from .raw import age as raw

VERSION_LINE: Final = b"age-encryption.org/v1\n"
MOST_HEADER: Final = 16 * 1024
"""Bytes of a header that are read before it is refused: some eighty recipients."""
_BLOCK: Final = 1 << 20

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
    """Seal all that the source gives. BadValue for a wrong recipient or none; what either end raises passes
    through."""
    if not recipients:
        raise BadValue("age-recipient")
    ends = _Ends(source, sink)
    with ends.told():
        raw.seal(ends, ends, recipients)


def seal_stream(recipients: Sequence[str], sink: Sink) -> "SealWriter":
    """A writer that seals what it is given into the sink; the stream is whole once it is closed. BadValue."""
    for one in recipients:
        check_recipient(one)
    return SealWriter(recipients, sink)


def open_stream(source: Source, identities: Sequence[str], sink: Sink) -> None:
    """Open a sealed stream. BadValue for a wrong identity; DecryptFailed if it is none, is for other keys, is
    cut or was changed, or asks for a passphrase, whose stretching could take hours; what either end raises
    passes through."""
    ends = _Ends(source, sink)
    ends.head = _checked_header(source)
    with ends.told():
        raw.open_into(ends, ends, identities)


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


class _Ends:
    """Both ends of a stream. What one of them raises is kept, because the library tells it as a fault of its own.
    `head` is given again first."""

    def __init__(self, source: Source, sink: Sink) -> None:
        self._source, self._sink = source, sink
        self._raised: BaseException | None = None
        self.head = b""

    def read(self, size: int = -1) -> bytes:
        if self.head:
            cut = len(self.head) if size < 0 else size
            given, self.head = self.head[:cut], self.head[cut:]
            return given
        try:
            return self._source.read(size)
        except BaseException as error:
            self._raised = error
            raise

    def write(self, data: bytes) -> int:
        try:
            self._sink.write(data)
        except BaseException as error:
            self._raised = error
            raise
        return len(data)

    def flush(self) -> None:
        """Nothing is kept back."""

    @contextlib.contextmanager
    def told(self) -> Iterator[None]:
        """Raise what an end has raised, instead of what was made of it."""
        try:
            yield
        except BaseException:
            if self._raised is not None:
                raise self._raised from None
            raise


class SealWriter:
    """Feeds a thread that seals, through a pipe: memory stays flat. An error of the sink is raised at the next
    write or at the end. A stream that is broken off lacks its last chunk, so that it never opens as whole."""

    def __init__(self, recipients: Sequence[str], sink: Sink) -> None:
        if not recipients:
            raise BadValue("age-recipient")
        reader, writer = os.pipe()
        self._into: BinaryIO = os.fdopen(writer, "wb", buffering=_BLOCK)
        self._from: BinaryIO = os.fdopen(reader, "rb", buffering=_BLOCK)
        self._recipients, self._sink = recipients, sink
        self._failed: BaseException | None = None
        self._is_cut = False
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
        self._end()
        self._check()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *rest: object) -> None:
        self._is_cut = kind is not None
        self._end()
        if kind is None:
            self._check()

    def read(self, size: int = -1) -> bytes:
        """What the sealing reads: the other end of the pipe; BrokenOff at the end of a stream that was cut."""
        block = self._from.read(size)
        if not block and self._is_cut:
            raise BrokenOff
        return block

    def _end(self) -> None:
        with contextlib.suppress(BrokenPipeError):
            self._into.close()
        self._thread.join()

    def _run(self) -> None:
        try:
            seal(self, self._sink, self._recipients)
        except BaseException as error:
            self._failed = error
        finally:
            self._from.close()

    def _check(self) -> None:
        if self._failed is not None:
            raise self._failed


class BrokenOff(Exception):
    """A stream was not written to its end; seen by no caller."""
