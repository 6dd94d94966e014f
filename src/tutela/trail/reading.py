"""Parse a stored leaf and decide whether it can be trusted. Pure: no clock, no Django, no database.

The bytes are what was hashed; the other columns are copies for searching. A row whose columns, hash or time
disagree with its bytes is broken, as is one whose bytes are no leaf.
"""

import json
import re
from binascii import hexlify
from datetime import datetime
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from tutela.crypto import merkle

from .leaves import SALT_SIZE, Exposure, moment

UNREADABLE: Final = "unreadable"
"""The bytes are not a leaf."""
HASH: Final = "hash"
"""The stored hash is not that of the bytes."""
COLUMNS: Final = "columns"
"""The columns disagree with the bytes."""
TIME: Final = "time"
"""The time disagrees with the bytes, or is before that of the preceding leaf."""
LINK: Final = "link"
"""The preceding leaf has another hash than the leaf names."""
GAP: Final = "gap"
"""Preceding leaves are missing, or it is out of order."""
TAIL: Final = "tail"
"""Leaves are missing at the end of a chain, or a change's leaf is missing before its anchor."""
HEAD: Final = "head"
"""A chain without a head in trail.chain: not written by the log."""
SUBJECTS: Final = "subjects"
"""The table of subjects disagrees with the leaf."""
UNANCHORED: Final = "unanchored"
"""A change's leaf that is neither waiting for an anchor nor anchored: not written by the log."""
ANCHOR: Final = "anchor"
"""A change's leaf is missing, or not the one its anchor names."""
RESTORED: Final = "restored"
"""The database is older than an earlier verification."""
TREE: Final = "tree"
"""The leaf that has this place is gone, or not the one that the tree holds."""
TILE: Final = "tile"
"""A tile is missing, or is not what is below it."""
UNPLACED: Final = "unplaced"
"""A leaf without a place, although all of its time have theirs: not written by the log."""
CHECKPOINT: Final = "checkpoint"
"""A checkpoint that is not signed by the log, or is not of this tree."""
Document = dict[str, Any]
Columns = tuple[str, str, str, str, str]
"""event, actor_kind, actor_id, purpose, outcome"""

_TEXTS = ("event", "exposure", "id", "note", "purpose", "work_item", "writer", "writer_previous")
_LISTS = ("classes", "fields", "subjects")
_OBJECTS = ("actor", "decision", "detail")
_NUMBERS = ("t_ms", "v", "writer_seq")
_HEAD: Final = {"actor", "classes", "decision", "detail", "event", "exposure", "fields"}
_OTHERS: Final[Document] = {
    "id": "", "note": "", "purpose": "", "subjects": [], "t_ms": 0, "v": 1, "work_item": "", "writer": "",
    "writer_previous": "", "writer_seq": 0,
}  # fmt: skip
"""Placeholders for the keys after the first ones, to check those alone."""
_encode: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False).encode
_is_plain: Final = re.compile(rb"[ !#-\[\]-~]*").fullmatch
_is_item: Final = re.compile(rb'(?:[0-9a-f-]{36})?"').fullmatch
_are_subjects: Final = re.compile(
    rb'(?:\["[ !#-\[\]-~]*","[ !#-\[\]-~]*"\](?:,(?=\[)|$))*'
).fullmatch
"""Strings without quotes and escapes, so that nothing can hide in them."""


def document_of(leaf: bytes) -> Document | None:
    """The document in a leaf's bytes; None if they are not a leaf."""
    try:
        document = json.loads(leaf[SALT_SIZE:], object_pairs_hook=_once)
        is_leaf = isinstance(document, dict) and _has_shape(document)
    except (ValueError, RecursionError):
        return None
    return document if is_leaf else None


def _once(pairs: list[tuple[str, Any]]) -> Document:
    """An object without duplicate keys, which parsers resolve differently; ValueError."""
    document = dict(pairs)
    if len(document) != len(pairs):
        raise ValueError
    return document


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
    """The search columns that belong to a document."""
    actor, decision = document["actor"], document["decision"]
    return (
        document["event"], actor["kind"], actor["id"], document["purpose"], decision["outcome"],
    )  # fmt: skip


def examine(
    leaf_id: UUID, at: datetime, columns: tuple[Any, ...], leaf: bytes, leaf_hash: bytes
) -> tuple[Document | None, str]:
    """(document, "") or (None, why the row is broken)."""
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
    """event, actor_kind, actor_id and outcome from a leaf's first keys, cached because they repeat; None
    unless their encoding is canonical, which excludes duplicate keys."""
    try:
        document = json.loads(head + b"]}")
        if document.keys() != _HEAD or _encode(document).encode() != head + b"]}":
            return None
        parts = columns_of({**_OTHERS, **document})
        fits = _has_shape({**_OTHERS, **document}) and not any("\n" in part for part in parts)
        event, kind, actor, _, outcome = parts
        return f"{event}\n{kind}\n{actor}\n{outcome}".encode() if fits else None
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


@lru_cache(maxsize=16_384)
def _of_texts(texts: bytes) -> tuple[bytes, bytes]:
    """A row's texts without the purpose, and the bytes from the purpose to the subjects of such a leaf."""
    columns, _, purpose = texts.rpartition(b"\n")
    return columns, b'","purpose":"%b","subjects":[' % purpose


def opening(head: bytes, texts: bytes) -> tuple[bytes, bytes] | None:
    """The bytes before and after the id of a leaf with these first keys, this row and no note; None if the
    two may disagree."""
    columns, purpose = _of_texts(texts)
    if _of_head(head) != columns or not _is_plain(purpose[13:-14]):
        return None
    return head + b'],"id":"', b'","note":"' + purpose


def place_of(document: Document) -> tuple[str, int, str]:
    """A leaf's position: writer, sequence number and the preceding hash."""
    return document["writer"], document["writer_seq"], document["writer_previous"]


def agrees(leaf: bytes, key: bytes, ms: int, texts: bytes, chain: bytes) -> bytes | None:
    """The text of a leaf's subjects if the leaf certainly agrees with its row; None if `examine` must decide.

    `ms` is the time inside `key`; `texts` are event, actor, outcome and purpose, one per line; `chain` is the
    text of the last three keys. Only the writer's own order of keys is recognised. The compared parts leave no
    room for anything else, so there are no duplicate keys.
    """
    columns, purpose = _of_texts(texts)
    head = leaf.find(b'],"id":"', SALT_SIZE)
    name, note = leaf[head + 8 : head + 44], head + 54
    begin = leaf.find(purpose, note)
    moment = b'],"t_ms":%d,"v":1,"work_item":"' % ms
    end = leaf.find(moment, begin)
    if (
        0 < head < begin < end
        and name.replace(b"-", b"") == hexlify(key)
        and name[8:24:5] == b"----"
        and leaf.startswith(b'","note":"', head + 44)
        and _is_plain(leaf[note:begin])
        and _is_plain(purpose[13:-14])
        and _are_subjects(leaf[begin + len(purpose) : end])
        and leaf.endswith(chain)
        and _is_item(leaf[end + len(moment) : len(leaf) - len(chain)])
        and _of_head(leaf[SALT_SIZE:head]) == columns
    ):
        return leaf[begin + len(purpose) : end]
    return None


def subjects_text(leaf: bytes) -> bytes:
    """The text of the subjects of a leaf that did not pass `agrees`: `["customer","..."],…`."""
    begin = leaf.find(b'"subjects":[[') + 12
    if begin == 11:
        return b""
    return leaf[begin : leaf.find(b']],"t_ms":', begin) + 1]
