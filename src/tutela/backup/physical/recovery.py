"""Back to a moment: the sets of a chain become one data directory, and the log is replayed on it.

`unpack` each set into a folder of its own, `combine` them (`pg_combinebackup`), `prepare` the settings of the
recovery, start the server, `wait` until it has reached the moment. Nothing is written into a folder that holds
anything, and a server that could not reach the moment is an error, never a database that looks whole.
"""

import contextlib
import os
import shutil
import subprocess
import tarfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import psycopg

from . import listing, positions
from .listing import File, Listing
from .taking import ProgramFailed, Programs

COMBINE_SECONDS = 24 * 3600
_OWNER_ONLY = 0o700
# What the backup's server was told about its machine is not true of this one.
_HERE = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",
    "archive_mode": "off",
    "primary_conninfo": "''",
    "hot_standby": "on",
    "recovery_target_action": "'pause'",
    "archive_command": "''",
    "ssl": "off",
}
INCLUDED = "recovery.conf.tutela"
_DOOR = "recovery.hba.tutela"


class FolderTaken(Exception):
    """The folder holds something already."""


class MomentNotReached(Exception):
    """The log that is there ends before the moment, or the server stopped on its way; the text is what is
    known."""


@dataclass(frozen=True, slots=True)
class Reached:
    """How far the log was replayed."""

    position: str
    last_commit_at: datetime | None
    """When the last transaction that was replayed had been committed; None if none was replayed."""
    paused: bool = False


def unpack(source: IO[bytes], folder: Path) -> Listing:
    """Write a set's tar into a new folder that only its owner enters, each file compared with the server's list;
    what is written is believed only when this returns. FolderTaken, `listing.ListingWrong`."""
    _empty(folder)
    found: dict[str, File] = {}
    with tarfile.open(fileobj=source, mode="r|") as tar:
        for member in tar:
            member = tarfile.data_filter(member, str(folder))  # noqa: PLW2901 the same member, made harmless
            member.mode = 0o700 if member.isdir() else 0o600
            if not member.isfile():
                tar.extract(member, folder, filter="fully_trusted")
                continue
            path = folder / member.name
            path.parent.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
            found[member.name.removeprefix("./")] = _write(tar, member, path)
    told = listing.read((folder / listing.NAME).read_bytes() if listing.NAME in found else b"")
    if wrong := listing.differences(told, found):
        raise listing.ListingWrong(wrong[0])
    return told


