"""Which physical sets belong together. Pure.

A base backup stands alone. An incremental needs the set it was made against, and that one its own, down to a base.
Sets of the log follow each other by position; together with a chain they bring back any moment after the chain's
last set ended.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from . import positions

BASE, INCREMENTAL, LOG = "base", "incremental", "wal"
LONGEST: Final = 7
"""Sets in a chain. A restore reads all of them, and one that is lost ends the chain: a week of daily ones."""
EVERY: Final = timedelta(days=7)
"""A base backup at least this often."""
WORTH: Final = 0.5
"""An incremental that reaches this share of its base is not worth its place in the chain; the next one is a
base."""


class Why(StrEnum):
    """Why the next set is what it is; codes, told in words by the pages."""

    FIRST = "first"
    ASKED = "asked"
    OTHER_CLUSTER = "other_cluster"
    OTHER_TIMELINE = "other_timeline"
    NOT_SUMMARIZED = "not_summarized"
    LONG = "long"
    OLD = "old"
    LARGE = "large"
    LOG_LOST = "log_lost"
    LISTING_LOST = "listing_lost"
    FOLLOWS = "follows"


@dataclass(frozen=True, slots=True)
class Link:
    """One physical set as its manifest tells it. `parent` is the set that an incremental was made against."""

    name: str
    kind: str
    parent: str
    system: int
    timeline: int
    start: int
    end: int
    ended_at: datetime
    bytes_plain: int


@dataclass(frozen=True, slots=True)
class Logged:
    """One set of the log: its files in order, by first and last name, and the moment when the last was closed."""

    name: str
    system: int
    first: str
    last: str
    closed_at: datetime


@dataclass(frozen=True, slots=True)
class Server:
    """What the server says of itself before a backup. `summarized_from` is the oldest position that its
    summaries of the log still tell of, None when it makes none."""

    system: int
    timeline: int
    summarized_from: int | None
    version: int = 18


class ChainBroken(ValueError):
    """A set of the chain is not there; the text is its name."""


def next_kind(latest: Sequence[Link], server: Server, now: datetime) -> tuple[str, Why]:
    """Base or incremental, and why; `latest` is the newest chain from its base on, empty for none."""
    if not latest:
        return BASE, Why.FIRST
    base, last = latest[0], latest[-1]
    reasons = (
        (last.system != server.system, Why.OTHER_CLUSTER),
        (last.timeline != server.timeline, Why.OTHER_TIMELINE),
        (server.summarized_from is None or server.summarized_from > last.start, Why.NOT_SUMMARIZED),
        (len(latest) >= LONGEST, Why.LONG),
        (now - base.ended_at >= EVERY, Why.OLD),
        (len(latest) > 1 and last.bytes_plain >= WORTH * base.bytes_plain, Why.LARGE),
    )
    for met, why in reasons:
        if met:
            return BASE, why
    return INCREMENTAL, Why.FOLLOWS


def chain_of(name: str, links: Mapping[str, Link]) -> list[Link]:
    """The sets that this one needs, from the base to itself; ChainBroken names the one that is missing."""
    found: list[Link] = []
    wanted = name
    while wanted:
        link = links.get(wanted)
        if link is None or link in found:
            raise ChainBroken(wanted)
        found.append(link)
        wanted = link.parent if link.kind == INCREMENTAL else ""
    if found[-1].kind != BASE:
        raise ChainBroken(found[-1].name)
    return found[::-1]


def newest_before(until: datetime | None, links: Mapping[str, Link]) -> list[Link]:
    """The whole chain of the last set that ended before this moment, [] for none. A set whose chain is broken is
    passed over for an older one."""
    ready = sorted(
        (link for link in links.values() if until is None or link.ended_at <= until),
        key=lambda link: (link.ended_at, link.name),
        reverse=True,
    )
    for link in ready:
        try:
            return chain_of(link.name, links)
        except ChainBroken:
            continue
    return []


def log_for(
    chain: Sequence[Link],
    kept: Iterable[Logged],
    until: datetime | None,
    segment: int = positions.SEGMENT,
) -> list[Logged]:
    """The sets of the log between the end of the chain and a moment, in order; ChainBroken names the last
    set before a hole. The chain holds the log up to its own end, so the first file needed is the one with
    that position."""
    last = chain[-1]
    reached = (
        positions.start_of(positions.file_of(last.timeline, last.end, segment), segment) // segment
    )
    wanted: list[Logged] = []
    ours = (one for one in kept if one.system == last.system)
    for one in sorted(ours, key=lambda one: (positions.count_of(one.first, segment), one.first)):
        if positions.count_of(one.last, segment) < reached:
            continue
        if positions.count_of(one.first, segment) > reached + (1 if wanted else 0):
            raise ChainBroken(wanted[-1].name if wanted else last.name)
        wanted.append(one)
        reached = positions.count_of(one.last, segment)
        if until is not None and one.closed_at >= until:
            break
    return wanted


def reaches_until(chain: Sequence[Link], log: Sequence[Logged]) -> datetime:
    """The last moment that these sets can bring back."""
    return log[-1].closed_at if log else chain[-1].ended_at


def expired(
    links: Iterable[Link],
    kept: Iterable[Logged],
    now: datetime,
    window: timedelta,
    segment: int = positions.SEGMENT,
) -> set[str]:
    """Names of sets that no moment of the window needs. The newest chain always stays; an older one stays as
    long as the base after it is younger than the window, because a moment in between starts from the older.
    Physical sets hold the wrapped keys of customers, so their window is that of keys sets: who was destroyed
    is gone from both at once."""
    every = {link.name: link for link in links}
    bases = sorted(
        (link for link in every.values() if link.kind == BASE), key=lambda one: one.ended_at
    )
    gone = {base.name for base, after in pairwise(bases) if after.ended_at <= now - window}
    oldest = next((base for base in bases if base.name not in gone), None)
    for link in every.values():
        try:
            root = chain_of(link.name, every)[0].name
        except ChainBroken:
            root = link.name
            if link.ended_at <= now - window:
                gone.add(link.name)
        if root in gone:
            gone.add(link.name)
    if oldest is not None:
        first = oldest.start // segment
        gone |= {
            one.name
            for one in kept
            if one.system != oldest.system or positions.count_of(one.last, segment) < first
            if one.closed_at <= now - window or one.system == oldest.system
        }
    return gone
