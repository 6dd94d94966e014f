"""Base backups and incrementals by `pg_basebackup`, as one stream of bytes.

The program writes a tar to its standard output: files, the log that they need, the server's own list of
files at the end. Nothing of it is kept in the clear: the stream goes on into the sealing as it comes."""

import contextlib
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import psycopg

from . import chains, positions
from .listing import Listing, ListingWrong
from .scan import Scan, ScanWrong

BLOCK = 1024 * 1024
VERSION = 17
"""PostgreSQL summarizes its log, and makes incrementals, from here on."""
_SEEN = """
    SELECT (SELECT system_identifier::text FROM pg_control_system()),
           (SELECT timeline_id FROM pg_control_checkpoint()),
           current_setting('server_version_num')::int / 10000"""
_SUMMARIES = """
    SELECT current_setting('summarize_wal')::bool, (SELECT min(start_lsn)::text FROM
    pg_available_wal_summaries())"""


@dataclass(frozen=True, slots=True)
class Programs:
    """PostgreSQL's programs of one version. `popen` holds user and group of the server when it is
    root that starts it, since PostgreSQL refuses root; its client programs run as we do."""

    folder: Path
    environment: Mapping[str, str]
    popen: Mapping[str, Any] = field(default_factory=dict)

    def words(self, program: str, *words: str) -> list[str]:
        return [str(self.folder / program), *words]


class ProgramFailed(Exception):
    """A program of PostgreSQL could not start or ended with an error: a fault of the backup, no verdict on one.
    `why` is the program's last line, which tells of files and positions, not of customers."""

    def __init__(self, program: str, why: str) -> None:
        super().__init__(f"{program}: {why}")
        self.program, self.why = program, why


def server(conninfo: str) -> chains.Server:
    """What the server says of itself; psycopg.Error. The role needs REPLICATION or pg_monitor."""
    with psycopg.connect(conninfo, autocommit=True, client_encoding="utf8") as link:
        row = link.execute(_SEEN).fetchone()
        if row is None:
            raise RuntimeError("PostgreSQL gave no row")
        oldest: int | None = None
        if row[2] >= VERSION:
            summarizing, since = link.execute(_SUMMARIES).fetchone() or (False, None)
            oldest = positions.number(since) if summarizing and since else None
    return chains.Server(int(row[0]), int(row[1]), oldest, int(row[2]))


@contextlib.contextmanager
def log_held(conninfo: str) -> Iterator[None]:
    """While inside, the server keeps the log from here on: `pg_basebackup` fetches it at its end, and a
    checkpoint in between would have removed it. The slot vanishes with the connection, also after a `kill
    -9`."""
    with psycopg.connect(conninfo, autocommit=True, client_encoding="utf8") as link:
        link.execute(
            "SELECT pg_create_physical_replication_slot('tutela_base_' || pg_backend_pid(), true, true)"
        )
        yield


class Taking:
    """A backup that is being taken: `read` gives the tar's next bytes, b"" at its end; then `listing` tells
    what it held. Anything that goes wrong is a ProgramFailed, at the latest with the last `read`."""

    def __init__(self, process: "subprocess.Popen[bytes]", errors: IO[bytes]) -> None:
        self._process, self._errors = process, errors
        self._scan = Scan(hashing=False)
        self.listing: Listing | None = None
        self.raw_listing = b""
        self.plain = 0

    def read(self, size: int = BLOCK) -> bytes:
        """At most `size` bytes of the tar."""
        pipe = self._process.stdout
        if pipe is None or self.listing is not None:
            return b""
        block = pipe.read(size)
        try:
            if block:
                self._scan.feed(block)
                self.plain += len(block)
            else:
                self._end()
        except (ScanWrong, ListingWrong) as fault:
            raise ProgramFailed("pg_basebackup", self._why(str(fault))) from fault
        return block

    def _end(self) -> None:
        if self._process.wait():
            raise ProgramFailed("pg_basebackup", self._why(f"exit code {self._process.returncode}"))
        self._scan.end()
        self.listing = self._scan.listing()
        self.raw_listing = self._scan.kept["backup_manifest"]

    def _why(self, otherwise: str) -> str:
        """The program's last line of complaint, if it has ended with one."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(5)
        self._errors.seek(0)
        lines = self._errors.read(64 * 1024).decode("utf-8", "replace").strip().splitlines()
        return lines[-1].removeprefix("pg_basebackup: ") if lines else otherwise


@contextlib.contextmanager
def taking(
    programs: Programs, conninfo: str, *, against: bytes | None = None, at_once: bool = False
) -> Iterator[Taking]:
    """Take a base backup, or an incremental against the list of an earlier backup. ProgramFailed.

    `at_once` makes the server write out its buffers at once instead of over minutes, which slows others: for a
    backup that somebody waits for.
    """
    words = [
        "-D", "-", "-F", "tar", "-X", "fetch", "--manifest-checksums=SHA256", "--no-password",
        f"--checkpoint={'fast' if at_once else 'spread'}", "-d", conninfo,
    ]  # fmt: skip
    with contextlib.ExitStack() as held:
        held.enter_context(log_held(conninfo))
        if against is not None:
            words += [f"--incremental={_private(held, against)}"]
        errors = held.enter_context(tempfile.TemporaryFile())
        try:
            process = subprocess.Popen(
                programs.words("pg_basebackup", *words), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=errors, env=dict(programs.environment), cwd="/", bufsize=0,
            )  # fmt: skip
        except OSError as fault:
            raise ProgramFailed("pg_basebackup", fault.strerror or "cannot start") from fault
        try:
            yield Taking(process, errors)
        finally:
            process.kill()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()


def _private(held: contextlib.ExitStack, content: bytes) -> Path:
    """A file that only this account reads, gone afterwards."""
    folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="tutela-")))
    path = folder / "backup_manifest"
    path.write_bytes(content)
    path.chmod(0o600)
    return path


def check(stream: Iterator[bytes], scan: Scan | None = None) -> Listing:
    """Read a physical set's tar to its end and compare every file with the server's own list; SetWrong.

    This is level 2 of a physical set: it says that the set opens and is what the server sent.
    """
    from .listing import differences

    scan = scan or Scan(hashing=True)
    try:
        for block in stream:
            scan.feed(block)
        scan.end()
        told = scan.listing()
    except (ScanWrong, ListingWrong) as fault:
        raise SetWrong(str(fault)) from fault
    if wrong := differences(told, scan.files):
        raise SetWrong(wrong[0])
    return told


class SetWrong(ValueError):
    """The content of a physical set is not what the server sent."""
