"""Proof within this process that a leaf is durable; required by `keys` to open a customer's root.

A receipt is valid for 30 seconds and once per subject and key generation. A MAC under a random key binds it
to the process that wrote the leaf; a forked child has its own key.
"""

import os
import threading
from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from struct import Struct
from uuid import UUID

from tutela.base import clock
from tutela.crypto import digest

from .errors import ReceiptRefused
from .leaves import Exposure, Leaf

LIFE_SECONDS = 30.0
USED_LIMIT = 500_000
"""Used receipts remembered: 30 s of the fastest writer. Beyond this receipts are refused."""
Use = tuple[tuple[str, str], int]
_moment = Struct(">d").pack

_COVERS: dict[Exposure, frozenset[Exposure]] = {
    Exposure.NONE: frozenset(),
    Exposure.LIST_MASKED: frozenset({Exposure.LIST_MASKED}),
    Exposure.DETAIL_MASKED: frozenset({Exposure.LIST_MASKED, Exposure.DETAIL_MASKED}),
    Exposure.CLEAR: frozenset({Exposure.LIST_MASKED, Exposure.DETAIL_MASKED, Exposure.CLEAR}),
    Exposure.EXPORT: frozenset({Exposure.LIST_MASKED, Exposure.CLEAR, Exposure.EXPORT}),
    Exposure.PRINT: frozenset({Exposure.DETAIL_MASKED, Exposure.CLEAR, Exposure.PRINT}),
    Exposure.WRITE: frozenset({Exposure.WRITE}),
}
"""The exposures that a leaf's exposure covers."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """One durable leaf. `issued` in seconds of the monotonic clock; `proof` is 32 bytes."""

    leaf_id: UUID
    leaf_hash: bytes
    event: str
    subjects: frozenset[tuple[str, str]]
    classes: frozenset[int]
    exposure: Exposure
    issued: float
    proof: bytes


@lru_cache(maxsize=1024)
def _numbers(classes: frozenset[int]) -> str:
    return ",".join(map(str, sorted(classes)))


class _Desk:
    """This process's MAC key and its used receipts."""

    def __init__(self) -> None:
        # Not the one-shot HMAC, which releases the GIL and under load waits to get it back.
        self.mac = digest.keyed(digest.random_bytes(32))
        self.lock = threading.Lock()
        self.used: OrderedDict[UUID, tuple[float, set[Use]]] = OrderedDict()

    def proof(self, receipt: Receipt) -> bytes:
        subjects = sorted(receipt.subjects) if len(receipt.subjects) > 1 else receipt.subjects
        named = "\n".join([f"{kind}\0{subject}" for kind, subject in subjects])
        words = f"{receipt.event}\n{receipt.exposure}\n{_numbers(receipt.classes)}\n{named}"
        fixed = receipt.leaf_id.bytes + receipt.leaf_hash + _moment(receipt.issued)
        return self.mac(digest.join(fixed, words.encode()))

    def spend(self, receipt: Receipt, uses: Sequence[Use], now: float) -> None:
        """Mark all uses as spent; ReceiptRefused, and none is marked, if one already was."""
        with self.lock:
            self._forget(now)
            _, spent = self.used.setdefault(receipt.leaf_id, (receipt.issued, set()))
            if not spent.isdisjoint(uses):
                raise ReceiptRefused(why="used")
            if len(self.used) > USED_LIMIT:
                raise ReceiptRefused(why="too_many")
            spent.update(uses)

    def _forget(self, now: float) -> None:
        """Drop expired receipts; the order of first use is close to the order of issue."""
        while self.used:
            issued, _ = next(iter(self.used.values()))
            if now - issued <= LIFE_SECONDS:
                return
            self.used.popitem(last=False)


_desk = _Desk()


def _after_fork() -> None:
    global _desk
    _desk = _Desk()


os.register_at_fork(after_in_child=_after_fork)


def issue(leaf: Leaf, leaf_id: UUID, leaf_hash: bytes) -> Receipt:
    """For `trail.log` only: after the leaf is durable, or in the transaction of its change."""
    plain = Receipt(
        leaf_id,
        leaf_hash,
        leaf.event.name,
        frozenset(leaf.subjects),
        frozenset(leaf.classes),
        leaf.exposure,
        clock.monotonic(),
        b"",
    )
    object.__setattr__(plain, "proof", _desk.proof(plain))
    return plain


def check(
    receipt: Receipt, *, subject: tuple[str, str], classes: Collection[int], exposure: Exposure
) -> None:
    """Check that the receipt is genuine, fresh, unused and covers the request; ReceiptRefused."""
    check_all(receipt, subjects=(subject,), classes=classes, exposure=exposure)


def check_all(
    receipt: Receipt,
    *,
    subjects: Sequence[tuple[str, str]],
    classes: Collection[int],
    exposure: Exposure,
    parts: Sequence[int] = (),
) -> None:
    """`check` for many subjects; ReceiptRefused if one is not covered.

    `parts`, one per subject, distinguishes uses of the same subject (the key generation).
    """
    now = clock.monotonic()
    if not digest.equal(_desk.proof(receipt), receipt.proof):
        raise ReceiptRefused(why="forged")
    if not 0 <= now - receipt.issued <= LIFE_SECONDS:
        raise ReceiptRefused(why="stale")
    if not receipt.subjects.issuperset(subjects):
        raise ReceiptRefused(why="subject")
    if not receipt.classes.issuperset(classes):
        raise ReceiptRefused(why="classes")
    if exposure not in _COVERS[receipt.exposure]:
        raise ReceiptRefused(why="exposure")
    uses = list(zip(subjects, parts or [0] * len(subjects), strict=True))
    _desk.spend(receipt, uses, now)
