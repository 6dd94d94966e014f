"""The backups' part of home: whether the installation could be brought back, for whoever answers for that."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.access.home import Part
from tutela.base import clock

from . import permissions, queries, standing, words
from .rules import RunState

ANSWERING: Final = frozenset({"system_admin"})


def _state(request: StaffRequest) -> Mapping[str, Any] | None:
    """The age of the last proven set, the last run and drill, and what waits; None without any backup and
    target."""
    if not gate.holds(request.actor, permissions.READ):
        return None
    last = standing.runs().filter(kind__in=standing.DATA).first()
    if last is None and not queries.targets():
        return None
    taken, now = standing.proven(), clock.now()
    drill = standing.drills().filter(state__in=words.ENDED).first()
    waits = [one for one in standing.waiting() if str(one.proposed_by_id) != request.actor.id]
    return {
        "age": (now - taken[-1]).total_seconds() if taken else None,
        "last": last,
        "last_state": words.badge(words.RUN_STATES, last.state) if last else None,
        "is_bad": last is not None and last.state in {RunState.FAILED, RunState.MISSED},
        "drill": drill,
        "drill_state": words.badge(words.DRILL_STATES, drill.state) if drill else None,
        "waits": len(waits) if gate.holds(request.actor, permissions.MANAGE) else 0,
    }


PARTS: Final[Sequence[Part]] = (
    Part(code="backup", posts=ANSWERING, order=12, template="backup/_home.html", facts=_state),
)
