"""Verify a month of leaves in physical order: whether each certainly agrees with its row. Pure.

The server concatenates the values of a few hundred rows column by column, and the leaves are compared in
place; their first keys, which repeat, are parsed only once. The sweep answers "right" or "uncertain"; on
"uncertain", `walk` finds the fault leaf by leaf in order of the chains. A leaf passes only if the compared parts
leave no room for anything else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from itertools import accumulate, pairwise
from struct import Struct
from typing import Final
from uuid import UUID

from . import reading
from .rows import NO_PREVIOUS
from .walk import ANCHOR, BACKWARDS_MS, EPOCH_MS, ROW, Link, columns_from, fingerprint, moment_of

COLUMNS: Final = r"""
    '\x00'::bytea || string_agg(leaf, '\x00'), string_agg(uuid_send(id), ''), string_agg(leaf_hash, ''),
    string_agg(previous, ''), string_agg(uuid_send(writer) || int8send(seq) || timestamptz_send(at)
        || int4send(octet_length(leaf)), ''),
    string_agg(event || E'\n' || actor_kind || E'\n' || actor_id || E'\n' || outcome || E'\n' || purpose, E'\x01'),
    bool_and(octet_length(leaf_hash) = 32 AND octet_length(previous) = 32)"""
"""Each leaf follows the zero byte it is hashed with. The last column is true if all hashes have 32 bytes."""
SUBJECTS: Final = """
    string_agg(encode(int8send(key)
        || substring(int8send((date_part('epoch', at) * 1000)::bigint) FROM 3), 'hex'), ''),
    bool_and(date_trunc('milliseconds', at) = at)"""
"""Key and milliseconds in 28 hexadecimal digits a row, as `walk.fingerprint` has them. The last column is true if
all times are whole milliseconds."""
_BETWEEN: Final = b"\x01"
_PLACE: Final = Struct(">16sqqi")
"""writer, seq, at, length of the leaf."""
_KEY: Final = Struct(">QQ")
_SALTED: Final = 17
_ID, _NAME, _HEX = 16, 36, 64
_DIGITS: Final = (*range(8), *range(9, 13), *range(14, 18), *range(19, 23), *range(24, 36))
"""Indexes of the hex digits in a UUID's text."""
_QUOTE: Final = ord('"')
_HEX_DIGITS: Final = b"0123456789abcdef-"
_NOTHING: Final = (b"", b"")
Part = Sequence[bytes]
"""The concatenated columns of some rows."""
_Rows = tuple[Sequence[bytes], Sequence[int], Sequence[int]]
"""writers, sequence numbers, times in milliseconds."""


@dataclass(slots=True)
class Stretch:
    """Consecutive links of one chain."""

    writer: bytes
    first: int
    previous: bytes
    lowest_ms: int
    last: Link


