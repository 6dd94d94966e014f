"""Seal months that are over, check what was sealed, copy it, let the database give it up, remove what was purged.

Everything is worked out from what is stored, so a process that was killed leaves nothing half done: the next run
begins the same step again. Until the one transaction of its seal, a month is only files under other names.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.conf import settings

from tutela.base import clock
from tutela.base.actor import SYSTEM
from tutela.trail import connect
from tutela.trail.errors import SealDiffers, SegmentsBusy, SegmentUnreadable
from tutela.trail.tree import state

from . import actions, files, places, rows, rules
from .actions import By
from .contents import Done, Found
from .rows import Segment

BY_SYSTEM: Final = By(SYSTEM, {})
BATCH: Final = 8_192
_MONTHS: Final = """
    SELECT to_date(right(c.relname, 7), 'YYYY_MM') FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'trail.leaf'::regclass ORDER BY 1"""
_ENDS: Final = """
    SELECT s.epoch, max(s.index) FROM trail.leaf l LEFT JOIN trail.sequenced s ON s.leaf_id = l.id
    WHERE l.at >= %s AND l.at < %s GROUP BY s.epoch ORDER BY s.epoch"""
_NEXT: Final = "SELECT coalesce(max(first + leaves), 0) FROM trail.segment WHERE epoch = %s"
_LEAVES: Final = """
    SELECT s.index, l.leaf FROM trail.sequenced s JOIN trail.leaf l ON l.at = s.at AND l.id = s.leaf_id
    WHERE s.epoch = %s AND s.index >= %s AND s.index < %s ORDER BY s.index"""
_TILES: Final = """
    SELECT number, data FROM trail.tile WHERE epoch = %s AND level = 0 AND number >= %s AND number < %s ORDER BY
    number"""
_LOCK: Final = "SELECT pg_try_advisory_lock(hashtext('trail.segments'))"


def work(by: By = BY_SYSTEM) -> Done:
    """All that is due by now: seal, copy, check, give up, remove. SegmentsBusy while another process does."""
    done = Done()
    with alone():
        places.tidy()
        seal_due(by, done)
        for segment in rows.segments():
            if segment.purged_at is None:
                _look_after(by, segment, done)
            elif segment.emptied_at is None and empty(segment):
                done.emptied.append(segment.name)
        cool_due(by, done)
        actions.forget_places()
    return done


@contextmanager
def alone() -> Iterator[None]:
    """One process at a time works on segments; a killed one's lock goes with its connection. SegmentsBusy."""
    with connect.own_connection("tutela-segments") as server:
        row = server.execute(_LOCK).fetchone()
        if not row or not row[0]:
            raise SegmentsBusy
        yield


def seal_due(by: By, done: Done) -> None:
    """Seal the months that are over, oldest first, up to the first one that is not wholly in a signed tree."""
    known = {(segment.epoch, segment.month) for segment in rows.segments()}
    for (month,) in connect.fetch(_MONTHS, ()):
        if not rules.is_over(month, clock.now()):
            return
        for epoch, last in _ends(month):
            if epoch is None or not _is_signed(epoch, last):
                return
            if (epoch, month) not in known and (segment := seal(by, epoch, month, last)):
                done.sealed.append(segment.name)


def _ends(month: date) -> list[tuple[int | None, int]]:
    """The last index of a month in each epoch; an epoch None if leaves have no place yet."""
    return [(epoch, last) for epoch, last in _slow(_ENDS, [rules.starts(month), rules.ends(month)])]


