"""DuckDB over the files of segments: no network, no extension, no file but these, bounded memory and time.

It runs in this process: it reads files only that hash to what was sealed, which is checked before the first use
and
whenever a file has another inode, length or time than then. What it cannot hold in memory it refuses; it writes
nothing.
"""

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import duckdb

from tutela.trail.errors import SegmentSlow, SegmentUnreadable

from . import places
from .contents import File
from .disk import fingerprint
from .rows import Segment

MEMORY: Final = "512MB"
THREADS: Final = 2
SECONDS: Final = 20.0
_Key = tuple[str, int, int, int, int]
_lock = threading.Lock()
_engines: dict[tuple[int, tuple[str, ...]], duckdb.DuckDBPyConnection] = {}
_good: set[tuple[_Key, bytes]] = set()


def rows(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """All rows of a statement; SegmentSlow beyond SECONDS or MEMORY."""
    with _engine().cursor() as cursor:
        clock = threading.Timer(SECONDS, cursor.interrupt)
        clock.daemon = True
        clock.start()
        try:
            return cursor.execute(statement, list(values)).fetchall()
        except (duckdb.InterruptException, duckdb.OutOfMemoryException) as error:
            raise SegmentSlow from error
        finally:
            clock.cancel()


def _engine() -> duckdb.DuckDBPyConnection:
    """This process's engine; a child does not use its parent's."""
    folders = (places.working_folder(), *(place.folder for place in places.places()))
    key = (os.getpid(), tuple(f"{folder}/" for folder in folders))
    with _lock:
        if key not in _engines:
            _engines[key] = _opened(key[1])
        return _engines[key]


def _opened(folders: tuple[str, ...]) -> duckdb.DuckDBPyConnection:
    offline: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    engine = duckdb.connect(":memory:", config=offline)
    engine.execute(f"SET memory_limit = '{MEMORY}'")
    engine.execute(f"SET threads = {THREADS}")
    engine.execute("SET temp_directory = ''")
    engine.execute("SET TimeZone = 'UTC'")
    engine.execute("SET parquet_metadata_cache = true")
    engine.execute("SET allowed_directories = $1", [list(folders)])
    engine.execute("SET enable_external_access = false")
    engine.execute("SET lock_configuration = true")
    return engine


def path_of(segment: Segment, file: File) -> str:
    """Where a file of a segment can be read: in the data directory, else in a place of copies.
    SegmentUnreadable."""
    folders = (places.working_folder(), *(place.folder for place in places.places()))
    for folder in folders:
        if _is_good(folder / file.name, file):
            return str(folder / file.name)
    raise SegmentUnreadable(month=segment.name)


def _is_good(path: Path, file: File) -> bool:
    try:
        facts = path.stat()
        key = (str(path), facts.st_ino, facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns)
        if (key, file.sha256) in _good:
            return True
        if facts.st_size != file.size or fingerprint(path) != (file.size, file.sha256):
            return False
    except OSError:
        return False
    _good.add((key, file.sha256))
    return True
