"""A leaf taken apart into columns, and put together again to the same bytes. Pure.

Most of a leaf repeats: what is left, apart, is small and can be searched. A leaf that would not come back exactly
is kept whole (`raw`). The hash of the preceding leaf of the same writer is left out where the file holds that
leaf.
"""

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from tutela.crypto import merkle
from tutela.trail.leaves import SALT_SIZE
from tutela.trail.rows import NO_PREVIOUS

_SHAPE: Final = re.compile(
    rb'\{"actor":(\{[^{}]*\}),"classes":\[([0-9,]*)\],"decision":(\{[^{}]*\}),"detail":(\{[^{}]*\})'
    rb',"event":"([^"\\]*)","exposure":"([^"\\]*)","fields":\[([0-9,]*)\],"id":"([0-9a-f-]{36})"'
    rb',"note":"([^"\\]*)","purpose":"([^"\\]*)","subjects":\[([^\\]*?)\],"t_ms":([0-9]{1,15}),"v":1'
    rb',"work_item":"([^"\\]*)","writer":"([0-9a-f-]{36})","writer_previous":"([0-9a-f]{64})"'
    rb',"writer_seq":([0-9]{1,18})\}'
).fullmatch
_SUBJECT: Final = re.compile(r'\["([a-z_]+)","([^"\\]*)"\]')
NAMES: Final = (
    "index", "t_ms", "id_mid", "id_low", "salt", "event", "actor_kind", "actor_id", "outcome", "purpose",
    "subjects", "actor", "classes", "decision", "detail", "exposure", "fields", "note", "work_item",
    "writer", "seq", "previous", "raw",
)  # fmt: skip
"""The columns of a segment's file, in the order of a row."""
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the query columns say of a leaf that is kept whole."""

    id: UUID
    event: str
    actor_kind: str
    actor_id: str
    outcome: str
    purpose: str
    subjects: list[str]


class Shredder:
    """Leaves of one row group in order of their indices. Knows the last hash of each writer."""

    def __init__(self) -> None:
        self._heads: dict[str, bytes] = {}

    def row(self, index: int, leaf: bytes, leaf_hash: bytes) -> Row:
        """The columns of a leaf; `join` gives the same bytes back."""
        row = self._taken(index, leaf) or _whole(index, leaf)
        if row[_WRITER] is not None:
            self._heads[row[_WRITER]] = leaf_hash
        return row

    def _taken(self, index: int, leaf: bytes) -> Row | None:
        found = _SHAPE(leaf, SALT_SIZE)
        if found is None or len(leaf) < SALT_SIZE:
            return None
        (actor, classes, decision, detail, event, exposure, fields, name, note, purpose, subjects, t_ms,
         work_item, writer, previous, seq) = (part.decode() for part in found.groups())  # fmt: skip
        facts = _facts(actor, decision)
        if facts is None:
            return None
        key, before = UUID(name), bytes.fromhex(previous)
        is_own = writer == name and seq == "1" and before == NO_PREVIOUS
        is_known = not is_own and self._heads.get(writer) == before
        row = (
            index, int(t_ms), key.int >> 64 & 0xFFFF, key.bytes[8:], leaf[:SALT_SIZE], event, *facts, purpose,
            _subjects(subjects), actor, classes, decision, detail, exposure, fields, note, work_item,
            None if is_own else writer, int(seq), None if is_own or is_known else before, None,
        )  # fmt: skip
        known = before if is_known else None
        return row if join(row, known) == leaf else None


_WRITER: Final = NAMES.index("writer")
_RAW: Final = NAMES.index("raw")


class Joiner:
    """The other way: rows of one row group in order, as the exact bytes of their leaves."""

    def __init__(self) -> None:
        self._heads: dict[str, bytes] = {}

    def leaf(self, row: Row) -> tuple[bytes, bytes]:
        """A leaf's bytes and hash. ValueError or TypeError for a row that is none."""
        writer = row[_WRITER]
        leaf = join(row, self._heads.get(writer) if writer is not None else None)
        leaf_hash = merkle.leaf_hash(leaf)
        if writer is not None:
            self._heads[writer] = leaf_hash
        return leaf, leaf_hash


def join(row: Row, known: bytes | None) -> bytes:
    """The bytes of a leaf; `known` is the hash of its writer's preceding leaf, if the row does not hold it."""
    (_, t_ms, id_mid, id_low, salt, event, _, _, _, purpose, subjects, actor, classes, decision, detail, exposure,
     fields, note, work_item, writer, seq, previous, raw) = row  # fmt: skip
    if raw is not None:
        return bytes(raw)
    name = str(key_of(t_ms, id_mid, id_low))
    if previous is None:
        previous = NO_PREVIOUS if writer is None else known or b""
    named = ",".join(
        [f'["{kind}","{key}"]' for kind, _, key in (s.partition(":") for s in subjects)]
    )
    body = (
        f'{{"actor":{actor},"classes":[{classes}],"decision":{decision},"detail":{detail},"event":"{event}"'
        f',"exposure":"{exposure}","fields":[{fields}],"id":"{name}","note":"{note}","purpose":"{purpose}"'
        f',"subjects":[{named}],"t_ms":{t_ms},"v":1,"work_item":"{work_item}"'
        f',"writer":"{writer or name}","writer_previous":"{previous.hex()}","writer_seq":{seq}}}'
    )
    return bytes(salt) + body.encode()


def key_of(t_ms: int, id_mid: int, id_low: bytes) -> UUID:
    """The id of a leaf from its time and the other parts."""
    return UUID(int=t_ms << 80 | id_mid << 64 | int.from_bytes(id_low))


def document(row: Row) -> dict[str, Any]:
    """What a leaf says, without its place in a chain where the row does not hold it. ValueError, KeyError."""
    known = bytes(32) if row[_WRITER] is not None else None
    said: dict[str, Any] = json.loads(join(row, known)[SALT_SIZE:])
    return said


@lru_cache(maxsize=65_536)
def _facts(actor: str, decision: str) -> tuple[str, str, str] | None:
    """Kind and id of the actor and the outcome, from their texts."""
    try:
        who, how = json.loads(actor), json.loads(decision)
        facts = who["kind"], who["id"], how["outcome"]
    except (ValueError, LookupError, TypeError):
        return None
    return facts if all(isinstance(fact, str) for fact in facts) else None


def _subjects(text: str) -> list[str]:
    return [f"{kind}:{key}" for kind, key in _SUBJECT.findall(text)]


def _whole(index: int, leaf: bytes) -> Row:
    """A leaf as it is, with the query columns that its text gives; a leaf that is no text has none."""
    seen = seen_in(leaf)
    key = seen.id if seen else UUID(int=0)
    told = (
        (seen.event, seen.actor_kind, seen.actor_id, seen.outcome, seen.purpose)
        if seen
        else ("",) * 5
    )
    return (
        index, key.int >> 80, key.int >> 64 & 0xFFFF, key.bytes[8:], leaf[:SALT_SIZE], *told,
        seen.subjects if seen else [], "", "", "", "", "", "", "", "", None, 0, None, leaf,
    )  # fmt: skip


def seen_in(leaf: bytes) -> Seen | None:
    """The query columns of a leaf's text; None if it cannot be read."""
    try:
        said = json.loads(leaf[SALT_SIZE:])
        return Seen(
            UUID(said["id"]), said["event"], said["actor"]["kind"], said["actor"]["id"],
            said["decision"]["outcome"], said["purpose"], [f"{kind}:{key}" for kind, key in said["subjects"]],
        )  # fmt: skip
    except (ValueError, LookupError, TypeError, AttributeError):
        return None
