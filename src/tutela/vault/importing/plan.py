"""The mapping of a file's columns onto fields, checked; `mappings` keeps it by name.

A column that is mapped to no field is left out of the import. A field that is not mapped keeps what the
record has, and so does one that is blank in a row: a blank says that the source has nothing to tell. Only
where the plan says that a field's blanks clear does a blank take the stored value away.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tutela.crypto import digest

from . import targets
from .errors import ClearsUnmapped, ColumnUnknown, FieldMissing, FieldTwice, FieldUnknown
from .propose import Proposal
from .targets import Target


@dataclass(frozen=True, slots=True)
class Plan:
    """`columns` maps the name of a column to the code of a field; unmapped columns are not in it. `clears`
    are the codes of mapped fields whose stored value a blank cell clears."""

    collection: int
    columns: tuple[tuple[str, str], ...]
    clears: frozenset[str] = frozenset()

    def as_dict(self) -> dict[str, str]:
        return dict(self.columns)

    def clearing(self, fields: Iterable[str]) -> "Plan":
        """The plan in which the blanks of these fields, and of no other, clear; ClearsUnmapped."""
        mapped = {field for _name, field in self.columns}
        for field in fields:
            if field not in mapped:
                raise ClearsUnmapped(field=field[:64])
        return replace(self, clears=frozenset(fields))

    def places(self, header: Sequence[str]) -> list[tuple[int, Target]]:
        """(index of the column, target) of every mapped column of a file."""
        known = targets.by_code(self.collection)
        index = {name: place for place, name in enumerate(header)}
        return [(index[name], known[field]) for name, field in self.columns]


def from_proposals(collection: int, proposals: Iterable[Proposal]) -> Plan:
    """The plan that a proposal is."""
    return Plan(collection, tuple((p.column, p.field) for p in proposals if p.field))


def narrower(base: Plan, proposals: Iterable[Proposal]) -> Plan:
    """The plan that is left of another one by its proposals."""
    left = from_proposals(base.collection, proposals)
    return replace(left, clears=base.clears & {field for _name, field in left.columns})


def checked(
    collection: int,
    columns: Mapping[str, str],
    header: Sequence[str],
    clears: frozenset[str] = frozenset(),
) -> Plan:
    """The plan, when it can be used with a file's columns; an error names what is wrong. Of `clears` the
    mapped fields stay."""
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
    mapped = tuple((name, field) for name, field in columns.items() if field)
    return Plan(collection, mapped, clears & users.keys())


def _check_one(name: str, field: str, header: Sequence[str], collection: int) -> None:
    if name not in header:
        raise ColumnUnknown(column=name[:64])
    if field not in targets.by_code(collection):
        code = targets.collection_code(collection)
        raise FieldUnknown(column=name[:64], field=field[:64], collection=code)


def fingerprint(columns: Iterable[str]) -> str:
    """12 hex digits that are the same for the same set of column names, in whatever order."""
    names = json.dumps(sorted(column for column in columns if column), ensure_ascii=False)
    return digest.sha256(names.encode()).hex()[:12]
