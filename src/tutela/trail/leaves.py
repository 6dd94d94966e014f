"""What a leaf is, and its exact bytes. Pure: no clock, no Django, no database.

    leaf bytes = 16 random bytes | canonical JSON (ASCII, sorted keys, no spaces, integers and strings)
    leaf hash  = SHA-256(0x00 | leaf bytes), as RFC 6962 asks

The three keys of the writer's chain sort last, so the writer adds them to a text that the caller's
thread has already made (`Draft.body`); only that small step is serial.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from json import JSONEncoder, loads
from typing import Any
from uuid import UUID

from tutela.base.actor import Actor
from tutela.crypto import digest

from .errors import LeafRefused, LeafTooLarge
from .events import CODE, COUNT, DECISION, DETAILS, SHAPES, UUID_TEXT, Event

SALT_SIZE = 16
LEAF_LIMIT = 65_535
"""C2SP bundles give each leaf a 16-bit length."""
SUBJECT_LIMIT = 1_000
NUMBER_LIMIT = 2**53 - 1
"""The largest whole number that every JSON reader keeps exact."""
FORMAT = 1
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Exposure(StrEnum):
    """How much of the value left the vault, and towards what."""

    NONE = "none"
    LIST_MASKED = "list_masked"
    DETAIL_MASKED = "detail_masked"
    CLEAR = "clear"
    EXPORT = "export"
    PRINT = "print"
    WRITE = "write"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One event, as the caller tells it. `classes` and `fields` are catalogue ids; `note` is sealed text.

    Subjects are (kind, id) pairs, at most 1,000; a list page is one leaf with many subjects.
    """

    event: Event
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
    """A leaf that lacks only its place in the writer's chain."""

    id: UUID
    body: str
    outcome: str
    leaf: Leaf


_SEALED = re.compile(r"[A-Za-z0-9_=-]{0,16384}")
_SOURCE = re.compile(r"[0-9a-fA-F.:%a-z]{0,64}")
_ACTOR = re.compile(r"[a-z0-9_:.-]{1,64}")
_KIND = re.compile("[a-z_]{1,32}")
_uuid = SHAPES[UUID_TEXT].fullmatch
_code = SHAPES[CODE].fullmatch
_encode = JSONEncoder(
    ensure_ascii=True, sort_keys=True, separators=(",", ":"), check_circular=False, allow_nan=False
).encode


def canonical(value: Any) -> str:
    """Canonical JSON of what holds only dicts, lists, strings and whole numbers."""
    return _encode(value)


def draft(leaf: Leaf, leaf_id: UUID) -> Draft:
    """Check a leaf and write its body; LeafRefused or LeafTooLarge."""
    _check(leaf)
    outcome = str(leaf.decision.get("outcome", "allow"))
    body = _encode(_document(leaf, leaf_id, outcome))
    size = SALT_SIZE + len(body) + _CHAIN_SIZE
    if size > LEAF_LIMIT:
        raise LeafTooLarge(size=size, most=LEAF_LIMIT)
    return Draft(leaf_id, body, outcome, leaf)


def _document(leaf: Leaf, leaf_id: UUID, outcome: str) -> dict[str, Any]:
    actor = leaf.actor
    return {
        "actor": {
            "channel": actor.channel.value,
            "id": actor.id,
            "kind": actor.kind,
            "second_factor": int(actor.second_factor),
            "session": _session(actor.session),
            "source": actor.source,
        },
        "classes": leaf.classes,
        "decision": {**leaf.decision, "outcome": outcome},
        "detail": dict(leaf.detail),
        "event": leaf.event.value,
        "exposure": leaf.exposure.value,
        "fields": leaf.fields,
        "id": str(leaf_id),
        "note": leaf.note,
        "purpose": leaf.purpose,
        "subjects": leaf.subjects,
        "t_ms": milliseconds(leaf_id),
        "v": FORMAT,
        "work_item": leaf.work_item,
    }


def milliseconds(leaf_id: UUID) -> int:
    """The moment inside a UUIDv7, in milliseconds since 1970."""
    return leaf_id.int >> 80


def moment(leaf_id: UUID) -> datetime:
    """The same moment, aware, in UTC, exactly as the database stores it."""
    return _EPOCH + timedelta(milliseconds=milliseconds(leaf_id))


def _session(session: str) -> str:
    """Tells two sessions apart without being the key to either."""
    return digest.sha256(session.encode()).hex()[:16] if session else ""


def chained(body: str, writer: UUID, seq: int, previous: str) -> bytes:
    """A draft's body with its place in the chain; `previous` is the hash before it, in hex."""
    chain = f',"writer":"{writer}","writer_previous":"{previous}","writer_seq":{seq}}}'
    return (body[:-1] + chain).encode("ascii")


_CHAIN_SIZE = len(chained("}", UUID(int=0), 2**63 - 1, "0" * 64))


def read(leaf: bytes) -> dict[str, Any]:
    """What a leaf's bytes say."""
    document: dict[str, Any] = loads(leaf[SALT_SIZE:])
    return document


def _check(leaf: Leaf) -> None:
    """Nothing may enter that could be a customer's value; LeafRefused names the part."""
    _need(leaf, "actor", _ACTOR.fullmatch(leaf.actor.id) and _SOURCE.fullmatch(leaf.actor.source))
    _need(leaf, "purpose", _code(leaf.purpose))
    _need(leaf, "work_item", not leaf.work_item or _uuid(leaf.work_item))
    _need(leaf, "note", _SEALED.fullmatch(leaf.note))
    _need(leaf, "classes", all(_is_count(n) for n in leaf.classes))
    _need(leaf, "fields", all(_is_count(n) for n in leaf.fields))
    _need(leaf, "subjects", len(leaf.subjects) <= SUBJECT_LIMIT)
    for kind, subject in leaf.subjects:
        _need(leaf, "subjects", _KIND.fullmatch(kind) and (_uuid(subject) or _code(subject)))
    _check_words(leaf, "decision", leaf.decision, DECISION)
    if leaf.detail:
        _check_words(leaf, "detail", leaf.detail, DETAILS[leaf.event])


def _check_words(
    leaf: Leaf, part: str, words: Mapping[str, str | int], allowed: Mapping[str, str]
) -> None:
    for key, value in words.items():
        shape = allowed.get(key)
        if shape is None:
            _need(leaf, f"{part}.{key}" if _KIND.fullmatch(key) else part, None)
        elif shape == COUNT:
            _need(leaf, f"{part}.{key}", _is_count(value))
        else:
            good = isinstance(value, str) and SHAPES[shape].fullmatch(value)
            _need(leaf, f"{part}.{key}", good)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= NUMBER_LIMIT


def _need(leaf: Leaf, part: str, good: object) -> None:
    if not good:
        raise LeafRefused(part=part, event=leaf.event.value)
