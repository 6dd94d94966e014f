"""The clocks that the frame of each page shows: what runs of one's own, what one approved, what one watches over.

From memory only, since every page asks.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils import timezone

from tutela.access import gate, permissions, snapshot
from tutela.access import temporary_access_rules as rules
from tutela.access.actions.temporary_accesses import watches_everywhere
from tutela.access.live_access import BREAK_GLASS, LiveAccess
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.crypto import digest

SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Clock:
    """One access that runs. `minutes` are left, a begun one counted whole; `is_own`: the reader's."""

    id: UUID
    until: datetime
    minutes: int
    is_own: bool
    is_break_glass: bool
    can_end: bool

    @property
    def at(self) -> str:
        """When it ends, as the clock on the wall says."""
        return f"{timezone.localtime(self.until):%H:%M}"


def minutes_until(until: datetime, at: datetime) -> int:
    """Minutes that are left, a begun one counted whole."""
    return max(0, -(-int((until - at).total_seconds()) // 60))


def clocks(actor: Actor) -> list[Clock]:
    """What this person sees run, break-glass of others first, then what ends first."""
    now = snapshot.current()
    if not now.temporary or actor.kind != "staff":
        return []
    at, can_end = clock.now(), gate.holds(actor, permissions.TEMPORARY_ACCESS_END)
    seen = [
        Clock(
            UUID(access.id),
            access.until,
            minutes_until(access.until, at),
            access.asker == actor.id,
            access.kind == BREAK_GLASS,
            access.asker != actor.id and can_end,
        )
        for access in now.temporary
        if access.started <= at < access.until and _sees(actor, access)
    ]
    return sorted(seen, key=lambda one: (one.is_own or not one.is_break_glass, one.until))


def is_watched(actor: Actor, shown: list[Clock]) -> bool:
    """Whether the frame keeps asking: for who may have to end what others begin, and while something runs."""
    return bool(shown) or gate.holds(actor, permissions.TEMPORARY_ACCESS_END)


def _sees(actor: Actor, access: LiveAccess) -> bool:
    if actor.id == access.asker or actor.id in access.approvers:
        return True
    now = snapshot.current()
    person = now.people.get(actor.id)
    if person is None or not gate.holds(actor, permissions.TEMPORARY_ACCESS_END):
        return False
    # Every access of the company on each page of its compliance officer would be noise: only break-glass is shown.
    everywhere = access.kind == BREAK_GLASS and watches_everywhere(actor)
    return everywhere or rules.manages(person, access.branch, now)


def mark_of(shown: list[Clock]) -> str:
    """What a frame shows, in short: while it is the same, nothing is drawn anew and no focus is lost."""
    text = "|".join(f"{one.id}:{one.minutes}" for one in shown)
    return digest.sha256(text.encode()).hex()[:12] if text else ""
