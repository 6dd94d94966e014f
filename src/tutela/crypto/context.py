"""The associated data that binds an envelope to its cell. It is computed by the reader and not stored.

Version 1, a cell sealed alone:

    label "vault/aad/1" | header bytes 0..7 | installation(16) | customer(16) | collection(4)
    | field(4) | record(16) | value type(1)

Version 2, a cell of a whole record; what all cells of the record share comes first:

    label "vault/aad/2" | installation(16) | customer(16) | collection(4) | record(16)
    | header bytes 0..7 | field(4) | data class(4)

Each part follows its 4-byte big-endian length; numbers are big-endian.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from struct import Struct
from typing import NamedTuple

from .envelope import ALONE, FLAG_SETS, WHOLE, header
from .errors import BadValue
from .parts import ID_SIZE, join, need_id, u32
from .suites import Suite

LABEL = b"vault/aad/1"
WHOLE_LABEL = b"vault/aad/2"
COMMIT_LABEL = b"vault/v1/commit"
TYPE_IN_PLAINTEXT = 0
"""The value type in the associated data of version 1. The actual type is the first byte of the plaintext, which is
authenticated as well, so a reader need not know it beforehand."""

_LENGTH_4 = u32(4)
_LENGTH_16 = u32(ID_SIZE)
_LENGTH_1_AND_TYPE = join(bytes([TYPE_IN_PLAINTEXT]))
_tail: Callable[..., bytes] = Struct(">I8sIIII").pack


@dataclass(frozen=True, slots=True)
class Cell:
    """The position of a value. Byte ids have 16 bytes; numbers come from the field catalogue."""

    installation: bytes
    customer: bytes
    collection: int
    field: int
    record: bytes
    value_type: int


def encode(header8: bytes, cell: Cell) -> bytes:
    """The associated data of one cell under one envelope header; BadValue for a bad id."""
    if len(header8) != 8 or not 0 <= cell.value_type <= 255:
        raise BadValue("cell-shape")
    return join(
        LABEL,
        header8,
        need_id(cell.installation),
        need_id(cell.customer),
        u32(cell.collection),
        u32(cell.field),
        need_id(cell.record),
        bytes([cell.value_type]),
    )


class Starts(NamedTuple):
    """Headers of a suite and generation, and the beginnings of the associated data, both indexed by flags."""

    headers: tuple[bytes, ...]
    data: tuple[bytes, ...]
    flags: dict[bytes, int]
    """Header to flags, of version 1."""
    whole: dict[bytes, int]
    """Header to flags, of version 2."""


@lru_cache(maxsize=1024)
def starts(suite: Suite, generation: int) -> Starts:
    """The beginnings of a suite's envelopes in one generation."""
    headers = tuple(header(ALONE, suite, flags, generation) for flags in FLAG_SETS)
    data = tuple(join(LABEL, head) for head in headers)
    whole = {header(WHOLE, suite, flags, generation): flags for flags in FLAG_SETS}
    return Starts(headers, data, {head: flags for flags, head in enumerate(headers)}, whole)


def whole_start(installation: bytes, customer: bytes) -> bytes:
    """The beginning of version 2's associated data, up to the collection's length."""
    return _whole_owner(installation) + need_id(customer) + _LENGTH_4


@lru_cache(maxsize=4)
def _whole_owner(installation: bytes) -> bytes:
    return join(WHOLE_LABEL, need_id(installation)) + _LENGTH_16


def whole_ids(collection: int, record: bytes) -> bytes:
    """Collection and record, which follow `whole_start`."""
    return u32(collection) + _LENGTH_16 + need_id(record)


def whole_tail(head: bytes, field: int, data_class: int) -> bytes:
    """The end of version 2's associated data: what differs between the cells of a record."""
    return _tail(8, head, 4, field, 4, data_class)


def commit_info(suite: Suite, customer: bytes, generation: int) -> bytes:
    """The HKDF info of the commitment to a customer root."""
    return _commit_start(suite) + root_name(customer, generation)


def root_name(customer: bytes, generation: int) -> bytes:
    """The ids of a customer root, each with its length."""
    return _LENGTH_16 + need_id(customer) + _LENGTH_4 + u32(generation)


@lru_cache(maxsize=4)
def _commit_start(suite: Suite) -> bytes:
    return join(COMMIT_LABEL, bytes([suite]))


def middle(installation: bytes, customer: bytes, collection: int) -> bytes:
    """The associated data between the header and the four field bytes."""
    owner = _LENGTH_16 + need_id(installation) + _LENGTH_16 + need_id(customer)
    return owner + _LENGTH_4 + u32(collection) + _LENGTH_4


def ending(record: bytes) -> bytes:
    """The associated data after the four field bytes."""
    return _LENGTH_16 + need_id(record) + _LENGTH_1_AND_TYPE
