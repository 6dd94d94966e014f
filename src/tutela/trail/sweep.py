"""Look through a month of leaves as it lies on the disk: whether each surely says what its row says. Pure.

The server lays the values of a few hundred rows one behind the other, column by column, and the leaves are
compared in place: nothing is cut out of them that is not needed, and of their first keys, which come again and
again, only new ones are read. The sweep says "all right" or "not sure"; `walk` then says what is wrong, leaf by
leaf in order of the chains. A leaf passes only if nothing else fits between the parts that are compared.
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
from .walk import ANCHOR, BACKWARDS_MS, EPOCH_MS, Link, columns_from, fingerprint, moment_of

COLUMNS: Final = r"""
    '\x00'::bytea || string_agg(leaf, '\x00'), string_agg(uuid_send(id), ''), string_agg(leaf_hash, ''),
    string_agg(previous, ''), string_agg(uuid_send(writer) || int8send(seq) || timestamptz_send(at)
        || int4send(octet_length(leaf)), ''),
    string_agg(event || E'\n' || actor_kind || E'\n' || actor_id || E'\n' || outcome || E'\n' || purpose, E'\x01'),
    bool_and(octet_length(leaf_hash) = 32 AND octet_length(previous) = 32)"""
"""A zero byte stands before each leaf, as it is hashed. The last one is true if no hash has another width."""
SUBJECTS: Final = r"""
    string_agg('["' || kind || '","' || id || '"]' || leaf_id, E'\x01'),
    bool_and(date_trunc('milliseconds', at) = at
        AND substring(int8send((date_part('epoch', at) * 1000)::bigint) FROM 3)
            = substring(uuid_send(leaf_id) FROM 1 FOR 6))"""
"""The last one is true if each subject has its leaf's moment: the first six bytes of a UUIDv7 are its milliseconds
(RFC 9562, 5.7). `uuid_extract_timestamp` would say so, but only since PostgreSQL 17, of these only since 18."""
_BETWEEN: Final = b"\x01"
_PLACE: Final = Struct(">16sqqi")
"""writer, seq, at, length of the leaf."""
_KEY: Final = Struct(">QQ")
_SALTED: Final = 17
_ID, _NAME, _HEX = 16, 36, 64
_DIGITS: Final = (*range(8), *range(9, 13), *range(14, 18), *range(19, 23), *range(24, 36))
"""Where an id's text has digits; dashes between."""
_QUOTE: Final = ord('"')
_PRINTABLE: Final = _BETWEEN + bytes(range(32, 127))
_HEX_DIGITS: Final = b"0123456789abcdef-"
_NOTHING: Final = (b"", b"")
Part = Sequence[bytes]
"""The columns of some rows."""
_Rows = tuple[Sequence[bytes], Sequence[int], Sequence[int]]
"""writers, places in their chains, moments."""


@dataclass(slots=True)
class Stretch:
    """Links of one chain that lie one behind the other."""

    writer: bytes
    first: int
    previous: bytes
    lowest_ms: int
    last: Link


@dataclass(slots=True)
class Sweep:
    """What was seen of a month so far."""

    leaves: int = 0
    subjects: int = 0
    anchors: list[tuple[datetime, UUID]] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    _heads: dict[bytes, tuple[bytes, bytes]] = field(default_factory=dict)
    """By a row's texts: the first keys of the last such leaf, and how it goes on after its id."""

    def take(self, part: Part) -> bool:
        """Whether all of these rows are surely right; how the chains hang together is said by `joined`."""
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
        """Whether the leaves say what their rows say; adds up their subjects."""
        leaves, names, linked = part[0], _dashed(part[1]), part[3].hex().encode()
        found, items, known = [], [], self._heads
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
            if b"],[" not in subjects:
                found.append(subjects + name)
            elif subjects.startswith(b"[") and subjects.endswith(b"]"):
                self.subjects += fingerprint(subjects, name)
            else:
                return False
        if b"".join(items).translate(None, _HEX_DIGITS):
            return False
        self.subjects += sum([hash(one) for one in found if len(one) > _NAME])
        self.leaves += len(texts)
        return True

    def _meet(self, leaves: bytes, begin: int, end: int, text: bytes) -> tuple[bytes, bytes]:
        """A leaf whose first keys are not those of the last such row; nothing if they are not sure."""
        stop = leaves.find(b'],"id":"', begin, end)
        opening = reading.opening(leaves[begin:stop], text) if stop > 0 else None
        if opening is None:
            return _NOTHING
        self._heads[text] = opening
        return opening

    def _chain(self, part: Part, rows: _Rows) -> bool:
        """Keep the stretches of links; False where a moment runs back too far or a change's leaf is none."""
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
        """Where the chains stand after this month; None unless each stretch goes on where one ended."""
        moved: dict[bytes, Link] = {}
        for one in sorted(self.stretches, key=lambda one: (one.writer, one.first)):
            before = moved.get(one.writer) or chains.get(one.writer) or Link()
            if (one.first, one.previous) != (before.seq + 1, before.hash):
                return None
            if one.lowest_ms < before.ms - BACKWARDS_MS:
                return None
            moved[one.writer] = Link(one.last.seq, one.last.hash, max(before.ms, one.last.ms))
        return moved


def subjects_in(parts: Iterable[Part]) -> int | None:
    """The sum over the table of subjects, to compare with a sweep's; None if it holds what no leaf can name
    or another moment than its leaf's id. A text has four quotes, so nothing of a leaf can hide in one."""
    total, is_sure = 0, True
    for lines, is_in_time in parts:
        texts = lines.split(_BETWEEN)
        total += sum(map(hash, texts))
        is_sure &= (
            is_in_time != b"\0"
            and lines.count(b'"') == 4 * len(texts)
            and b"\\" not in lines
            and not lines.translate(None, _PRINTABLE)
        )
    return total if is_sure else None


def _is_right(
    part: Part, number: int, row: tuple[bytes, int, int], text: bytes, leaf: bytes
) -> bool:
    """The same of one leaf that is written in another way: with a note, or not by the writer's order."""
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
    """Ids as they are written, one behind the other."""
    digits = keys.hex().encode()
    made = bytearray(b"-" * (len(keys) // _ID * _NAME))
    for nth, place in enumerate(_DIGITS):
        made[place::_NAME] = digits[nth :: 2 * _ID]
    return bytes(made)
