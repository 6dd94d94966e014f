"""The last signed size and root, in a file outside the database: what a restored database cannot bring back.

Written before a checkpoint is published. The file also holds the roots of the full subtrees that cover the signed
leaves, so that the next checkpoint extends what was signed and not what the database says was signed.
"""

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from tutela.crypto.errors import BadValue
from tutela.crypto.merkle import CompactRange
from tutela.trail.errors import SecondPlaceAhead, SecondPlaceDamaged

_TRIES, _TRY_SECONDS = 40, 0.05


@dataclass(frozen=True, slots=True)
class Signed:
    """The last signed tree: `nodes` are the roots of its full subtrees from the left, `at` ISO 8601."""

    epoch: int
    origin: str
    nodes: tuple[bytes, ...]
    size: int
    at: str

    def tree(self) -> CompactRange:
        """The tree, to be extended."""
        return CompactRange(0, self.size, self.nodes)

    @property
    def root(self) -> bytes:
        return self.tree().root()


def path() -> Path:
    return Path(settings.TUTELA_TRAIL_SIGNED_FILE)


def read() -> Signed | None:
    """What was signed last; None without a file. SecondPlaceDamaged."""
    try:
        document = json.loads(path().read_bytes())
        nodes = tuple(bytes.fromhex(node) for node in document["nodes"])
        signed = Signed(
            int(document["epoch"]), str(document["origin"]), nodes, int(document["size"]),
            str(document["at"]),
        )  # fmt: skip
        is_whole = signed.root.hex() == document["root"] and all(len(node) == 32 for node in nodes)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, BadValue):
        raise SecondPlaceDamaged(path=path().name) from None
    if not is_whole:
        raise SecondPlaceDamaged(path=path().name)
    return signed


def write(signed: Signed) -> None:
    """Replace the file, durably: after this returns, the size is never signed with another root. OSError.

    A leader that was frozen and wakes up beside its successor writes nothing over what that one signed.
    """
    target = path()
    document = {
        "epoch": signed.epoch, "origin": signed.origin, "size": signed.size,
        "root": signed.root.hex(), "nodes": [node.hex() for node in signed.nodes], "at": signed.at,
    }  # fmt: skip
    with _alone(target):
        last = read()
        if last is not None and (last.epoch, last.size) > (signed.epoch, signed.size):
            raise SecondPlaceAhead
        draft = target.with_name(f"{target.name}.{os.getpid()}")
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
        with os.fdopen(os.open(draft, flags, 0o600), "wb") as file:
            file.write(json.dumps(document, indent=1).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


@contextlib.contextmanager
def _alone(target: Path) -> Iterator[None]:
    """One process at a time; OSError if another one keeps the file for more than two seconds."""
    lock = target.with_name(f"{target.name}.lock")
    handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        for attempt in range(_TRIES):
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if attempt == _TRIES - 1:
                    raise
                time.sleep(_TRY_SECONDS)
        yield
    finally:
        os.close(handle)
