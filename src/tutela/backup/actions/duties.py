"""The duties to verify the weekly backup and to test a restore, closed by what the targets count."""

from datetime import date, datetime, timedelta
from typing import Final

from django.utils import timezone

from tutela.backup import proving
from tutela.backup.proving import Proven
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.programme.actions.duties import Work, fulfil_duty

WEEKLY: Final = "weekly-backup"
QUARTERLY: Final = "restore-test"
_SINCE: Final = {WEEKLY: timedelta(days=15), QUARTERLY: timedelta(days=190)}
"""How far back work is looked at: a period with its grace, or one to whose end the duty may have been moved."""


def close_duties(actor: Actor) -> int:
    """Close the open periods that a proven set or a passed drill lies in; how many. Safe to run again."""
    return _close(actor, WEEKLY, proving.runs()) + _close(actor, QUARTERLY, proving.drills())


def _close(actor: Actor, duty: str, known: list[Proven]) -> int:
    now = clock.now()
    newest: dict[date, tuple[Proven, datetime, int]] = {}
    for one in known:
        proof = one.proof(now)
        if proof and one.of > now - _SINCE[duty]:
            newest[timezone.localdate(one.of)] = (one, *proof)
    closed = 0
    for day, (one, at, level) in sorted(newest.items()):
        work = Work(of=day, done_on=timezone.localdate(at), evidence=_words(duty, one, level))
        closed += fulfil_duty(actor, duty, work) is not None
    return closed


def _words(duty: str, one: Proven, level: int) -> str:
    """What closed it, as the page of the duty shows it."""
    if duty == WEEKLY:
        name = one.facts.get("set", one.id)
        return f"备份集 {name} 异地副本验证通过（L{level}） · Offsite copy of {name} verified at L{level}"
    return f"恢复演练通过（L{level}） · Restore drill passed at L{level}"
