"""The journal of destructions: a file outside the database, for what was destroyed must not return with a backup.

One JSON object a line, each naming the hash of the line before it:

    {"kind": "intended" | "done" | "void", "order": ..., "previous": hex, ...}

`intended` is written and synced before the destruction is committed and holds all that carries it out again;
`done` or `void` follow. Only ids, moments and the sealed reason stand in it, never a customer's value. One
without an end counts: two people had approved it. A last line that was cut off was never acknowledged.
"""

import contextlib
import fcntl
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.conf import settings

from tutela.crypto.digest import sha256

from .errors import JournalClosed, JournalDamaged

INTENDED, DONE, VOID = "intended", "done", "void"
_FIRST: Final = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One approved destruction as it can be carried out again. Ids are UUIDs as text, moments ISO 8601 in UTC;
    `reason` is sealed."""

    order: str
    customer: str
    branch: int
    proposed_by: str
    proposed_at: str
    proposed_leaf: str
    reason: str
    decided_by: str
    decided_at: str
    decided_leaf: str

    def as_row(self) -> dict[str, Any]:
        return asdict(self)


def entry_of(row: Mapping[str, Any]) -> Entry:
    """An entry from its JSON object; JournalDamaged if a part is missing or of another shape."""
    try:
        found = Entry(**{name: row[name] for name in Entry.__dataclass_fields__})
        for name in ("order", "customer", "proposed_leaf", "decided_leaf"):
            UUID(getattr(found, name))
    except (KeyError, TypeError, ValueError, AttributeError):
        raise JournalDamaged(path=path().name) from None
    return found


def path() -> Path:
    return Path(settings.TUTELA_DESTROYED_FILE)


def intend(entry: Entry) -> None:
    """Write and sync an entry before its destruction is committed; without it nothing may be destroyed.
    JournalClosed, JournalDamaged."""
    _append({"kind": INTENDED, **entry.as_row()})


def settle(order: UUID, *, is_done: bool) -> None:
    """Say how an intention ended. JournalClosed."""
    _append({"kind": DONE if is_done else VOID, "order": str(order)})


def settle_open(is_done: Callable[[UUID], bool]) -> int:
    """Settle the intentions that a crash left open, by what the database says of each order; how many."""
    waiting = open_orders()
    for order in waiting:
        settle(order, is_done=is_done(order))
    return len(waiting)


def open_orders() -> list[UUID]:
    """Orders whose intention has no end."""
    ended, waiting = set(), []
    for line in _lines(_content()):
        if line["kind"] == INTENDED:
            waiting.append(line["order"])
        else:
            ended.add(line["order"])
    return [UUID(order) for order in dict.fromkeys(waiting) if order not in ended]


def entries() -> list[Entry]:
    """What is to be carried out again: all intentions but those that were taken back. JournalDamaged."""
    found: dict[str, Entry] = {}
    for line in _lines(_content()):
        if line["kind"] == INTENDED:
            found[line["order"]] = entry_of(line)
        elif line["kind"] == VOID:
            found.pop(line["order"], None)
    return list(found.values())


def _content() -> bytes:
    try:
        return path().read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise JournalClosed(path=path().name) from error


def _lines(content: bytes) -> Iterator[dict[str, Any]]:
    """The whole lines in order; JournalDamaged if one does not name the line before it."""
    previous = _FIRST
    for line in content.splitlines(keepends=True):
        if not line.endswith(b"\n"):
            return
        try:
            row = json.loads(line)
            is_next = row["previous"] == previous and row["kind"] in {INTENDED, DONE, VOID}
            str(UUID(row["order"]))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise JournalDamaged(path=path().name) from None
        if not is_next:
            raise JournalDamaged(path=path().name)
        previous = sha256(line).hex()
        yield row


def _append(row: dict[str, Any]) -> None:
    """Add a line, durably; whatever a crash left of a line is cut off first. JournalClosed, JournalDamaged."""
    try:
        with _alone() as handle:
            content = _content()
            whole = content[: content.rfind(b"\n") + 1]
            for _ in _lines(whole):
                pass
            last = whole.splitlines(keepends=True)[-1:]
            previous = sha256(last[0]).hex() if last else _FIRST
            line = json.dumps({**row, "previous": previous}, sort_keys=True).encode() + b"\n"
            os.ftruncate(handle, len(whole))
            _write(handle, line, len(whole))
            os.fsync(handle)
    except OSError as error:
        raise JournalClosed(path=path().name) from error


def _write(handle: int, data: bytes, place: int) -> None:
    while data:
        written = os.pwrite(handle, data, place)
        data, place = data[written:], place + written


@contextlib.contextmanager
def _alone() -> Iterator[int]:
    """The open file, for one writer at a time; made with its folder's entry synced."""
    is_new = not path().exists()
    handle = os.open(path(), os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if is_new:
            folder = os.open(path().parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        yield handle
    finally:
        os.close(handle)
