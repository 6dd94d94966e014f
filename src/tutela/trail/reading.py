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
"""The bytes are no leaf."""
HASH: Final = "hash"
"""The bytes are not what was hashed."""
COLUMNS: Final = "columns"
"""The row says another thing than its bytes."""
TIME: Final = "time"
"""The row names another moment than its bytes, or one before the leaf that it follows."""
LINK: Final = "link"
"""The leaf before it is another than the one it names."""
GAP: Final = "gap"
"""Leaves before it are gone, or it is out of order."""
TAIL: Final = "tail"
"""Leaves are gone from the end of a chain, or a change's leaf is gone before its anchor."""
HEAD: Final = "head"
"""A chain that the log did not write."""
SUBJECTS: Final = "subjects"
"""The table of subjects says another thing than the leaf."""
UNANCHORED: Final = "unanchored"
"""A change's leaf that the log did not write."""
ANCHOR: Final = "anchor"
"""A change's leaf is not, or no longer, what an anchor names."""
RESTORED: Final = "restored"
"""The database is older than what was verified before."""
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


@lru_cache(maxsize=16_384)
def _of_head(head: bytes) -> bytes | None:
    """event, actor_kind, actor_id and outcome of a leaf's first keys, which come again and again."""
    try:
        said = json.loads(head + b"]}")
        parts = (said["event"], said["actor"]["kind"], said["actor"]["id"])
        return "\n".join((*parts, said["decision"]["outcome"])).encode()
    except (ValueError, LookupError, TypeError):
        return None


def agrees(leaf: bytes, key: bytes, columns: tuple[bytes, bytes], chain: bytes) -> bool:
    """Whether a leaf surely says what its row says, without reading all of it; `examine` finds out more.

    `columns` are event, actor and outcome in lines, and the purpose; `chain` is the text of the last three
    keys. The writer's order of keys is taken for granted: another order is not wrong, but not sure.
    """
    head, _, tail = leaf[SALT_SIZE:].partition(b'],"id":"')
    name = key.hex()
    place = f'{name[:8]}-{name[8:12]}-{name[12:16]}-{name[16:20]}-{name[20:]}","note":"'
    return (
        tail.startswith(place.encode())
        and tail.endswith(chain)
        and b'","purpose":"%b","subjects":[' % columns[1] in tail
        and b'],"t_ms":%d,"v":1,"work_item":"' % int.from_bytes(key[:6]) in tail
        and _of_head(head) == columns[0]
    )


def subjects_text(leaf: bytes) -> list[bytes]:
    """Each different subject of a leaf as its JSON text without brackets, `"customer","..."`."""
    begin = leaf.find(b'"subjects":[[') + 13
    if begin == 12:
        return []
    inside = leaf[begin : leaf.find(b']],"t_ms":', begin)]
    return list(dict.fromkeys(inside.split(b"],["))) if b"],[" in inside else [inside]