@dataclass(slots=True)
class Sweep:
    """The state of the sweep over one month."""

    leaves: int = 0
    subjects: int = 0
    anchors: list[tuple[datetime, UUID]] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    _heads: dict[bytes, tuple[bytes, bytes]] = field(default_factory=dict)
    """By a row's texts: the bytes before and after the id of the last such leaf."""

    def take(self, part: Part) -> bool:
        """Whether all of these rows are certainly right; `joined` checks the chains afterwards."""
        leaves, keys, hashes, previous, places, lines, is_wide = part
        texts = lines.split(_BETWEEN)
        count = len(texts)
        widths = (keys, _ID), (hashes, 32), (previous, 32), (places, _PLACE.size)
        if is_wide != b"\1" or any(len(column) != count * width for column, width in widths):
            return False
        writers, seqs, ats, sizes = zip(*_PLACE.iter_unpack(places), strict=True)
        bounds = [0, *accumulate([size + 1 for size in sizes])]
        moments = [high >> 16 for high, _ in _KEY.iter_unpack(keys)]
        if bounds[-1] != len(leaves) or min(sizes) <= _SALTED:
            return False
        if [(ms - EPOCH_MS) * 1000 for ms in moments] != list(ats):
            return False
        view = memoryview(leaves)
        if b"".join([sha256(view[a:b]).digest() for a, b in pairwise(bounds)]) != hashes:
            return False
        if ANCHOR in lines:
            self.anchors += [
                (moment_of(ats[n]), UUID(bytes=keys[n * _ID : n * _ID + _ID]))
                for n, text in enumerate(texts)
                if text.startswith(ANCHOR)
            ]
        rows = writers, seqs, moments
        return self._compare(part, rows, texts, bounds[1:]) and self._chain(part, rows)

    def _compare(self, part: Part, rows: _Rows, texts: list[bytes], ends: list[int]) -> bool:
        """Whether the leaves agree with their rows; adds up their subjects."""
        leaves, names, linked = part[0], _dashed(part[1]), part[3].hex().encode()
        items, known = [], self._heads
        last, last_ms, end, chain, middle = b"", -1, 0, b"", b""
        numbers = range(len(texts))
        for writer, seq, ms, text, stop, number in zip(*rows, texts, ends, numbers, strict=True):
            begin, end = end + _SALTED, stop
            if writer != last:
                last, chain = writer, b'","writer":"%b","writer_previous":"' % _name(writer)
            if ms != last_ms:
                last_ms, middle = ms, b'],"t_ms":%d,"v":1,"work_item":"' % ms
            name = names[number * _NAME : number * _NAME + _NAME]
            tail = b'%b%b","writer_seq":%d}' % (
                chain, linked[number * _HEX : number * _HEX + _HEX], seq)  # fmt: skip
            head, front = known.get(text, _NOTHING)
            if not (head and leaves.startswith(head, begin)):
                head, front = self._meet(leaves, begin, end, text)
            key = begin + len(head)
            start, last_part = key + _NAME + len(front), end - len(tail)
            item = last_part if leaves[last_part - 1] == _QUOTE else last_part - _NAME
            moment = item - len(middle)
            if (
                head
                and start <= moment
                and leaves.startswith(name, key)
                and leaves.startswith(front, key + _NAME)
                and leaves.startswith(middle, moment)
                and leaves.startswith(tail, last_part)
            ):
                subjects = leaves[start:moment]
                items.append(leaves[item:last_part])
            elif _is_right(part, number, (writer, seq, ms), text, leaves[begin - _ID : end]):
                subjects = reading.subjects_text(leaves[begin - _ID : end])
            else:
                return False
            if (named := fingerprint(subjects, name)) is None:
                return False
            self.subjects += named
        if b"".join(items).translate(None, _HEX_DIGITS):
            return False
        self.leaves += len(texts)
        return True

    def _meet(self, leaves: bytes, begin: int, end: int, text: bytes) -> tuple[bytes, bytes]:
        """`reading.opening` of a leaf whose first keys are new, remembered; _NOTHING if uncertain."""
        stop = leaves.find(b'],"id":"', begin, end)
        opening = reading.opening(leaves[begin:stop], text) if stop > 0 else None
        if opening is None:
            return _NOTHING
        self._heads[text] = opening
        return opening

    def _chain(self, part: Part, rows: _Rows) -> bool:
        """Collect the stretches of links; False if a time runs back too far, or if a leaf that is a chain of its
        own is not its first link."""
        writers, seqs, moments = rows
        _, keys, hashes, previous, *_ = part
        count, first, lowest, highest = len(seqs), seqs[0], min(moments), max(moments)
        if (
            writers.count(writers[0]) == count > 1
            and seqs == tuple(range(first, first + count))
            and previous[32:] == hashes[:-32]
            and lowest >= highest - BACKWARDS_MS
        ):
            last = Link(seqs[-1], hashes[-32:], highest)
            self.stretches.append(Stretch(writers[0], first, previous[:32], lowest, last))
            return True
        open_one: Stretch | None = None
        before = b""
        for number, (writer, seq, ms) in enumerate(zip(*rows, strict=True)):
            place = number * 32
            link = previous[place : place + 32]
            if open_one is None or (
                writer != open_one.writer or seq != open_one.last.seq + 1 or link != before
            ):
                if writer == keys[number * _ID : number * _ID + _ID]:
                    if (seq, link) != (1, NO_PREVIOUS):
                        return False
                    open_one = None
                    continue
                open_one = Stretch(writer, seq, link, ms, Link(seq, b"", ms))
                self.stretches.append(open_one)
            at = open_one.last
            if ms > at.ms:
                at.ms = ms
            elif ms < at.ms - BACKWARDS_MS:
                return False
            open_one.lowest_ms = min(open_one.lowest_ms, ms)
            before = at.hash = hashes[place : place + 32]
            at.seq = seq
        return True

    def joined(self, chains: dict[bytes, Link]) -> dict[bytes, Link] | None:
        """The heads of the chains after this month; None unless each stretch continues one."""
        moved: dict[bytes, Link] = {}
        for stretch in sorted(self.stretches, key=lambda stretch: (stretch.writer, stretch.first)):
            before = moved.get(stretch.writer) or chains.get(stretch.writer) or Link()
            if (stretch.first, stretch.previous) != (before.seq + 1, before.hash):
                return None
            if stretch.lowest_ms < before.ms - BACKWARDS_MS:
                return None
            moved[stretch.writer] = Link(
                stretch.last.seq, stretch.last.hash, max(before.ms, stretch.last.ms)
            )
        return moved


def subjects_in(parts: Iterable[Part]) -> int | None:
    """The sum over the rows that say when subjects were named, to compare with a sweep's; None if a time is not
    one of a leaf."""
    total, is_sure = 0, True
    for digits, is_in_time in parts:
        total += sum([hash(digits[at : at + ROW]) for at in range(0, len(digits), ROW)])
        is_sure &= is_in_time == b"\1"
    return total if is_sure else None


def _is_right(
    part: Part, number: int, row: tuple[bytes, int, int], text: bytes, leaf: bytes
) -> bool:
    """Whether one leaf is right that the fast path does not cover: with a note, or another order of keys."""
    writer, seq, ms = row
    key, digest, link = (
        part[n][number * w : number * w + w] for n, w in ((1, _ID), (2, 32), (3, 32))
    )
    named, previous = _name(writer), link.hex()
    chain = b',"writer":"%b","writer_previous":"%b","writer_seq":%d}' % (
        named,
        previous.encode(),
        seq,
    )
    if reading.agrees(leaf, key, ms, text, chain) is not None:
        return True
    at = moment_of((ms - EPOCH_MS) * 1000)
    document, _ = reading.examine(UUID(bytes=key), at, columns_from(text), leaf, digest)
    return document is not None and reading.place_of(document) == (named.decode(), seq, previous)


def _name(key: bytes) -> bytes:
    return str(UUID(bytes=key)).encode()


def _dashed(keys: bytes) -> bytes:
    """The textual forms of 16-byte ids, concatenated."""
    digits = keys.hex().encode()
    text = bytearray(b"-" * (len(keys) // _ID * _NAME))
    for nth, place in enumerate(_DIGITS):
        text[place::_NAME] = digits[nth :: 2 * _ID]
    return bytes(text)
