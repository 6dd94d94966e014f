"""A record as sealed cells: make it, check it, open it. Pure arithmetic, no database, no clock.

A record is one row: `fields[i]` names what `cells[i]` seals, a catalogue field by its id, or the
bundle of a data class by minus its number. Import prepares rows in worker processes with the same
functions, so what they write and what a page reads cannot drift apart.
"""

from collections.abc import Collection as Some
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple
from uuid import UUID

from tutela.access.errors import GrantRefused
from tutela.access.grants import Grant
from tutela.access.levels import Level
from tutela.crypto.blind import IndexKeys
from tutela.crypto.bundle import pack_columns
from tutela.crypto.errors import BadValue, DecryptFailed
from tutela.crypto.normalise import Transform, normalise, normalise_all
from tutela.crypto.sealing import (
    BUNDLE_FIELD,
    CustomerKeys,
    Places,
    RowSealer,
    bundle_place,
    field_place,
)
from tutela.crypto.values import Value, encode_all, pad_all
from tutela.detect.classes import DataClass

from . import catalogue, permissions
from .errors import RecordBroken

# Uniqueness tags of whole things, apart from the tags of fields: these numbers stand where a
# field id does, above every field id, and are part of stored tags, so they never change.
IDENTITY_TAG = 0x8001
SOURCE_TAG = 0x8100  # plus the collection
ROW_MAC = 0x8200  # plus the collection
WORK_ITEM_TAG = 0x8300  # plus the kind
NUMBER_FIELD = 700
"""The field id of a work item's number in its cell."""
NUMBER_CLASS = int(DataClass.OPERATION)


_APART = "\0"
WRITERS = frozenset(
    {
        permissions.RECORD_CHANGE,
        permissions.IMPORT_RUN,
        permissions.HELD_ROW_DECIDE,
        permissions.IMPORT_UNDO,
    }
)


class SealedRow(NamedTuple):
    """What `vault.record` keeps of a record's values; `fields` and `cells` go together."""

    fields: list[int]
    cells: list[bytes]
    manifest: bytes


class StoredRow(NamedTuple):
    """A row of `vault.record` or `vault.record_history`, in the order of `COLUMNS`."""

    customer_id: UUID
    record_id: UUID
    collection: int
    version: int
    generation: int
    fields: Sequence[int]
    cells: Sequence[bytes]
    manifest: bytes
    newest: bool


TagPart = tuple[int, int, int, int]
"""One search tag: tag, field, transform, version."""


# field id -> (data class, bucket), and for the cold fields the class alone: the loop below runs
# for every field of every imported row.
_SINGLE: dict[int, tuple[int, int]] = {
    field.id: (int(field.data_class), field.pad_to)
    for field in catalogue.BY_ID.values()
    if field.single
}
_COLD: dict[int, int] = {
    field.id: int(field.data_class) for field in catalogue.BY_ID.values() if not field.single
}
_SEARCHED: dict[int, dict[int, tuple[int, ...]]] = {
    collection.id: {
        field.id: tuple(int(transform) for transform in field.transforms)
        for field in catalogue.fields_of(collection.id)
        if field.transforms
    }
    for collection in catalogue.COLLECTIONS
}


def seal_row(
    keys: CustomerKeys, collection: int, record_id: UUID, version: int, values: Mapping[int, Value]
) -> SealedRow:
    """Seal a record's values, by field id; KeyError for a field the catalogue does not have."""
    shape, plains = next(plains_of([values]))
    sealed = seal_plains(keys, (collection, record_id.bytes, version), shape, plains)
    return SealedRow(shape.fields, sealed.cells, sealed.manifest)


class SealedPlains(NamedTuple):
    """A sealed record for the importer, which copies the cells as they are listed."""

    cells: list[bytes]
    listed: bytes
    manifest: bytes


def seal_plains(
    keys: CustomerKeys, place: tuple[int, bytes, int], shape: "Shape", plains: Sequence[bytes]
) -> SealedPlains:
    """Seal what `plains_of` gave for a record; place is (collection, record id of 16 bytes, version)."""
    collection, record, version = place
    return SealedPlains(*keys.row(collection, record).seal_record(version, shape.places, plains))


class Shape(NamedTuple):
    """How records with the same fields are cut into cells: singles first, then bundles."""

    singles: tuple[tuple[int, int], ...]
    """Field and bucket."""
    bundles: tuple[tuple[int, ...], ...]
    """The fields of each."""
    places: Places
    fields: list[int]

    def columns(self, rows: Sequence[Mapping[int, Value]]) -> list[list[bytes]]:
        """The clear texts of the cells, one column for each place."""

        def column(field: int) -> list[bytes]:
            return encode_all([row[field] for row in rows])

        return [
            *(pad_all(column(f), bucket) if bucket else column(f) for f, bucket in self.singles),
            *(pack_columns(part, list(map(column, part))) for part in self.bundles),
        ]


