"""The search tags of many records at once, field by field: the same tags as `vault.rows.tags_of`
makes for one record, a third faster. A test compares the two.
"""

from collections.abc import Mapping, Sequence

from tutela.crypto.blind import IndexKeys
from tutela.crypto.errors import BadValue
from tutela.crypto.normalise import normalise
from tutela.crypto.values import Value
from tutela.vault import catalogue

from . import copying

Tagged = tuple[Mapping[int, Value], bytes, bytes]
"""Values by field, customer id, record id."""


def packed_tags(index: IndexKeys, collection: int, records: Sequence[Tagged]) -> list[bytes]:
    """Rows of vault.tag, packed for COPY; they sort by tag."""
    packed: list[bytes] = []
    named = [
        (values, customer + copying.UUID_SIZE + record) for values, customer, record in records
    ]
    for field in catalogue.fields_of(collection):
        if not field.transforms:
            continue
        have = [
            (value if type(value) is str else catalogue.as_text(value), name)
            for values, name in named
            if (value := values.get(field.id)) is not None
        ]
        for transform in field.transforms:
            packed += _of_column(index, field.id, int(transform), have)
    return packed


def _of_column(
    index: IndexKeys, field: int, transform: int, have: Sequence[tuple[str, bytes]]
) -> list[bytes]:
    """The tags of one field under one transform; a value without a searchable form gets none."""
    texts: list[str] = []
    names: list[bytes] = []
    for text, name in have:
        try:
            texts.append(normalise(transform, text))
        except BadValue:
            continue
        names.append(name)
    tags = index.tags8(field, transform, texts)
    return copying.tags((field, transform, index.version), tags, names)
