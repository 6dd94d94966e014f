"""What a process that Tutela starts gets from its surroundings: nothing secret, nothing it does not need.

Secrets go to our own processes in a file without a name, which lies in memory and which they inherit; so
`/proc/<pid>/environ` and the server, which copies its environment into every request, know none.
"""

import json
import os
import tempfile
from dataclasses import dataclass, field

from tutela.base import env

PASSED = frozenset({
    "PATH", "HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "VIRTUAL_ENV", "LD_LIBRARY_PATH",
    "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE",
    "http_proxy", "https_proxy", "all_proxy", "no_proxy", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY",
})  # fmt: skip
PREFIXES = ("LC_", "PYTHON")
OURS = "TUTELA_"
# PostgreSQL refuses a language of the terminal that this machine does not have.
_PLAIN = {"LC_ALL": "C"}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Variables and open files of a child."""

    variables: dict[str, str]
    files: tuple[int, ...] = field(default=())


def of_server() -> dict[str, str]:
    """For PostgreSQL's programs: nothing of Tutela."""
    return {name: text for name, text in os.environ.items() if _passes(name)} | _PLAIN


def of_ours() -> Surroundings:
    """For our own processes: settings that are no secrets, and the file with those that are."""
    hidden = {*env.SECRETS, *(f"{name}_FILE" for name in env.SECRETS)}
    kept = {
        name: text
        for name, text in os.environ.items()
        if _passes(name) or (name.startswith(OURS) and name not in hidden)
    }
    number = os.environ.get(env.HANDED)
    handed = int(number) if number else _handed({name: env.secret(name) for name in env.SECRETS})
    return Surroundings(kept | {env.HANDED: str(handed)}, (handed,))


def _passes(name: str) -> bool:
    return name in PASSED or name.startswith(PREFIXES)


def _handed(secrets: dict[str, str | None]) -> int:
    """The number of a file in memory that holds them; it is gone with the last process that has it open."""
    text = json.dumps({name: secret for name, secret in secrets.items() if secret is not None})
    file = os.memfd_create("tutela") if hasattr(os, "memfd_create") else _unnamed()
    os.write(file, env.HANDED_MARK + text.encode())
    os.set_inheritable(file, True)
    return file


def _unnamed() -> int:
    """Where the system has no files in memory: one that no folder lists."""
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())
