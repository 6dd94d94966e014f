"""One moment of the database, and what it held then: counts, keyed sample hashes, grants, versions.

`open_snapshot` exports the snapshot that pg_dump reads too. `figures` asks any database the same questions, so
that a restored one can be compared. The key of the hashes lies in the sealed set only: who reads a manifest
cannot try out whether somebody is a customer.
"""

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import psycopg
from django.db import connections
from psycopg import sql

from tutela.base import clock

SAMPLE_ROWS: Final = 256
"""About how many rows of a table are hashed; of a smaller table, all."""
MOST_SAMPLED: Final = 4_096
_MASK: Final = (1 << 60) - 1
_DJANGO_ONLY: Final = {
    "context",
    "cursor_factory",
    "prepare_threshold",
    "server_side_binding",
    "pool",
}
# What decides how a row is written as text, the same wherever it is asked.
_AS_TEXT: Final = (
    "SET LOCAL datestyle = 'ISO, YMD'", "SET LOCAL intervalstyle = 'postgres'", "SET LOCAL timezone = 'UTC'",
    "SET LOCAL extra_float_digits = 1", "SET LOCAL bytea_output = 'hex'", "SET LOCAL statement_timeout = 0",
    "SET LOCAL idle_in_transaction_session_timeout = 0", "SET LOCAL row_security = off",
)  # fmt: skip
_TABLES: Final = """
    SELECT n.nspname, c.relname, pg_total_relation_size(c.oid), c.relrowsecurity,
           coalesce((SELECT array_agg(a.attname ORDER BY k.ord)
                       FROM pg_index i, unnest(i.indkey) WITH ORDINALITY AS k (att, ord), pg_attribute a
                      WHERE i.indrelid = c.oid AND i.indisprimary AND a.attrelid = c.oid
                        AND a.attnum = k.att), '{}')
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND c.relpersistence = 'p' AND n.nspname !~ '^(pg_|information_schema$)'
     ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C" """
_GRANTS: Final = """
    SELECT r.rolname, what || ' ' || name || ' ' || string_agg(
               a.privilege_type || CASE WHEN a.is_grantable THEN '*' ELSE '' END, ',' ORDER BY a.privilege_type)
      FROM (SELECT 'schema' AS what, nspname AS name, nspname AS schema, nspacl AS acl, nspowner AS owner
              FROM pg_namespace
            UNION ALL
            SELECT 'relation', n.nspname || '.' || c.relname, n.nspname, c.relacl, c.relowner
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            UNION ALL
            SELECT 'column', n.nspname || '.' || c.relname || '.' || t.attname, n.nspname, t.attacl, c.relowner
              FROM pg_attribute t JOIN pg_class c ON c.oid = t.attrelid
              JOIN pg_namespace n ON n.oid = c.relnamespace WHERE NOT t.attisdropped
            UNION ALL
            SELECT 'function', p.oid::regprocedure::text, n.nspname, p.proacl, p.proowner
              FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace) held,
           aclexplode(held.acl) a JOIN pg_roles r ON r.oid = a.grantee
     WHERE schema !~ '^(pg_|information_schema$)' AND a.grantee <> held.owner
     GROUP BY r.rolname, what, name ORDER BY r.rolname COLLATE "C", what, name COLLATE "C" """
_ROLES: Final = """
    SELECT rolname, rolcanlogin, coalesce(rolconfig, '{}') FROM pg_roles
     WHERE oid IN (SELECT relowner FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname !~ '^(pg_|information_schema$)'
                   UNION SELECT a.grantee FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
                                aclexplode(c.relacl) a WHERE n.nspname !~ '^(pg_|information_schema$)')
     ORDER BY rolname COLLATE "C" """


