"""What pages tell of backups: copies with what their verifications say, the figures of the 3-2-1-1-0 rule, gaps
between proven sets. Callers ask the gate first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from tutela.base import clock

from .errors import DrillUnknown, TargetUnknown
from .models import Change, Copy, Drill, Recipient, Run, Target, Verification
from .panel import Held, Panel, panel
from .rules import (
    GOOD,
    CopyState,
    DrillState,
    Kind,
    Result,
    RunState,
    TargetState,
)

DATA: Final = (Kind.FULL, Kind.BASE, Kind.INCREMENTAL)
"""Kinds of sets that hold customers' data; a key set opens them."""
GAP_DAYS: Final = 92
"""The days over which the worst gap between proven backups is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A copy with what its verifications say. `level` is the best passed since the last verdict against it, None
    for none; `bad` whether the last verdict was against it; `verified_at` the last verdict."""

    copy: Copy
    level: int | None
    bad: bool
    verified_at: datetime | None
    history: Sequence[Verification] = ()


def target(target_id: UUID) -> Target:
    """A target by its id; TargetUnknown."""
    found = Target.objects.filter(id=target_id).first()
    if found is None:
        raise TargetUnknown
    return found


def drill(drill_id: UUID) -> Drill:
    """A drill by its id; DrillUnknown."""
    rows = Drill.objects.select_related("run", "copy__target", "requested_by")
    found = rows.filter(id=drill_id).first()
    if found is None:
        raise DrillUnknown
    return found


def waiting(kind: str = "", subject: str | None = None) -> list[Change]:
    """Changes that wait for a second person, oldest first."""
    rows = Change.objects.filter(decision="").select_related("proposed_by")
    if kind:
        rows = rows.filter(kind=kind)
    if subject is not None:
        rows = rows.filter(subject=subject)
    return list(rows.order_by("proposed_at", "id"))


def targets() -> QuerySet[Target]:
    """Targets in use first, then paused, then removed ones."""
    return Target.objects.order_by("state", "name")


def recipients() -> QuerySet[Recipient]:
    return Recipient.objects.select_related("created_by", "approved_by").order_by(
        "state", "role", "name"
    )


def of_copies(copies: Iterable[Copy]) -> list[Standing]:
    """Copies with what their verifications say."""
    every = list(copies)
    found: dict[UUID, list[Verification]] = {one.id: [] for one in every}
    for row in Verification.objects.filter(copy__in=every).order_by("at", "id"):
        found[row.copy_id].append(row)
    return [_standing(one, found[one.id]) for one in every]


def _standing(one: Copy, history: Sequence[Verification]) -> Standing:
    level: int | None = None
    bad, at = False, None
    for row in history:
        if row.result == Result.FAILED:
            level, bad, at = None, True, row.at
        elif row.result == Result.PASSED:
            level, bad, at = max(row.level, -1 if level is None else level), False, row.at
    return Standing(
        copy=one, level=level, bad=bad, verified_at=at, history=tuple(reversed(history))
    )


def copies_of(runs: Iterable[Run]) -> dict[UUID, list[Standing]]:
    """The copies of each run, by target."""
    ids = [one.id for one in runs]
    rows = Copy.objects.filter(run_id__in=ids).select_related("target").order_by("target__name")
    found: dict[UUID, list[Standing]] = {key: [] for key in ids}
    for one in of_copies(rows):
        found[one.copy.run_id].append(one)
    return found


def runs() -> QuerySet[Run]:
    """All runs but those still to come, newest first."""
    to_come = Q(state=RunState.SCHEDULED, due_at__gt=clock.now())
    return Run.objects.exclude(to_come).order_by("-due_at", "-id")


def planned() -> list[Run]:
    """What is planned, next first."""
    rows = Run.objects.filter(state=RunState.SCHEDULED, due_at__gt=clock.now())
    return list(rows.order_by("due_at", "id"))


