"""The mapping of a file's columns onto fields: checked, kept by name, recognised by its columns.

A column that is mapped to no field is left out of the import. A field that is mapped and empty in a
row is cleared in the record; a field that is not mapped keeps what the record has.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from tutela.crypto import digest

from . import targets
from .errors import ColumnUnknown, FieldMissing, FieldTwice, FieldUnknown, MappingMissing
from .propose import Proposal
from .targets import Target


@dataclass(frozen=True, slots=True)
class Plan:
    """`columns` maps the name of a column to the code of a field; unmapped columns are not in it."""

    collection: int
    columns: tuple[tuple[str, str], ...]

    def as_dict(self) -> dict[str, str]:
        return dict(self.columns)

    def places(self, header: Sequence[str]) -> list[tuple[int, Target]]:
        """(index of the column, target) of every mapped column of a file."""
        known = targets.by_code(self.collection)
        index = {name: place for place, name in enumerate(header)}
        return [(index[name], known[field]) for name, field in self.columns]


def from_proposals(collection: int, proposals: Iterable[Proposal]) -> Plan:
    """The plan that a proposal is."""
    return Plan(collection, tuple((p.column, p.field) for p in proposals if p.field))


def checked(collection: int, columns: Mapping[str, str], header: Sequence[str]) -> Plan:
    """The plan, when it can be used with a file's columns; an error names what is wrong."""
    known = targets.by_code(collection)
    users: dict[str, str] = {}
    for name, field in columns.items():
        if not field:
            continue
        _check_one(name, field, header, collection)
        if field in users:
            raise FieldTwice(field=field, first=users[field], second=name)
        users[field] = name
    for target in known.values():
        if target.mandatory and target.code not in users:
            raise FieldMissing(field=target.code)
    return Plan(collection, tuple((name, field) for name, field in columns.items() if field))


def _check_one(name: str, field: str, header: Sequence[str], collection: int) -> None:
    if name not in header:
        raise ColumnUnknown(column=name[:64])
    if field not in targets.by_code(collection):
        code = targets.collection_code(collection)
        raise FieldUnknown(column=name[:64], field=field[:64], collection=code)


def fingerprint(columns: Iterable[str]) -> str:
    """12 hex digits that are the same for the same set of column names, in whatever order."""
    told = json.dumps(sorted(column for column in columns if column), ensure_ascii=False)
    return digest.sha256(told.encode()).hex()[:12]


def load(name: str, collection: int) -> dict[str, str]:
    """A saved mapping by its name, or MappingMissing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT columns FROM vault.mapping WHERE name = %s AND collection = %s",
            [name, collection],
        )
        row = cursor.fetchone()
    if row is None:
        raise MappingMissing
    return _columns(row[0])


def recognised(header: Sequence[str]) -> tuple[str, int, dict[str, str]] | None:
    """(name, collection, columns) of the newest saved mapping for a file with these columns."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, collection, columns FROM vault.mapping"
            " WHERE columns ->> 'fingerprint' = %s ORDER BY saved_at DESC LIMIT 1",
            [fingerprint(header)],
        )
        row = cursor.fetchone()
    return (row[0], row[1], _columns(row[2])) if row else None


def knows(mapping: Mapping[str, str] | str | None) -> Callable[[str], float]:
    """What finds a header row: names of fields, and names that a mapping, given or saved, has."""
    told = set(mapping) if isinstance(mapping, Mapping) else set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT jsonb_object_keys(columns -> 'columns') FROM vault.mapping")
        told |= {row[0] for row in cursor.fetchall()}
    return lambda cell: 1.0 if cell in told else targets.known(cell)


def names(collection: int) -> list[str]:
    """The names of the saved mappings of a collection."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM vault.mapping WHERE collection = %s ORDER BY name", [collection]
        )
        return [row[0] for row in cursor.fetchall()]


def _columns(stored: str | Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    read = json.loads(stored) if isinstance(stored, str) else stored
    return dict(read["columns"])
