"""What people see of backups, by those who may: the one way for every door."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Max, Q

from tutela.access import gate
from tutela.base.actor import Actor

from . import permissions, queries
from .models import Change, Copy, Outside, Recipient, Run, Target
from .rules import CopyState, Result, RunState


@dataclass(frozen=True, slots=True)
class Listed:
    """A copy, and the highest level that it passed."""

    copy: Copy
    level: int


def runs(actor: Actor, limit: int = 50) -> Sequence[Run]:
    """The newest runs, those of the future left out."""
    gate.require(actor, permissions.READ)
    return queries.runs(limit)


def copies(actor: Actor) -> list[Listed]:
    """The copies that were not removed, the newest first."""
    gate.require(actor, permissions.READ)
    found = (
        Copy.objects.exclude(state=CopyState.DELETED)
        .select_related("run", "target")
        .annotate(passed=Max("verifications__level", filter=Q(verifications__result=Result.PASSED)))
        .order_by("-run__due_at", "target__name")
    )
    return [Listed(one, one.passed or 0) for one in found]


def recipients(actor: Actor) -> list[Recipient]:
    """All public keys, also those that were removed."""
    gate.require(actor, permissions.READ)
    return list(Recipient.objects.order_by("state", "created_at", "id"))


def targets(actor: Actor) -> list[Target]:
    """All targets, also paused and removed ones."""
    gate.require(actor, permissions.READ)
    return list(Target.objects.order_by("state", "name"))


def outside(actor: Actor) -> list[Outside]:
    """The newest word of each other program about its own backups, by name."""
    gate.require(actor, permissions.READ)
    return list(Outside.objects.order_by("name", "-received_at", "-id").distinct("name"))


def changes(actor: Actor) -> list[Change]:
    """The changes that wait, the oldest first."""
    gate.require(actor, permissions.READ)
    waiting = Change.objects.filter(decision="").select_related("proposed_by")
    return list(waiting.order_by("proposed_at", "id"))


def timetable(actor: Actor) -> Mapping[str, Any]:
    """The figures in force, and when the next planned backup is due (`next`, "" while nothing is planned)."""
    gate.require(actor, permissions.READ)
    planned = Run.objects.filter(planned=True, state=RunState.SCHEDULED).order_by("due_at")
    upcoming = planned.first()
    figures = {
        name: value for name, value in asdict(queries.timetable()).items() if value is not None
    }
    return {**figures, "next": upcoming.due_at.isoformat(timespec="seconds") if upcoming else ""}
