"""What holds the root key. Each provider names its keys; a key row names the one that wraps it.

The blob never chooses: `unwrap` is given the key id of the row and refuses one it does not hold.
"""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """For the doctor and the pages. `locked` false means: whoever reads the file has the keys."""

    provider: str
    key_id: str
    locked: bool
    installation: str


class RootProvider(Protocol):
    """The file today; KMS and PKCS#11 have the same shape."""

    @property
    def key_id(self) -> str:
        """The key that wraps now, as it stands in a key row."""
        ...

    def wrap(self, plain: bytes, context: str) -> bytes:
        """Wrap under the current key; the context must be the same to unwrap."""
        ...

    def unwrap(self, key_id: str, blob: bytes, context: str) -> bytes:
        """The plain key; KeyDamaged for every cause."""
        ...

    def describe(self) -> Description:
        """What it is, without opening anything."""
        ...

    def health(self) -> None:
        """Return if it can wrap and unwrap now, else one of the Unavailable errors."""
        ...
