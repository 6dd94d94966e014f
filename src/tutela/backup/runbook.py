"""The runbook: how the last passed drill brought the service back, with its commands and its times, and what a
person needs at hand before the first of them. Nothing in it is made up: without a passed drill there is none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tutela.base.errors import TutelaError

from . import queries, signing, standing
from .models import Copy, Drill, Recipient, Run, Target
from .rules import CopyState, DrillState, RecipientState

NOT_FOR_REAL: Final = frozenset({DrillState.TEARDOWN})
"""Stages that only a drill has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage as it was gone through: its code, seconds, the commands and the checks."""

    code: str
    seconds: float
    commands: Sequence[str]
    checks: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A target, and the newest set there."""

    target: Target
    newest: Run | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """What must be at hand: where copies lie, who holds keys, and the key by which manifests are known ("" if
    there is none yet)."""

    places: Sequence[Place]
    recipients: Sequence[Recipient]
    signer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Runbook:
    """The drill that it is made of, and its stages as far as they are gone through for real too."""

    drill: Drill
    stages: Sequence[Stage]

    @property
    def seconds(self) -> float:
        return sum(stage.seconds for stage in self.stages)


def last() -> Runbook | None:
    """Of the newest drill that passed; None while there is none."""
    drill = standing.last_passed()
    if drill is None:
        return None
    stages = [
        Stage(
            code=stage.stage,
            seconds=stage.seconds,
            commands=stage.detail.get("commands", ()),
            checks=stage.detail.get("checks", ()),
        )
        for stage in drill.stages.order_by("started_at", "id")
        if stage.stage not in NOT_FOR_REAL
    ]
    return Runbook(drill=drill, stages=stages)


def at_hand() -> Hand:
    """What must be at hand now."""
    recipients = standing.recipients().filter(state=RecipientState.ACTIVE)
    return Hand(
        places=[Place(target=one, newest=_newest(one)) for one in queries.targets()],
        recipients=list(recipients),
        signer=signer(),
    )


def _newest(target: Target) -> Run | None:
    rows = Copy.objects.filter(
        target=target, state=CopyState.WRITTEN, run__kind__in=standing.DATA
    ).select_related("run")
    found = rows.order_by("-run__snapshot_at").first()
    return found.run if found else None


def signer() -> str:
    """The public key that signs manifests, in hex."""
    if not Run.objects.filter(manifest__isnull=False).exists():
        return ""
    try:
        return signing.public_key().hex()
    except TutelaError:
        return ""
