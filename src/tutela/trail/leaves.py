"""What a leaf is, and its exact bytes. No clock, no database.

    leaf bytes = 16 random bytes | canonical JSON (ASCII, sorted keys, no spaces, integers and strings)
    leaf hash  = SHA-256(0x00 | leaf bytes), as in RFC 6962

The three keys of the writer's chain sort last, so the writer appends them to the text that the caller's
thread has encoded (`Draft.body`); only that small step is serial.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from json import JSONEncoder, loads
from typing import Any
from uuid import UUID

from tutela.base.actor import Actor
from tutela.crypto import digest

from .details import CODE, COUNT, DECISION_SHAPES, SHAPES, UUID_TEXT
from .errors import LeafRefused, LeafTooLarge
from .event_specs import EVENTS, EventSpec

SALT_SIZE = 16
LEAF_LIMIT = 65_535
"""C2SP bundles give each leaf a 16-bit length."""
SUBJECT_LIMIT = 1_000
NUMBER_LIMIT = 2**53 - 1
"""The largest whole number that every JSON reader keeps exact."""
FORMAT = 1
ALLOW = "allow"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Exposure(StrEnum):
    """How a value left the vault, or that one was written."""

    NONE = "none"
    LIST_MASKED = "list_masked"
    DETAIL_MASKED = "detail_masked"
    CLEAR = "clear"
    EXPORT = "export"
    PRINT = "print"
    WRITE = "write"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One event. `classes` and `fields` are catalogue ids; `note` is sealed text.

    Subjects are (kind, id) pairs, at most SUBJECT_LIMIT; a list page is one leaf with many subjects.
    """

    event: EventSpec
    actor: Actor
    subjects: tuple[tuple[str, str], ...] = ()
    classes: tuple[int, ...] = ()
    fields: tuple[int, ...] = ()
    exposure: Exposure = Exposure.NONE
    purpose: str = ""
    work_item: str = ""
    note: str = ""
    decision: Mapping[str, str | int] = field(default_factory=dict)
    detail: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(slots=True)
class Draft:
    """An encoded leaf without its position in the writer's chain."""

    id: UUID
    body: str
    outcome: str
    leaf: Leaf


_SEALED = re.compile(r"[A-Za-z0-9_=-]{0,16384}")
_SOURCE = re.compile(r"[0-9a-fA-F.:%a-z]{0,64}")
_ACTOR = re.compile(r"[a-z0-9_:.-]{1,64}")
_NAME = re.compile("[a-z_]{1,32}")
_uuid = SHAPES[UUID_TEXT].fullmatch
_code = SHAPES[CODE].fullmatch
_encode = JSONEncoder(
    ensure_ascii=True, sort_keys=True, separators=(",", ":"), check_circular=False, allow_nan=False
).encode


def draft(leaf: Leaf, leaf_id: UUID) -> Draft:
    """Check and encode a leaf; LeafRefused or LeafTooLarge."""
    try:
        body = _body(leaf, leaf_id)
    except _Unfit as unfit:
        raise LeafRefused(part=unfit.part, event=leaf.event.name) from None
    except TypeError:  # a value that is neither a string nor an integer
        raise LeafRefused(part="a value", event=leaf.event.name) from None
    size = SALT_SIZE + len(body) + _CHAIN_SIZE
    if size > LEAF_LIMIT:
        raise LeafTooLarge(size=size, most=LEAF_LIMIT)
    return Draft(leaf_id, body, str(leaf.decision.get("outcome", ALLOW)), leaf)


def _body(leaf: Leaf, leaf_id: UUID) -> str:
    """Canonical JSON. Every part either has a shape that needs no escaping or went through the encoder; frequent
    parts are cached."""
    if not (_SEALED.fullmatch(leaf.note) and len(leaf.subjects) <= SUBJECT_LIMIT):
        raise _Unfit("note or subjects")
    subjects = ",".join([_subject(kind, subject) for kind, subject in leaf.subjects])
    decision = _words(None, tuple(leaf.decision.items()))
    detail = _words(leaf.event, tuple(leaf.detail.items())) if leaf.detail else "{}"
    event = _event(leaf.event)
    return (
        f'{{"actor":{_actor(leaf.actor)},"classes":{_numbers(leaf.classes)},"decision":{decision}'
        f',"detail":{detail},"event":"{event}","exposure":"{leaf.exposure}"'
        f',"fields":{_numbers(leaf.fields)},"id":"{leaf_id}","note":"{leaf.note}"'
        f',"purpose":"{_purpose(leaf.purpose)}","subjects":[{subjects}]'
        f',"t_ms":{leaf_id.int >> 80},"v":{FORMAT},"work_item":"{_work_item(leaf.work_item)}"}}'
    )


