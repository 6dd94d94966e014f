"""A person's pattern beside colleagues of the same post: by day, by purpose, by hour. Reads only."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.utils import timezone

from tutela.access import people_search
from tutela.access.posts import POSTS
from tutela.base import clock
from tutela.base.language import name_of
from tutela.trail import figures as trail_figures
from tutela.vault.look_kinds import KINDS
from tutela.web import figures

from .models import Alert

CLEAR: Final = tuple(KINDS.clear)
LOOKS: Final = (*KINDS.masked, *KINDS.clear)
_DEAREST: Final = 400
"""Of a post of more people than this, the hours of the first so many are counted: a share needs no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """From the beginning of a day of the company until the end of today."""

    since: datetime
    until: datetime
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """What the pictures show. `purposes` are (code, looks); `beside` by the name of the post."""

    calendar: figures.Calendar
    purposes: Sequence[tuple[str, int]]
    beside: Sequence[tuple[str, figures.Beside]]
    hours: Sequence[figures.Bar]
    refused: int
    clear: int
    masked: int
    peers: int


def last_days(days: int) -> Days:
    """So many days of the company, today the last of them."""
    zone = timezone.get_default_timezone()
    after = clock.today() + timedelta(days=1)
    until = datetime.combine(after, time.min, tzinfo=zone)
    since = datetime.combine(after - timedelta(days=days), time.min, tzinfo=zone)
    return Days(since=since, until=until, zone=str(zone))


def of(person: UUID, days: Days) -> Pattern:
    """The pattern of one person."""
    key = str(person)
    by_day: Counter[date] = Counter()
    purposes: Counter[str] = Counter()
    sums: Counter[str] = Counter()
    for tally in trail_figures.of_actor(key, days.since, days.until, days.zone):
        if tally.outcome == "deny":
            sums["refused"] += tally.leaves
        elif tally.event in LOOKS:
            by_day[tally.day] += tally.leaves
            purposes[tally.purpose] += tally.leaves
            sums["clear" if tally.event in CLEAR else "masked"] += tally.leaves
    by_post = people_search.peers(person)
    everybody = {key, *(one for people in by_post.values() for one in people)}
    last = timezone.localtime(days.until - timedelta(microseconds=1)).date()
    return Pattern(
        calendar=figures.calendar(by_day, timezone.localtime(days.since).date(), last),
        purposes=purposes.most_common(),
        beside=_beside(
            key, by_post, trail_figures.by_actor(everybody, CLEAR, days.since, days.until)
        ),
        hours=_hours(key, everybody, days),
        refused=sums["refused"],
        clear=sums["clear"],
        masked=sums["masked"],
        peers=len(everybody) - 1,
    )


def _beside(
    person: str, by_post: Mapping[str, Sequence[str]], counted: Mapping[str, int]
) -> list[tuple[str, figures.Beside]]:
    drawn = (
        (post, figures.beside(person, {one: counted.get(one, 0) for one in people}))
        for post, people in by_post.items()
    )
    return [(name_of(POSTS[post]), one) for post, one in drawn if one and post in POSTS]


def _hours(person: str, everybody: set[str], days: Days) -> list[figures.Bar]:
    asked = [person, *sorted(everybody - {person})[:_DEAREST]]
    counted = trail_figures.by_hour(asked, LOOKS, (days.since, days.until, days.zone))
    own: Counter[int] = Counter()
    peers: Counter[int] = Counter()
    for (actor, hour), number in counted.items():
        (own if actor == person else peers)[hour] += number
    return figures.hours(own, peers)


def alerts_of(person: UUID, most: int) -> list[Alert]:
    """The newest alerts about a person."""
    rows = Alert.objects.select_related("person", "case").filter(person_id=person)
    return list(rows.order_by("-at", "-id")[:most])
