"""Take in what another system's log tells: read whole and checked first, then stored chunk by chunk.

A chunk is one transaction (`chunks.py`), so a delivery that is broken off holds whole chunks and no half one; the
same file again goes on where it ended, because what came before is recognised."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import BinaryIO, Final
from uuid import UUID

from tutela.access import gate
from tutela.access.gate import Grant
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.feeds import permissions, queries, rules
from tutela.feeds.errors import BodyEmpty, FeedClosed, TimeAhead, TimeOld
from tutela.feeds.matching import Fingerprints
from tutela.feeds.models import Delivery, Door, Feed
from tutela.feeds.reading.kinds import format_named
from tutela.feeds.reading.lines import lines_of
from tutela.feeds.reading.mapping import LogMapping
from tutela.feeds.reading.told import Look, Read
from tutela.keys import custody

from .chunks import CHUNK_LOOKS, Chunk, Taking, store
from .feeds import RECORD_KEY
from .leaves import record_delivery

_PIECE: Final = 1024 * 1024
MOST_HELD: Final = 50_000
"""So many records are held in memory between reading and storing; a longer file is read twice."""
Note = Callable[[Delivery], None]
"""Is told of a delivery after each chunk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bytes:
    """What is delivered: a stream that can be read again from its start, and which way it came."""

    stream: BinaryIO
    door: Door
    key_id: UUID | None = None
    signature: bytes | None = None


def deliver_looks(
    actor: Actor, name: str, stream: BinaryIO, door: Door, *, note: Note | None = None
) -> Delivery:
    """Take in a file of a feed's records that a person or the host brings.

    What cannot be read is refused whole with its line: LineWrong and its kinds, BodyEmpty, FeedClosed.
    """
    grant = gate.require(actor, permissions.LOOKS_DELIVER)
    return take(grant, queries.feed(name), Bytes(stream=stream, door=door), note)


def take(grant: Grant, feed: Feed, given: Bytes, note: Note | None = None) -> Delivery:
    """Take in a delivery for a grant that was given; the leaf of the delivery is written at its end."""
    if not feed.is_open:
        raise FeedClosed(feed=feed.name)
    file_hash, size = _hashed(given.stream)
    held = check_readable(feed, given.stream)
    now = clock.now()
    delivery = queries.open_delivery(feed.id, file_hash) or Delivery(
        feed=feed, door=given.door, by=grant.actor.id, key_id=given.key_id,
        signature=given.signature, file_hash=file_hash, size=size, began_at=now,
    )  # fmt: skip
    # A file that was broken off is read anew from its start.
    delivery.lines = delivery.others = delivery.doubled = 0
    prints = Fingerprints(custody.open_secret(RECORD_KEY, bytes(feed.record_key)))
    taking = Taking(delivery, prints, before=delivery.looks)
    for chunk in _chunks(iter(held) if held is not None else _read(feed, given.stream)):
        store(taking, chunk)
        if note:
            note(delivery)
    record_delivery(grant, delivery)
    return delivery


def check_readable(feed: Feed, stream: BinaryIO) -> list[Look | None] | None:
    """Read all records and store none. What is wrong with the first that is: LineWrong. The records, to be stored
    without reading them again; None if they are more than MOST_HELD."""
    now, held = clock.now(), list[Look | None]()
    latest, oldest = now + rules.MOST_AHEAD, now - timedelta(days=rules.MOST_DAYS_OLD)
    found = 0
    for look in _read(feed, stream):
        found += 1
        if look is not None:
            _check_time(look.line, look.at, latest, oldest)
        if found <= MOST_HELD:
            held.append(look)
    if not found:
        raise BodyEmpty
    return held if found <= MOST_HELD else None


def _check_time(line: int, at: datetime, latest: datetime, oldest: datetime) -> None:
    if at > latest:
        raise TimeAhead(line=line, minutes=int(rules.MOST_AHEAD.total_seconds() // 60))
    if at < oldest:
        raise TimeOld(line=line, days=rules.MOST_DAYS_OLD)


def _read(feed: Feed, stream: BinaryIO) -> Read:
    """The records of a stream from its start."""
    stream.seek(0)
    kind = format_named(feed.reader)
    mapping = LogMapping.checked(feed.mapping, needs_columns=kind.is_mapped)
    return kind.reader(mapping).read(lines_of(stream, mapping.encoding))


def _chunks(records: Read) -> Iterator[Chunk]:
    chunk = Chunk()
    for look in records:
        chunk.lines += 1
        if look is None:
            chunk.others += 1
        else:
            chunk.looks.append(look)
        if len(chunk.looks) == CHUNK_LOOKS:
            yield chunk
            chunk = Chunk()
    if chunk.lines:
        yield chunk


def _hashed(stream: BinaryIO) -> tuple[bytes, int]:
    """SHA-256 of the stream's bytes, and their number."""
    stream.seek(0)
    state, size = sha256(), 0
    while piece := stream.read(_PIECE):
        state.update(piece)
        size += len(piece)
    return state.digest(), size
