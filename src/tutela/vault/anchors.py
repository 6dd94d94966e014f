"""What a leaf anchors: entries of 76 bytes, one for each version of a record that a change wrote. Pure.

    entry = customer id (16) | record id (16) | version (4) | customer version (4) | branch (4) | manifest (32)
    root  = SHA-256 over the entries, ascending

A single change puts version and manifest into its own leaf. A change of many rows keeps its entries in
`vault.anchor` and puts their root into its leaf. An entry with a customer version also says which branch
the customer belongs to from then on; without one both numbers are 0. An entry without a record (16 zero
bytes, version 0) says only that.
"""

from collections.abc import Iterable, Sequence
from struct import Struct
from typing import NamedTuple

from tutela.crypto import digest

SIZE = 76
NO_RECORD = bytes(16)
NO_MANIFEST = bytes(32)
_entry = Struct(">16s16siii32s")


class Entry(NamedTuple):
    """One anchored version. Ids as 16 bytes; `customer_version` 0: says nothing of the branch."""

    customer: bytes
    record: bytes
    version: int
    customer_version: int
    branch: int
    manifest: bytes


def pack(
    place: tuple[bytes, bytes], version: int, manifest: bytes, standing: tuple[int, int] = (0, 0)
) -> bytes:
    """An entry; place is (customer, record), standing (customer version, branch)."""
    return _entry.pack(*place, version, *standing, manifest)


def move(customer: bytes, standing: tuple[int, int]) -> bytes:
    """The entry of a customer's move to another branch, with no record changed."""
    return _entry.pack(customer, NO_RECORD, 0, *standing, NO_MANIFEST)


def joined(entries: Iterable[bytes]) -> tuple[bytes, bytes]:
    """The root over packed entries, and the list that it is the hash of."""
    body = b"".join(sorted(entries))
    return digest.sha256(body), body


def unpack(body: bytes) -> Sequence[Entry]:
    """The entries of a list."""
    return [Entry._make(parts) for parts in _entry.iter_unpack(body)]


def fits(root: bytes, body: bytes) -> bool:
    """Whether a stored list is the one that the leaf named."""
    return len(body) % SIZE == 0 and digest.sha256(body) == root
