"""Encrypt ("seal") and decrypt ("open") the cells of one customer's records.

    keys = CustomerKeys(root, suite, generation, customer, installation)
    row = keys.row(collection, record)
    blob = row.seal(data_class, field, "value")
    row.open(data_class, field, blob)

The suite and the generation of a blob must be those of the keys: a blob cannot choose them.
"""

import struct
from collections.abc import Mapping, Sequence
from functools import lru_cache
from struct import Struct
from typing import NamedTuple

from . import bundle
from .context import commit_info, ending, middle, starts
from .envelope import BUNDLE, PADDED
from .errors import BadValue, DecryptFailed
from .holder import KeyHolder
from .parts import join, need_key, pack32, u32
from .raw.aead import Aead
from .raw.hashing import equal
from .suites import ONE_BLOCK, Suite, kit_of
from .values import Value, decode, encode, pad, unpad

FIELD_LABEL = b"vault/v1/field"
MANIFEST_LABEL = b"vault/v1/manifest"
BUNDLE_FIELD = 0x8000
"""Offset of a bundle's field id in associated data and manifest: this plus its data class."""


class Place(NamedTuple):
    """A cell of a record: data class, flags, and field number in four bytes."""

    data_class: int
    flags: int
    name: bytes


def field_place(data_class: int, field: int, *, padded: bool) -> Place:
    """The place of a single field; BadValue for an invalid field id."""
    if field >> 15:
        raise BadValue("field-id")
    return Place(data_class, PADDED if padded else 0, u32(field))


def bundle_place(data_class: int) -> Place:
    """The place of a data class's bundle."""
    return Place(data_class, BUNDLE, u32(BUNDLE_FIELD | data_class))


@lru_cache(maxsize=1024)
def _field_info(suite: Suite, data_class: int) -> bytes:
    return join(FIELD_LABEL, bytes((suite,)), u32(data_class)) + ONE_BLOCK


@lru_cache(maxsize=4)
def _manifest_info(suite: Suite) -> bytes:
    return join(MANIFEST_LABEL, bytes((suite,))) + ONE_BLOCK


_version_and_count = Struct(">QI").pack


def _pack_version(version: int, count: int) -> bytes:
    try:
        return _version_and_count(version, count)
    except struct.error:
        raise BadValue("number-range") from None


