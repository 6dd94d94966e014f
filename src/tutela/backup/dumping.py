"""pg_dump in its directory format, several tables at a time, each file handed on as soon as it is whole.

The directory is private (0700) and holds clear text: a file is removed once it is sealed, so that only the tables
being worked on lie there. What pg_dump says is English (LC_ALL=C) and names tables, never values.
"""

import logging
import os
import queue
import re
import subprocess
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, Self

from .errors import DumpFailed, DumpIncomplete, ToolFailedToStart
from .tools import Tools, around

_FINISHED: Final = re.compile(r"finished item (\d+) TABLE DATA ")
_GUARDED: Final = re.compile(r"row-level security policy for table \"([^\"]+)\"")
_LAST_LINES: Final = 20
NICENESS: Final = 10
_log = logging.getLogger("tutela.backup")


class Dump:
    """A running pg_dump. `files` yields each file once it is whole; at its end the dump is complete, or it
    raises."""

    def __init__(
        self,
        program: Tools,
        folder: Path,
        *,
        snapshot: str,
        choice: Sequence[str],
        variables: dict[str, str],
        jobs: int,
    ) -> None:
        self.folder = folder
        self._words = [
            program.path("pg_dump"), "--format=directory", f"--file={folder}", f"--jobs={jobs}",
            "--compress=0", f"--snapshot={snapshot}", "--no-password", "--verbose", *choice,
        ]  # fmt: skip
        self._variables = variables
        self._ready: queue.Queue[str | None] = queue.Queue()
        self._last: deque[str] = deque(maxlen=_LAST_LINES)
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None

    def __enter__(self) -> Self:
        try:
            self._process = subprocess.Popen(
                self._words, env=around(self._variables), stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True, umask=0o077,
            )  # fmt: skip
        except OSError:
            raise ToolFailedToStart(tool="pg_dump", exit=127) from None
        _lower(self._process.pid)
        self._reader = threading.Thread(target=self._read, name="pg_dump", daemon=True)
        self._reader.start()
        return self

    def __exit__(self, kind: object, *rest: object) -> None:
        assert self._process is not None  # noqa: S101 entered
        if self._process.poll() is None:
            # Its workers end with it: each sees its leader's pipe closed.
            self._process.terminate()
        self._process.wait()
        if self._reader is not None:
            self._reader.join()

    def files(self, beat: Callable[[], None] = lambda: None) -> Iterator[Path]:
        """Every file of the dump, the table of contents last. `beat` is called while nothing comes.
        DumpFailed, DumpIncomplete, ToolFailedToStart."""
        given: set[str] = set()
        while True:
            try:
                name = self._ready.get(timeout=1)
            except queue.Empty:
                beat()
                continue
            if name is None:
                break
            path = self.folder / name
            if name not in given and path.exists():
                given.add(name)
                yield path
        self._finish()
        rest = [path for path in sorted(self.folder.iterdir()) if path.name not in given]
        yield from sorted(rest, key=lambda path: path.name == "toc.dat")

    def _read(self) -> None:
        """Follow what pg_dump says; a table's file bears the number of its item."""
        assert self._process is not None  # noqa: S101 entered
        assert self._process.stderr is not None  # noqa: S101 a pipe
        with self._process.stderr as said:
            for raw in said:
                line = raw.decode("utf-8", "replace").rstrip()
                if found := _FINISHED.search(line):
                    self._ready.put(f"{found[1]}.dat")
                elif "error" in line or "detail" in line or "FATAL" in line:
                    self._last.append(line)
        self._process.wait()
        self._ready.put(None)

    def _finish(self) -> None:
        assert self._process is not None  # noqa: S101 entered
        code = self._process.wait()
        if not code:
            return
        for line in self._last:
            if found := _GUARDED.search(line):
                raise DumpIncomplete(table=found[1])
        _log.error("backup.dump_failed exit=%d said=%r", code, list(self._last)[:3])
        number = 128 - code if code < 0 else code
        if number in {126, 127, 128 + 4, 128 + 11} and not self._last:
            raise ToolFailedToStart(tool="pg_dump", exit=number)
        raise DumpFailed(exit=number)


def _lower(process: int) -> None:
    """Let lookups go first."""
    try:
        os.setpriority(os.PRIO_PROCESS, process, NICENESS)
    except OSError:  # it has ended already, which its exit code says
        return


def lower_thread() -> None:
    """The same for the calling thread; what it starts inherits it."""
    _lower(threading.get_native_id())
