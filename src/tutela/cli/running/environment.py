"""Environments of child processes: nothing secret, and nothing that they do not need.

Our own processes inherit secrets in an anonymous in-memory file, so that neither `/proc/<pid>/environ` nor the
web server, which copies its environment into every request, has them.
"""

import json
import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from tutela.base import env

PASSED = frozenset({
    "PATH", "HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "VIRTUAL_ENV", "LD_LIBRARY_PATH",
    "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE",
    "http_proxy", "https_proxy", "all_proxy", "no_proxy", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY",
})  # fmt: skip
PREFIXES = ("LC_", "PYTHON")
OURS = "TUTELA_"
FOR_COPIES = frozenset(
    {
        "TUTELA_SUITE",
        "TUTELA_NODE_MODULES",
        "TUTELA_TIME_ZONE",
        "TUTELA_COMPANY",
        "TUTELA_LOG_LEVEL",
    }
)
# PostgreSQL refuses a locale that is not installed on this machine.
_PLAIN = {"LC_ALL": "C"}


@dataclass(frozen=True, slots=True)
class ChildEnvironment:
    """Environment variables and inherited file descriptors of a child."""

    variables: dict[str, str]
    files: tuple[int, ...] = field(default=())


def of_server() -> dict[str, str]:
    """Variables for PostgreSQL's programs: none of Tutela's."""
    return {name: text for name, text in os.environ.items() if _passes(name)} | _PLAIN


def of_ours() -> ChildEnvironment:
    """For our own processes: settings that are not secret, and the file with the secrets."""
    hidden = {*env.SECRETS, *(f"{name}_FILE" for name in env.SECRETS)}
    variables = {
        name: text
        for name, text in os.environ.items()
        if _passes(name) or (name.startswith(OURS) and name not in hidden)
    }
    number = os.environ.get(env.HANDED)
    handed = int(number) if number else _handed({name: env.secret(name) for name in env.SECRETS})
    return ChildEnvironment(variables | {env.HANDED: str(handed)}, (handed,))


def of_copy(home: Path, database: str, passphrase: str | None) -> ChildEnvironment:
    """For our own processes on a restored copy in a data directory of its own: what it needs to open its keys, and
    nothing that reaches people, other disks or targets."""
    variables = {
        name: text for name, text in os.environ.items() if _passes(name) or name in FOR_COPIES
    }
    variables |= {
        "TUTELA_HOME": str(home), "TUTELA_DATABASE_NAME": database, "TUTELA_HTTP_PORT": "0", "HOME": str(home),
    }  # fmt: skip
    handed = _handed({"TUTELA_KEY_PASSPHRASE": passphrase})
    return ChildEnvironment(variables | {env.HANDED: str(handed)}, (handed,))


def of_seat(home: Path, database: str, url: str) -> ChildEnvironment:
    """For our own processes on a database that is to become ours: everything, but for the database."""
    hidden = {*env.SECRETS, *(f"{name}_FILE" for name in env.SECRETS)}
    variables = {
        name: text
        for name, text in os.environ.items()
        if _passes(name) or (name.startswith(OURS) and name not in hidden)
    }
    variables |= {"TUTELA_HOME": str(home), "TUTELA_DATABASE_NAME": database}
    secrets = {name: env.secret(name) for name in env.SECRETS}
    if url:
        secrets |= {"TUTELA_DATABASE_URL": url, "TUTELA_DATABASE_OWNER_URL": url}
    handed = _handed(secrets)
    return ChildEnvironment(variables | {env.HANDED: str(handed)}, (handed,))


def _passes(name: str) -> bool:
    return name in PASSED or name.startswith(PREFIXES)


def _handed(secrets: dict[str, str | None]) -> int:
    """The descriptor of an in-memory file with the secrets, which disappears when the last process closes it."""
    text = json.dumps({name: secret for name, secret in secrets.items() if secret is not None})
    if hasattr(os, "memfd_create"):
        file = os.memfd_create("tutela")
    else:
        with tempfile.TemporaryFile() as unnamed:
            file = os.dup(unnamed.fileno())
    os.write(file, env.HANDED_MARK + text.encode())
    os.set_inheritable(file, True)
    return file
