"""The last signed size and root, in a file outside the database: what a restored database cannot bring back.

Written before a checkpoint is published. The file also holds the roots of the full subtrees that cover the signed
leaves, so that the next checkpoint extends what was signed and not what the database says was signed.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from tutela.crypto.errors import BadValue
from tutela.crypto.merkle import CompactRange
from tutela.trail.errors import SecondPlaceDamaged


@dataclass(frozen=True, slots=True)
class Signed:
    """The last signed tree: `nodes` are the roots of its full subtrees from the left, `at` ISO 8601."""

    epoch: int
    origin: str
    nodes: tuple[bytes, ...]
    size: int
    at: str

    @property
    def range(self) -> CompactRange:
        """The tree, to be extended."""
        return CompactRange(0, self.size, self.nodes)

    @property
    def root(self) -> bytes:
        return self.range.root()


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
    """Replace the file, durably: after this returns, the size is never signed with another root. OSError."""
    target = path()
    document = {
        "epoch": signed.epoch, "origin": signed.origin, "size": signed.size,
        "root": signed.root.hex(), "nodes": [node.hex() for node in signed.nodes], "at": signed.at,
    }  # fmt: skip
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
