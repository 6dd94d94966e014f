"""The programs of PostgreSQL: those of the server's own version, tried before they are used.

A tool that cannot start is a fault of the backup and no verdict on the data. The embedded server has its own
in the wheel; for another server they are Debian's, or stand in the folder TUTELA_POSTGRES_TOOLS.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connections

from tutela.base.registry import Registry

from .errors import ToolFailedToStart, ToolMissing, ToolOlder

EMBEDDED: Final = Registry[Callable[[], Path | None]]("PostgreSQL's own programs")
"""`embedded`: the folder of the embedded server's programs, None where another server is used. Filled by
`cli`."""
_DEBIAN: Final = Path("/usr/lib/postgresql")
_VERSION: Final = re.compile(r"\(PostgreSQL\) (\d+)")
_NOT_STARTED: Final = 127
_SECONDS: Final = 30


@dataclass(frozen=True, slots=True)
class Tools:
    """Programs of one major version in one folder."""

    folder: Path
    major: int
    version: str

    def path(self, program: str) -> str:
        return str(self.folder / program)


def tools(server: int) -> Tools:
    """The client programs for a server of this major version. ToolMissing, ToolOlder, ToolFailedToStart."""
    oldest: Tools | None = None
    for folder in _folders(server):
        if not (folder / "pg_dump").exists():
            continue
        found = asked(folder)
        if found.major >= server:
            return found
        oldest = oldest or found
    if oldest is not None:
        raise ToolOlder(tool=oldest.major, server=server)
    raise ToolMissing(server=server)


def server_major() -> int:
    """The major version of the server that we use."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10_000


def asked(folder: Path, program: str = "pg_dump") -> Tools:
    """What a program says of its version; ToolFailedToStart."""
    try:
        done = subprocess.run(
            [str(folder / program), "--version"],
            capture_output=True, text=True, check=False, timeout=_SECONDS, env=around(),
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        raise ToolFailedToStart(tool=program, exit=_NOT_STARTED) from None
    said = _VERSION.search(done.stdout)
    if done.returncode or said is None:
        code = 128 - done.returncode if done.returncode < 0 else done.returncode
        raise ToolFailedToStart(tool=program, exit=code)
    return Tools(folder, int(said[1]), done.stdout.strip())


def _folders(server: int) -> list[Path]:
    """Where the programs may be, the best first."""
    named = settings.TUTELA_POSTGRES_TOOLS
    if named:
        return [Path(named)]
    embedded = [found for ask in EMBEDDED.values() if (found := ask()) is not None]
    if embedded:
        return embedded
    newer = sorted((int(path.name) for path in _DEBIAN.glob("[0-9]*")), reverse=False)
    folders = [_DEBIAN / str(major) / "bin" for major in newer if major >= server]
    on_path = shutil.which("pg_dump")
    return [*folders, *([Path(on_path).parent] if on_path else [])]


def around(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a program: English messages, no settings or secrets of ours."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return {**kept, "LC_ALL": "C", "PGTZ": "UTC", **(more or {})}


_OPTIONS: Final = {
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "connect_timeout": "PGCONNECT_TIMEOUT",
    "target_session_attrs": "PGTARGETSESSIONATTRS",
}


def login(alias: str = "owner") -> dict[str, str]:
    """The variables with which a program signs in as one of our roles; the password is on no command line."""
    entry: Mapping[str, Any] = connections[alias].settings_dict
    names = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    found = {name: str(entry[key]) for name, key in names.items() if entry.get(key)}
    options: Mapping[str, Any] = entry.get("OPTIONS", {})
    for key, name in _OPTIONS.items():
        if key in options:
            found[name] = str(options[key])
    return {**found, "PGAPPNAME": "tutela-backup"}


def run(
    program: Sequence[str], *, variables: Mapping[str, str], seconds: float | None = None
) -> int:
    """Run a program to its end; its exit code, 128 and more for a signal. ToolFailedToStart if there is none."""
    try:
        done = subprocess.run(
            list(program), env=around(variables), check=False, timeout=seconds,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    except OSError:
        raise ToolFailedToStart(tool=Path(program[0]).name, exit=_NOT_STARTED) from None
    return 128 - done.returncode if done.returncode < 0 else done.returncode
