"""Runs: asked for, carried out, resumed after a crash, ended.

A run is carried out by one process at a time, held by an advisory lock that ends with it. Until its parts and
manifest are staged, a run that was killed begins anew; from then on it goes on where it was. What lies on a
target counts once its manifest does, which is written last.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from tutela.access import gate
from tutela.access import queries as access
from tutela.access.gate import Grant
from tutela.backup import events, making, manifest, permissions, queries, rules, signing
from tutela.backup.errors import (
    ClockBehind,
    KindUnknown,
    RecipientsMissing,
    RunBroken,
    RunEnded,
    RunGoing,
    RunInterrupted,
    TargetsMissing,
)
from tutela.backup.making import Made, Work
from tutela.backup.models import Part, Run
from tutela.backup.parts import write_whole
from tutela.backup.pipeline import Told
from tutela.backup.rules import GOOD, MANIFEST, OPEN, SIGNATURE, Kind, RunState
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.errors import TutelaError
from tutela.keys import custody
from tutela.trail.connect import own_connection

from . import endings, uploads

LOCK: Final = 0x7475_6261_636B
"""The advisory lock of the process that makes a backup."""
MOST_ATTEMPTS: Final = 5
TELL_SECONDS: Final = 2.0
_log = logging.getLogger("tutela.backup")


def run_now(actor: Actor, kind: str = Kind.FULL) -> UUID:
    """Ask for a backup now; the worker makes it. KindUnknown, RecipientsMissing, TargetsMissing, RunGoing."""
    gate.require(actor, permissions.RUN)
    if kind not in making.MAKERS:
        raise KindUnknown
    check_ready(Kind(kind))
    person = access.staff_by_id(actor.id) if actor.kind != "system" else None
    with transaction.atomic():
        if Run.objects.filter(state__in=OPEN, parent=None).exists():
            raise RunGoing
        run = Run.objects.create(kind=kind, due_at=clock.now(), requested_by=person)
    return run.id


def check_ready(kind: Kind) -> None:
    """RecipientsMissing, TargetsMissing, ClockBehind."""
    for part in _parts_of(kind):
        missing = queries.missing_roles(part)
        keys = {one.key for one in queries.recipients(part)}
        if missing or len(keys) < len(rules.NEEDED_ROLES):
            raise RecipientsMissing(roles=", ".join(missing) or rules.NEEDED_ROLES[1].value)
    if not queries.targets():
        raise TargetsMissing
    newest = queries.newest_good()
    if newest is not None and newest.snapshot_at is not None:
        behind = newest.snapshot_at - clock.now()
        if behind > rules.CLOCK_TOLERANCE:
            raise ClockBehind(minutes=int(behind.total_seconds() // 60))


def _parts_of(kind: Kind) -> tuple[Kind, ...]:
    return (Kind.FULL, Kind.KEYS) if kind is Kind.FULL else (kind,)


@contextmanager
def alone() -> Iterator[None]:
    """Hold the lock of who makes backups, as long as this process lives; RunGoing if another has it."""
    with own_connection("tutela-backup-lock") as link:
        row = link.execute("SELECT pg_try_advisory_lock(%s)", (LOCK,)).fetchone()
        if row is None or not row[0]:
            raise RunGoing
        yield


def carry_out(actor: Actor, run_id: UUID) -> Run:
    """Make a run's sets, or go on with one that was cut off, up to its targets. The error that ended it is raised
    after it was written down. RunUnknown, RunEnded, RunGoing."""
    grant = gate.require(actor, permissions.RUN)
    with alone():
        return _carry_out(grant, queries.run(run_id))


def back_up(actor: Actor, kind: str = Kind.FULL) -> Run:
    """Ask for a backup and make it in this process: no worker takes it up meanwhile. What `run_now` and
    `carry_out` refuse."""
    grant = gate.require(actor, permissions.RUN)
    with alone():
        return _carry_out(grant, queries.run(run_now(actor, kind)))


def _carry_out(grant: Grant, run: Run) -> Run:
    if run.parent_id is not None and run.kind == Kind.KEYS:
        raise RunEnded
    is_resumed = run.state not in {RunState.SCHEDULED, RunState.RUNNING, RunState.DUMPED}
    if not is_resumed:
        _make(grant, run)
        run.refresh_from_db()
    elif run.state not in {RunState.SEALED, *GOOD} or not uploads.waits(run):
        raise RunEnded
    uploads.upload(grant, run, resumed=is_resumed)
    run.refresh_from_db()
    return run


def _make(grant: Grant, run: Run) -> None:
    try:
        _check_may_begin(run)
        runs = _begin(grant, run)
        work = Work(runs=runs, named=lambda at, size: _name(runs, at, size), told=_told)
        made = making.MAKERS[run.kind](work)
        _advance(runs.values(), RunState.DUMPED, "sealing")
        _store(made)
    except TutelaError as error:
        endings.fail(grant, run, error)
        raise
    except Exception as error:
        broken = RunBroken(kind=type(error).__name__)
        _log.exception("backup.run_broken run=%s", run.id)
        endings.fail(grant, run, broken)
        raise broken from error


def _check_may_begin(run: Run) -> None:
    """RunInterrupted after too many attempts, and what `check_ready` refuses."""
    if run.attempts >= MOST_ATTEMPTS:
        raise RunInterrupted
    check_ready(Kind(run.kind))


def _begin(grant: Grant, run: Run) -> dict[Kind, Run]:
    """The runs whose sets are made together: the run, and for a full one the keys run of the same snapshot."""
    now = clock.now()
    with transaction.atomic():
        run = Run.objects.select_for_update(of=("self",)).get(id=run.id)
        runs = {Kind(run.kind): run}
        if run.kind == Kind.FULL:
            keys = Run.objects.filter(parent=run, kind=Kind.KEYS).first()
            runs[Kind.KEYS] = keys or Run.objects.create(
                kind=Kind.KEYS, parent=run, due_at=run.due_at, weekly=run.weekly,
                requested_by=run.requested_by,
            )  # fmt: skip
        for one in runs.values():
            endings.forget_staged(one)
            one.state, one.stage, one.attempts = RunState.RUNNING, "starting", one.attempts + 1
            one.started_at = one.started_at or now
            one.moved_at, one.bytes_plain, one.bytes_sealed = now, 0, 0
            one.save(
                update_fields=[
                    "state", "stage", "attempts", "started_at", "moved_at", "bytes_plain",
                    "bytes_sealed",
                ]
            )  # fmt: skip
        if run.attempts == 1:
            endings.record(grant, events.RUN_STARTED, run)
    return runs


def _name(runs: Mapping[Kind, Run], at: datetime, expected: int) -> dict[Kind, str]:
    """Give each set its name, of which no other was ever made."""
    installation = custody.installation().hex()
    last = queries.newest_good()
    moment = at
    with transaction.atomic():
        while True:
            names = {kind: rules.set_name(installation, moment, kind) for kind in runs}
            taken = Run.objects.filter(set_name__in=names.values())
            if not taken.exists():
                break
            moment += timedelta(seconds=1)
        for kind, run in runs.items():
            run.set_name, run.snapshot_at = names[kind], at
            run.bytes_expected = expected if kind is not Kind.KEYS else 0
            if kind is Kind.FULL and last is not None:
                run.bytes_expected = last.bytes_plain
            run.save(update_fields=["set_name", "snapshot_at", "bytes_expected"])
    return names


def _told(run: Run) -> Told:
    """Writes down how far it is, at most every two seconds."""
    last = [clock.monotonic() - TELL_SECONDS]

    def moved(plain: int, sealed: int) -> None:
        if clock.monotonic() - last[0] < TELL_SECONDS:
            return
        last[0] = clock.monotonic()
        facts = {"bytes_plain": plain, "moved_at": clock.now()}
        if sealed:
            facts["bytes_sealed"] = sealed
        Run.objects.filter(id=run.id).update(**facts)

    def stage(name: str) -> None:
        Run.objects.filter(id=run.id).update(stage=name, moved_at=clock.now())

    return Told(stage=stage, moved=moved)


def _advance(runs: Iterable[Run], state: RunState, stage: str) -> None:
    for run in runs:
        run.state, run.stage = state, stage
        run.save(update_fields=["state", "stage"])


def _store(made: Sequence[Made]) -> None:
    """Sign the manifests, stage them, and write the rows: from here on the sets exist, and are only carried."""
    for one in made:
        text = manifest.build(one.contents)
        folder = making.staged(one.contents.set_name)
        write_whole(folder / SIGNATURE, signing.sign(text))
        write_whole(folder / MANIFEST, text)
    with transaction.atomic():
        for one in made:
            held, run = one.contents, one.run
            Part.objects.bulk_create(
                Part(
                    run=run,
                    number=part.number,
                    name=part.name,
                    bytes=part.bytes,
                    sha256=part.sha256,
                )
                for part in held.parts
            )
            run.manifest = manifest.parsed(manifest.build(held))
            run.state, run.stage, run.moved_at = RunState.SEALED, "uploading", clock.now()
            run.bytes_plain = held.plain_bytes
            run.bytes_sealed = sum(part.bytes for part in held.parts)
            run.save(
                update_fields=[
                    "manifest", "state", "stage", "moved_at", "bytes_plain", "bytes_sealed",
                ]
            )  # fmt: skip