@dataclass(frozen=True, slots=True)
class Table:
    """A table as the catalogue knows it; `size` with its indexes, in bytes."""

    schema: str
    name: str
    size: int
    guarded: bool
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """What a table held: its rows, how many were hashed, and their keyed hash in hex."""

    schema: str
    name: str
    rows: int
    sampled: int
    sample: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An open snapshot. `id` is what pg_dump takes; `server` as in 180004."""

    link: "psycopg.Connection[Any]"
    id: str
    at: datetime
    server: int

    @property
    def major(self) -> int:
        return self.server // 10_000


def owner_connection(name: str = "tutela-backup") -> "psycopg.Connection[Any]":
    """A connection as the role that owns the tables."""
    given = connections["owner"].get_connection_params()
    arguments = {key: value for key, value in given.items() if key not in _DJANGO_ONLY}
    return psycopg.connect(**{**arguments, "application_name": name})


@contextmanager
def open_snapshot() -> Iterator[Snapshot]:
    """A REPEATABLE READ transaction whose snapshot is exported as long as it is open."""
    with owner_connection() as link:
        link.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        link.read_only = True
        prepare(link)
        row = link.execute("SELECT pg_export_snapshot()").fetchone()
        taken = clock.now()
        assert row is not None  # noqa: S101 one row
        yield Snapshot(link, str(row[0]), taken, link.info.server_version)
        link.rollback()


def prepare(link: "psycopg.Connection[Any]") -> None:
    """Set what the figures need, for the transaction that is open."""
    for statement in _AS_TEXT:
        link.execute(statement)


def tables(link: "psycopg.Connection[Any]") -> list[Table]:
    """Every table with rows, partitions singly, in a fixed order."""
    return [
        Table(schema, name, int(size), guarded, tuple(key))
        for schema, name, size, guarded, key in link.execute(_TABLES)
    ]


def figures(link: "psycopg.Connection[Any]", wanted: Sequence[Table], key: bytes) -> list[Figures]:
    """Count and sample tables, in the transaction that `prepare` has prepared. The rows sampled follow from
    the key and their primary keys alone, so that another database with the same rows gives the same."""
    return [figures_of(link, one, key) for one in wanted]


def figures_of(link: "psycopg.Connection[Any]", table: Table, key: bytes) -> Figures:
    """The figures of one table."""
    name = sql.Identifier(table.schema, table.name)
    row = link.execute(sql.SQL("SELECT count(*) FROM {}").format(name)).fetchone()
    rows = int(row[0]) if row else 0
    texts = _sampled(link, table, name, rows, key)
    mac = hmac.new(key, f"{table.schema}.{table.name}".encode(), hashlib.sha256)
    for text in sorted(texts):
        mac.update(len(text).to_bytes(8))
        mac.update(text)
    return Figures(table.schema, table.name, rows, len(texts), mac.hexdigest())


def _sampled(
    link: "psycopg.Connection[Any]", table: Table, name: sql.Identifier, rows: int, key: bytes
) -> list[bytes]:
    if rows <= SAMPLE_ROWS:
        chosen: sql.Composable = sql.SQL("true")
        values: list[Any] = []
    else:
        # A slice of about SAMPLE_ROWS by a keyed hash of the primary key, which no order of rows on disk changes.
        subject = (
            sql.SQL("ROW({})::text").format(sql.SQL(", ").join(map(sql.Identifier, table.key)))
            if table.key
            else sql.SQL("t::text")
        )
        # PostgreSQL's own seeded hash, because every row is asked: MD5 took a fifth of a whole backup.
        hashed = sql.SQL("hashtextextended({}, %s::bigint) & {} < %s::bigint").format(
            subject, sql.Literal(_MASK)
        )
        seed = hmac.new(key, b"sample", hashlib.sha256).digest()
        chosen = hashed
        values = [int.from_bytes(seed[:8], signed=True), (_MASK + 1) * SAMPLE_ROWS // rows]
    statement = sql.SQL("SELECT convert_to(t::text, 'UTF8') FROM {} t WHERE {} LIMIT {}").format(
        name, chosen, sql.Literal(MOST_SAMPLED)
    )
    return [bytes(text) for (text,) in link.execute(statement, values)]


def grants(link: "psycopg.Connection[Any]") -> dict[str, list[str]]:
    """What each role may do to each schema, relation, column and function, as sorted lines."""
    found: dict[str, list[str]] = {}
    for role, line in link.execute(_GRANTS):
        found.setdefault(role, []).append(line)
    return found


def grants_hash(lines: Sequence[str]) -> str:
    """The SHA-256 of a role's lines, in hex."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def roles(link: "psycopg.Connection[Any]") -> list[dict[str, Any]]:
    """The roles that own or may use something, with their settings: they are made before the tables."""
    return [
        {"name": name, "login": login, "settings": list(chosen)}
        for name, login, chosen in link.execute(_ROLES)
    ]


def extensions(link: "psycopg.Connection[Any]") -> dict[str, str]:
    """The extensions and their versions."""
    rows = link.execute("SELECT extname, extversion FROM pg_extension ORDER BY extname")
    return dict(rows)


def migrations(link: "psycopg.Connection[Any]") -> dict[str, str]:
    """The newest migration of each room."""
    rows = link.execute("SELECT app, max(name) FROM django_migrations GROUP BY app ORDER BY app")
    return dict(rows)
