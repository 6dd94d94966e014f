"""Where a set is restored into: servers, and commands of this program on a restored copy.

Only the running installation knows how a PostgreSQL is started and how its own commands are called; the shell
(`cli`) declares that here.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol, cast

import psycopg

from tutela.base.registry import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A PostgreSQL and the role that may create databases and roles in it. `host` is a name or the folder of a
    socket; `binaries` holds the programs of the server's own version; `home` is the data directory of an embedded
    one."""

    host: str
    port: int
    user: str
    binaries: Path
    home: Path | None = None
    password: str = field(default="", repr=False)
    options: Mapping[str, str] = field(default_factory=dict)

    def connect(self, database: str = "postgres") -> "psycopg.Connection[Any]":
        """An autocommit connection; psycopg.OperationalError."""
        return psycopg.connect(
            host=self.host, port=self.port, user=self.user, password=self.password or None, dbname=database,
            autocommit=True, connect_timeout=10, application_name="tutela-restore",
            **cast(dict[str, Any], dict(self.options)),
        )  # fmt: skip

    def variables(self, database: str) -> dict[str, str]:
        """What PostgreSQL's programs read from their environment."""
        found = {
            "PGHOST": self.host, "PGPORT": str(self.port), "PGUSER": self.user, "PGDATABASE": database,
            "LC_ALL": "C", "PGAPPNAME": "tutela-restore",
        }  # fmt: skip
        found |= {f"PG{name.upper()}": text for name, text in self.options.items()}
        return found | ({"PGPASSWORD": self.password} if self.password else {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Where commands run on a restored copy: a data directory and a database. `is_scratch`: nothing that reaches
    people or targets is passed on. `url`: of an external database; else the embedded one of the data directory."""

    home: Path
    database: str
    is_scratch: bool
    url: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended: its exit code, its JSON lines, and the code of its refusal."""

    code: int
    rows: Sequence[Mapping[str, Any]]
    refusal: str


class Machine(Protocol):
    """What the shell does for restores."""

    def scratch(self, folder: Path) -> AbstractContextManager[Server]:
        """A new, private server below a folder, gone with all it holds afterwards."""

    def own(self) -> AbstractContextManager[Server]:
        """The installation's own embedded server, made if its files are gone."""

    def binaries(self) -> Path:
        """The programs of the embedded server's version."""

    def is_running(self) -> bool:
        """Whether the service runs on this data directory."""

    def role_statements(self) -> list[str]:
        """SQL that makes the roles, each if missing."""

    def database_statements(self, database: str) -> list[str]:
        """SQL that makes schemas and rights in a database, idempotent."""

    def run(self, seat: Seat, words: Sequence[str], seconds: float) -> Done:
        """A command of this program on a copy, to its end."""

    def serve(self, seat: Seat) -> AbstractContextManager[str]:
        """The web server alone on a copy, without worker: its address while it runs."""


MACHINES: Final[Registry[Machine]] = Registry("machine of restores")


def machine() -> Machine:
    """What the shell declared."""
    return MACHINES["machine"]
