"""Store a chunk of looks in one transaction: fingerprints, numbers, accounts, leaves and counts, all or none."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Literal
from uuid import UUID

from django.db import transaction

from tutela.access.models import Staff
from tutela.base import clock
from tutela.base.actor import Actor, Channel
from tutela.crypto import digest
from tutela.feeds import events, matching, queries
from tutela.feeds.errors import FeedClosed
from tutela.feeds.matching import Fingerprints, Named
from tutela.feeds.models import Account, Delivery, Feed
from tutela.feeds.reading.told import Look
from tutela.feeds.rules import NOBODY, NUMBER_LIMIT, Action, Numbering, Place, Stretch
from tutela.trail import connect, log
from tutela.trail.leaves import SUBJECT_LIMIT, Exposure, Leaf
from tutela.vault import catalogue

from .accounts import tell_named

CHUNK_LOOKS: Final = 2_000
MOST_STREAMS: Final = 500
"""More streams of one feed are not followed: their column is no name of a stream."""
_STREAM: Final = re.compile(r"(?!.*\d{6})[A-Za-z0-9_.:/-]{0,64}", re.ASCII)
_EXPOSURES: Final = {
    Action.READ: Exposure.CLEAR,
    Action.LIST: Exposure.CLEAR,
    Action.WRITE: Exposure.WRITE,
    Action.EXPORT: Exposure.EXPORT,
    Action.PRINT: Exposure.PRINT,
    Action.SESSION: Exposure.NONE,
}

_NOTE_RECORDS: Final = """
    INSERT INTO feeds_record (feed_id, digest, told)
    SELECT %s, d, t FROM unnest(%b::bytea[], %b::date[]) AS x (d, t) ON CONFLICT DO NOTHING RETURNING digest"""
_COUNT_STREAMS: Final = "SELECT count(*) FROM feeds_stream WHERE feed_id = %s"
_NOTE_STREAM: Final = """
    INSERT INTO feeds_stream AS s (feed_id, stream, run, told_at, again) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (feed_id, stream) DO UPDATE
        SET run = excluded.run, told_at = excluded.told_at, again = s.again + excluded.again
    RETURNING 1"""
_DROP_STRETCHES: Final = """
    DELETE FROM feeds_stretch WHERE feed_id = %s AND stream = %s AND run = %s AND first_number = ANY(%s::bigint[])
    RETURNING 1"""
_NOTE_STRETCHES: Final = """
    INSERT INTO feeds_stretch (feed_id, stream, run, first_number, last_number, lost)
    SELECT %s, %s, %s, f, l, n FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS x (f, l, n)
    RETURNING 1"""
_NOTE_ACCOUNTS: Final = """
    UPDATE feeds_account a SET looks = a.looks + x.n, last_at = %s, staff_id = x.staff, matched_at = x.matched
    FROM unnest(%s::uuid[], %s::bigint[], %s::uuid[], %s::timestamptz[]) AS x (id, n, staff, matched)
    WHERE a.id = x.id RETURNING 1"""
_NOTE_TALLY: Final = """
    INSERT INTO feeds_tally AS t (feed_id, day, looks, unmatched_people, naming, unknown_customers)
    VALUES (%s, %s, %s, %s, %s, %s)
    ON CONFLICT (feed_id, day) DO UPDATE SET looks = t.looks + excluded.looks,
        unmatched_people = t.unmatched_people + excluded.unmatched_people,
        naming = t.naming + excluded.naming,
        unknown_customers = t.unknown_customers + excluded.unknown_customers
    RETURNING 1"""


@dataclass(slots=True)
class Chunk:
    """Records that are stored together: `looks`, of `lines` records in all, of which `others` tell of none."""

    looks: list[Look] = field(default_factory=list)
    lines: int = 0
    others: int = 0


@dataclass(slots=True)
class Taking:
    """A delivery while it is taken in. `before` of its looks were stored before it was broken off."""

    delivery: Delivery
    prints: Fingerprints
    before: int = 0


@transaction.atomic
def store(taking: Taking, chunk: Chunk) -> None:
    """Store a chunk; FeedClosed."""
    delivery = taking.delivery
    feed = queries.feed(delivery.feed.name, lock=True)
    if not feed.is_open:
        raise FeedClosed(feed=feed.name)
    fresh = _fresh(taking, feed, chunk.looks)
    runs, restarts = _number(feed, fresh)
    accounts = _accounts(taking, feed, fresh)
    named = matching.named_by(fresh)
    log.append_all_with_change(
        [
            _leaf(delivery, feed, look, account, names, run)
            for look, account, names, run in zip(fresh, accounts, named, runs, strict=True)
        ]
    )
    _count(feed, fresh, accounts, named)
    delivery.restarts += restarts
    _advance(taking, feed, chunk, fresh)


def _fresh(taking: Taking, feed: Feed, looks: Sequence[Look]) -> list[Look]:
    """The looks that never came before, each noted."""
    prints = taking.prints.of_records(looks)
    days = [look.at.date() for look in looks]
    noted = connect.fetch(_NOTE_RECORDS, (feed.id, prints, days)) if looks else []
    new = {bytes(row[0]) for row in noted}
    return [look for look, once in zip(looks, prints, strict=True) if once in new]


def _number(feed: Feed, looks: Sequence[Look]) -> tuple[list[int], int]:
    """Note the looks' numbers: the run of each look (0 without a number), and how often a numbering began
    again."""
    streams: defaultdict[str, list[int]] = defaultdict(list)
    for place, look in enumerate(looks):
        if look.number is not None:
            streams[_stream(look.stream)].append(place)
    runs, restarts = [0] * len(looks), 0
    followed = connect.fetch(_COUNT_STREAMS, (feed.id,))[0][0] if streams else 0
    for stream, places in streams.items():
        numbering = queries.numbering(feed.id, stream)
        if numbering.told is None:
            followed += 1
            if followed > MOST_STREAMS:
                continue
        restarts += _take(
            feed, stream, numbering, [(looks[place], place) for place in places], runs
        )
    return runs, restarts


def _take(
    feed: Feed,
    stream: str,
    numbering: Numbering,
    looks: Sequence[tuple[Look, int]],
    runs: list[int],
) -> int:
    """Note the numbers of one stream, filling in the runs; how often it began again."""
    first, before = numbering.run, _parts(numbering.stretches)
    places: Counter[Place] = Counter()
    for look, at in looks:
        places[numbering.take(look.number or 0, look.at)] += 1
        runs[at] = numbering.run
    for run, stretches in [*numbering.ended, (numbering.run, numbering.stretches)]:
        _keep(feed, stream, run, before if run == first else set(), _parts(stretches))
    connect.fetch(
        _NOTE_STREAM, (feed.id, stream, numbering.run, numbering.told, places[Place.AGAIN])
    )
    return places[Place.RESTART]


_Parts = set[tuple[int, int, int]]


def _parts(stretches: Sequence[Stretch]) -> _Parts:
    return {(part.first, part.last, part.lost) for part in stretches}


def _keep(feed: Feed, stream: str, run: int, before: _Parts, after: _Parts) -> None:
    """Bring the stored stretches of a run from what they were to what they are."""
    if gone := [first for first, _last, _lost in before - after]:
        connect.fetch(_DROP_STRETCHES, (feed.id, stream, run, gone))
    if new := sorted(after - before):
        columns = [list(column) for column in zip(*new, strict=True)]
        connect.fetch(_NOTE_STRETCHES, (feed.id, stream, run, *columns))


def _stream(text: str) -> str:
    """The name of a stream as it is stored: no text that could be a customer's."""
    return text if _STREAM.fullmatch(text) else digest.sha256(text.encode()).hex()[:16]


