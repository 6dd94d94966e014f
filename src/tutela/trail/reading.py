"""What a stored leaf says, and whether it can be believed. Pure: no clock, no Django, no database.

The bytes are what was hashed. Everything else in a row is a copy of them for searching, so a row whose
columns, hash or time say anything else is broken, as is one whose bytes are no leaf at all.
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
_HEAD: Final = {"actor", "classes", "decision", "detail", "event", "exposure", "fields"}
_OTHERS: Final[Document] = {
    "id": "", "note": "", "purpose": "", "subjects": [], "t_ms": 0, "v": 1, "work_item": "", "writer": "",
    "writer_previous": "", "writer_seq": 0,
}  # fmt: skip
"""The keys after the first ones, so that those alone can be looked at."""
_encode: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False).encode
_is_plain: Final = re.compile(rb"[ !#-\[\]-~]*").fullmatch
_is_item: Final = re.compile(rb'(?:[0-9a-f-]{36})?"').fullmatch
_are_subjects: Final = re.compile(
    rb'(?:\["[ !#-\[\]-~]*","[ !#-\[\]-~]*"\](?:,(?=\[)|$))*'
).fullmatch
"""No quote and no escape inside a string, so that nothing else fits into it."""


def document_of(leaf: bytes) -> Document | None:
    """The document of a leaf's bytes; None if they are no leaf."""
    try:
        document = json.loads(leaf[SALT_SIZE:], object_pairs_hook=_once)
        is_leaf = isinstance(document, dict) and _has_shape(document)
    except (ValueError, RecursionError):
        return None
    return document if is_leaf else None


def _once(pairs: list[tuple[str, Any]]) -> Document:
    """An object whose keys stand in it once; one that stands twice is read in two ways by two readers."""
    said = dict(pairs)
    if len(said) != len(pairs):
        raise ValueError
    return said


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
    """event, actor_kind, actor_id and outcome of a leaf's first keys, which come again and again; None
    unless they are written in the one canonical way, so that no key stands twice."""
    try:
        said = json.loads(head + b"]}")
        if said.keys() != _HEAD or _encode(said).encode() != head + b"]}":
            return None
        parts = columns_of({**_OTHERS, **said})
        fits = _has_shape({**_OTHERS, **said}) and not any("\n" in part for part in parts)
        event, kind, actor, _, outcome = parts
        return f"{event}\n{kind}\n{actor}\n{outcome}".encode() if fits else None
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


@lru_cache(maxsize=16_384)
def _of_texts(texts: bytes) -> tuple[bytes, bytes]:
    """A row's texts without the purpose, and how a leaf with that purpose goes on to its subjects."""
    columns, _, purpose = texts.rpartition(b"\n")
    return columns, b'","purpose":"%b","subjects":[' % purpose


def opening(head: bytes, texts: bytes) -> tuple[bytes, bytes] | None:
    """What a leaf has before and after its id if it has these first keys, this row and no note; None if the
    two do not surely agree."""
    columns, purpose = _of_texts(texts)
    if _of_head(head) != columns or not _is_plain(purpose[13:-14]):
        return None
    return head + b'],"id":"', b'","note":"' + purpose


def place_of(document: Document) -> tuple[str, int, str]:
    """Where a leaf says that it stands: its chain, its place there and the hash before it."""
    return document["writer"], document["writer_seq"], document["writer_previous"]


def agrees(leaf: bytes, key: bytes, ms: int, texts: bytes, chain: bytes) -> bytes | None:
    """The text of a leaf's subjects if it surely says what its row says; None if `examine` must find out.

    `ms` is the moment inside `key`; `texts` are event, actor, outcome and purpose in lines; `chain` is the
    text of the last three keys. The writer's order of keys is taken for granted: another order is not
    wrong, but not sure. Nothing else fits between the parts that are compared: no key can stand twice.
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
    """The subjects of a leaf that is not surely right, as its text has them: `["customer","..."],…`."""
    begin = leaf.find(b'"subjects":[[') + 12
    if begin == 11:
        return b""
    return leaf[begin : leaf.find(b']],"t_ms":', begin) + 1]
