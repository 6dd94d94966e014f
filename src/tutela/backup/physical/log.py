"""Keeping PostgreSQL's log, so that any moment can be brought back and not only those of backups.

The server keeps its log for us in a replication slot. Every few minutes the worker asks the server to close
the file it writes to (if anything was written), fetches what is closed with `pg_receivewal` into a private
folder of the data directory, seals it into a set, and removes the files once the set is on every target. A
worker that was killed goes on where the folder and the slot stand. A slot that held too much is given up by
the server (`max_slot_wal_keep_size`), so that a worker that stays down fills no disk: the hole is seen, and
a base backup is due."""

import contextlib
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import psycopg

from . import positions
from .taking import ProgramFailed, Programs

SLOT = "tutela_log"
MOST_FILES = 256
"""Files of one set, 4 GiB at most: the next set takes the rest."""
_SECONDS = 900
_STATE = "SELECT wal_status, restart_lsn::text FROM pg_replication_slots WHERE slot_name = %s"
_SIZE = "SELECT setting::bigint FROM pg_settings WHERE name = 'wal_segment_size'"
# A file is closed only when something was written to it, so that an idle night ships nothing.
_CLOSE = "SELECT pg_switch_wal() WHERE (pg_current_wal_lsn() - '0/0'::pg_lsn) %% %s > %s"
_HEADER = 64


class LogLost(Exception):
    """The server no longer has the log that follows what was kept: no moment after it can be brought back
    until a new base backup."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """Closed files of the log in the private folder, in their order, with the histories of timelines."""

    files: tuple[Path, ...]
    histories: tuple[Path, ...]

    @property
    def names(self) -> list[str]:
        return [path.name for path in self.files]


def hold(conninfo: str) -> None:
    """Make the slot if it is not there; the server keeps its log from now on. psycopg.Error."""
    with psycopg.connect(conninfo, autocommit=True, client_encoding="utf8") as link:
        if link.execute(_STATE, [SLOT]).fetchone() is None:
            link.execute("SELECT pg_create_physical_replication_slot(%s, true)", [SLOT])


def release(conninfo: str) -> None:
    """Let go of the log: when keeping it is switched off, and before a new beginning. psycopg.Error."""
    with psycopg.connect(conninfo, autocommit=True, client_encoding="utf8") as link:
        if link.execute(_STATE, [SLOT]).fetchone() is not None:
            link.execute("SELECT pg_drop_replication_slot(%s)", [SLOT])


def is_lost(conninfo: str) -> bool:
    """Whether the server gave the slot up; False too when there is none."""
    with psycopg.connect(conninfo, autocommit=True, client_encoding="utf8") as link:
        row = link.execute(_STATE, [SLOT]).fetchone()
    return row is not None and row[0] == "lost"


def fetch(programs: Programs, conninfo: str, folder: Path) -> Fetched:
    """Close the present file, fetch all closed ones into `folder` (made private). LogLost, ProgramFailed."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with psycopg.connect(conninfo, autocommit=True, client_encoding="utf8") as link:
        state = link.execute(_STATE, [SLOT]).fetchone()
        if state is None or state[0] == "lost" or state[1] is None:
            raise LogLost
        (segment,) = link.execute(_SIZE).fetchone() or (positions.SEGMENT,)
        link.execute(_CLOSE, [segment, _HEADER])
        (now,) = link.execute("SELECT pg_current_wal_lsn()::text").fetchone() or ("0/0",)
    begun = positions.number(now) // segment * segment
    if max(positions.number(state[1]), _end_of(closed(folder), segment)) < begun:
        # The file is closed when the byte before the next one's first has come.
        _receive(programs, conninfo, folder, positions.text(begun - 1))
    found = closed(folder)
    return Fetched(found.files[:MOST_FILES], found.histories)


def _end_of(fetched: Fetched, segment: int) -> int:
    """The position after the last closed file in the folder; 0 for none."""
    return positions.start_of(fetched.names[-1], segment) + segment if fetched.files else 0


def shipped(conninfo: str, fetched: Fetched, segment: int = positions.SEGMENT) -> None:
    """The files lie sealed on every target: let the server remove its own, and remove ours. Histories stay,
    they are small and each set carries them. psycopg.Error."""
    if fetched.files:
        with psycopg.connect(conninfo, autocommit=True, client_encoding="utf8") as link:
            upto = positions.text(_end_of(fetched, segment))
            link.execute("SELECT pg_replication_slot_advance(%s, %s::pg_lsn)", [SLOT, upto])
    for path in fetched.files:
        path.unlink(missing_ok=True)


def _receive(programs: Programs, conninfo: str, folder: Path, until: str) -> None:
    words = [
        "-D",
        str(folder),
        "-S",
        SLOT,
        "-E",
        until,
        "--no-loop",
        "--no-password",
        "-d",
        conninfo,
    ]
    try:
        done = subprocess.run(
            programs.words("pg_receivewal", *words), stdin=subprocess.DEVNULL, capture_output=True, check=False,
            env=dict(programs.environment), cwd="/", timeout=_SECONDS,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise ProgramFailed("pg_receivewal", type(fault).__name__) from fault
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        why = lines[-1].removeprefix("pg_receivewal: ") if lines else f"exit code {done.returncode}"
        if "has already been removed" in why:
            raise LogLost
        raise ProgramFailed("pg_receivewal", why)


def closed(folder: Path) -> Fetched:
    """The closed files that lie in the folder; one that is still written to ends in `.partial`."""
    with contextlib.suppress(FileNotFoundError):
        paths = sorted(folder.iterdir())
        return Fetched(
            tuple(path for path in paths if positions.NAME.fullmatch(path.name)),
            tuple(path for path in paths if positions.HISTORY.fullmatch(path.name)),
        )
    return Fetched((), ())


def pack(fetched: Fetched, sink: BinaryIO) -> None:
    """A tar of the files as they are named, for the sealing."""
    with tarfile.open(mode="w|", fileobj=sink, format=tarfile.GNU_FORMAT) as tar:
        for path in (*fetched.histories, *fetched.files):
            told = tarfile.TarInfo(path.name)
            told.size, told.mode, told.mtime = path.stat().st_size, 0o600, int(path.stat().st_mtime)
            with path.open("rb") as source:
                tar.addfile(told, source)
