"""A dump into a new database: roles first, then all of the dump, and nothing in its place before it is checked."""

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg import sql

from tutela.backup.scratch import Machine, Server

from .errors import (
    DatabaseLive,
    DatabaseNotEmpty,
    RestoreFailed,
    RightMissing,
    RoleMissing,
    ServerAway,
    ServerOlder,
    ToolNotStarted,
)
from .inspection import MARK

SIGNALS: Final = 128
_HERE: Final = "SELECT 1 FROM pg_database WHERE datname = %s"
_COMMENT: Final = (
    "SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database WHERE datname = %s"
)
_OTHERS: Final = """
    SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()
    AND backend_type = 'client backend'"""
_TABLES: Final = """
    SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND n.nspname NOT LIKE 'pg\\_%'
        AND n.nspname <> 'information_schema'"""
_ROLES: Final = "SELECT rolname FROM pg_roles"
_MAY: Final = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
_ROLE: Final = r"(\"[^\"]+\"|[a-z_][a-z0-9_$]*)"
_NAMES_ROLE: Final = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        rf"^(?:GRANT|REVOKE) .* (?:TO|FROM) {_ROLE}(?: WITH GRANT OPTION)?;$",
        rf"^ALTER .* OWNER TO {_ROLE};$",
        rf"^ALTER DEFAULT PRIVILEGES FOR ROLE {_ROLE} ",
        rf"^ALTER DEFAULT PRIVILEGES .* (?:TO|FROM) {_ROLE};$",
    )
)
_WORDS_OF_FAULT: Final = re.compile(r"error: (?:could not execute query: )?ERROR:  ([a-z ]{1,60})")


def connect(server: Server, database: str = "postgres") -> "psycopg.Connection[Any]":
    """A connection; ServerAway."""
    try:
        return server.connect(database)
    except psycopg.OperationalError as error:
        raise ServerAway from error


def check_server(server: Server, dumped_major: int) -> int:
    """The server's major version; ServerAway, RightMissing, ServerOlder."""
    with connect(server) as link:
        major = link.info.server_version // 10_000
        row = link.execute(_MAY).fetchone()
    if row is None or not row[0]:
        raise RightMissing(role=server.user)
    if major < dumped_major:
        raise ServerOlder(dumped=dumped_major, server=major)
    return major


def check_free(server: Server, database: str) -> None:
    """DatabaseLive, DatabaseNotEmpty: a restore replaces nothing that holds anything or that anybody uses."""
    with connect(server) as link:
        if link.execute(_HERE, [database]).fetchone() is None:
            return
        count = _number(link, _OTHERS, [database])
    if count:
        raise DatabaseLive(database=database, count=count)
    with connect(server, database) as link:
        tables = _number(link, _TABLES, [])
    if tables:
        raise DatabaseNotEmpty(database=database, tables=tables)


def begun_by_restore(server: Server, database: str) -> str:
    """What the comment of a restore says on a database: "" for none, else what follows MARK."""
    with connect(server) as link:
        row = link.execute(_COMMENT, [database]).fetchone()
    text = str(row[0]) if row else ""
    return text.removeprefix(MARK).strip() if text.startswith(MARK) else ""


def make(server: Server, database: str, note: str, machine: Machine) -> None:
    """Roles, then an empty database for the dump; what a broken-off restore left is dropped. DatabaseNotEmpty."""
    with connect(server) as link:
        if link.execute(_HERE, [database]).fetchone() is not None:
            if not begun_by_restore(server, database):
                check_free(server, database)
            _drop(link, database)
        for statement in machine.role_statements():
            link.execute(statement.encode())
        name = sql.Identifier(database)
        link.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(name))
        mark(server, database, note)


def mark(server: Server, database: str, note: str) -> None:
    """Say on a database which restore made it and how far it is; "" takes that off."""
    text = f"{MARK} {note}" if note else None
    with connect(server) as link:
        link.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(
                sql.Identifier(database), sql.Literal(text)
            )
        )


