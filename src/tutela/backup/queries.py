"""What is read of backups; callers of public pages have asked the gate."""

from collections.abc import Sequence
from dataclasses import fields
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from .errors import CopyUnknown, RunUnknown
from .models import Copy, Policy, Recipient, Run, Target
from .rules import (
    GOOD,
    NEEDED_ROLES,
    CopyState,
    Kind,
    Opens,
    RecipientState,
    TargetState,
    Timetable,
    opened_by,
)


def zone() -> ZoneInfo:
    """The company's time zone, in which hours and weeks of the timetable are meant."""
    return ZoneInfo(settings.TIME_ZONE)


def timetable() -> Timetable:
    """The edition in force; edition 0, with the defaults, until one is signed."""
    row = Policy.objects.order_by("-edition").first()
    if row is None:
        return Timetable()
    return Timetable(**{one.name: getattr(row, one.name) for one in fields(Timetable)})


def recipients(kind: Kind) -> list[Recipient]:
    """The active keys to which sets of a kind are sealed."""
    part = Kind.KEYS if kind is Kind.KEYS else Kind.FULL
    active = Recipient.objects.filter(state=RecipientState.ACTIVE).order_by("created_at", "id")
    return [one for one in active if part in opened_by(Opens(one.opens))]


def missing_roles(kind: Kind) -> list[str]:
    """The needed roles that no key of this kind has; two different keys are needed."""
    held = {one.role for one in recipients(kind)}
    return [role.value for role in NEEDED_ROLES if role not in held]


def targets() -> list[Target]:
    """The active targets."""
    return list(Target.objects.filter(state=TargetState.ACTIVE).order_by("created_at", "id"))


def run(run_id: UUID | str) -> Run:
    """A run by its id; RunUnknown."""
    found = Run.objects.filter(id=run_id).first()
    if found is None:
        raise RunUnknown
    return found


def copy(copy_id: UUID | str) -> Copy:
    """A copy by its id; CopyUnknown."""
    found = Copy.objects.select_related("run", "target").filter(id=copy_id).first()
    if found is None:
        raise CopyUnknown
    return found


def newest_good(kind: Kind = Kind.FULL) -> Run | None:
    """The newest run whose set lies on a target."""
    return (
        Run.objects.filter(kind=kind, state__in=GOOD, copies__state=CopyState.WRITTEN)
        .order_by("-snapshot_at")
        .first()
    )


def runs(limit: int = 50) -> Sequence[Run]:
    """The newest runs, planned ones of the future left out."""
    return list(Run.objects.exclude(state="scheduled").order_by("-due_at", "-id")[:limit])
