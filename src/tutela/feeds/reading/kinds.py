"""The log formats by name: what each is called, and its reader."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tutela.feeds.errors import ReaderUnknown

from .jumpserver import JumpServerReader
from .mapped import CsvReader, JsonReader
from .mapping import LogMapping
from .mysql import MariaReader, MysqlJsonReader, MysqlXmlReader
from .postgresql import PostgresReader
from .syslog import MariaSyslogReader, SyslogReader
from .told import Reader


@dataclass(frozen=True, slots=True)
class LogFormat:
    """One format. `is_mapped` where the company says which column is what."""

    name: str
    label: Promise
    reader: Callable[[LogMapping], Reader]
    is_mapped: bool = False


FORMATS: Final[dict[str, LogFormat]] = {
    each.name: each
    for each in (
        LogFormat("csv", _("Own log: CSV"), CsvReader, is_mapped=True),
        LogFormat("jsonl", _("Own log: JSON lines"), JsonReader, is_mapped=True),
        LogFormat("syslog", _("Own log: syslog (RFC 5424, RFC 3164)"), SyslogReader, is_mapped=True),
        LogFormat(
            "pgaudit-csv", _("PostgreSQL: pgaudit in csvlog"),
            partial(PostgresReader, is_json=False, is_audit=True),
        ),
        LogFormat(
            "pgaudit-json", _("PostgreSQL: pgaudit in jsonlog"),
            partial(PostgresReader, is_json=True, is_audit=True),
        ),
        LogFormat(
            "postgresql-csv", _("PostgreSQL: log_statement in csvlog"),
            partial(PostgresReader, is_json=False, is_audit=False),
        ),
        LogFormat(
            "postgresql-json", _("PostgreSQL: log_statement in jsonlog"),
            partial(PostgresReader, is_json=True, is_audit=False),
        ),
        LogFormat("mariadb", _("MariaDB: server_audit, file"), MariaReader),
        LogFormat("mariadb-syslog", _("MariaDB: server_audit, syslog"), MariaSyslogReader),
        LogFormat("mysql-json", _("MySQL and Percona: audit log, JSON"), MysqlJsonReader),
        LogFormat("mysql-xml", _("MySQL and Percona: audit log, XML"), MysqlXmlReader),
        LogFormat(
            "jumpserver-json", _("JumpServer: sessions and commands, JSON"),
            partial(JumpServerReader, source="json"),
        ),
        LogFormat(
            "jumpserver-csv", _("JumpServer: sessions and commands, CSV"),
            partial(JumpServerReader, source="csv"),
        ),
        LogFormat(
            "jumpserver-syslog", _("JumpServer: sessions and commands, syslog"),
            partial(JumpServerReader, source="syslog"),
        ),
    )
}  # fmt: skip


def format_named(name: str) -> LogFormat:
    """ReaderUnknown for a name that there is not."""
    try:
        return FORMATS[name]
    except KeyError:
        raise ReaderUnknown from None