def _write(tar: tarfile.TarFile, member: tarfile.TarInfo, path: Path) -> File:
    from hashlib import sha256

    digest, source = sha256(), tar.extractfile(member)
    if source is None:
        raise listing.ListingWrong(f"missing: {member.name}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        while block := source.read(1024 * 1024):
            digest.update(block)
            file.write(block)
    return File(member.size, digest.hexdigest())


def unpack_log(source: IO[bytes], folder: Path) -> list[str]:
    """Write a log set's files into a folder, which may hold those of other sets; the names of all that came.
    A file that is there already must be the same."""
    folder.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
    names = []
    with tarfile.open(fileobj=source, mode="r|") as tar:
        for member in tar:
            if not (
                positions.NAME.fullmatch(member.name) or positions.HISTORY.fullmatch(member.name)
            ):
                raise listing.ListingWrong(f"not listed: {member.name[:40]}")
            part, final = folder / f"{member.name}.new", folder / member.name
            part.unlink(missing_ok=True)
            _write(tar, member, part)
            part.rename(final)
            names.append(member.name)
    return names


def combine(programs: Programs, folders: Sequence[Path], into: Path) -> None:
    """One data directory of a base backup and its incrementals, in their order. FolderTaken, ProgramFailed.

    A chain of one needs no program: its folder is moved."""
    _empty(into)
    if len(folders) == 1:
        into.rmdir()
        folders[0].rename(into)
        return
    into.rmdir()
    words = programs.words("pg_combinebackup", "-o", str(into), *map(str, folders))
    try:
        done = subprocess.run(
            words, stdin=subprocess.DEVNULL, capture_output=True, check=False, cwd="/",
            env=dict(programs.environment), timeout=COMBINE_SECONDS,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise ProgramFailed("pg_combinebackup", type(fault).__name__) from fault
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        why = (
            lines[-1].removeprefix("pg_combinebackup: ")
            if lines
            else f"exit code {done.returncode}"
        )
        raise ProgramFailed("pg_combinebackup", why)
    for folder in folders:
        shutil.rmtree(folder)


def prepare(data: Path, *, sockets: Path, log: Path | None, until: datetime | None) -> None:
    """Settings of a recovery in a data directory: the log from `log` up to `until` (inclusive), or all of
    it. Without a log the server goes to the end of what the backup itself brought.

    They stand in `recovery.conf.tutela`, which the data directory's settings include last; `finish` empties it."""
    told = {
        **_HERE,
        "unix_socket_directories": f"'{_quoted(sockets)}'",
        "hba_file": f"'{_quoted(data / _DOOR)}'",
    }
    if log is not None:
        told["restore_command"] = f'\'cp "{_quoted(log)}/%f" "%p"\''
        (data / "recovery.signal").touch(mode=0o600)
        if until is not None:
            told["recovery_target_time"] = f"'{until.astimezone(UTC).isoformat(sep=' ')}'"
    (data / INCLUDED).write_text("".join(f"{name} = {text}\n" for name, text in told.items()))
    (data / _DOOR).write_text("local all all trust\n")  # the socket's folder is closed to others
    main = data / "postgresql.conf"  # elsewhere on a server that keeps its settings apart
    line = f"include '{INCLUDED}'\n"
    if not main.exists() or line not in main.read_text(encoding="utf-8"):
        with main.open("a", encoding="utf-8") as file:
            file.write("\n" + line)
    for stale in ("postmaster.pid", "standby.signal"):
        (data / stale).unlink(missing_ok=True)


def _quoted(path: Path) -> str:
    """A path within a quoted setting and within double quotes of the shell; ValueError for one that needs more."""
    told = str(path)
    if any(sign in told for sign in "'\"\\$`%\n"):
        raise ValueError("the path holds a sign that PostgreSQL's settings do not take")
    return told


def wait(
    conninfo: str, alive: "subprocess.Popen[bytes]", *, until: datetime | None, seconds: float
) -> Reached:
    """Wait until the server has replayed the log to the moment, let it go on as a database of its own, and
    say how far it came. MomentNotReached if it stops before, or the log ends before the moment."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if alive.poll() is not None:
            raise MomentNotReached("the server stopped before the moment was reached")
        with (
            contextlib.suppress(psycopg.OperationalError),
            psycopg.connect(conninfo, autocommit=True, client_encoding="utf8") as link,
        ):
            reached = _ask(link)
            if reached is not None and reached.paused and until is None:
                raise MomentNotReached(
                    "the server paused: its settings are lower than the backup's server had"
                )
            if reached is not None:
                _promote(link)
                return reached
        time.sleep(0.1)
    raise MomentNotReached(f"the moment was not reached within {seconds:.0f} s")


def _ask(link: psycopg.Connection) -> Reached | None:
    row = link.execute(
        "SELECT pg_is_in_recovery(), CASE WHEN pg_is_in_recovery() THEN pg_get_wal_replay_pause_state() END,"
        " coalesce(pg_last_wal_replay_lsn(), '0/0')::text, pg_last_xact_replay_timestamp()"
    ).fetchone()
    if row is None or (row[0] and row[1] != "paused"):
        return None
    return Reached(row[2], row[3], bool(row[0]))


def _promote(link: psycopg.Connection) -> None:
    """Go on from here: a new timeline begins. It stays read-only until then, so nothing was written meanwhile."""
    row = link.execute("SELECT pg_is_in_recovery()").fetchone()
    if row is not None and row[0]:
        link.execute("SELECT pg_promote(true, 60)")


def finish(data: Path) -> None:
    """Empty the settings of the recovery, once the moment was reached: the next start is an ordinary one."""
    (data / INCLUDED).write_text("")


def _empty(folder: Path) -> None:
    """Make the folder if it is not there; FolderTaken if it holds anything."""
    folder.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FolderTaken(str(folder))


def own(folder: Path, programs: Programs) -> None:
    """Give everything in the folder to the account that PostgreSQL runs as."""
    user = programs.popen.get("user")
    if user is None:
        return
    for path in _all(folder):
        os.chown(path, user, programs.popen.get("group", -1), follow_symlinks=False)


def _all(folder: Path) -> Iterator[Path]:
    yield folder
    yield from folder.rglob("*")
