"""Mappings kept by name, and recalled by a file's columns."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import connection

from tutela.access import queries as people
from tutela.base.actor import Actor

from . import plan, statements, targets
from .errors import MappingMissing, MappingTaken
from .plan import Plan


def save(actor: Actor, name: str, checked: Plan, header: Sequence[str]) -> None:
    """Keep a mapping under a name, in place of the account's own of that name. MappingTaken."""
    mapping = {
        "columns": checked.as_dict(),
        "clears": sorted(checked.clears),
        "fingerprint": plan.fingerprint(header),
    }
    columns = json.dumps(mapping, ensure_ascii=False)
    if not statements.save_mapping((name, checked.collection, columns, actor.id)):
        raise MappingTaken


class SavedMappings:
    """The saved mappings that count for one account: its own, and those of machine accounts, which only
    the host's operator saves. A person's never decides how another's file, or a source's feed, is read."""

    def __init__(self, actor: Actor) -> None:
        self.savers = [actor.id, *people.machine_ids()]

    def load(self, name: str, collection: int) -> Plan:
        """A saved mapping by its name, or MappingMissing."""
        rows = _fetch(
            "SELECT columns FROM vault.mapping WHERE name = %s AND collection = %s"
            " AND saved_by = ANY(%s)",
            [name, collection, self.savers],
        )
        if not rows:
            raise MappingMissing
        return _plan(collection, rows[0][0])

    def recognised(self, header: Sequence[str]) -> tuple[str, Plan] | None:
        """The newest saved mapping for a file with these columns, and its name."""
        rows = _fetch(
            "SELECT name, collection, columns FROM vault.mapping"
            " WHERE columns ->> 'fingerprint' = %s AND saved_by = ANY(%s)"
            " ORDER BY saved_at DESC LIMIT 1",
            [plan.fingerprint(header), self.savers],
        )
        return (rows[0][0], _plan(rows[0][1], rows[0][2])) if rows else None

    def knows(self, mapping: Mapping[str, str] | str | None) -> Callable[[str], float]:
        """What finds a header row: names of fields, and names that a mapping, given or saved, has."""
        names = set(mapping) if isinstance(mapping, Mapping) else set()
        rows = _fetch(
            "SELECT DISTINCT jsonb_object_keys(columns -> 'columns') FROM vault.mapping"
            " WHERE saved_by = ANY(%s)",
            [self.savers],
        )
        names |= {row[0] for row in rows}
        return lambda cell: 1.0 if cell in names else targets.known(cell)

    def names(self, collection: int) -> list[str]:
        """The names of the mappings of a collection."""
        rows = _fetch(
            "SELECT name FROM vault.mapping WHERE collection = %s AND saved_by = ANY(%s)"
            " ORDER BY name",
            [collection, self.savers],
        )
        return [row[0] for row in rows]


def _fetch(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _plan(collection: int, stored: str | Mapping[str, Any]) -> Plan:
    """The plan as it was saved; one of an earlier release clears nothing."""
    read = json.loads(stored) if isinstance(stored, str) else stored
    return Plan(collection, tuple(read["columns"].items()), frozenset(read.get("clears", ())))
