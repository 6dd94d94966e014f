"""Encrypt ("seal") and decrypt ("open") the cells of one customer's records.

    keys = CustomerKeys(root, suite, generation, customer, installation)
    row = keys.row(collection, record)
    blob = row.seal(data_class, field, "value")
    row.open(data_class, field, blob)

The suite and the generation of a blob must be those of the keys: a blob cannot choose them. What is sealed alone
is version 1; a whole record is version 2, with one key and one context for all its cells. Both are opened.

Nonces are random, so one key may seal 2**32 cells before two of them meet with more than 2**-33. One customer's
records have a key for each generation: at twelve cells a record that is 357 million versions.
"""

import struct
from collections.abc import Mapping, Sequence
from functools import lru_cache
from struct import Struct
from typing import NamedTuple, Self

from . import bundle
from .context import commit_info, ending, middle, starts, whole_ids, whole_start, whole_tail
from .envelope import BUNDLE, MAGIC, PADDED, WHOLE, header
from .errors import BadValue, ClassClosed, DecryptFailed
from .holder import KeyHolder
from .parts import join, need_key, pack32, u32
from .raw.aead import Aead
from .raw.hashing import equal
from .suites import ONE_BLOCK, Suite, kit_of
from .values import Value, decode, encode, pad, unpad

FIELD_LABEL = b"vault/v1/field"
MANIFEST_LABEL = b"vault/v1/manifest"
RECORD_LABEL = b"vault/v2/record"
WHOLE_MANIFEST_LABEL = b"vault/v2/manifest"
BUNDLE_FIELD = 0x8000
"""Offset of a bundle's field id in associated data and manifest: this plus its data class."""
_WHOLE_START = bytes((MAGIC, WHOLE))
_WHOLE_CIPHER = -1
"""Where a data class stands among the ciphers, the one for whole records has this."""


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


class _Layout(NamedTuple):
    """What the records of one `Places` share under keys of one suite and generation."""

    headers: tuple[bytes, ...]
    tails: tuple[bytes, ...]
    """The ends of the associated data."""


class Places:
    """The cells of a record, ascending by name, as all records with the same fields have them; BadValue."""

    __slots__ = ("_all", "_layouts", "classes", "names")

    def __init__(self, places: Sequence[Place]) -> None:
        names = [place.name for place in places]
        if sorted(set(names)) != names:
            raise BadValue("field-order")
        self._all = tuple(places)
        self._layouts: dict[bytes, _Layout] = {}
        self.names = b"".join(names)
        self.classes = frozenset(place.data_class for place in places)

    def layout(self, keys: "CustomerKeys") -> _Layout:
        """The layout under these keys, whose suite and generation any of their headers tells."""
        head = keys.starts.headers[0]
        return self._layouts.get(head) or self._lay_out(head, keys)

    def _lay_out(self, head: bytes, keys: "CustomerKeys") -> _Layout:
        heads = [header(WHOLE, keys.suite, place.flags, keys.generation) for place in self._all]
        tails = [
            whole_tail(head, int.from_bytes(place.name), place.data_class)
            for head, place in zip(heads, self._all, strict=True)
        ]
        made = self._layouts[head] = _Layout(tuple(heads), tuple(tails))
        return made


@lru_cache(maxsize=1024)
def _field_info(suite: Suite, data_class: int) -> bytes:
    return join(FIELD_LABEL, bytes((suite,)), u32(data_class)) + ONE_BLOCK


@lru_cache(maxsize=16)
def _info(label: bytes, suite: Suite) -> bytes:
    return join(label, bytes((suite,))) + ONE_BLOCK


_version_and_count = Struct(">QI").pack


def _pack_version(version: int, count: int) -> bytes:
    try:
        return _version_and_count(version, count)
    except struct.error:
        raise BadValue("number-range") from None


def listed(cells: Sequence[bytes]) -> bytes:
    """Cells after each other, each after its 4-byte length."""
    return b"".join([pack32(len(cell)) + cell for cell in cells])


