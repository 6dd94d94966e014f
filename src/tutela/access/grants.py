"""Grants: the proof that the gate said yes. Nothing but `gate` issues one.

A grant carries a MAC over all it says, under a key that never leaves the process, so a copy with
one word changed is as worthless as one made by hand.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from tutela.base import clock
from tutela.base.actor import Actor
from tutela.crypto.digest import equal, mac, random_bytes
from tutela.trail.leaves import Exposure

from .asks import Ask, Decision
from .errors import GrantRefused
from .levels import Level
from .permissions import Permission
from .purposes import Purpose

LIFE_SECONDS: Final = 60.0
"""A grant for a customer's data is used at once; a minute leaves room for a slow database."""
_KEY: Final = random_bytes(32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What the gate allowed. With `permission`: a function. With `decision`: one customer's data,
    `classes` at `level` for `purpose`. `issued` in seconds of the monotonic clock."""

    actor: Actor
    permission: Permission | None = None
    decision: Decision | None = None
    customer_id: str = ""
    classes: frozenset[int] = frozenset()
    level: Level = Level.NONE
    purpose: Purpose | None = None
    exposure: Exposure = Exposure.NONE
    issued: float
    proof: bytes

    def __post_init__(self) -> None:
        if not equal(self.proof, _proof(*self._facts())):
            raise GrantRefused

    def _facts(self) -> tuple[object, ...]:
        return (
            self.actor,
            self.permission,
            self.decision,
            self.customer_id,
            sorted(self.classes),
            self.level,
            self.purpose,
            self.exposure,
            self.issued,
        )

    def check(
        self,
        *,
        permission: Permission | None = None,
        customer_id: str | None = None,
        classes: Collection[int] = (),
        level: Level = Level.NONE,
    ) -> None:
        """Return if this grant is genuine, fresh, and covers what is named; else GrantRefused."""
        covers = (
            (permission is None or permission is self.permission)
            and (customer_id is None or customer_id == self.customer_id)
            and self.classes.issuperset(classes)
            and (level <= self.level or not classes)
        )
        fresh = self.decision is None or clock.monotonic() - self.issued <= LIFE_SECONDS
        if not (covers and fresh and equal(self.proof, _proof(*self._facts()))):
            raise GrantRefused

    def as_leaf(self) -> dict[str, str | int]:
        """The words for `Leaf.decision`."""
        told: dict[str, str | int] = {"outcome": "allow"}
        if self.permission is not None:
            told["permission"] = self.permission.value
        if self.decision is not None:
            told.update(words(self.decision), level=int(self.level))
        return told


def words(decision: Decision) -> dict[str, str | int]:
    """What the trail keeps of a decision, allowed or not."""
    told: dict[str, str | int] = {"cell": decision.cell, "matrix": decision.matrix}
    if decision.overlay:
        told["overlay"] = decision.overlay
    if decision.quota_left is not None:
        told["quota_left"] = decision.quota_left
    return told


def _proof(*facts: object) -> bytes:
    """MAC over the facts, each as its own length-prefixed part."""
    return mac(_KEY, *(repr(fact).encode() for fact in facts))


def for_function(actor: Actor, permission: Permission) -> Grant:
    """Only the gate calls this."""
    issued = clock.monotonic()
    proof = _proof(actor, permission, None, "", [], Level.NONE, None, Exposure.NONE, issued)
    return Grant(actor=actor, permission=permission, issued=issued, proof=proof)


def for_data(actor: Actor, decision: Decision, ask: Ask) -> Grant:
    """Only the gate calls this."""
    issued = clock.monotonic()
    asked = (ask.customer_id, sorted(ask.classes), ask.level, ask.purpose, ask.exposure)
    return Grant(
        actor=actor,
        decision=decision,
        customer_id=ask.customer_id,
        classes=ask.classes,
        level=ask.level,
        purpose=ask.purpose,
        exposure=ask.exposure,
        issued=issued,
        proof=_proof(actor, None, decision, *asked, issued),
    )