def _accounts(taking: Taking, feed: Feed, looks: Sequence[Look]) -> list[Account]:
    """The account of each look; those that nobody knew are noted, and matched if they are one of our staff."""
    now = clock.now()
    tags = {person: taking.prints.of_account(person) for person in {look.person for look in looks}}
    stored = Account.objects.filter(feed=feed, tag__in=list(tags.values())).select_related("staff")
    known = {bytes(account.tag): account for account in stored}
    open_ones = [p for p, tag in tags.items() if tag not in known or known[tag].staff is None]
    staff = Staff.objects.in_bulk(list((ids := matching.staff_of(open_ones)).values()))
    new = {}
    for person in open_ones:
        who = staff.get(UUID(ids[person])) if person in ids else None
        if tags[person] not in known and tags[person] not in new:
            new[tags[person]] = Account(
                feed=feed, tag=tags[person], shown=matching.shown_name(person), staff=who,
                matched_at=now if who else None, first_at=now, last_at=now,
            )  # fmt: skip
        elif who and (account := known.get(tags[person])) and not account.was_released:
            account.staff, account.matched_at = who, now
    known |= {bytes(made.tag): made for made in Account.objects.bulk_create(new.values())}
    counts = Counter(tags[look.person] for look in looks)
    seen = [known[tag] for tag in counts]
    columns = (
        [account.id for account in seen],
        list(counts.values()),
        [account.staff_id for account in seen],
        [account.matched_at for account in seen],
    )
    connect.fetch(_NOTE_ACCOUNTS, (now, *columns))
    if fresh := [account.staff for account in seen if account.staff and account.matched_at == now]:
        tell_named(fresh)
    return [known[tags[look.person]] for look in looks]


