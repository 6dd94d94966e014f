"""What is stored: settings, mutes, marks, shifts, alerts, cases, position."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Max, Min, Q, QuerySet

from tutela.base import clock
from tutela.trail.tree import witnesses

from .models import Alert, Case, Mute, Position, Setting, Shift, Vip
from .rules import OPEN_STATES, RULES, Need
from .thresholds import Book, Muted, Version

CANARIES_AT_ONCE = 10_000
_CANARIES = "SELECT customer_id, planted_at, retired_at FROM watch_canary_among(%s::uuid[])"


def milliseconds(at: datetime) -> int:
    """Since 1970."""
    return round(at.timestamp() * 1000)


def moment(t_ms: int) -> datetime:
    """In UTC."""
    return datetime.fromtimestamp(t_ms / 1000, UTC)


def book() -> Book:
    """All settings and mutes."""
    versions = [
        Version(one.rule, one.post, one.version, one.active, one.values, milliseconds(one.at))
        for one in Setting.objects.order_by("rule", "version")
        if one.rule in RULES
    ]
    mutes = [
        Muted(one.rule, str(one.person_id), milliseconds(one.begins), milliseconds(one.ends))
        for one in Mute.objects.all()
    ]
    return Book(versions, mutes)


def edition() -> tuple[int, int]:
    """Changes whenever a setting or mute is added."""
    return Setting.objects.count(), Mute.objects.count()


def newest_settings(rule: str) -> list[Setting]:
    """The version in force of a rule, for all posts (blank) and for each post that has its own."""
    found: dict[str, Setting] = {}
    for one in Setting.objects.filter(rule=rule).order_by("version"):
        found[one.post] = one
    return [found[post] for post in sorted(found)]


def marks(
    rows: Iterable[tuple[UUID, datetime, datetime | None]],
) -> dict[str, tuple[int, int | None]]:
    """Customers with the moments from and until which they are marked."""
    return {
        str(customer): (milliseconds(since), milliseconds(until) if until else None)
        for customer, since, until in rows
    }


def canaries(customers: Sequence[str]) -> dict[str, tuple[int, int | None]]:
    """Those of these customers (ids as text) that are canaries, also retired ones, with their moments."""
    found: dict[str, tuple[int, int | None]] = {}
    with connection.cursor() as cursor:
        for begin in range(0, len(customers), CANARIES_AT_ONCE):
            part = list(customers[begin : begin + CANARIES_AT_ONCE])
            cursor.execute(_CANARIES, [part])
            found |= marks(cursor.fetchall())
    return found


def canary_counts() -> dict[int, tuple[int, datetime]]:
    """Canaries in use by branch, and how old the oldest is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT branch_id, number, oldest FROM watch_canary_counts()")
        return {branch: (number, oldest) for branch, number, oldest in cursor.fetchall()}


def vips() -> dict[str, list[tuple[int, int | None]]]:
    """Marked customers with the spans of their marks."""
    found: dict[str, list[tuple[int, int | None]]] = {}
    for customer, since, until in Vip.objects.values_list("customer_id", "since", "until"):
        span = (milliseconds(since), milliseconds(until) if until else None)
        found.setdefault(str(customer), []).append(span)
    return found


def has_roster() -> bool:
    """Whether any shift was imported."""
    return Shift.objects.exists()


def shifts_around(person: str, at: datetime) -> list[tuple[int, int]]:
    """The shifts and call duties of a person within a week of a moment, in milliseconds."""
    rows = Shift.objects.filter(
        person_id=UUID(person), ends__gte=at - timedelta(days=7), starts__lte=at + timedelta(days=7)
    ).values_list("starts", "ends")
    return [(milliseconds(starts), milliseconds(ends)) for starts, ends in rows]


def position() -> Position | None:
    """Up to where the trail has been counted; None before the first time."""
    return Position.objects.filter(id=1).first()


def open_case(person: str, customer: str) -> Case | None:
    """The open case of a person, or of a customer where no person is named."""
    return Case.objects.filter(_whose(person, customer), state__in=OPEN_STATES).first()


def loose_alerts(person: str, customer: str) -> QuerySet[Alert]:
    """Alerts that no case has taken up yet."""
    return Alert.objects.filter(_whose(person, customer), case__isnull=True)


def _whose(person: str, customer: str) -> Q:
    """Of a person, or of a customer where no person is named, or of the trail where neither is."""
    if person:
        return Q(person_id=UUID(person))
    return Q(person__isnull=True, customer_id=UUID(customer) if customer else None)


def inactive() -> dict[Need, bool]:
    """Which needs are not met, so that a rule, or a part of it, cannot fire."""
    from tutela.access.models import Staff

    missing = {
        Need.ROSTER: not has_roster(),
        Need.CANARIES: not canary_counts(),
        Need.VIP_LIST: not Vip.objects.filter(until__isnull=True).exists(),
        Need.WITNESSES: witnesses.quorum() is None,
        Need.OWN_RECORDS: not Staff.objects.filter(customer_id__isnull=False).exists(),
    }
    return {need: True for need, is_missing in missing.items() if is_missing}


def cases_a_day(days: int = 30) -> float:
    """Cases opened a day on the average of the last days."""
    since = clock.now() - timedelta(days=days)
    found = Case.objects.filter(opened_at__gte=since).aggregate(number=Count("id"))
    return float(found["number"]) / days


def rosters() -> QuerySet[Shift, Any]:
    """A row for each person with shifts: how many, of them on call, first and last; whose end is nearest first."""
    return (
        Shift.objects.values("person_id", "person__name", "person__login")
        .annotate(
            shifts=Count("id"),
            calls=Count("id", filter=Q(on_call=True)),
            first=Min("starts"),
            last=Max("starts"),
        )
        .order_by("last", "person__login")
    )