class CustomerKeys(KeyHolder):
    """The keys of one customer and generation, for some data classes or (None) for all. Each is derived on
    first use."""

    __slots__ = (
        "_ciphers",
        "_kit",
        "_manifest_keys",
        "_root",
        "classes",
        "customer",
        "generation",
        "installation",
        "start",
        "starts",
        "suite",
    )

    def __init__(
        self, root: bytes, suite: Suite, generation: int, customer: bytes, installation: bytes
    ) -> None:
        self.suite = suite
        self.generation = generation
        self.installation = installation
        self.customer = customer
        self.classes: frozenset[int] | None = None
        self.starts = starts(suite, generation)
        self.start = whole_start(installation, customer)
        self._kit = kit_of(suite)
        self._root = need_key(root)
        # Shared with the limited copies of these keys: what one derives, all have.
        self._ciphers: dict[int, Aead] = {}
        self._manifest_keys: dict[bytes, bytes] = {}

    def limited(self, classes: frozenset[int]) -> Self:
        """The same keys for these data classes only: they open and seal no other."""
        keys = object.__new__(type(self))
        for name in CustomerKeys.__slots__:
            setattr(keys, name, getattr(self, name))
        keys.classes = classes
        return keys

    def row(self, collection: int, record: bytes) -> "RowSealer":
        """The sealer for one record (16-byte id)."""
        return RowSealer(self, collection, record)

    def check_class(self, data_class: int) -> None:
        """ClassClosed if the keys are for other classes; BadValue if it cannot be a class."""
        if data_class >> 15:
            raise BadValue("data-class")
        if self.classes is not None and data_class not in self.classes:
            raise ClassClosed

    def cipher_of(self, data_class: int) -> Aead:
        """Version 1: the cipher of one data class, derived from the customer root; BadValue, ClassClosed."""
        self.check_class(data_class)
        return self._ciphers.get(data_class) or self._cipher(
            data_class, _field_info(self.suite, data_class)
        )

    def record_cipher(self) -> Aead:
        """Version 2: the one cipher for all cells of the customer's records."""
        return self._ciphers.get(_WHOLE_CIPHER) or self._cipher(
            _WHOLE_CIPHER, _info(RECORD_LABEL, self.suite)
        )

    def commitment(self) -> bytes:
        """The same as `hierarchy.commitment` for this root, but faster."""
        return self._derive(commit_info(self.suite, self.customer, self.generation) + ONE_BLOCK)

    def whole_manifest(self, start: bytes, version: int, names: bytes, body: bytes) -> bytes:
        """Version 2's manifest over a record's names (four bytes each, ascending) and its `listed` envelopes."""
        content = b"".join((start, _pack_version(version, len(names) // 4), names, body))
        return self._kit.mac(self._manifest_key(WHOLE_MANIFEST_LABEL), content)

    def manifest(self, ids: bytes, version: int, cells: Mapping[int, bytes]) -> bytes:
        """Version 1's manifest; `ids` are the collection's and the record's."""
        parts = [ids, _pack_version(version, len(cells))]
        for field in sorted(cells):
            parts += (pack32(field), self._kit.digest(cells[field]))
        return self._kit.mac(self._manifest_key(MANIFEST_LABEL), b"".join(parts))

    def _manifest_key(self, label: bytes) -> bytes:
        key = self._manifest_keys.get(label)
        if key is None:
            key = self._manifest_keys[label] = self._derive(_info(label, self.suite))
        return key

    def _derive(self, info: bytes) -> bytes:
        return self._kit.mac(self._root, info)

    def _cipher(self, name: int, info: bytes) -> Aead:
        cipher = self._kit.cipher(self._derive(info)[: self._kit.key_size])
        self._ciphers[name] = cipher
        return cipher


class RowSealer(KeyHolder):
    """Seals and opens the cells of one record."""

    __slots__ = ("_after", "_before", "_collection", "_ids", "_keys", "_record", "_start")

    def __init__(self, keys: CustomerKeys, collection: int, record: bytes) -> None:
        self._keys = keys
        self._collection = collection
        self._record = record
        self._start = keys.start + whole_ids(collection, record)
        # Of version 1, when the first cell of it comes.
        self._before: list[bytes] = []
        self._after = self._ids = b""

    def seal(self, data_class: int, field: int, value: Value, *, pad_to: int = 0) -> bytes:
        """The envelope of one field; `pad_to` 16, 32 or 64 hides the length of short values."""
        if field >> 15:
            raise BadValue("field-id")
        plain, flags = encode(value), 0
        if pad_to:
            plain, flags = pad(plain, pad_to), PADDED
        return self._sealed(data_class, flags, field, plain)

    def open(self, data_class: int, field: int, blob: bytes) -> Value:
        """The value of one field; DecryptFailed, ClassClosed."""
        if field >> 15:
            raise DecryptFailed
        flags, plain = self._opened(data_class, field, blob)
        if flags & BUNDLE:
            raise DecryptFailed
        try:
            return decode(unpad(plain) if flags & PADDED else plain)
        except BadValue:
            raise DecryptFailed from None

    def seal_bundle(self, data_class: int, fields: Mapping[int, Value]) -> bytes:
        """One envelope for the cold fields of one data class."""
        return self._sealed(data_class, BUNDLE, BUNDLE_FIELD | data_class, bundle.pack(fields))

    def open_bundle(self, data_class: int, blob: bytes) -> dict[int, Value]:
        """The fields of a bundle; DecryptFailed, ClassClosed."""
        flags, plain = self._opened(data_class, BUNDLE_FIELD | data_class, blob)
        if flags != BUNDLE:
            raise DecryptFailed
        try:
            return bundle.unpack(plain)
        except BadValue:
            raise DecryptFailed from None

    def seal_record(
        self, version: int, places: Places, plains: Sequence[bytes]
    ) -> tuple[list[bytes], bytes, bytes]:
        """Seal a whole record: its envelopes, the same as `listed` gives them, and its manifest.

        Each plaintext is encoded, and padded if its place says so. BadValue, ClassClosed.
        """
        keys = self._keys
        if not plains:
            return [], b"", self.manifest(version, {})
        if keys.classes is not None and not places.classes <= keys.classes:
            raise ClassClosed
        headers, tails = places.layout(keys)
        cells = keys.record_cipher().seal_all(headers, self._start, tails, plains)
        body = listed(cells)
        return cells, body, keys.whole_manifest(self._start, version, places.names, body)

    def manifest(self, version: int, cells: Mapping[int, bytes]) -> bytes:
        """32 bytes over the record's ids, its version and every envelope, by field id; BadValue.

        A bundle has the id `BUNDLE_FIELD + data class`. Of version 2 if all envelopes are, else of version 1.
        """
        keys = self._keys
        if not cells or any(cell[:2] != _WHOLE_START for cell in cells.values()):
            self._prepare_alone()
            return keys.manifest(self._ids, version, cells)
        fields = sorted(cells)
        body = listed([cells[field] for field in fields])
        return keys.whole_manifest(self._start, version, b"".join(map(pack32, fields)), body)

    def check_manifest(self, version: int, cells: Mapping[int, bytes], mac: bytes) -> None:
        """DecryptFailed if anything was rolled back, removed or added."""
        if not equal(self.manifest(version, cells), mac):
            raise DecryptFailed

    def _sealed(self, data_class: int, flags: int, field: int, plain: bytes) -> bytes:
        keys = self._keys
        cipher = keys.cipher_of(data_class)
        if not self._before:
            self._prepare_alone()
        aad = self._before[flags] + pack32(field) + self._after
        return cipher.seal(keys.starts.headers[flags], aad, plain)

    def _opened(self, data_class: int, field: int, blob: bytes) -> tuple[int, bytes]:
        """The flags and the plaintext of an envelope of either version."""
        keys, head = self._keys, blob[:8]
        flags = keys.starts.whole.get(head)
        if flags is not None:
            keys.check_class(data_class)
            aad = self._start + whole_tail(head, field, data_class)
            return flags, keys.record_cipher().open(blob, aad)
        flags = keys.starts.flags.get(head)
        if flags is None:
            raise DecryptFailed
        cipher = keys.cipher_of(data_class)
        if not self._before:
            self._prepare_alone()
        return flags, cipher.open(blob, self._before[flags] + pack32(field) + self._after)

    def _prepare_alone(self) -> None:
        """The associated data of version 1."""
        keys = self._keys
        between = middle(keys.installation, keys.customer, self._collection)
        self._before = [start + between for start in keys.starts.data]
        self._after = ending(self._record)
        self._ids = between + self._after
