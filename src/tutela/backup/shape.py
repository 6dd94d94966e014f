"""What a database is besides its rows and grants: triggers, foreign keys, indexes. The same reading at the backup,
for the manifest, and after a restore, for the comparison."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Protocol

from tutela.crypto.digest import sha256

OWN: Final = "n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'"
_TRIGGERS: Final = f"""
    SELECT n.nspname || '.' || c.relname, t.tgname || ' ' || t.tgenabled::text || ' ' || pg_get_triggerdef(t.oid)
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE NOT t.tgisinternal AND {OWN}"""
_FOREIGN_KEYS: Final = f"""
    SELECT n.nspname || '.' || c.relname,
        k.conname || ' ' || k.convalidated::text || ' ' || pg_get_constraintdef(k.oid)
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE k.contype = 'f' AND {OWN}"""
# Not its definition: a condition is written in other words once it was dumped and read again.
_INDEXES: Final = f"""
    SELECT n.nspname || '.' || c.relname, concat_ws(' ', x.relname, i.indisunique, i.indisprimary,
        (SELECT string_agg(coalesce(a.attname, '?'), ',' ORDER BY k.n)
            FROM unnest(i.indkey) WITH ORDINALITY k (att, n)
            LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.att),
        i.indpred IS NOT NULL, i.indexprs IS NOT NULL, i.indisvalid)
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_class x ON x.oid = i.indexrelid WHERE {OWN}"""
_QUESTIONS: Final = {
    "triggers": _TRIGGERS,
    "foreign_keys": _FOREIGN_KEYS,
    "indexes": _INDEXES,
}
Group = Mapping[str, Sequence[Any]]
"""By table: how many lines, and the SHA-256 of them, sorted."""


class Asked(Protocol):
    """A cursor, of Django or psycopg."""

    def execute(self, query: Any, params: Any = None) -> Any: ...

    def fetchall(self) -> list[Any]: ...


def describe(cursor: Asked) -> dict[str, Group]:
    """`triggers`, `foreign_keys` and `indexes` by table, ready for JSON."""
    found = {}
    for kind, question in _QUESTIONS.items():
        cursor.execute(question)
        found[kind] = _digested(cursor.fetchall())
    return found


def _digested(rows: Iterable[Sequence[Any]]) -> Group:
    lines: dict[str, list[str]] = defaultdict(list)
    for name, line in rows:
        lines[str(name)].append(str(line))
    return {
        name: [len(some), sha256("\n".join(sorted(some)).encode()).hex()]
        for name, some in sorted(lines.items())
    }


def differences(wanted: Mapping[str, Group], found: Mapping[str, Group]) -> dict[str, list[str]]:
    """By kind, the tables whose lines differ; empty if all are alike."""
    unlike: dict[str, list[str]] = {}
    for kind, group in wanted.items():
        here = found.get(kind, {})
        names = [
            name
            for name in sorted({*group, *here})
            if list(group.get(name, ())) != list(here.get(name, ()))
        ]
        if names:
            unlike[kind] = names
    return unlike