def drop(server: Server, database: str) -> None:
    """Drop what a restore made; anything else stays."""
    if begun_by_restore(server, database):
        with connect(server) as link:
            _drop(link, database)


def _drop(link: "psycopg.Connection[Any]", database: str) -> None:
    link.execute(
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database))
    )


def check_roles(server: Server, dumps: Sequence[Path], made_here: Sequence[str] = ()) -> list[str]:
    """The roles that the dumps name as owners or grant rights to. RoleMissing before anything is restored: with
    one role missing, pg_restore loses every grant of that table. `made_here` are roles that `make` will create."""
    named: set[str] = set()
    for dump in dumps:
        script = run_tool(
            server, "pg_restore", ["--schema-only", "-f", "-", str(dump)], database=""
        )
        named |= {word.strip('"') for each in _NAMES_ROLE for word in each.findall(script)}
    named -= {"PUBLIC", "public"}
    with connect(server) as link:
        known = {row[0] for row in link.execute(_ROLES)} | set(made_here)
    missing = sorted(named - known)
    if missing:
        raise RoleMissing(roles=", ".join(missing))
    return sorted(named)


def load(server: Server, database: str, dump: Path, jobs: int) -> None:
    """Restore a dump. Triggers, keys and grants come after the rows, so that no insert trigger fires.
    RestoreFailed, ToolNotStarted."""
    words = ["--exit-on-error", "--no-password", f"--jobs={jobs}", "--dbname", database, str(dump)]
    run_tool(server, "pg_restore", words, database=database)


def finish(server: Server, database: str, machine: Machine) -> None:
    """What belongs to the database itself and is in no dump of its schemas; then the planner's figures."""
    with connect(server, database) as link:
        for statement in machine.database_statements(_quoted(database)):
            link.execute(statement.encode())
        link.execute("ANALYZE")


def switch(server: Server, temporary: str, database: str) -> None:
    """Put a checked database in its place: the empty one that stood there goes. DatabaseLive, DatabaseNotEmpty."""
    check_free(server, database)
    with connect(server) as link:
        _drop(link, database)
        link.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(temporary), sql.Identifier(database)
            )
        )
    mark(server, database, "")


def run_tool(server: Server, tool: str, words: Sequence[str], *, database: str) -> str:
    """Run one of PostgreSQL's programs; its output. ToolNotStarted when it ends by a signal or is not there,
    RestoreFailed when it says that something is wrong."""
    program = server.binaries / tool
    around: Mapping[str, str] = server.variables(database) if database else {"LC_ALL": "C"}
    try:
        done = subprocess.run(
            [str(program), *words], capture_output=True, stdin=subprocess.DEVNULL, check=False, cwd="/",
            env={"PATH": os.environ.get("PATH", ""), **around},
        )  # fmt: skip
    except OSError as error:
        raise ToolNotStarted(tool=tool, exit=error.errno or 0) from error
    if done.returncode < 0 or done.returncode >= SIGNALS - 2:
        raise ToolNotStarted(tool=tool, exit=done.returncode)
    if done.returncode:
        raise RestoreFailed(tool=tool, exit=done.returncode, why=_why(done.stderr))
    return done.stdout.decode(errors="replace")


def _why(words: bytes) -> str:
    """The kind of fault in a program's words, without names and values."""
    found = _WORDS_OF_FAULT.search(words.decode(errors="replace"))
    return found.group(1).strip().replace(" ", "_") if found else ""


def _quoted(database: str) -> str:
    return '"' + database.replace('"', '""') + '"'


def _number(link: "psycopg.Connection[Any]", statement: str, values: Sequence[object]) -> int:
    row = link.execute(statement.encode(), values or None).fetchone()
    return int(row[0]) if row else 0


def remove_tree(folder: Path) -> None:
    """Remove a working folder with all it holds; what is gone already is no fault."""
    import shutil

    with suppress(FileNotFoundError):
        shutil.rmtree(folder)
