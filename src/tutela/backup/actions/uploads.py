"""Sealed sets carried to their targets: resumed by name and length, the manifest last.

A target that fails does not keep a set from the others: the run is complete once one target has it, and the parts
stay staged until the others have them too, or have not answered for too long.
"""

import hashlib
import io
import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from tutela.access.gate import Grant
from tutela.backup import events, making, manifest, places, queries
from tutela.backup.errors import NameTaken, StagedDamaged
from tutela.backup.models import Copy, Run, Target, Verification
from tutela.backup.parts import Written, check_staged
from tutela.backup.rules import (
    GOOD,
    MANIFEST,
    SIGNATURE,
    CopyState,
    Level,
    Result,
    RunState,
)
from tutela.backup.targets.place import Place
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.errors import TutelaError
from tutela.base.registry import Registry

from . import copies
from .endings import fail, family, forget_staged, record

WAIT_FOR_FIRST: Final = timedelta(hours=20)
"""How long a sealed set waits for any target, before the run has failed."""
WAIT_FOR_OTHERS: Final = timedelta(hours=72)
"""How long its parts wait for the targets that lack it, before those copies are lost."""
RETRY_AFTER: Final = timedelta(minutes=5)
"""How long a target that refused is left alone."""
TELL_SECONDS: Final = 2.0
_checked: set[UUID] = set()
"""The runs whose staged parts this process has hashed: not again at each try."""
Follower = Callable[[Actor, Run], None]
FOLLOWERS: Final = Registry[Follower]("what follows a backup")
"""Called with who acts once a set lies on a target, such as its first verification."""
_log = logging.getLogger("tutela.backup")


def waiting() -> list[Run]:
    """The runs that have parts staged for a target, the oldest first; keys runs go with their full one."""
    sealed = Run.objects.filter(state=RunState.SEALED)
    carried = Run.objects.filter(copies__state=CopyState.UPLOADING, state__in=GOOD)
    found = {run.parent or run for run in (sealed | carried).select_related("parent").distinct()}
    before = clock.now() - RETRY_AFTER
    refused = {run for run in found if _was_refused(run) and (run.moved_at or before) > before}
    return sorted(found - refused, key=lambda run: run.due_at)


def _was_refused(run: Run) -> bool:
    """Whether the last try of a target ended with a code; a run that was cut off has none, and goes on at once."""
    waits = Copy.objects.filter(run__in=family(run), state=CopyState.UPLOADING)
    return waits.exists() and not waits.filter(code="").exists()


def waits(run: Run) -> bool:
    """Whether parts of this run are still to be carried."""
    return any(
        one.state == RunState.SEALED or one.copies.filter(state=CopyState.UPLOADING).exists()
        for one in family(run)
    )


def upload(grant: Grant, run: Run, *, resumed: bool) -> None:
    """Carry a run's sets to every active target, and settle what became of them. With `resumed` the staged parts
    were written by a process that may have been killed, and are hashed first. Raises the first refusal of a target
    after the others had their turn; StagedDamaged ends the run."""
    first: TutelaError | None = None
    Run.objects.filter(id=run.id).update(moved_at=clock.now())
    for one in family(run):
        try:
            if resumed:
                _check(one)
        except StagedDamaged as error:
            _give_up(grant, run, one, error)
            raise
        for target in queries.targets():
            try:
                _carry(grant, one, target)
            except TutelaError as error:
                first = first or error
                _log.warning("backup.copy_waits run=%s code=%s", one.id, error.code)
                Copy.objects.filter(run=one, target=target).update(code=error.code)
    for one in family(run):
        _settle(grant, run, one, first)
    if first is not None:
        raise first


def _check(run: Run) -> None:
    """StagedDamaged unless every file that is still to be carried is as it was written."""
    if run.id in _checked:
        return
    if run.state != RunState.SEALED and not run.copies.filter(state=CopyState.UPLOADING).exists():
        return
    folder = making.staged(run.set_name or "")
    parts = [
        Written(part.number, part.name, part.bytes, bytes(part.sha256))
        for part in run.parts.order_by("number")
    ]
    check_staged(folder, parts)
    try:
        found = manifest.parsed((folder / MANIFEST).read_bytes())
    except (OSError, TutelaError):
        raise StagedDamaged from None
    if found != run.manifest or not (folder / SIGNATURE).exists():
        raise StagedDamaged
    _checked.add(run.id)