def plains_of(many: Sequence[Mapping[int, Value]]) -> Iterator[tuple[Shape, Sequence[bytes]]]:
    """The shape of each record and the clear texts of its cells; KeyError as in `seal_row`.

    Records are encoded column by column, for those of one file have the same fields."""
    alike: dict[tuple[int, ...], list[Mapping[int, Value]]] = {}
    named = [(tuple(values), values) for values in many]
    for fields, values in named:
        alike.setdefault(fields, []).append(values)
    made = {}
    for fields, rows in alike.items():
        shape = _shape_of(tuple(sorted(fields)))
        made[fields] = (
            shape,
            (zip(*columns, strict=True) if (columns := shape.columns(rows)) else repeat(())),
        )
    for fields, _values in named:
        shape, cells = made[fields]
        yield shape, next(cells)


@lru_cache(maxsize=4096)
def _shape_of(given: tuple[int, ...]) -> Shape:
    """The shape of a record of these fields, ascending: rows of one file have few different ones."""
    singles = tuple((field, _SINGLE[field][1]) for field in given if field in _SINGLE)
    classes = sorted({_COLD[field] for field in given if field not in _SINGLE})
    return Shape(
        singles,
        tuple(
            tuple(field for field in given if _COLD.get(field) == data_class)
            for data_class in classes
        ),
        Places(
            [
                *(field_place(_SINGLE[f][0], f, padded=bool(bucket)) for f, bucket in singles),
                *map(bundle_place, classes),
            ]
        ),
        [*(field for field, _bucket in singles), *(-data_class for data_class in classes)],
    )


def tags_of(index: IndexKeys, collection: int, values: Mapping[int, Value]) -> list[TagPart]:
    """The search tags of a record. A value that has no searchable form gets no tag."""
    version, tag64, searched = index.version, index.tag64, _SEARCHED[collection]
    parts: list[TagPart] = []
    for field, value in values.items():
        for transform in searched.get(field, ()):
            text = value if type(value) is str else catalogue.as_text(value)
            try:
                tag = tag64(field, transform, normalise(transform, text))
            except BadValue:
                continue
            parts.append((tag, field, transform, version))
    return parts


def row_mac(index: IndexKeys, collection: int, values: Mapping[int, Value]) -> bytes:
    """16 bytes that are the same only for the same values: tells an unchanged row of an import."""
    fields = tuple(sorted(values))
    texts = [
        value if type(value) is str else catalogue.as_text(value)
        for value in map(values.__getitem__, fields)
    ]
    return texts_mac(index, collection, fields, texts)


def texts_mac(
    index: IndexKeys, collection: int, fields: tuple[int, ...], texts: Sequence[str]
) -> bytes:
    """`row_mac` of values that are at hand as texts, by field ascending."""
    return texts_macs(index, collection, fields, [texts])[0]


def texts_macs(
    index: IndexKeys, collection: int, fields: tuple[int, ...], rows: Sequence[Sequence[str]]
) -> list[bytes]:
    """`texts_mac` of many rows of the same fields."""
    names = f"{fields}"
    said = [names + _joined(texts) for texts in rows]
    return index.tags128(ROW_MAC + collection, Transform.EXACT, said)


def _joined(texts: Sequence[str]) -> str:
    joined = _APART.join(texts)
    if joined.count(_APART) >= len(texts):  # a value holds the mark: tell the lengths too
        return f"{_APART}{list(map(len, texts))}{joined}"
    return joined


def source_tag(index: IndexKeys, collection: int, source: str, key: str) -> bytes:
    """16 bytes for a record's key in its source system; unique in a collection.

    BadValue if the key is empty.
    """
    text = f"{len(source)}:{source}:{normalise(Transform.EXACT_COMPACT, key)}"
    return index.tag128(SOURCE_TAG + collection, Transform.EXACT, text)


def source_tags(
    index: IndexKeys, collection: int, source: str, keys: Sequence[str]
) -> list[bytes | None]:
    """`source_tag` of many keys; None for one that cannot be a key."""
    before = f"{len(source)}:{source}:"
    texts = normalise_all(Transform.EXACT_COMPACT, keys)
    said = [before + text for text in texts if text]
    tags = iter(index.tags128(SOURCE_TAG + collection, Transform.EXACT, said))
    return [next(tags) if text else None for text in texts]


def identity_tag(index: IndexKeys, id_number: str) -> bytes:
    """16 bytes for an id number; unique among customers. BadValue if empty."""
    return index.tag128(IDENTITY_TAG, Transform.ID_CARD, normalise(Transform.ID_CARD, id_number))


