"""Files made durable, and hashed as they lie on the disk."""

import os
from hashlib import sha256
from pathlib import Path
from typing import Final

_BLOCK: Final = 1 << 20


def sync(path: Path) -> None:
    """Make a file or a folder durable; what was read of it is not kept in memory, so it is read from the disk
    next."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(handle)


def fingerprint(path: Path) -> tuple[int, bytes]:
    """Length and SHA-256 of a file; OSError."""
    digest, size = sha256(), 0
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
            size += len(block)
    return size, digest.digest()
