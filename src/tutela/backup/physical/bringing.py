"""A chain and its log brought back into a folder, and a server started on it."""

import contextlib
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from . import recovery
from .chains import Link, Logged
from .recovery import Reached
from .taking import ProgramFailed, Programs

START_SECONDS = 4 * 3600
"""Replaying a week of log may take hours; a server that has stopped is seen at once."""
_STOP_SECONDS = 120

Opened = Callable[[str, Callable[[IO[bytes]], object]], None]
"""Called with a set's name and a reader of its tar: opens the set, checked to its end, for that reader."""


@dataclass(frozen=True, slots=True)
class Back:
    """A server that stands at the moment and takes writes: where it is reached, where its files are, how far
    it came."""

    conninfo: str
    data: Path
    reached: Reached


def unpack(
    chain: Sequence[Link], log: Sequence[Logged], opened: Opened, programs: Programs, folder: Path
) -> Path:
    """Write the sets of a chain and their log below a folder, one data directory in the end, and return
    that. At its most the folder holds all sets and the result. `recovery.FolderTaken`,
    `listing.ListingWrong`, ProgramFailed."""
    parts = []
    for number, link in enumerate(chain):
        part = folder / f"set{number}"
        opened(link.name, lambda source, part=part: recovery.unpack(source, part))  # type: ignore[misc]
        parts.append(part)
    data = folder / "data"
    recovery.combine(programs, parts, data)
    for one in log:
        opened(one.name, lambda source: recovery.unpack_log(source, folder / "log"))
    return data


@contextlib.contextmanager
def brought_back(
    programs: Programs, data: Path, *, until: datetime | None, database: str
) -> Iterator[Back]:
    """Start a server on the data directory and replay the log that lies beside it up to the moment; it ends
    with the block, the files stay. MomentNotReached, ProgramFailed."""
    folder, log = data.parent, data.parent / "log"
    sockets = folder / "run"
    sockets.mkdir(mode=0o700, exist_ok=True)
    recovery.prepare(data, sockets=sockets, log=log if log.exists() else None, until=until)
    recovery.own(folder, programs)
    with (folder / "server.log").open("ab") as said:
        try:
            server = subprocess.Popen(
                programs.words("postgres", "-D", str(data)), stdin=subprocess.DEVNULL, stdout=said, stderr=said,
                env=dict(programs.environment), cwd="/", start_new_session=True, **programs.popen,
            )  # fmt: skip
        except OSError as fault:
            raise ProgramFailed("postgres", fault.strerror or "cannot start") from fault
    try:
        conninfo = f"host={sockets} user=postgres dbname={database} connect_timeout=5"
        try:
            reached = recovery.wait(conninfo, server, until=until, seconds=START_SECONDS)
        except recovery.MomentNotReached as fault:
            raise recovery.MomentNotReached(_fatal(folder / "server.log") or str(fault)) from fault
        yield Back(conninfo, data, reached)
        recovery.finish(data)
    finally:
        server.terminate()
        try:
            server.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _fatal(path: Path) -> str:
    """Why the server ended, in its own words: they tell of settings, positions and files. "" for none."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    told = [line.partition("FATAL:")[2].strip() for line in lines if "FATAL:" in line]
    return told[-1] if told else ""