def identity_tags(index: IndexKeys, id_numbers: Sequence[str]) -> list[bytes | None]:
    """`identity_tag` of many id numbers; None for "". BadValue if one has no form of its own."""
    texts = normalise_all(Transform.ID_CARD, [number for number in id_numbers if number])
    if not all(texts):
        raise BadValue("value-empty")
    tags = iter(index.tags128(IDENTITY_TAG, Transform.ID_CARD, texts))
    return [next(tags) if number else None for number in id_numbers]


def work_item_tag(index: IndexKeys, kind: int, number: str) -> bytes:
    """16 bytes for a work item's number; unique in its kind. BadValue if empty."""
    text = normalise(Transform.EXACT_COMPACT, number)
    return index.tag128(WORK_ITEM_TAG + kind, Transform.EXACT_COMPACT, text)


def checked_cells(keys: CustomerKeys, row: StoredRow) -> tuple[RowSealer, dict[int, bytes]]:
    """The row's cells by stored field number, after its manifest; RecordBroken if anything is off.

    A row that is older than a version in its history was put back: its own manifest would fit.
    """
    cells = dict(zip(row.fields, map(bytes, row.cells), strict=False))
    sealer = keys.row(row.collection, row.record_id.bytes)
    by_place = {
        stored if stored > 0 else BUNDLE_FIELD | -stored: cell for stored, cell in cells.items()
    }
    if not len(row.fields) == len(row.cells) == len(cells) or not row.newest:
        raise RecordBroken(record=str(row.record_id))
    try:
        sealer.check_manifest(row.version, by_place, bytes(row.manifest))
    except (DecryptFailed, BadValue):
        raise RecordBroken(record=str(row.record_id)) from None
    return sealer, cells


def open_cells(
    keys: CustomerKeys, row: StoredRow, field_ids: Some[int], *, grant: Grant
) -> dict[int, Value]:
    """The clear values of those fields that the row holds; RecordBroken if any cell is off.

    All asked cells are opened before one is returned, so nothing is half shown. The grant must
    be of the gate's making, for this customer, and hold the classes asked.
    """
    classes = {int(catalogue.by_id(field).data_class) for field in field_ids}
    grant.check(customer_id=str(row.customer_id), classes=classes, level=Level.MASKED)
    return _opened(keys, row, field_ids)


def open_number(keys: CustomerKeys, item: UUID, sealed: bytes, *, grant: Grant) -> str:
    """The number of a work item, as its source wrote it. The grant as in `open_cells`; RecordBroken."""
    grant.check(
        customer_id=str(UUID(bytes=keys.customer)), classes={NUMBER_CLASS}, level=Level.MASKED
    )
    try:
        number = keys.row(catalogue.Collection.WORK_ITEM, item.bytes).open(
            NUMBER_CLASS, NUMBER_FIELD, sealed
        )
    except (DecryptFailed, BadValue):
        raise RecordBroken(record=str(item)) from None
    return str(number)


def open_for_writing(keys: CustomerKeys, row: StoredRow, *, grant: Grant) -> dict[int, Value]:
    """All clear values of a row, to make its next version of; never for showing.

    The grant must be for changing records or for importing. RecordBroken as in `open_cells`.
    """
    if grant.permission not in WRITERS:
        raise GrantRefused
    grant.check(permission=grant.permission)
    return _opened(keys, row, [field.id for field in catalogue.fields_of(row.collection)])


def count_opened(keys: CustomerKeys, row: StoredRow, field_ids: Some[int]) -> int:
    """How many of a row's values open; none of them is given out. RecordBroken."""
    return len(_opened(keys, row, field_ids))


def _opened(keys: CustomerKeys, row: StoredRow, field_ids: Some[int]) -> dict[int, Value]:
    sealer, cells = checked_cells(keys, row)
    try:
        return _open(sealer, cells, field_ids)
    except (DecryptFailed, BadValue):
        raise RecordBroken(record=str(row.record_id)) from None


def _open(sealer: RowSealer, cells: Mapping[int, bytes], field_ids: Some[int]) -> dict[int, Value]:
    values: dict[int, Value] = {}
    cold: set[int] = set()
    for field in field_ids:
        single = _SINGLE.get(field)
        if single is None:
            cold.add(_COLD[field])
        elif field in cells:
            values[field] = sealer.open(single[0], field, cells[field])
    for data_class in cold & {-stored for stored in cells if stored < 0}:
        bundle = sealer.open_bundle(data_class, cells[-data_class])
        values |= {field: value for field, value in bundle.items() if field in field_ids}
    return values
