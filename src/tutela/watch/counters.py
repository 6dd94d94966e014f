"""What the watch counts: of each person the last hour by minute and the last weeks by day. Pure.

All counts are of distinct things (customers, or leaves by their index), so that a leaf that comes twice, late or
in another order changes nothing. A day is folded when it is three days old: customers as packed ids, and sums.
"""

import json
import zlib
from array import array
from collections.abc import Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from .rules import EXPLAINED_WEIGHT

RECENT_MINUTES: Final = 75
"""The longest window of minutes, an hour, and room for late leaves."""
KEPT_DAYS: Final = 37
OPEN_DAYS: Final = 3
BLOCK_MINUTES: Final = 10
_LEVEL: Final = 1
_SHORT: Final = 512
"""Bytes below which a value is stored as it is: to get the compression ready takes longer than all the rest."""
_PLAIN: Final = b"{"
_encode: Final = json.JSONEncoder(
    separators=(",", ":"), sort_keys=True, check_circular=False
).encode


def pack(value: Mapping[str, Any]) -> bytes:
    """As stored: JSON, compressed unless it is short."""
    text = _encode(value).encode()
    return text if len(text) < _SHORT else zlib.compress(text, _LEVEL)


def unpack(data: bytes) -> Any:
    """What `pack` made of."""
    return json.loads(data if data.startswith(_PLAIN) else zlib.decompress(data))


class Window:
    """Distinct keys by minute, each with the index of the first leaf that brought it."""

    __slots__ = ("held", "minutes")

    def __init__(self, minutes: Mapping[int, dict[str, int]] | None = None) -> None:
        self.minutes: dict[int, dict[str, int]] = dict(minutes or {})
        self.held = sum(map(len, self.minutes.values()))

    def add(self, minute: int, key: str, index: int) -> None:
        keys = self.minutes.get(minute)
        if keys is None:
            newest = max(self.minutes, default=minute)
            if minute <= newest - RECENT_MINUTES:
                return
            keys = self.minutes[minute] = {}
            if len(self.minutes) > RECENT_MINUTES:
                newest = max(newest, minute)
                for old in [one for one in self.minutes if one <= newest - RECENT_MINUTES]:
                    self.held -= len(self.minutes.pop(old))
        known = keys.get(key)
        if known is None:
            keys[key] = index
            self.held += 1
        elif known > index:
            keys[key] = index

    def most(self, minute: int, width: int, need: int) -> int:
        """No window of this width around a minute has more: a quick look before the windows are put together, and
        a quicker one where all minutes together have less than is needed."""
        if self.held < need:
            return self.held
        first, last = minute - width, minute + width
        return sum([len(keys) for one, keys in self.minutes.items() if first < one < last])

    def ending(self, end: int, width: int) -> dict[str, int]:
        """The distinct keys of `width` minutes up to and including `end`."""
        minutes = self.minutes
        found: dict[str, int] = {}
        for minute in range(end - width + 1, end + 1):
            keys = minutes.get(minute)
            if keys:
                if not found:
                    found = dict(keys)
                else:
                    for key, index in keys.items():
                        if found.get(key, index) >= index:
                            found[key] = index
        return found

    def around(self, minute: int, width: int) -> Iterator[tuple[int, dict[str, int]]]:
        """Each window of this width that a leaf of this minute is in, by its last minute: only one for a leaf that
        comes in time."""
        newest = max(self.minutes, default=minute)
        for end in range(minute, min(minute + width - 1, newest) + 1):
            if end == minute or end in self.minutes:
                yield end, self.ending(end, width)