class CustomerKeys(KeyHolder):
    """The keys of one customer and generation. Field keys are derived on first use."""

    __slots__ = (
        "_derive",
        "_kit",
        "_manifest_key",
        "ciphers",
        "customer",
        "digest",
        "generation",
        "installation",
        "starts",
        "suite",
    )

    def __init__(
        self, root: bytes, suite: Suite, generation: int, customer: bytes, installation: bytes
    ) -> None:
        self.suite = suite
        self.generation = generation
        self._kit = kit_of(suite)
        self.digest = self._kit.digest
        self._derive = self._kit.keyed(need_key(root))
        self.starts = starts(suite, generation)
        self.installation = installation
        self.customer = customer
        self.ciphers: dict[int, Aead] = {}
        self._manifest_key = b""

    def row(self, collection: int, record: bytes) -> "RowSealer":
        """The sealer for one record (16-byte id)."""
        return RowSealer(self, collection, record)

    def cipher_of(self, data_class: int) -> Aead:
        """The cipher of one data class, derived from the customer root; BadValue."""
        if data_class >> 15:
            raise BadValue("data-class")
        key = self._derive(_field_info(self.suite, data_class))
        cipher = self._kit.cipher(key[: self._kit.key_size])
        self.ciphers[data_class] = cipher
        return cipher

    def commitment(self) -> bytes:
        """The same as `hierarchy.commitment` for this root, but faster."""
        return self._derive(commit_info(self.suite, self.customer, self.generation) + ONE_BLOCK)

    def manifest_of(self, ids: bytes, version: int, cells: Mapping[int, bytes]) -> bytes:
        """See `RowSealer.manifest`; `ids` are the collection's and the record's."""
        parts: list[bytes] = []
        for field in sorted(cells):
            parts += (pack32(field), self.digest(cells[field]))
        return self.manifest_over(ids, version, parts)

    def manifest_over(self, ids: bytes, version: int, parts: Sequence[bytes]) -> bytes:
        """The manifest over alternating names and hashes of cells, in ascending order."""
        if not self._manifest_key:
            self._manifest_key = self._derive(_manifest_info(self.suite))
        content = b"".join((ids, _pack_version(version, len(parts) // 2), *parts))
        return self._kit.mac(self._manifest_key, content)


class RowSealer(KeyHolder):
    """Seals and opens the cells of one record."""

    __slots__ = ("_after", "_before", "_ciphers", "_flags", "_headers", "_ids", "_keys")

    def __init__(self, keys: CustomerKeys, collection: int, record: bytes) -> None:
        self._keys = keys
        self._ciphers = keys.ciphers
        self._headers, starts, self._flags = keys.starts
        between = middle(keys.installation, keys.customer, collection)
        self._before = [start + between for start in starts]
        self._after = ending(record)
        self._ids = between + self._after

    def seal(self, data_class: int, field: int, value: Value, *, pad_to: int = 0) -> bytes:
        """The envelope of one field; `pad_to` 16, 32 or 64 hides the length of short values."""
        if field >> 15:
            raise BadValue("field-id")
        plain, flags = encode(value), 0
        if pad_to:
            plain, flags = pad(plain, pad_to), PADDED
        aad = self._before[flags] + pack32(field) + self._after
        aead = self._ciphers.get(data_class) or self._keys.cipher_of(data_class)
        return aead.seal(self._headers[flags], aad, plain)

    def open(self, data_class: int, field: int, blob: bytes) -> Value:
        """The value of one field; DecryptFailed."""
        flags = self._flags.get(blob[:8])
        if flags is None or field >> 15 or flags & BUNDLE:
            raise DecryptFailed
        aead = self._ciphers.get(data_class) or self._keys.cipher_of(data_class)
        plain = aead.open(blob, self._before[flags] + pack32(field) + self._after)
        try:
            return decode(unpad(plain) if flags & PADDED else plain)
        except BadValue:
            raise DecryptFailed from None

    def seal_bundle(self, data_class: int, fields: Mapping[int, Value]) -> bytes:
        """One envelope for the cold fields of one data class."""
        aead = self._ciphers.get(data_class) or self._keys.cipher_of(data_class)
        aad = self._before[BUNDLE] + pack32(BUNDLE_FIELD | data_class) + self._after
        return aead.seal(self._headers[BUNDLE], aad, bundle.pack(fields))

    def open_bundle(self, data_class: int, blob: bytes) -> dict[int, Value]:
        """The fields of a bundle; DecryptFailed."""
        if blob[:8] != self._headers[BUNDLE]:
            raise DecryptFailed
        aead = self._ciphers.get(data_class) or self._keys.cipher_of(data_class)
        aad = self._before[BUNDLE] + pack32(BUNDLE_FIELD | data_class) + self._after
        try:
            return bundle.unpack(aead.open(blob, aad))
        except BadValue:
            raise DecryptFailed from None

    def seal_record(
        self, version: int, places: Sequence[Place], plains: Sequence[bytes]
    ) -> tuple[list[bytes], bytes]:
        """Seal a whole record; returns its envelopes and its manifest.

        Places ascend by name; each plaintext is encoded, and padded if its place says so.
        """
        ciphers, headers, before, after = self._ciphers, self._headers, self._before, self._after
        cipher_of, digest = self._keys.cipher_of, self._keys.digest
        cells = [
            (ciphers.get(data_class) or cipher_of(data_class)).seal(
                headers[flags], before[flags] + name + after, plain
            )
            for (data_class, flags, name), plain in zip(places, plains, strict=True)
        ]
        names = [name for _class, _flags, name in places]
        parts = [part for pair in zip(names, map(digest, cells), strict=True) for part in pair]
        return cells, self._keys.manifest_over(self._ids, version, parts)

    def manifest(self, version: int, cells: Mapping[int, bytes]) -> bytes:
        """32 bytes over the record's ids, its version and every envelope, by field id.

        A bundle has the id `BUNDLE_FIELD + data class`. The hash is that of the suite.
        """
        return self._keys.manifest_of(self._ids, version, cells)

    def check_manifest(self, version: int, cells: Mapping[int, bytes], mac: bytes) -> None:
        """DecryptFailed if anything was rolled back, removed or added."""
        if not equal(self.manifest(version, cells), mac):
            raise DecryptFailed
