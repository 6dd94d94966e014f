"""Read what the room keeps. Callers ask the gate first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet

from tutela.base import clock
from tutela.trail import connect

from . import rules
from .errors import FeedUnknown
from .models import Account, Delivery, Feed, FeedKey
from .rules import Numbering, State, Stretch

COVERED_DAYS: Final = 30
"""The days before today over which shares are counted."""
GAPS_SHOWN: Final = 50


def feed(name: str, *, lock: bool = False) -> Feed:
    """A feed by its name; FeedUnknown."""
    rows = Feed.objects.select_for_update() if lock else Feed.objects
    found = rows.filter(name=name).first()
    if found is None:
        raise FeedUnknown
    return found


def key(key_id: UUID, *, lock: bool = False) -> FeedKey:
    """A key by its id, with its feed; FeedUnknown."""
    rows = FeedKey.objects.select_related("feed")
    found = (rows.select_for_update(of=("self",)) if lock else rows).filter(id=key_id).first()
    if found is None:
        raise FeedUnknown
    return found


def account(account_id: UUID, *, lock: bool = False) -> Account:
    """An account by its id, with its feed; FeedUnknown."""
    rows = Account.objects.select_related("feed")
    found = (rows.select_for_update(of=("self",)) if lock else rows).filter(id=account_id).first()
    if found is None:
        raise FeedUnknown
    return found


def unmatched(feed_id: int | None = None) -> QuerySet[Account]:
    """Accounts that are nobody of ours yet, those with most looks first."""
    rows = Account.objects.filter(staff=None).select_related("feed").order_by("-looks", "id")
    return rows if feed_id is None else rows.filter(feed_id=feed_id)


def told_of(staff_id: UUID) -> QuerySet[Account]:
    """Accounts under which other systems report one person, with the counts that these hold; no customer is named.
    Those that told last first."""
    return (
        Account.objects.filter(staff_id=staff_id).select_related("feed").order_by("-last_at", "id")
    )


def accounts_named(ids: Collection[str]) -> dict[str, Account]:
    """Accounts by their ids as text, those that exist."""
    rows = Account.objects.filter(id__in=ids).select_related("feed", "staff")
    return {str(row.id): row for row in rows}


def open_delivery(feed_id: int, file_hash: bytes) -> Delivery | None:
    """The delivery of this file that was broken off, or None."""
    rows = Delivery.objects.filter(feed_id=feed_id, file_hash=file_hash, ended_at=None)
    return rows.order_by("-began_at").first()


def numbering(feed_id: int, stream: str) -> Numbering:
    """Where the numbers of a stream stand."""
    head = connect.fetch(
        "SELECT run, told_at FROM feeds_stream WHERE feed_id = %s AND stream = %s",
        (feed_id, stream),
    )
    if not head:
        return Numbering()
    run, told = head[0]
    rows = connect.fetch(
        """SELECT first_number, last_number, lost FROM feeds_stretch
        WHERE feed_id = %s AND stream = %s AND run = %s ORDER BY first_number""",
        (feed_id, stream, run),
    )
    return Numbering(run=run, stretches=[Stretch(*row) for row in rows], told=told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Numbers of a stream that did not come: `count` from `first` on; `first` None for those no longer told
    apart."""

    stream: str
    run: int
    first: int | None
    count: int


_GAPS: Final = """
    SELECT stream, run, first_number - missing, missing FROM (
        SELECT stream, run, first_number, first_number - 1 - lag(last_number) OVER (
            PARTITION BY stream, run ORDER BY first_number) AS missing
        FROM feeds_stretch WHERE feed_id = %(feed)s) s WHERE missing > 0
    UNION ALL SELECT stream, run, NULL, sum(lost) FROM feeds_stretch WHERE feed_id = %(feed)s
    GROUP BY stream, run HAVING sum(lost) > 0
    ORDER BY 1, 2, 3 NULLS FIRST"""


def gaps(feed_id: int) -> list[Gap]:
    """What is missing in a feed's numbering, at most GAPS_SHOWN holes and one."""
    rows = connect.fetch(f"{_GAPS} LIMIT {GAPS_SHOWN + 1}", {"feed": feed_id})
    return [Gap(stream=s, run=run, first=first, count=int(n)) for s, run, first, n in rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of one system's looks came. `missing` are numbers that did not, `restarts` how often the numbering
    began again, `again` numbers used twice. The counts are of the days before today and of today."""

    feed: Feed
    state: State
    deliveries: int
    looks: int
    unmatched_people: int
    naming: int | None
    unknown_customers: int | None
    accounts: int
    missing: int
    restarts: int
    again: int

    @property
    def people_share(self) -> float | None:
        """Percent of looks whose person is one of ours; None without looks."""
        return 100 * (self.looks - self.unmatched_people) / self.looks if self.looks else None

    @property
    def customers_share(self) -> float | None:
        """Percent of looks that name a customer whose customer is known here; None without any, or untold."""
        if not self.naming or self.unknown_customers is None:
            return None
        return 100 * (self.naming - self.unknown_customers) / self.naming


_TALLIES: Final = """
    SELECT feed_id, sum(looks), sum(unmatched_people), sum(naming), sum(unknown_customers)
    FROM feeds_tally WHERE day > %s GROUP BY feed_id"""
_MISSING: Final = """
    SELECT feed_id, sum(missing) FROM (
        SELECT feed_id, lost + first_number - 1 - coalesce(lag(last_number) OVER (
            PARTITION BY feed_id, stream, run ORDER BY first_number), first_number - 1) AS missing
        FROM feeds_stretch) s GROUP BY feed_id"""
_STREAMS: Final = "SELECT feed_id, sum(run - 1), sum(again) FROM feeds_stream GROUP BY feed_id"


def coverage(names: Sequence[str] | None = None) -> list[Coverage]:
    """Every feed (or those of these names) with what came and what is missing, in the order of systems."""
    now, since = clock.now(), clock.today() - timedelta(days=COVERED_DAYS)
    feeds = Feed.objects.annotate(
        delivered=Count("deliveries", distinct=True),
        strangers=Count("accounts", filter=Q(accounts__staff=None), distinct=True),
    ).order_by("system", "name")
    if names is not None:
        feeds = feeds.filter(name__in=names)
    tallies = _by_feed(_TALLIES, (since,))
    missing = _by_feed(_MISSING, ())
    streams = _by_feed(_STREAMS, ())
    none = (0, 0, 0, 0)
    found = []
    for each in feeds:
        looks, nobody, naming, unknown = tallies.get(each.id, none)
        restarts, again = streams.get(each.id, (0, 0))
        found.append(
            Coverage(
                feed=each,
                state=state_of(each, now),
                deliveries=each.delivered,
                looks=looks,
                unmatched_people=nobody,
                naming=naming,
                unknown_customers=unknown,
                accounts=each.strangers,
                missing=missing.get(each.id, (0,))[0],
                restarts=restarts,
                again=again,
            )
        )
    return found


def state_of(each: Feed, now: datetime) -> State:
    """What a feed is at a moment."""
    return rules.state_of(
        is_open=each.is_open,
        received=each.received_at,
        opened=each.opened_at,
        minutes=each.silent_minutes,
        now=now,
    )


def _by_feed(statement: str, values: tuple[date, ...]) -> dict[int, tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return {row[0]: tuple(int(value) for value in row[1:]) for row in cursor.fetchall()}
