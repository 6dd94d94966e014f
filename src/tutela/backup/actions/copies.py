"""Copies: held for the law, and removed when their time is over."""

import logging
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from tutela.access import changes as leaves
from tutela.access import gate
from tutela.access.gate import Grant
from tutela.backup import events, permissions, places, queries, rules
from tutela.backup.errors import (
    ChangeOvertaken,
    CopyGone,
    CopyHeld,
    CopyNotHeld,
    CopyUnknown,
    ObjectMissing,
)
from tutela.backup.models import Change, Copy, Verification
from tutela.backup.physical import links
from tutela.backup.rules import GOOD, CopyState, Held, Kind, Result
from tutela.backup.targets.place import Place
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.errors import TutelaError
from tutela.trail.event_specs import EventSpec

from .changes import require_manager, store

KIND: Final = "hold"
_log = logging.getLogger("tutela.backup")


@transaction.atomic
def hold_copy(actor: Actor, copy_id: UUID) -> Copy:
    """Keep a copy whatever the timetable says, until two people release it. CopyUnknown, CopyGone, CopyHeld."""
    grant, _person = require_manager(actor)
    copy = _there(copy_id)
    if copy.hold:
        raise CopyHeld
    copy.hold = True
    copy.save(update_fields=["hold"])
    record(grant, events.COPY_HELD, copy)
    return copy


def propose_release(actor: Actor, copy_id: UUID) -> Change:
    """Propose to lift the hold of a copy. CopyUnknown, CopyGone, CopyNotHeld."""
    grant, person = require_manager(actor)
    with transaction.atomic():
        copy = _there(copy_id)
        if not copy.hold:
            raise CopyNotHeld
        return store(grant, person, kind=KIND, verb="release", subject=str(copy.id), proposed={})


def apply_change(grant: Grant, change: Change) -> None:
    """Lift the hold of a copy, as approved."""
    copy = _there(UUID(change.subject))
    if not copy.hold:
        raise ChangeOvertaken
    copy.hold = False
    copy.save(update_fields=["hold"])
    record(grant, events.COPY_RELEASED, copy)


def _there(copy_id: UUID) -> Copy:
    found = Copy.objects.select_for_update(of=("self",)).filter(id=copy_id).first()
    if found is None:
        raise CopyUnknown
    if found.state != CopyState.WRITTEN:
        raise CopyGone
    return found


def apply_retention(actor: Actor) -> int:
    """Remove the copies whose time is over; how many. One that a target still locks, or that does not answer, is
    tried again the next time."""
    grant = gate.require(actor, permissions.RUN)
    removed = 0
    for copy in expired(clock.now()):
        try:
            removed += _remove(grant, copy)
        except TutelaError as refused:
            _log.warning("backup.copy_not_removed copy=%s code=%s", copy.id, refused.code)
            Copy.objects.filter(id=copy.id).update(code=refused.code)
    return removed


def expired(now: datetime) -> list[Copy]:
    """The written copies that neither timetable, hold nor lock keeps. A set whose newest verification failed takes
    the place of no good one."""
    written = list(
        Copy.objects.select_related("run", "target").filter(
            state=CopyState.WRITTEN, run__state__in=GOOD, run__snapshot_at__isnull=False
        )
    )
    held = {copy.run_id for copy in written if copy.hold}
    gone = links.unneeded(now, timedelta(days=queries.timetable().keys_days))
    broken = _broken(written)
    # Each target by itself: one that lags must not lose what only it still needs.
    return [
        copy
        for target in {copy.target_id for copy in written}
        for copy in _expired_of(
            [one for one in written if one.target_id == target], held, gone, broken, now
        )
    ]


def _expired_of(
    written: list[Copy], held: set[UUID], gone: Collection[str], broken: set[UUID], now: datetime
) -> list[Copy]:
    """The same of one target."""
    good = {copy.run_id for copy in written if copy.id not in broken} | held
    times = {copy.run_id: _time(copy) for copy in written}
    sets = {
        copy.run_id: Held(copy.run_id, times[copy.run_id], Kind(copy.run.kind), copy.run_id in held)
        for copy in written
        if copy.run_id in good
    }
    kept = rules.kept(sets.values(), queries.timetable(), queries.zone(), now)
    of_chains = {copy.run_id for copy in written if copy.run.set_name in gone}
    kept = {one: why for one, why in kept.items() if why != "chain" or one not in of_chains}
    oldest = min((times[one] for one in kept), default=now)
    return [
        copy
        for copy in written
        if copy.run_id not in kept
        and (copy.lock_until is None or copy.lock_until <= now)
        # A broken copy stays for whoever looks into it until every set of its time is gone.
        and not (copy.id in broken and times[copy.run_id] >= oldest)
    ]


def _time(copy: Copy) -> datetime:
    assert copy.run.snapshot_at is not None  # noqa: S101 a set has one
    return copy.run.snapshot_at


def _broken(copies: list[Copy]) -> set[UUID]:
    """The copies whose newest verdict is that they are broken."""
    verdicts = Verification.objects.filter(copy__in=copies).exclude(result=Result.NO_VERDICT)
    newest: dict[UUID, str] = dict(verdicts.order_by("at").values_list("copy_id", "result"))
    return {copy_id for copy_id, result in newest.items() if result == Result.FAILED}


def _remove(grant: Grant, copy: Copy) -> bool:
    """Delete the files, the manifest first: from then on the folder is no set. False if it was held meanwhile."""
    with transaction.atomic():
        locked = Copy.objects.select_for_update(of=("self",)).get(id=copy.id)
        if locked.hold or locked.state != CopyState.WRITTEN:
            return False
        with places.open_target(copy.target) as place:
            empty_folder(place, copy.run.set_name or "")
        copy.state, copy.deleted_at, copy.code = CopyState.DELETED, clock.now(), ""
        copy.save(update_fields=["state", "deleted_at", "code"])
        record(grant, events.COPY_DELETED, copy)
    return True


def empty_folder(place: Place, set_name: str) -> None:
    """Delete a set's files, the manifest first. ObjectLocked, TargetGone."""
    if not rules.SET_NAME.fullmatch(set_name):
        raise CopyGone
    names = place.names(f"{set_name}/")
    for name in sorted(names, key=lambda one: not one.endswith(rules.MANIFEST)):
        try:
            place.delete(name)
        except ObjectMissing:
            continue


def record(grant: Grant, event: EventSpec, copy: Copy, **more: str | int) -> None:
    """The leaf of a copy, in the change's own transaction."""
    leaves.record(
        grant,
        event,
        backup_copy=str(copy.id),
        backup_run=str(copy.run_id),
        backup_kind=copy.run.kind,
        backup_target=str(copy.target_id),
        bytes=copy.bytes,
        **more,
    )
