"""Counts of what one person did and of who looked at one customer, for the pictures of the trail's pages.

Counted from the columns that the log itself fills, without opening a leaf: a person has tens of thousands of
leaves a year. Callers ask the gate first and append a leaf.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from .naming import subject_text
from .segments import cold


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many leaves of one day (of `zone`), actor, event, purpose and outcome."""

    day: date
    actor_kind: str
    actor_id: str
    event: str
    purpose: str
    outcome: str
    leaves: int


_SUMS = """SELECT (l.at AT TIME ZONE %(zone)s)::date AS day, l.actor_kind, l.actor_id, l.event, l.purpose,
    l.outcome, count(*)"""
_GROUPS = "GROUP BY day, l.actor_kind, l.actor_id, l.event, l.purpose, l.outcome"


def of_actor(actor_id: str, since: datetime, until: datetime, zone: str) -> list[Tally]:
    """What one actor did between two moments, by day of the zone of this IANA name."""
    statement = f"""{_SUMS} FROM trail.leaf l
        WHERE hashtextextended(l.actor_id, 0) = hashtextextended(%(actor)s, 0) AND l.actor_id = %(actor)s
        AND l.at >= %(since)s AND l.at < %(until)s {_GROUPS}"""
    values: dict[str, str | bytes | datetime] = {"actor": actor_id, "since": since, "until": until}
    older = cold.tallies(("actor_id = ?", [actor_id]), since, until, zone)
    return _tallies(statement, values | {"zone": zone}, older)


def of_subject(
    subject: tuple[str, str], since: datetime, until: datetime, zone: str
) -> list[Tally]:
    """What was done with one subject between two moments, by day of the zone of this IANA name."""
    kind, key = subject
    # Moment by moment: for a join the server starts workers, which takes longer than the counting.
    statement = f"""{_SUMS} FROM (
            SELECT DISTINCT s.at FROM trail.named s WHERE s.key = trail.subject_key(%(kind)s, %(key)s)
            AND s.at >= %(since)s AND s.at < %(until)s ORDER BY s.at OFFSET 0) AS s
        CROSS JOIN LATERAL (
            SELECT l.* FROM trail.leaf l
            WHERE l.at = s.at AND position(%(text)s::bytea IN l.leaf) > 0 OFFSET 0) AS l
        {_GROUPS}"""
    values: dict[str, str | bytes | datetime] = {
        "kind": kind,
        "key": key,
        "since": since,
        "until": until,
    }
    values["text"] = subject_text(kind, key)
    values["zone"] = zone
    return _tallies(statement, values, cold.tallies(("true", []), since, until, zone, subject))


def _tallies(
    statement: str, values: Mapping[str, str | bytes | datetime], older: cold.Tallies
) -> list[Tally]:
    """The counts of the database and of months that files hold; a day on the border has one of each."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = [*cursor.fetchall(), *older]
    return [
        Tally(
            day=day, actor_kind=kind, actor_id=actor, event=event, purpose=purpose,
            outcome=outcome, leaves=leaves,
        )
        for day, kind, actor, event, purpose, outcome, leaves in rows
    ]  # fmt: skip


def by_actor(
    actor_ids: Collection[str], events: Sequence[str], since: datetime, until: datetime
) -> dict[str, int]:
    """Leaves of these events by actor between two moments; those without any are left out."""
    statement = """
        SELECT l.actor_id, count(*) FROM trail.leaf l
        WHERE l.event = ANY(%s) AND l.at >= %s AND l.at < %s AND l.actor_id = ANY(%s) AND l.outcome <> 'deny'
        GROUP BY l.actor_id"""
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(events), since, until, list(actor_ids)])
        counted = Counter({actor: int(leaves) for actor, leaves in cursor.fetchall()})
    looks = "list_contains(?, event) AND list_contains(?, actor_id) AND outcome <> 'deny'"
    values = [list(events), list(actor_ids)]
    for _, _, actor, _, _, _, leaves in cold.tallies((looks, values), since, until, "UTC"):
        counted[actor] += leaves
    return dict(counted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the trail holds of a subject."""

    leaves: int
    first: datetime
    last: datetime


def known(kind: str, keys: Collection[str]) -> dict[str, Known]:
    """Subjects that the trail names; those that it does not are left out."""
    statement = """
        SELECT w.id, count(*), min(s.at), max(s.at) FROM unnest(%s::text[]) AS w (id)
        JOIN trail.named s ON s.key = trail.subject_key(%s, w.id) GROUP BY w.id"""
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(keys), kind])
        rows = cursor.fetchall()
    found = {key: Known(leaves=leaves, first=first, last=last) for key, leaves, first, last in rows}
    for key, leaves, first, last in cold.known(kind, keys):
        newer = found.get(key)
        found[key] = Known(
            leaves=leaves + (newer.leaves if newer else 0),
            first=first,
            last=newer.last if newer else last,
        )
    return found


def by_hour(
    actor_ids: Collection[str], events: Sequence[str], days: tuple[datetime, datetime, str]
) -> dict[tuple[str, int], int]:
    """Leaves of these events between two moments by actor and hour of the day in the zone of this IANA name;
    `days` are the moments and the zone."""
    statement = """
        SELECT l.actor_id, extract(hour FROM l.at AT TIME ZONE %s)::int AS hour, count(*)
        FROM trail.leaf l
        WHERE l.event = ANY(%s) AND l.at >= %s AND l.at < %s AND l.actor_id = ANY(%s) AND l.outcome <> 'deny'
        GROUP BY l.actor_id, hour"""
    since, until, zone = days
    with connection.cursor() as cursor:
        cursor.execute(statement, [zone, list(events), since, until, list(actor_ids)])
        return {(actor, hour): int(leaves) for actor, hour, leaves in cursor.fetchall()}