class PersonDay:
    """One day of one person. Customers are ids as text, with the index of the first leaf."""

    __slots__ = (
        "blocks", "cells", "cleared", "cleared_explained", "combos", "denied", "explained", "exported", "off",
        "opened", "purposes", "rows",
    )  # fmt: skip

    def __init__(self) -> None:
        self.opened: dict[str, int] = {}
        """Customers opened without an explanation."""
        self.explained: dict[str, int] = {}
        self.cleared: dict[str, tuple[int, int]] = {}
        """Customers opened in clear without an explanation: (index, classes as bits)."""
        self.cleared_explained: dict[str, int] = {}
        self.blocks: dict[int, tuple[set[str], set[str]]] = {}
        """By ten minutes: customers cleared without and with an explanation."""
        self.purposes: dict[str, set[str]] = {}
        self.combos: dict[str, dict[str, int]] = {}
        """By purpose and class: unexplained customers cleared."""
        self.cells: dict[str, dict[str, int]] = {}
        """By rule of the matrix: the leaves that used it, a few."""
        self.rows: dict[str, int] = {}
        """By leaf: rows that left."""
        self.exported: dict[str, int] = {}
        self.off: dict[str, tuple[int, int]] = {}
        """Clear views outside the roster by leaf: (index, weight in tenths)."""
        self.denied: dict[str, int] = {}
        """Denials on customers of a branch that was left, by leaf."""

    @property
    def volume(self) -> int:
        """Customers opened, in tenths: an explained one counts a tenth."""
        return volume(len(self.opened), len(self.explained.keys() - self.opened.keys()))

    def block_counts(self) -> dict[int, int]:
        """How often each number of customers (tenths) came in ten minutes."""
        counts: dict[int, int] = {}
        for bare, explained in self.blocks.values():
            number = volume(len(bare), len(explained - bare))
            counts[number] = counts.get(number, 0) + 1
        return counts

    def stored(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {
            "opened": self.opened,
            "explained": self.explained,
            "cleared": self.cleared,
            "cleared_explained": self.cleared_explained,
            "blocks": [[n, sorted(a), sorted(b)] for n, (a, b) in sorted(self.blocks.items())],
            "purposes": {name: sorted(keys) for name, keys in self.purposes.items()},
            "combos": self.combos,
            "cells": self.cells,
            "rows": self.rows,
            "exported": self.exported,
            "off": self.off,
            "denied": self.denied,
        }

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "PersonDay":
        """From what `stored` gave."""
        day = cls()
        day.opened = said["opened"]
        day.explained = said["explained"]
        day.cleared = {key: (index, bits) for key, (index, bits) in said["cleared"].items()}
        day.cleared_explained = said["cleared_explained"]
        day.blocks = {n: (set(a), set(b)) for n, a, b in said["blocks"]}
        day.purposes = {name: set(keys) for name, keys in said["purposes"].items()}
        day.combos = said["combos"]
        day.cells = said["cells"]
        day.rows = said["rows"]
        day.exported = said["exported"]
        day.off = {key: (index, weight) for key, (index, weight) in said["off"].items()}
        day.denied = said["denied"]
        return day


def volume(bare: int, explained: int) -> int:
    """Customers in tenths."""
    return EXPLAINED_WEIGHT * bare + explained


class FoldedDay:
    """A day that is past: what baselines and the long rules need."""

    __slots__ = ("blocks", "combos", "explained", "indices", "opened", "purposes", "volume")

    def __init__(self) -> None:
        self.volume = 0
        self.opened = b""
        self.explained = b""
        self.indices = array("q")
        """Of each opened customer the leaf, in the order of `opened`."""
        self.blocks: dict[int, int] = {}
        self.purposes: dict[str, int] = {}
        self.combos: dict[str, int] = {}

    @classmethod
    def from_day(cls, day: PersonDay) -> "FoldedDay":
        folded = cls()
        folded.volume = day.volume
        folded.opened = b"".join([UUID(key).bytes for key in day.opened])
        folded.indices = array("q", day.opened.values())
        folded.explained = b"".join(
            [UUID(key).bytes for key in day.explained if key not in day.opened]
        )
        folded.blocks = day.block_counts()
        folded.purposes = {name: len(keys) for name, keys in day.purposes.items()}
        folded.combos = {name: len(keys) for name, keys in day.combos.items()}
        return folded

    def stored(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {
            "folded": 1,
            "volume": self.volume,
            "opened": self.opened.hex(),
            "explained": self.explained.hex(),
            "indices": list(self.indices),
            "blocks": sorted(self.blocks.items()),
            "purposes": self.purposes,
            "combos": self.combos,
        }

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "FoldedDay":
        """From what `stored` gave."""
        folded = cls()
        folded.volume = said["volume"]
        folded.opened = bytes.fromhex(said["opened"])
        folded.explained = bytes.fromhex(said["explained"])
        folded.indices = array("q", said["indices"])
        folded.blocks = dict(said["blocks"])
        folded.purposes = said["purposes"]
        folded.combos = said["combos"]
        return folded


class Person:
    """All that is counted of one person. `recent` by kind of thing; `days` and `folded` by ordinal."""

    __slots__ = (
        "break_glass", "cells", "days", "folded", "networks", "ordered", "raised", "recent", "used",
    )  # fmt: skip

    def __init__(self) -> None:
        self.recent: dict[str, Window] = {}
        self.days: dict[int, PersonDay] = {}
        self.folded: dict[int, FoldedDay] = {}
        self.used: list[int] = []
        """The newest days of use, rising; a few."""
        self.cells: dict[str, list[int]] = {}
        """By rule of the matrix the newest days of use."""
        self.networks: dict[str, list[int]] = {}
        """By network the newest days it was seen."""
        self.raised: dict[str, int] = {}
        """By rule and customer the newest day of an alert."""
        self.ordered: tuple[tuple[int, int], list[str]] | None = None
        """The newest window of opened customers by id, for R4; made from `recent` when it is asked."""
        self.break_glass: dict[str, tuple[int, int]] = {}
        """Starts of break-glass access by its id: (day, index)."""

    def window(self, kind: str) -> Window:
        window = self.recent.get(kind)
        if window is None:
            window = self.recent[kind] = Window()
        return window

    def day(self, day: int) -> PersonDay:
        found = self.days.get(day)
        if found is None:
            found = self.days[day] = PersonDay()
        return found

    def stored(self) -> dict[str, Any]:
        """What lasts, without the days."""
        return {
            "recent": {
                kind: [[minute, keys] for minute, keys in sorted(window.minutes.items())]
                for kind, window in self.recent.items()
            },
            "used": self.used,
            "cells": self.cells,
            "networks": self.networks,
            "raised": self.raised,
            "break_glass": self.break_glass,
        }

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "Person":
        """From what `stored` gave."""
        person = cls()
        person.recent = {kind: Window(dict(minutes)) for kind, minutes in said["recent"].items()}
        person.used = said["used"]
        person.cells = said["cells"]
        person.networks = said["networks"]
        person.raised = said["raised"]
        person.break_glass = {
            key: (day, index) for key, (day, index) in said["break_glass"].items()
        }
        return person


def note_day(days: list[int], day: int) -> int | None:
    """Add a day to the newest days of use; the one before it, if any. Keeps a few, so that a late leaf of
    yesterday finds its place."""
    before: int | None = None
    if days and days[-1] == day:
        return days[-2] if len(days) > 1 else None
    if day not in days:
        days.append(day)
        days.sort()
        if len(days) > 4:
            del days[0]
    for one in days:
        if one < day:
            before = one
    return before


class Customer:
    """Who opened one customer lately without an explanation: by person the (moment, index, branch) of each look
    of the last days."""

    __slots__ = ("looks", "raised")

    def __init__(self) -> None:
        self.looks: dict[str, list[tuple[int, int, int]]] = {}
        self.raised: dict[str, int] = {}

    def stored(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {"looks": self.looks, "raised": self.raised}

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "Customer":
        """From what `stored` gave."""
        customer = cls()
        customer.looks = {
            person: [(at, index, branch) for at, index, branch in looks]
            for person, looks in said["looks"].items()
        }
        customer.raised = said["raised"]
        return customer


class Common:
    """What concerns several people: approvals of the last weeks, and break-glass access with its customers."""

    __slots__ = ("approvals", "break_glass")

    def __init__(self) -> None:
        self.approvals: dict[str, tuple[str, str, int]] = {}
        """By leaf: (approver, beneficiary, day)."""
        self.break_glass: dict[str, list[str]] = {}
        """By its id: the customers it is for."""

    def stored(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {"approvals": self.approvals, "break_glass": self.break_glass}

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "Common":
        """From what `stored` gave."""
        common = cls()
        common.approvals = {key: (a, b, day) for key, (a, b, day) in said["approvals"].items()}
        common.break_glass = said["break_glass"]
        return common
