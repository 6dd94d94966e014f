"""What a stored leaf says, and whether it can be believed. Pure: no clock, no Django, no database.

The bytes are what was hashed. Everything else in a row is a copy of them for searching, so a row whose
columns, hash or time say anything else is broken, as is one whose bytes are no leaf at all.
"""

import json
from datetime import datetime
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from tutela.crypto import merkle

from .leaves import SALT_SIZE, Exposure, moment, read

UNREADABLE: Final = "unreadable"
HASH: Final = "hash"
COLUMNS: Final = "columns"
TIME: Final = "time"
LINK: Final = "link"
GAP: Final = "gap"
TAIL: Final = "tail"
HEAD: Final = "head"
SUBJECTS: Final = "subjects"
UNANCHORED: Final = "unanchored"
ANCHOR: Final = "anchor"
RESTORED: Final = "restored"
Document = dict[str, Any]
Columns = tuple[str, str, str, str, str]
"""event, actor_kind, actor_id, purpose, outcome"""

_TEXTS = ("event", "exposure", "id", "note", "purpose", "work_item", "writer", "writer_previous")
_LISTS = ("classes", "fields", "subjects")
_OBJECTS = ("actor", "decision", "detail")
_NUMBERS = ("t_ms", "v", "writer_seq")


def document_of(leaf: bytes) -> Document | None:
    """The document of a leaf's bytes; None if they are no leaf."""
    try:
        document = read(leaf)
        is_leaf = isinstance(document, dict) and _has_shape(document)
    except (ValueError, RecursionError):
        return None
    return document if is_leaf else None


def _has_shape(document: Document) -> bool:
    kinds = ((_TEXTS, str), (_LISTS, list), (_OBJECTS, dict), (_NUMBERS, int))
    if not all(isinstance(document.get(name), kind) for names, kind in kinds for name in names):
        return False
    actor, pairs = document["actor"], document["subjects"]
    return (
        all(isinstance(actor.get(name), str) for name in ("kind", "id", "channel", "source"))
        and isinstance(document["decision"].get("outcome"), str)
        and document["exposure"] in set(Exposure)
        and all(isinstance(n, int) for n in (*document["classes"], *document["fields"]))
        and all(
            isinstance(p, list) and len(p) == 2 and all(type(t) is str for t in p) for p in pairs
        )
    )


def columns_of(document: Document) -> Columns:
    """What the row's columns must be."""
    actor, decision = document["actor"], document["decision"]
    return (
        document["event"], actor["kind"], actor["id"], document["purpose"], decision["outcome"],
    )  # fmt: skip


def examine(
    leaf_id: UUID, at: datetime, columns: tuple[Any, ...], leaf: bytes, leaf_hash: bytes
) -> tuple[Document | None, str]:
    """The document, or None and why the row is broken."""
    document = document_of(leaf)
    if document is None:
        return None, UNREADABLE
    if merkle.leaf_hash(leaf) != leaf_hash:
        return None, HASH
    if document["id"] != str(leaf_id) or columns_of(document) != columns:
        return None, COLUMNS
    if document["t_ms"] != leaf_id.int >> 80 or moment(leaf_id) != at:
        return None, TIME
    return document, ""


@lru_cache(maxsize=8192)
def _of_head(head: bytes) -> tuple[str, str, str, str] | None:
    """event, actor_kind, actor_id and outcome of a leaf's first keys, which come again and again."""
    try:
        said = json.loads(head + b"]}")
        return (
            said["event"],
            said["actor"]["kind"],
            said["actor"]["id"],
            said["decision"]["outcome"],
        )
    except (ValueError, LookupError, TypeError):
        return None


def agrees(leaf: bytes, leaf_id: UUID, columns: tuple[str, ...], chain: bytes) -> bool:
    """Whether a leaf surely says what its row says, without reading all of it; `examine` finds out more.

    `chain` is the text of its last three keys. The writer's order of keys is taken for granted: another
    order is not wrong, but not sure.
    """
    head, found, tail = leaf[SALT_SIZE:].partition(b'],"id":"')
    if not found or not tail.endswith(chain):
        return False
    event, kind, actor, purpose, outcome = columns
    return (
        _of_head(head) == (event, kind, actor, outcome)
        and tail.startswith(str(leaf_id).encode() + b'","note":"')
        and b'","purpose":"%s","subjects":[' % purpose.encode() in tail
        and b'],"t_ms":%d,"v":1,"work_item":"' % (leaf_id.int >> 80) in tail
    )