def _leaf(
    delivery: Delivery, feed: Feed, look: Look, account: Account, named: Named, run: int
) -> Leaf:
    """The leaf of a look: who is our staff, or the account; whom are our customers; no value of either."""
    detail: dict[str, str | int] = {
        "feed": feed.name,
        "system": feed.system,
        "delivery": str(delivery.id),
        "door": delivery.door,
        "account": str(account.id),
        "action": look.action.value,
        "told_ms": int(look.at.timestamp() * 1000),
    }
    if delivery.key_id:
        detail["feed_key"] = str(delivery.key_id)
    if look.rows is not None:
        detail["rows"] = min(look.rows, NUMBER_LIMIT)
    if look.number is not None:
        detail |= {"record_number": look.number, "record_run": run}
    if named.unknown:
        detail["unmatched"] = named.unknown
    return Leaf(
        event=events.LOOK_REPORTED,
        actor=_actor(account),
        subjects=tuple(("customer", str(key)) for key in named.customers[:SUBJECT_LIMIT]),
        classes=_classes(look.fields),
        fields=look.fields,
        exposure=_EXPOSURES[look.action],
        detail=detail,
    )


@lru_cache(maxsize=1024)
def _classes(fields: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted({int(catalogue.BY_ID[number].data_class) for number in fields}))


def _actor(account: Account) -> Actor:
    staff = account.staff
    if staff is None:
        return Actor(kind="anonymous", id=f"{NOBODY}:{account.id}", channel=Channel.OUTSIDE)
    kind: Literal["machine", "staff"] = "machine" if staff.kind == Staff.Kind.MACHINE else "staff"
    return Actor(kind=kind, id=str(staff.id), channel=Channel.OUTSIDE)


def _count(
    feed: Feed, looks: Sequence[Look], accounts: Sequence[Account], named: Sequence[Named]
) -> None:
    """Add the looks to the feed's day."""
    if not looks:
        return
    naming = [names for names in named if names.customers or names.unknown]
    unknown = sum(not names.customers for names in naming)
    nobody = sum(account.staff is None for account in accounts)
    connect.fetch(_NOTE_TALLY, (feed.id, clock.today(), len(looks), nobody, len(naming), unknown))


def _advance(taking: Taking, feed: Feed, chunk: Chunk, looks: Sequence[Look]) -> None:
    """Note how far the delivery is, and when the feed last sent."""
    now, delivery = clock.now(), taking.delivery
    doubled = len(chunk.looks) - len(looks)
    own = min(doubled, taking.before)
    taking.before -= own
    delivery.lines += chunk.lines
    delivery.looks += len(looks)
    delivery.doubled += doubled - own
    delivery.others += chunk.others
    if looks:
        times = [look.at for look in looks]
        delivery.told_first = min([*times, delivery.told_first or times[0]])
        delivery.told_last = max([*times, delivery.told_last or times[0]])
        feed.told_at = max(delivery.told_last, feed.told_at or delivery.told_last)
        feed.first_received_at = feed.first_received_at or now
        feed.received_at, feed.silent_told_at = now, None
        feed.save(update_fields=["told_at", "first_received_at", "received_at", "silent_told_at"])
    delivery.save()
