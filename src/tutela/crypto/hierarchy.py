"""The key hierarchy: L0 root, key-encryption keys (KEK), one random root per customer.

A customer root is random and not derived, so destroying its wrapped form destroys the data. Every wrap uses its
own subkey, and its ids are associated data too.
"""

from .context import commit_info, root_name
from .errors import BadValue, DecryptFailed
from .holder import KeyHolder
from .parts import KEY_SIZE, need_id, need_key
from .passphrase import lock, unlock
from .raw.hashing import equal
from .raw.randomness import random_bytes
from .suites import Suite, expand
from .wrapping import Boxes, Kind, box_header, shut, unshut

__all__ = [
    "Kek",
    "check_commitment",
    "commitment",
    "lock",
    "new_root",
    "new_roots",
    "unlock",
    "unwrap_with_root",
    "wrap_with_root",
]

_ROOT_HEAD = box_header(Suite.AES, Kind.UNDER_ROOT, 0)


def new_root() -> bytes:
    """A fresh 32-byte key: a customer root, a KEK, an index root or an L0 root."""
    return random_bytes(KEY_SIZE)


def new_roots(count: int) -> list[bytes]:
    """`new_root` many times, with one system call."""
    noise = random_bytes(KEY_SIZE * count)
    return [noise[at : at + KEY_SIZE] for at in range(0, len(noise), KEY_SIZE)]


class Kek(KeyHolder):
    """A key-encryption key of an installation; version and suite come from its row."""

    __slots__ = ("_installation", "_key", "_roots", "_secret_head", "suite", "version")

    def __init__(self, version: int, suite: Suite, key: bytes, installation: bytes) -> None:
        self.version = version
        self.suite = suite
        self._key = need_key(key)
        self._installation = need_id(installation)
        head = box_header(suite, Kind.CUSTOMER_ROOT, version)
        self._roots = Boxes(suite, head, self._key, (b"customer", self._installation))
        self._secret_head = box_header(suite, Kind.SIDE_SECRET, version)

    def wrap_root(self, customer: bytes, generation: int, root: bytes) -> bytes:
        """Wrap a customer root; 68 bytes, for the key table."""
        return self._roots.shut(root_name(customer, generation), need_key(root))

    def unwrap_root(self, customer: bytes, generation: int, blob: bytes) -> bytes:
        """The 32-byte customer root, or DecryptFailed."""
        root = self._roots.unshut(root_name(customer, generation), blob)
        if len(root) != KEY_SIZE:
            raise DecryptFailed
        return root

    def wrap_secret(self, label: str, secret: bytes) -> bytes:
        """Wrap a side root; the label says which one."""
        return shut(self.suite, self._secret_head, self._key, self._label_ids(label), secret)

    def unwrap_secret(self, label: str, blob: bytes) -> bytes:
        """The secret of `wrap_secret`, or DecryptFailed."""
        return unshut(self.suite, self._secret_head, self._key, self._label_ids(label), blob)

    def _label_ids(self, label: str) -> tuple[bytes, ...]:
        return (b"secret", self._installation, label.encode())


def commitment(root: bytes, customer: bytes, generation: int, suite: Suite) -> bytes:
    """A 32-byte commitment to a root and its ids, stored with the wrapped root."""
    return expand(suite, need_key(root), commit_info(suite, customer, generation))


def check_commitment(
    root: bytes, customer: bytes, generation: int, suite: Suite, stored: bytes
) -> None:
    """DecryptFailed unless the stored commitment is that of the root; constant time."""
    if not equal(commitment(root, customer, generation, suite), stored):
        raise DecryptFailed


def wrap_with_root(root_key: bytes, label: str, secret: bytes) -> bytes:
    """Wrap a KEK under the installation's L0 root; AES-256-GCM in both suites."""
    if not label:
        raise BadValue("label-empty")
    return shut(Suite.AES, _ROOT_HEAD, need_key(root_key), (b"root", label.encode()), secret)


def unwrap_with_root(root_key: bytes, label: str, blob: bytes) -> bytes:
    """The secret of `wrap_with_root`, or DecryptFailed."""
    return unshut(Suite.AES, _ROOT_HEAD, need_key(root_key), (b"root", label.encode()), blob)
