"""The catalogue: every field Tutela keeps, read once from `catalogue.yaml` and never changed.

A wrong entry stops the start with `CatalogueError`, which names the field and what is wrong.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import IntEnum
from importlib import resources
from types import MappingProxyType
from typing import Any

from tutela.base.language import reads_chinese
from tutela.base.shipped import read_yaml
from tutela.crypto.normalise import Transform
from tutela.crypto.values import BUCKETS, Value
from tutela.detect.classes import DataClass

from .errors import BadFieldValue, UnknownField

__all__ = [
    "BY_CODE",
    "BY_ID",
    "COLLECTIONS",
    "Collection",
    "Field",
    "as_text",
    "by_code",
    "by_id",
    "fields_of",
    "role_of",
]


class Collection(IntEnum):
    """Stable numbers of the collections; part of every sealed cell."""

    CUSTOMER = 1
    POLICY = 2
    CLAIM = 3
    ACCOUNT = 4
    HEALTH = 5
    CONTACT = 6
    WORK_ITEM = 7


class CatalogueError(Exception):
    """An entry of `catalogue.yaml` cannot be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field. `transforms` are the search tags it gets; `pad_to` 0 or a bucket in bytes."""

    id: int
    code: str
    collection: Collection
    name_en: str
    name_zh: str
    synonyms: tuple[str, ...]
    recogniser: str
    data_class: DataClass
    level: int
    mask: str
    value_type: str
    transforms: tuple[Transform, ...]
    pad_to: int
    mandatory: bool
    single: bool
    role: str

    def label(self) -> str:
        """The name in the active language."""
        return self.name_zh if reads_chinese() else self.name_en

    def read(self, text: str) -> Value:
        """The typed value of a cleaned text (dates as YYYY-MM-DD), or BadFieldValue."""
        try:
            value: Value = _READERS[self.value_type](text)
        except (ValueError, InvalidOperation):
            raise BadFieldValue(field=self.code) from None
        return value


@dataclass(frozen=True, slots=True)
class CollectionInfo:
    """One collection as pages and files name it."""

    id: Collection
    code: str
    name_en: str
    name_zh: str

    def label(self) -> str:
        """The name in the active language."""
        return self.name_zh if reads_chinese() else self.name_en


_READERS: Mapping[str, Any] = {
    "text": str,
    "date": date.fromisoformat,
    "int": int,
    "decimal": lambda text: _finite(Decimal(text)),
}
OPEN_MASK = "none"
"""The mask of fields that are shown whole to whoever may see the mask of their class."""
_LAST_ID = 0x7FFE
_ROLES = frozenset({"", "key", "customer_key", "identity", "branch"})
_MANDATORY = frozenset({"id", "code", "en", "zh", "synonyms", "class", "level", "mask", "type"})
_KEYS = _MANDATORY | {"recogniser", "search", "pad", "mandatory", "single", "role"}


def _finite(number: Decimal) -> Decimal:
    if not number.is_finite():
        raise ValueError
    return number


def as_text(value: Value) -> str:
    """A value as people and files see it: dates as YYYY-MM-DD, numbers without an exponent."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value)