def _carry(grant: Grant, run: Run, target: Target) -> None:
    copy, _made = Copy.objects.get_or_create(run=run, target=target)
    if copy.state != CopyState.UPLOADING:
        return
    began = clock.monotonic()
    folder = making.staged(run.set_name or "")
    done, beat = 0, _Beat(run, copy)
    with places.open_target(target) as place:
        for name in manifest.names_of(run.manifest or {}):
            done += _put(place, f"{run.set_name}/{name}", folder / name, beat.after(done))
            Copy.objects.filter(id=copy.id).update(bytes=done, code="")
        lock_until = place.locked_until(f"{run.set_name}/{MANIFEST}")
    now = clock.now()
    with transaction.atomic():
        copy.state, copy.written_at, copy.bytes, copy.code = CopyState.WRITTEN, now, done, ""
        copy.seconds = clock.monotonic() - began
        copy.lock_until = lock_until
        copy.save(update_fields=["state", "written_at", "bytes", "code", "seconds", "lock_until"])
        Verification.objects.create(
            copy=copy, level=Level.WRITTEN, result=Result.PASSED, at=now, seconds=copy.seconds,
            detail={"bytes": done},
        )  # fmt: skip
        copies.record(grant, events.COPY_WRITTEN, copy)


class _Beat:
    """Writes down how far a copy is, at most every two seconds: a long upload is no run that stands still."""

    def __init__(self, run: Run, copy: Copy) -> None:
        self._run, self._copy = run, copy
        self._last, self._done = clock.monotonic() - TELL_SECONDS, 0

    def after(self, done: int) -> "_Beat":
        self._done = done
        return self

    def at(self, position: int) -> None:
        if clock.monotonic() - self._last < TELL_SECONDS:
            return
        self._last = clock.monotonic()
        Run.objects.filter(id=self._run.id).update(moved_at=clock.now())
        Copy.objects.filter(id=self._copy.id).update(bytes=self._done + position)


class _Watched(io.FileIO):
    """A file whose reading is told."""

    def __init__(self, path: Path, beat: _Beat) -> None:
        super().__init__(path, "rb")
        self._beat = beat

    def read(self, size: int | None = -1) -> bytes:
        block = super().read(size)
        self._beat.at(self.tell())
        return block or b""


def _put(place: Place, name: str, path: Path, beat: _Beat) -> int:
    """One file, unless it is there already with its length: a file has its name only once it is whole."""
    try:
        size = path.stat().st_size
        there = place.size(name)
        if there == size:
            return size
        if there is not None:
            raise NameTaken(name=name, target=place.label)
        with _Watched(path, beat) as reader:
            place.put(name, reader, size)
    except FileNotFoundError:
        raise StagedDamaged from None
    return size


def _settle(grant: Grant, run: Run, one: Run, error: TutelaError | None) -> None:
    """Say what became of a set: on a target, waiting for others, or given up."""
    active = {target.id for target in queries.targets()}
    written = set(one.copies.filter(state=CopyState.WRITTEN).values_list("target_id", flat=True))
    waits_since = clock.now() - (one.snapshot_at or one.due_at)
    if written and one.state == RunState.SEALED:
        _complete(grant, one)
    elif not written and error is not None and waits_since > WAIT_FOR_FIRST:
        fail(grant, run, error)
        return
    if not written:
        return
    if active <= written and not _is_broken(one):
        _let_go(one)
    elif waits_since > WAIT_FOR_OTHERS:
        one.copies.filter(state=CopyState.UPLOADING).update(state=CopyState.LOST)
        _let_go(one)


def _is_broken(one: Run) -> bool:
    """Whether a copy failed its verification; what is staged may then be the only good one."""
    failed = Q(verifications__result=Result.FAILED)
    return one.copies.filter(failed, state=CopyState.WRITTEN).exists()


def _let_go(one: Run) -> None:
    """Nothing is carried any more: the parts leave the working folder."""
    one.copies.filter(state=CopyState.UPLOADING).update(state=CopyState.LOST)
    forget_staged(one)


def _complete(grant: Grant, one: Run) -> None:
    with transaction.atomic():
        one.state, one.stage, one.ended_at = RunState.UPLOADED, "", clock.now()
        one.save(update_fields=["state", "stage", "ended_at"])
        record(
            grant,
            events.RUN_UPLOADED,
            one,
            bytes=one.bytes_sealed,
            backup_tables=len((one.manifest or {}).get("tables", [])),
            backup_manifest=_fingerprint(one),
        )
    for follow in FOLLOWERS.values():
        follow(grant.actor, one)


def _fingerprint(one: Run) -> str:
    """The SHA-256 of the manifest's bytes, in hex."""
    text = making.staged(one.set_name or "") / MANIFEST
    return hashlib.sha256(text.read_bytes()).hexdigest()


def _give_up(grant: Grant, run: Run, one: Run, error: StagedDamaged) -> None:
    """What was staged is not what was sealed: a sealed run has failed, of a good one the other copies are lost."""
    if one.state == RunState.SEALED:
        fail(grant, run, error)
        return
    one.copies.filter(state=CopyState.UPLOADING).update(state=CopyState.LOST, code=error.code)
    forget_staged(one)
