"""Providers of the root key. Each names its keys; a key row names the one that wraps it.

The blob does not choose its key: `unwrap` gets the key id of the row and refuses an unknown one.
"""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """For the doctor and the pages. If not `locked`, whoever reads the file has the keys."""

    provider: str
    key_id: str
    locked: bool
    installation: str


class RootProvider(Protocol):
    """Implemented by the file provider; KMS and PKCS#11 providers would have the same interface."""

    @property
    def key_id(self) -> str:
        """The id of the current wrapping key, as stored in key rows."""
        ...

    def wrap(self, plain: bytes, context: str) -> bytes:
        """Wrap under the current key; `unwrap` needs the same context."""
        ...

    def unwrap(self, key_id: str, blob: bytes, context: str) -> bytes:
        """The plain key; RootLocked if the key is locked, else KeyDamaged."""
        ...

    def describe(self) -> Description:
        """The description, without opening anything."""
        ...

    def health(self) -> None:
        """Check that it can wrap and unwrap now; raises an Unavailable error."""
        ...
