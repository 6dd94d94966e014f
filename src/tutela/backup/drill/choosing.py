"""Which copy a drill takes: newest, oldest and random in turn, and another target than last time."""

import secrets
from typing import Final
from uuid import UUID

from django.db.models import Max

from tutela.backup.errors import NothingToRestore
from tutela.backup.models import Copy, Drill
from tutela.backup.rules import Chosen, CopyState, Kind, TargetState

TURN: Final = (Chosen.NEWEST, Chosen.OLDEST, Chosen.RANDOM)


def next_choice() -> Chosen:
    """What is next in turn, after the last drill that was not asked for by a copy."""
    last = Drill.objects.exclude(chosen=Chosen.ASKED).order_by("-created_at").first()
    if last is None:
        return TURN[0]
    return TURN[(TURN.index(Chosen(last.chosen)) + 1) % len(TURN)]


def choose(chosen: Chosen) -> Copy:
    """A written copy of a full set whose keys set lies beside it. NothingToRestore."""
    written = Copy.objects.filter(
        state=CopyState.WRITTEN, run__kind=Kind.FULL, run__snapshot_at__isnull=False
    ).exclude(target__state=TargetState.REMOVED)
    usable = [copy for copy in written.select_related("run", "target") if _has_keys(copy)]
    if not usable:
        raise NothingToRestore
    runs = sorted(
        {copy.run.snapshot_at: copy.run_id for copy in usable if copy.run.snapshot_at}.items()
    )
    run = {Chosen.OLDEST: runs[0][1], Chosen.RANDOM: secrets.choice(runs)[1]}.get(
        chosen, runs[-1][1]
    )
    drilled = dict(
        Drill.objects.filter(copy__isnull=False)
        .values_list("copy__target")
        .annotate(last=Max("created_at"))
    )
    of_run = [copy for copy in usable if copy.run_id == run]
    return min(of_run, key=lambda copy: (_when(drilled, copy.target_id), not copy.target.offsite))


def _when(drilled: dict[UUID, object], target: UUID) -> str:
    return str(drilled.get(target, ""))


def _has_keys(copy: Copy) -> bool:
    """Whether the same target holds a keys set that is not older."""
    return Copy.objects.filter(
        state=CopyState.WRITTEN, target=copy.target, run__kind=Kind.KEYS,
        run__snapshot_at__gte=copy.run.snapshot_at,
    ).exists()  # fmt: skip
