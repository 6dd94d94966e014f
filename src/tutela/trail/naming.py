"""How leaves of a subject or a person are found: by eight bytes that an index holds, then by the leaf itself.

A subject's key is the begin of its hash (`trail.subject_key`). Two subjects may have the same key, so whoever
reads asks the leaf's bytes.
"""

import re
from collections.abc import Iterable
from hashlib import sha256
from typing import Final

BY_ACTOR: Final = "hashtextextended(l.actor_id, 0) = hashtextextended(%s, 0) AND l.actor_id = %s"
"""The leaves `l` of a person, whose id is given twice."""
NAMES_SUBJECT: Final = (
    "(position(%s::bytea IN l.leaf) > 0 OR l.leaf_hash <> sha256('\\x00'::bytea || l.leaf))"
)
"""Whether the leaf `l` names a subject, given as `subject_text`. One whose bytes were altered counts as if it did:
it is shown as broken."""
_subject: Final = re.compile(rb'\["([a-z_]+)","([ !#-\[\]-~]*)"\]').fullmatch


def subject_text(kind: str, key: str) -> bytes:
    """A subject as it stands in a leaf's bytes."""
    return f'["{kind}","{key}"]'.encode()


def key_of(subject: bytes) -> bytes | None:
    """The key of a subject as it stands in a leaf, in 16 hexadecimal digits; None if it is not written as the log
    writes it."""
    found = _subject(subject)
    return sha256(b"%b:%b" % found.groups()).hexdigest()[:16].encode() if found else None


def keys_of(subjects: Iterable[bytes]) -> set[bytes] | None:
    """The keys of a leaf's subjects; None if one is not written as the log writes it."""
    keys = {key_of(subject) for subject in subjects}
    return None if None in keys else keys  # type: ignore[return-value]
