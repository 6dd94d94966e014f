"""Blind index: keyed hashes of normalised values, for equality search.

    key = HKDF-Expand(index root, "vault/v1/tag" or "vault/v1/unique" | suite | field | transform
          | version), each part with its length
    tag = the first 8 or 16 bytes of HMAC(key, normalised value in UTF-8)

Without the random index root, values cannot be guessed from tags. Callers must limit searches, which would
otherwise allow guessing.
"""

from collections.abc import Sequence

from .holder import KeyHolder
from .parts import join, need_key, u32
from .raw.hashing import Digest
from .suites import Suite, expand, kit_of

TAG_LABEL = b"vault/v1/tag"
UNIQUE_LABEL = b"vault/v1/unique"
_from_bytes = int.from_bytes


class IndexKeys(KeyHolder):
    """One version of an installation's index keys, derived per field and transform."""

    __slots__ = ("_root", "_search", "_suite", "_unique", "version")

    def __init__(self, root: bytes, version: int, suite: Suite) -> None:
        self.version = version
        self._root = need_key(root)
        self._suite = suite
        self._search: dict[tuple[int, int], Digest] = {}
        self._unique: dict[tuple[int, int], Digest] = {}

    def tag64(self, field: int, transform: int, normalised: str) -> int:
        """The search tag: signed, 64 bits, for a PostgreSQL bigint."""
        known = self._search
        digest = known.get((field, transform)) or self._derive(known, TAG_LABEL, field, transform)
        return _from_bytes(digest(normalised.encode())[:8], "big", signed=True)

    def tags64(self, field: int, transform: int, normalised: Sequence[str]) -> list[int]:
        """The search tags of many values of one field."""
        return [
            _from_bytes(tag, "big", signed=True) for tag in self.tags8(field, transform, normalised)
        ]

    def tags8(self, field: int, transform: int, normalised: Sequence[str]) -> list[bytes]:
        """`tags64` in PostgreSQL's binary format of a bigint: 8 bytes each."""
        known = self._search
        digest = known.get((field, transform)) or self._derive(known, TAG_LABEL, field, transform)
        return [digest(text.encode())[:8] for text in normalised]

    def tags128(self, field: int, transform: int, normalised: Sequence[str]) -> list[bytes]:
        """`tag128` of many values of one field."""
        known = self._unique
        digest = known.get((field, transform)) or self._derive(
            known, UNIQUE_LABEL, field, transform
        )
        return [digest(text.encode())[:16] for text in normalised]

    def tag128(self, field: int, transform: int, normalised: str) -> bytes:
        """The uniqueness tag: 16 bytes, under its own key, for a UNIQUE constraint."""
        known = self._unique
        digest = known.get((field, transform)) or self._derive(
            known, UNIQUE_LABEL, field, transform
        )
        return digest(normalised.encode())[:16]

    def _derive(
        self, known: dict[tuple[int, int], Digest], label: bytes, field: int, transform: int
    ) -> Digest:
        suite = bytes((self._suite,))
        info = join(label, suite, u32(field), u32(transform), u32(self.version))
        digest = kit_of(self._suite).keyed(expand(self._suite, self._root, info))
        known[field, transform] = digest
        return digest
