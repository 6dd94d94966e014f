"""The operating-system account of PostgreSQL, web server and worker.

If Tutela is started by root, these run as an unprivileged account, which must be able to reach PostgreSQL's
binaries and the data without opening closed folders to others. Otherwise they run as the user.
"""

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tutela.cli.running.layout import SHARED, tag
from tutela.cli.translations import gettext as _


@dataclass(frozen=True, slots=True)
class Account:
    """uid and gid to run as; None for the present ones."""

    uid: int | None
    gid: int | None

    def as_popen(self) -> dict[str, Any]:
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def choose(home: Path) -> Account:
    """The account for this data directory: the owner of its data, else an unprivileged one."""
    if os.geteuid() != 0:
        return Account(None, None)
    for place in (home / "cluster" / "PG_VERSION", _outside(home) / "PG_VERSION", home):
        if place.exists() and place.stat().st_uid != 0:
            return Account(place.stat().st_uid, place.stat().st_gid)
    entry = _entry()
    return Account(entry.pw_uid, entry.pw_gid)


def _entry() -> pwd.struct_passwd:
    useradd = shutil.which("useradd")
    if useradd and "tutela" not in {entry.pw_name for entry in pwd.getpwall()}:
        subprocess.run(
            [useradd, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", "tutela"],
            capture_output=True,
            check=False,
        )
    for name in ("tutela", "postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    problem = _("no unprivileged account for PostgreSQL; create one: useradd -r tutela")
    raise SystemExit(f"tutela: {problem}")


def reachable_binaries(wheel: Path, account: Account) -> Path:
    """The folder of PostgreSQL's programs, copied to SHARED if the account cannot reach it."""
    if account.uid is None or _can(account, wheel / "bin" / "postgres"):
        return wheel / "bin"
    stamp = f"{int((wheel / 'bin' / 'postgres').stat().st_mtime)}"
    copy = SHARED / f"postgresql-18-{stamp}"
    if not copy.exists():
        SHARED.mkdir(mode=0o755, parents=True, exist_ok=True)
        partial = SHARED / f".copy-{os.getpid()}"
        shutil.copytree(wheel, partial / wheel.name, symlinks=True)
        libraries = wheel.parent.with_name(wheel.parent.name + ".libs")
        # The programs expect their libraries two folders up, beside the package.
        shutil.copytree(libraries, SHARED / libraries.name, dirs_exist_ok=True)
        partial.rename(copy)
    return copy / wheel.name / "bin"


def reachable_data(home: Path, account: Account) -> Path:
    """The cluster's folder: in the data directory, or in SHARED if the account cannot reach that."""
    inside = home / "cluster"
    if account.uid is None or (inside / "PG_VERSION").exists():
        return inside
    outside = _outside(home)
    if (outside / "PG_VERSION").exists():
        return outside
    # The server's group may pass through the data directory, not list it; files in it stay private.
    os.chown(home, home.stat().st_uid, account.gid if account.gid is not None else -1)
    home.chmod(0o710)
    if _can(account, home):
        inside.mkdir(mode=0o700, exist_ok=True)
        own(inside, account)
        return inside
    outside.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    outside.mkdir(mode=0o700, exist_ok=True)
    own(outside, account)
    return outside


def _outside(home: Path) -> Path:
    return SHARED / f"cluster-{tag(home)}"


def _can(account: Account, path: Path) -> bool:
    test = subprocess.run(
        ["/bin/sh", "-c", 'test -x "$0"', str(path)], check=False, cwd="/", **account.as_popen()
    )
    return test.returncode == 0


def own(path: Path, account: Account) -> None:
    if account.uid is not None:
        os.chown(path, account.uid, account.gid if account.gid is not None else -1)


def refuse_stranger(folder: Path, account: Account) -> None:
    """Exit if another account owns the socket's folder, because it could impersonate the server."""
    status = folder.lstat()
    wanted = os.geteuid() if account.uid is None else account.uid
    ours = status.st_uid in {wanted, 0}
    if not stat.S_ISDIR(status.st_mode) or not ours or status.st_mode & 0o077:
        problem = _("the directory %(folder)s belongs to another account; remove it") % {
            "folder": folder
        }
        raise SystemExit(f"tutela: {problem}")


def write(path: Path, text: str, account: Account) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    own(path, account)


def include(path: Path, name: str) -> None:
    """Add an include line to a PostgreSQL configuration file, if missing."""
    line = f"include '{name}'\n"
    text = path.read_text(encoding="utf-8")
    if line not in text:
        path.write_text(text + line, encoding="utf-8")
