"""A physical backup's stream on its way into sealed parts: zstd, age, files of a private folder."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, cast

import zstandard

from tutela.backup.parts import PartWriter, Written
from tutela.crypto import age

from . import log
from .listing import Listing
from .taking import Taking

LEVEL: Final = 1


@dataclass(frozen=True, slots=True)
class Taken:
    """A set whose parts lie in its folder, and PostgreSQL's list of its files as it was written."""

    listing: Listing
    raw_listing: bytes
    parts: Sequence[Written]
    plain_bytes: int


def seal(
    stream: Taking,
    folder: Path,
    recipients: Sequence[str],
    *,
    most: int,
    threads: int,
    moved: Callable[[int, int], None],
) -> Taken:
    """Read the stream to its end into parts of at most `most` bytes; `moved` is told plain and sealed bytes
    and may raise to stop. What lies in the folder counts for nothing unless this returns.
    `taking.ProgramFailed`, OSError."""
    parts = PartWriter(folder, most)
    packer = zstandard.ZstdCompressor(level=LEVEL, threads=threads)
    try:
        with (
            age.seal_stream(recipients, parts) as sealing,
            packer.stream_writer(cast(IO[bytes], sealing), closefd=False) as packed,
        ):
            while block := stream.read():
                packed.write(block)
                moved(stream.plain, parts.bytes)
        parts.close()
    finally:
        parts.abandon()
    if stream.listing is None:
        raise RuntimeError("the stream was not read to its end")
    return Taken(stream.listing, stream.raw_listing, parts.parts, stream.plain)


def seal_files(
    fetched: log.Fetched, folder: Path, recipients: Sequence[str], *, most: int
) -> tuple[Sequence[Written], int]:
    """Seal files of the log into parts; the parts, and the bytes in clear. OSError."""
    parts = PartWriter(folder, most)
    packer = zstandard.ZstdCompressor(level=LEVEL)
    try:
        with (
            age.seal_stream(recipients, parts) as sealing,
            packer.stream_writer(cast(IO[bytes], sealing), closefd=False) as packed,
        ):
            log.pack(fetched, packed)
        parts.close()
    finally:
        parts.abandon()
    return parts.parts, sum(path.stat().st_size for path in (*fetched.histories, *fetched.files))