def newest_good(kinds: Sequence[str] = DATA) -> Run | None:
    """The newest set that was written somewhere."""
    rows = Run.objects.filter(kind__in=kinds, state__in=GOOD)
    return rows.order_by("-snapshot_at", "-id").first()


def kept(kinds: Sequence[str] = DATA) -> QuerySet[Run]:
    """Sets of which a copy lies on a target now, newest first."""
    rows = Run.objects.filter(
        kind__in=kinds,
        state__in=GOOD,
        copies__state=CopyState.WRITTEN,
        copies__target__state__in=(TargetState.ACTIVE, TargetState.PAUSED),
    )
    return rows.distinct().order_by("-snapshot_at", "-id")


_BAD: Final = """
    SELECT count(*) FROM backup_copy c JOIN backup_run r ON r.id = c.run_id CROSS JOIN LATERAL (
        SELECT v.result FROM backup_verification v WHERE v.copy_id = c.id AND v.result <> 'no_verdict'
        ORDER BY v.at DESC, v.id DESC LIMIT 1) last
    WHERE c.state = 'written' AND last.result = 'failed' AND r.kind = ANY(%s)"""


def panel_of(kinds: Sequence[str]) -> Panel:
    """The 3-2-1-1-0 rule for the newest set of these kinds."""
    newest, now = newest_good(kinds), clock.now()
    here = copies_of([newest])[newest.id] if newest else []
    held = [
        Held(
            target=one.copy.target.name,
            media=one.copy.target.media,
            offsite=one.copy.target.offsite,
            lock=one.copy.target.lock,
            lock_until=one.copy.lock_until,
            level=one.level,
            bad=one.bad,
        )
        for one in here
        if one.copy.state == CopyState.WRITTEN and one.copy.target.state != TargetState.REMOVED
    ]
    lost = sum(one.copy.state == CopyState.LOST for one in here)
    return panel(held, _bad(kinds) + lost, newest.snapshot_at if newest else None, now)


def _bad(kinds: Sequence[str]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_BAD, [[str(kind) for kind in kinds]])
        return int(cursor.fetchone()[0])


_PROVEN: Final = """
    SELECT DISTINCT r.snapshot_at FROM backup_run r JOIN backup_copy c ON c.run_id = r.id
    JOIN backup_target t ON t.id = c.target_id AND t.offsite
    JOIN backup_verification v ON v.copy_id = c.id AND v.result = 'passed' AND v.level >= 2
    WHERE r.kind IN ('full', 'base', 'incremental') AND r.snapshot_at IS NOT NULL ORDER BY 1"""


def proven() -> list[datetime]:
    """When each set was taken of which an offsite copy was opened to its end, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_PROVEN)
        return [at for (at,) in cursor.fetchall()]


def good_times() -> list[datetime]:
    """When each set was taken that was written somewhere and never had a verdict against a copy, oldest first."""
    bad = Verification.objects.filter(result=Result.FAILED, copy__run=OuterRef("pk"))
    rows = Run.objects.filter(kind__in=DATA, state__in=GOOD, snapshot_at__isnull=False)
    found = rows.exclude(Exists(bad)).order_by("snapshot_at")
    return [at for at in found.values_list("snapshot_at", flat=True) if at is not None]


def worst_gap(taken: Sequence[datetime], now: datetime) -> timedelta | None:
    """The longest time of the last quarter without a newer good set, the present one included; None without
    any."""
    since = now - timedelta(days=GAP_DAYS)
    before = [at for at in taken if at <= since][-1:]
    points = [*(max(at, since) for at in before), *(at for at in taken if at > since), now]
    if len(points) == 1:
        return None
    return max(later - earlier for earlier, later in pairwise(points))


def drills() -> QuerySet[Drill]:
    """All drills, newest first."""
    return Drill.objects.select_related("run", "copy__target").order_by("-created_at", "-id")


def last_passed() -> Drill | None:
    """The newest drill that passed."""
    return drills().filter(state=DrillState.PASSED).first()