def _slow(statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connect.own_connection("tutela-segments", "-c statement_timeout=0") as server:
        return server.execute(statement, values).fetchall()


def _is_signed(epoch: int, last: int) -> bool:
    head = state.newest(epoch)
    return head is not None and head.size > last


def seal(by: By, epoch: int, month: date, last: int) -> Segment | None:
    """Seal the leaves of an epoch that no segment holds, up to index `last`; None if there are none.
    SealDiffers if
    what was written and read back is not what the tree has."""
    first = int(connect.fetch(_NEXT, [epoch])[0][0])
    if first > last:
        return None
    folder = places.working_folder()
    written = files.write(folder, rules.stem(epoch, month), first, _leaves(epoch, first, last + 1))
    found = files.check(folder, written, hashes_of(epoch))
    if found.fault:
        raise SealDiffers(month=rules.text(month), index=found.bad_index or 0, fault=found.fault)
    segment = actions.record_sealed(by, epoch, month, written)
    copy(segment)
    return segment


def _leaves(epoch: int, first: int, end: int) -> Iterator[tuple[int, bytes]]:
    with connect.own_connection("tutela-segments", "-c statement_timeout=0") as server:
        for begin in range(first, end, BATCH):
            values = [epoch, begin, min(begin + BATCH, end)]
            for index, leaf in server.execute(_LEAVES, values, binary=True):
                yield index, bytes(leaf)


def hashes_of(epoch: int) -> files.Hashes:
    """The hashes of an epoch's leaves from its tiles."""

    def hashes(first: int, count: int) -> Iterator[bytes]:
        at, end = first, first + count
        while at < end:
            number = at // files.TILE
            tiles = connect.fetch(_TILES, [epoch, number, number + 64])
            if not tiles or tiles[0][0] != number:
                return
            for number, data in tiles:
                if number != at // files.TILE:
                    return
                inside = bytes(data)[at % files.TILE * 32 :]
                entries = [inside[n : n + 32] for n in range(0, len(inside), 32)][: end - at]
                yield from entries
                at += len(entries)
                if at < end and at % files.TILE:
                    return

    return hashes


def copy(segment: Segment) -> list[str]:
    """Write or read again the copies of a segment at every place; the addresses of those that are right."""
    good = []
    for place in places.places():
        try:
            faults = [
                places.put(places.working_folder() / file.name, place, file, segment.keep_until)
                for file in segment.files
            ]
        except OSError:
            faults = [rules.Fault.MISSING]
        fault = next((fault for fault in faults if fault), "")
        actions.record_copy(segment, place.url, fault)
        if not fault:
            good.append(place.url)
    return good


def _look_after(by: By, segment: Segment, done: Done) -> None:
    """Check a segment when it is due, and write copies that are missing or were not right."""
    now = clock.now()
    if _is_due(segment.checked_at, now):
        check(by, segment)
        done.checked.append(segment.name)
    kept = {
        one.place: one
        for one in rows.copies()
        if (one.epoch, one.month) == (segment.epoch, segment.month)
    }
    configured = [place.url for place in places.places()]
    if any(
        url not in kept or kept[url].fault or _is_due(kept[url].checked_at, now)
        for url in configured
    ):
        copy(segment)
        done.copied.append(segment.name)
    current = rows.segment(segment.epoch, segment.month)
    if current is not None and current.fault:
        done.faults.append(segment.name)


def _is_due(at: datetime | None, now: datetime) -> bool:
    return at is None or at + timedelta(days=rules.CHECK_DAYS) <= now


def check(by: By, segment: Segment) -> Found:
    """Hash a segment's files again, leaf by leaf, and compare them with the tree; the result is kept and a
    leaf."""
    found = files.check(places.working_folder(), segment.written, hashes_of(segment.epoch))
    actions.record_check(by, segment, found.fault, found.bad_index)
    return found


def restore(by: By, segment: Segment) -> Found:
    """Bring the files in the data directory back from a copy that is as it was sealed. SegmentUnreadable
    without one."""
    folder = places.working_folder()
    for place in places.places():
        if places.state_of(place.folder, segment.files):
            continue
        for file in segment.files:
            if places.state_of(folder, [file]):
                (folder / file.name).unlink(missing_ok=True)
                places.fetch(place, folder, file)
        actions.record_restored(by, segment)
        return check(by, segment)
    raise SegmentUnreadable(month=segment.name)


def cool_due(by: By, done: Done) -> None:
    """Let the database give up the months whose time in it is over, oldest first, while it may."""
    for (month,) in connect.fetch(_MONTHS, ()):
        if not rules.is_cold_due(month, clock.now(), settings.TUTELA_TRAIL_HOT_MONTHS):
            return
        if not _may_cool(month):
            return
        if actions.drop_month(by, month):
            done.cooled.append(rules.text(month))


def _may_cool(month: date) -> bool:
    """Whether every segment of a month has its copies; the database asks again, for every leaf."""
    own = [segment for segment in rows.segments() if segment.month == month]
    right = {
        (one.epoch, one.month, one.place)
        for one in rows.copies()
        if one.checked_at and not one.fault
    }
    counts = [sum(1 for key in right if key[:2] == (one.epoch, month)) for one in own]
    return all(count >= rules.COPIES for count in counts) and not any(one.fault for one in own)


def empty(segment: Segment) -> bool:
    """Remove the files and copies of a purged segment; whether all are gone."""
    folders = [places.working_folder(), *(place.folder for place in places.places())]
    gone = [places.remove(folder, segment.files) for folder in folders]
    if all(gone):
        actions.record_emptied(segment)
    return all(gone)
