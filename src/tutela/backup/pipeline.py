"""From a snapshot to sealed parts: pg_dump, tar, zstd, age, files of at most TUTELA_BACKUP_PART_MEGABYTES.

Memory is flat: each stage holds a few megabytes. Nothing here writes rows; `actions/runs.py` does, told by `Told`.
"""

import contextlib
import errno
import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final, cast

import zstandard
from django.conf import settings

from tutela.crypto import age, digest

from . import manifest, snapshot, stored, tools
from .archive import Archive, Member
from .dumping import Dump
from .errors import NotEnoughRoom
from .parts import PartWriter, Written
from .rules import Kind
from .snapshot import Figures, Snapshot, Table
from .tools import Tools

MEGA: Final = 1 << 20
LEVEL: Final = 1
"""zstd's. A dump is mostly sealed values in hex: higher levels find nothing more in them, and level 3 takes three
times as long for one hundredth less (docs/benchmarks.md)."""
KEYS_SCHEMA: Final = "keys"
_SPARE: Final = 64 * MEGA


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One set to be made. `folder` is where its parts go; `work` where pg_dump writes; `facts` of
    `manifest.database_facts`, asked before anything else uses the snapshot's connection."""

    kind: Kind
    set_name: str
    folder: Path
    work: Path
    recipients: Sequence[str]
    facts: Mapping[str, Any]
    told: "Told"


@dataclass(slots=True)
class Told:
    """Whom to tell how far it is: `stage` by name, `moved` with plain and sealed bytes. Both may raise to stop."""

    stage: Callable[[str], None]
    moved: Callable[[int, int], None]


@dataclass(slots=True)
class Sealed:
    """A set whose parts lie in its folder."""

    members: list[Member] = field(default_factory=list)
    parts: list[Written] = field(default_factory=list)
    tables: list[Figures] = field(default_factory=list)
    plain_bytes: int = 0


def of_kind(every: Sequence[Table], kind: Kind) -> list[Table]:
    """The tables that a set of this kind holds."""
    return [one for one in every if (one.schema == KEYS_SCHEMA) is (kind is Kind.KEYS)]


def _choice(kind: Kind) -> list[str]:
    chosen = "--schema" if kind is Kind.KEYS else "--exclude-schema"
    return [f"{chosen}={KEYS_SCHEMA}"]


def check_room(every: Sequence[Table], folder: Path) -> int:
    """The bytes that are expected in clear; NotEnoughRoom if the working folder has no room for the sealed set and
    the largest table in clear."""
    total = sum(one.size for one in every)
    largest = max((one.size for one in every), default=0)
    need = total + 2 * largest + _SPARE
    free = shutil.disk_usage(folder).free
    if free < need:
        raise NotEnoughRoom(need=need // MEGA, free=free // MEGA)
    return total


def make_set(order: Order, opened: Snapshot, program: Tools, every: Sequence[Table]) -> Sealed:
    """Dump and seal one set. What it leaves behind in `folder` counts for nothing until its manifest lies there.

    ToolFailedToStart, DumpFailed, DumpIncomplete, FileChanged, NotEnoughRoom.
    """
    wanted = of_kind(every, order.kind)
    key = digest.random_bytes(32)
    _empty(order.folder)
    shutil.rmtree(order.work, ignore_errors=True)
    result = Sealed()
    # The snapshot's connection is idle meanwhile: it counts and samples while pg_dump reads.
    with ThreadPoolExecutor(1) as beside:
        counted = beside.submit(snapshot.figures, opened.link, wanted, key)
        try:
            with _disk(order.folder):
                _seal(order, opened, program, key, result)
            order.told.stage("counting")
            result.tables = _awaited(counted, order.told, result)
        except BaseException:
            opened.link.cancel_safe(timeout=5)
            raise
        finally:
            shutil.rmtree(order.work, ignore_errors=True)
    return result


def _awaited(counted: Future[list[Figures]], told: Told, result: Sealed) -> list[Figures]:
    """The figures once they are there; meanwhile the run is told to move."""
    while True:
        try:
            return counted.result(timeout=1)
        except FutureTimeout:
            told.moved(result.plain_bytes, sum(part.bytes for part in result.parts))


def _seal(order: Order, opened: Snapshot, program: Tools, key: bytes, result: Sealed) -> None:
    parts = PartWriter(order.folder, settings.TUTELA_BACKUP_PART_MEGABYTES * MEGA)
    packer = zstandard.ZstdCompressor(level=LEVEL, threads=settings.TUTELA_BACKUP_JOBS)
    try:
        with (
            age.seal_stream(order.recipients, parts) as sealing,
            packer.stream_writer(cast(IO[bytes], sealing), closefd=False) as packed,
        ):
            archive = Archive(packed, key, lambda plain: order.told.moved(plain, parts.bytes))
            _add_small(archive, order.kind, order.facts, key)
            _add_dump(archive, order, opened, program)
            order.told.stage("files")
            for name, path in stored.stored_files(order.kind):
                with contextlib.suppress(FileNotFoundError):  # purged since it was listed
                    archive.add_file(f"{manifest.FILES}/{name}", path)
            archive.close()
        parts.close()
    finally:
        parts.abandon()
    result.members, result.parts, result.plain_bytes = archive.members, parts.parts, archive.bytes
    order.told.moved(archive.bytes, parts.bytes)


def _add_small(archive: Archive, kind: Kind, facts: Mapping[str, Any], key: bytes) -> None:
    """What a reader needs first: the key of the hashes, versions, settings, roles."""
    archive.add_bytes(manifest.CHECK_KEY, key)
    archive.add_bytes(manifest.VERSIONS, json.dumps(facts, sort_keys=True, indent=1).encode())
    archive.add_bytes(manifest.ROLES, manifest.roles_sql(facts["roles"]))
    if kind is not Kind.KEYS:
        archive.add_bytes(manifest.SETTINGS, stored.settings_text())


def _add_dump(archive: Archive, order: Order, opened: Snapshot, program: Tools) -> None:
    order.told.stage("dumping")
    order.work.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    dump = Dump(
        program,
        order.work,
        snapshot=opened.id,
        choice=_choice(order.kind),
        variables=tools.login(),
        jobs=settings.TUTELA_BACKUP_JOBS,
    )
    with dump:
        for path in dump.files(lambda: order.told.moved(archive.bytes, 0)):
            archive.add_file(f"{manifest.DUMP}/{path.name}", path)
            path.unlink()


def _empty(folder: Path) -> None:
    """A private folder with nothing in it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)


@contextlib.contextmanager
def _disk(folder: Path) -> Iterator[None]:
    """A full disk is said in one sentence."""
    try:
        yield
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
            raise
        free = shutil.disk_usage(folder).free // MEGA
        raise NotEnoughRoom(need=0, free=free) from error
