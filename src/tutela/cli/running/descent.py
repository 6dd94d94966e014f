"""Dropping privileges: how root starts child processes as the ordinary account, and gives it the data directory.

If the account cannot reach the program or the data, a child keeps the capability CAP_DAC_READ_SEARCH; for a
port below 1024 CAP_NET_BIND_SERVICE. `setpriv` of util-linux passes capabilities on; without it the start is
refused.
"""

import os
import shutil
import stat
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from tutela.cli.running import layout
from tutela.cli.running.account import Account
from tutela.cli.running.errors import StartRefused
from tutela.cli.translations import gettext as _

READ, LISTEN = "dac_read_search", "net_bind_service"
OURS_ALONE = {"cluster", "run", "logs", "up.lock", "cluster.lock", "cluster.users"}
"""Files of PostgreSQL or the supervisor that stay root's: the account must not control what root writes to."""
_TEST = """
for path do
    test -r "$path" && { test -f "$path" || test -x "$path"; } || { echo "$path"; exit; }
done
"""
_FREE_PORTS = Path("/proc/sys/net/ipv4/ip_unprivileged_port_start")


@dataclass(frozen=True, slots=True)
class Descent:
    """Prefix of a child's command, arguments of Popen, and the path that the account cannot reach, if any."""

    prefix: list[str] = field(default_factory=list)
    popen: dict[str, Any] = field(default_factory=dict)
    closed: str = ""


def prepare(home: Path, account: Account) -> Descent:
    """Give the data directory to the account; returns how to start children as it. StartRefused."""
    if account.uid is None:
        return Descent()
    settle(home, account)
    closed = _closed(home, account)
    rights = [READ] * bool(closed) + [LISTEN] * _needs_right(settings.TUTELA_HTTPS_PORT)
    if not rights:
        return Descent([], account.as_popen())
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise StartRefused(
            _(
                "The account with uid %(uid)s cannot access %(path)s or listen on port "
                "%(port)s, and setpriv (util-linux) is missing; install it, or choose "
                "other directories and a port of 1024 or above."
            )
            % {"uid": account.uid, "path": closed or home, "port": settings.TUTELA_HTTPS_PORT}
        )
    capabilities = ",".join(["-all", *(f"+{right}" for right in rights)])
    as_account = [f"--reuid={account.uid}", f"--regid={account.gid}", "--clear-groups"]
    limits = [f"--{kind}={capabilities}" for kind in ("inh-caps", "ambient-caps", "bounding-set")]
    return Descent([setpriv, *as_account, *limits, "--no-new-privs"], {}, closed)


def settle(home: Path, account: Account) -> None:
    """Change the owner of root's files in the data directory to the account, which keeps keys, uploads and
    certificates there. Modes are unchanged; hard and symbolic links are skipped."""
    if account.uid is None or account.gid is None:
        return
    _give(home, account.uid, account.gid)
    for entry in home.iterdir():
        if entry.name in OURS_ALONE:
            continue
        _give(entry, account.uid, account.gid)
        for folder, folders, files in os.walk(entry):
            for name in (*folders, *files):
                _give(Path(folder) / name, account.uid, account.gid)


def settle_after() -> None:
    """`settle` for the owner of the data directory, after a command run by root."""
    home = Path(settings.TUTELA_HOME)
    with suppress(OSError):
        owner = home.stat()
        if os.geteuid() == 0 and owner.st_uid:
            settle(home, Account(owner.st_uid, owner.st_gid))


def _give(path: Path, uid: int, gid: int) -> None:
    with suppress(OSError):
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            status = os.fstat(file)
            if status.st_uid == 0 and (stat.S_ISDIR(status.st_mode) or status.st_nlink == 1):
                os.fchown(file, uid, gid)
        finally:
            os.close(file)


def _closed(home: Path, account: Account) -> str:
    """The first file or folder that a child needs and the account cannot reach, or ""."""
    tls = [settings.TUTELA_TLS_CERTIFICATE, settings.TUTELA_TLS_KEY]
    modules = [sys.modules[name].__file__ for name in ("os", "django", "tutela")]
    front_end = [path for _name, path in layout.front_end()]
    needed = [
        str(home),
        sys.executable,
        *(name for name in modules if name),
        *front_end,
        *filter(None, tls),
    ]
    result = subprocess.run(
        ["/bin/sh", "-c", _TEST, "sh", *needed], check=False, cwd="/", capture_output=True, text=True,
        env={"PATH": "/usr/bin:/bin"}, **account.as_popen(),
    )  # fmt: skip
    return str(result.stdout).strip()


def _needs_right(port: int) -> bool:
    try:
        return port < int(_FREE_PORTS.read_text())
    except (OSError, ValueError):
        return port < 1024