class _Unfit(Exception):
    """A part that may not enter the log."""

    def __init__(self, part: str) -> None:
        self.part = part


@lru_cache(maxsize=4096)
def _actor(actor: Actor) -> str:
    if not (_ACTOR.fullmatch(actor.id) and _SOURCE.fullmatch(actor.source)):
        raise _Unfit("actor")
    return _encode(
        {
            "channel": actor.channel.value,
            "id": actor.id,
            "kind": actor.kind,
            "second_factor": int(actor.second_factor),
            "session": _session(actor.session),
            "source": actor.source,
        }
    )


@lru_cache(maxsize=4096)
def _words(event: EventSpec | None, items: tuple[tuple[str, str | int], ...]) -> str:
    """A decision (no event) or an event's detail as JSON, each value of the shape its key allows."""
    part = "detail" if event else "decision"
    allowed = event.shapes if event else DECISION_SHAPES
    for key, value in items:
        if not _fits(allowed.get(key), value):
            raise _Unfit(f"{part}.{key}" if _NAME.fullmatch(key) else part)
    words = dict(items) if event else {"outcome": ALLOW, **dict(items)}
    return _encode(words)


@lru_cache(maxsize=1024)
def _event(event: EventSpec) -> str:
    """The name of an event that a room has declared; ReadEarlyError before all rooms have."""
    if EVENTS.get(event.name) is not event:
        raise _Unfit("event")
    return event.name


def _fits(shape: str | None, value: str | int) -> bool:
    if shape is None:
        return False
    if shape == COUNT:
        return _is_count(value)
    return isinstance(value, str) and SHAPES[shape].fullmatch(value) is not None


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= NUMBER_LIMIT


@lru_cache(maxsize=1024)
def _numbers(numbers: tuple[int, ...]) -> str:
    if not all(_is_count(number) for number in numbers):
        raise _Unfit("classes or fields")
    return _encode([int(number) for number in numbers])


@lru_cache(maxsize=256)
def _purpose(purpose: str) -> str:
    if not _code(purpose):
        raise _Unfit("purpose")
    return purpose


def _work_item(work_item: str) -> str:
    if work_item and not _uuid(work_item):
        raise _Unfit("work_item")
    return work_item


def _subject(kind: str, subject: str) -> str:
    if not (_NAME.fullmatch(kind) and (_uuid(subject) or _code(subject))):
        raise _Unfit("subjects")
    return f'["{kind}","{subject}"]'


def milliseconds(leaf_id: UUID) -> int:
    """The Unix timestamp of a UUIDv7 in milliseconds (RFC 9562)."""
    return leaf_id.int >> 80


def moment(leaf_id: UUID) -> datetime:
    """The time of a UUIDv7 in UTC, exactly as the database stores it."""
    return _EPOCH + timedelta(milliseconds=milliseconds(leaf_id))


def _session(session: str) -> str:
    """A fingerprint of a session key, which cannot be used as one."""
    return digest.sha256(session.encode()).hex()[:16] if session else ""


def chained(body: str, writer: str, seq: int, previous: str) -> bytes:
    """A draft's body with its position in the chain; `previous` is the preceding hash in hex."""
    chain = f',"writer":"{writer}","writer_previous":"{previous}","writer_seq":{seq}}}'
    return (body[:-1] + chain).encode("ascii")


_CHAIN_SIZE = len(chained("}", str(UUID(int=0)), 2**63 - 1, "0" * 64))


def read(leaf: bytes) -> dict[str, Any]:
    """The document in a leaf's bytes."""
    document: dict[str, Any] = loads(leaf[SALT_SIZE:])
    return document
