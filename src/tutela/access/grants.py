"""Grants: the proof that the gate said yes. Nothing but `gate` issues one.

A grant carries a MAC over all it says, under a key that never leaves the process, so a copy with
one word changed is as worthless as one made by hand.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final

from tutela.base import clock
from tutela.base.actor import Actor
from tutela.crypto.digest import equal, join, keyed, random_bytes
from tutela.trail.leaves import Exposure

from .asks import Ask, Decision
from .errors import GrantRefused
from .levels import Level
from .permission_specs import PERMISSIONS, Permission
from .purposes import Purpose
from .temporary_access import WidenedDecision
from .writing import WriteAsk

LIFE_SECONDS: Final = 60.0
"""A grant for a customer's data is used at once; a minute leaves room for a slow database."""
# One key for the life of the process; a forked child may keep it, for it decides as its parent does.
_mac: Final = keyed(random_bytes(32))


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
        if not equal(self.proof, _proof(self)):
            raise GrantRefused

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
        if not (covers and fresh and equal(self.proof, _proof(self))):
            raise GrantRefused

    def as_leaf(self) -> dict[str, str | int]:
        """The words for `Leaf.decision`."""
        wording: dict[str, str | int] = {"outcome": "allow"}
        if self.permission is not None:
            wording["permission"] = self.permission.name
        if self.decision is not None:
            wording.update(words(self.decision))
            if self.level is not Level.WRITE:
                wording["level"] = int(self.level)
        return wording


def words(decision: Decision) -> dict[str, str | int]:
    """What the trail keeps of a decision, allowed or not."""
    wording: dict[str, str | int] = {"cell": decision.cell, "matrix": decision.matrix}
    if decision.overlay:
        wording["overlay"] = decision.overlay
    if decision.quota_left is not None:
        wording["quota_left"] = decision.quota_left
    if isinstance(decision, WidenedDecision):
        wording["request"] = decision.request
    return wording


def _proof(grant: Grant) -> bytes:
    """MAC over all the grant says, each part with its length: no two grants give the same bytes."""
    decision = grant.decision
    return _mac(
        join(
            _actor_bytes(grant.actor),
            _scope_bytes(
                grant.permission, grant.classes, grant.level, grant.purpose, grant.exposure
            ),
            grant.customer_id.encode(),
            repr(grant.issued).encode(),
            b"" if decision is None else _decision_bytes(decision),
        )
    )


@lru_cache(maxsize=1024)
def _actor_bytes(actor: Actor) -> bytes:
    return repr(actor).encode()


@lru_cache(maxsize=4096)
def _scope_bytes(
    permission: Permission | None,
    classes: frozenset[int],
    level: Level,
    purpose: Purpose | None,
    exposure: Exposure,
) -> bytes:
    """What many grants have in common, made once. A permission stands in it by its name, so another one of the
    same name, which might give more, is none: GrantRefused."""
    name = permission.name if permission else ""
    if permission and PERMISSIONS.get(name) is not permission:
        raise GrantRefused
    return repr((name, sorted(classes), level, purpose, exposure)).encode()


def _decision_bytes(decision: Decision) -> bytes:
    levels = ",".join([f"{item}:{level:d}" for item, level in decision.levels.items()])
    request = decision.request if isinstance(decision, WidenedDecision) else ""
    words = (
        levels, decision.cell, decision.overlay, decision.matrix, str(decision.quota_left), request
    )  # fmt: skip
    return join(*[word.encode() for word in words])


@lru_cache(maxsize=1024)
def for_function(actor: Actor, permission: Permission) -> Grant:
    """Only the gate calls this, after it has asked anew: such a grant does not age, so one is made for all."""
    return _issue(Grant.__new__(Grant), actor, permission, None, None)


def for_data(actor: Actor, decision: Decision, ask: Ask) -> Grant:
    """Only the gate calls this."""
    return _issue(Grant.__new__(Grant), actor, None, decision, ask)


def for_write(actor: Actor, decision: Decision, ask: WriteAsk) -> Grant:
    """Only the gate calls this. Such a grant opens nothing for showing."""
    return _issue(Grant.__new__(Grant), actor, None, decision, ask)


def _issue(
    grant: Grant,
    actor: Actor,
    permission: Permission | None,
    decision: Decision | None,
    ask: Ask | WriteAsk | None,
) -> Grant:
    """Fill in a grant and prove it. The constructor would check the proof that is made just here."""
    fill = partial(object.__setattr__, grant)
    fill("actor", actor)
    fill("permission", permission)
    fill("decision", decision)
    fill("customer_id", ask.customer_id if ask else "")
    fill("classes", ask.classes if ask else frozenset())
    fill("level", ask.level if ask else Level.NONE)
    fill("purpose", ask.purpose if ask else None)
    fill("exposure", ask.exposure if ask else Exposure.NONE)
    fill("issued", clock.monotonic())
    fill("proof", _proof(grant))
    return grant