def _load() -> Mapping[str, Any]:
    text = resources.files(__package__).joinpath("catalogue.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = read_yaml(text)
    return loaded


def _field(collection: Collection, row: Mapping[str, Any]) -> Field:
    for what, keys in (("unknown", row.keys() - _KEYS), ("missing", _MANDATORY - row.keys())):
        if keys:
            raise CatalogueError(f"{row.get('code')}: {what}: {', '.join(sorted(keys))}")
    try:
        return Field(
            id=row["id"],
            code=row["code"],
            collection=collection,
            name_en=row["en"],
            name_zh=row["zh"],
            synonyms=tuple(row["synonyms"]),
            recogniser=row.get("recogniser", ""),
            data_class=DataClass[row["class"]],
            level=row["level"],
            mask=row["mask"],
            value_type=row["type"],
            transforms=tuple(Transform[name.upper()] for name in row.get("search", ())),
            pad_to=row.get("pad", 0),
            mandatory=row.get("mandatory", False),
            single=row.get("single", True),
            role=row.get("role", ""),
        )
    except KeyError as error:
        raise CatalogueError(f"{row['code']}: no class or search transform {error}") from error


def _check(field: Field) -> None:
    faults = {
        f"id must be 1 to {_LAST_ID}": not 1 <= field.id <= _LAST_ID,
        "level must be 1 to 5": not 1 <= field.level <= 5,
        f"type must be one of {', '.join(_READERS)}": field.value_type not in _READERS,
        f"pad must be one of {', '.join(map(str, BUCKETS))}": field.pad_to not in (0, *BUCKETS),
        f"no role {field.role}": field.role not in _ROLES,
        "must be single, because it is searched or padded": not field.single
        and bool(field.transforms or field.pad_to),
        "synonyms must be words": not all(isinstance(word, str) for word in field.synonyms),
    }
    for what, wrong in faults.items():
        if wrong:
            raise CatalogueError(f"{field.code}: {what}")


def check_against_detect() -> None:
    """CatalogueError if a recogniser or a mask is not one that `detect` knows."""
    from tutela.detect.recognisers import MASKS, REGISTRY

    masks = {OPEN_MASK, *MASKS}
    for field in BY_ID.values():
        if field.recogniser and field.recogniser not in REGISTRY:
            raise CatalogueError(f"{field.code}: no recogniser {field.recogniser}")
        if field.mask not in masks:
            raise CatalogueError(f"{field.code}: no mask {field.mask}")


def _unique(fields: Iterable[Field]) -> tuple[Field, ...]:
    kept = tuple(fields)
    for part in ("id", "code"):
        first: dict[object, Field] = {}
        for field in kept:
            other = first.setdefault(getattr(field, part), field)
            if other is not field:
                what = f"{part} {getattr(field, part)}"
                raise CatalogueError(f"{field.code}: {what} is the {part} of {other.code} too")
    for field in kept:
        _check(field)
    return kept


_SOURCE = _load()
COLLECTIONS: tuple[CollectionInfo, ...] = tuple(
    CollectionInfo(Collection(part["id"]), code, part["en"], part["zh"])
    for code, part in _SOURCE.items()
)
_FIELDS = _unique(
    _field(info.id, row) for info in COLLECTIONS for row in _SOURCE[info.code]["fields"]
)
BY_ID: Mapping[int, Field] = MappingProxyType({field.id: field for field in _FIELDS})
BY_CODE: Mapping[str, Field] = MappingProxyType({field.code: field for field in _FIELDS})
_OF_COLLECTION: Mapping[int, tuple[Field, ...]] = {
    info.id: tuple(field for field in _FIELDS if field.collection == info.id)
    for info in COLLECTIONS
}


def fields_of(collection: int) -> tuple[Field, ...]:
    """The fields of a collection, in the order of the catalogue; () if there is none."""
    return _OF_COLLECTION.get(collection, ())


def collection_named(code: str) -> CollectionInfo:
    """The collection with a code ("customer", "policy" …), or UnknownField."""
    for info in COLLECTIONS:
        if info.code == code:
            return info
    raise UnknownField(field=code)


def by_code(code: str) -> Field:
    """The field with a code, or UnknownField."""
    try:
        return BY_CODE[code]
    except KeyError:
        raise UnknownField(field=code) from None


def by_id(field_id: int) -> Field:
    """The field with an id, or UnknownField."""
    try:
        return BY_ID[field_id]
    except KeyError:
        raise UnknownField(field=str(field_id)) from None


def class_of(stored: int) -> int:
    """The data class of a cell: of its field, or of a bundle, whose number is minus its class."""
    return -stored if stored < 0 else int(by_id(stored).data_class)


def role_of(collection: int, role: str) -> Field | None:
    """The field that plays a role in a collection, if one does."""
    return next((field for field in fields_of(collection) if field.role == role), None)
