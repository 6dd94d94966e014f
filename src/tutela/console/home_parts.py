"""The console's parts of home: open work items, a manager's branch, accesses by day, the health of the system."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from tutela.access import gate
from tutela.access import permissions as access_permissions
from tutela.access import queries as people
from tutela.access.gate import StaffRequest
from tutela.access.home import Part
from tutela.access.posts import STAFF
from tutela.base import clock
from tutela.scorecard import permissions as scorecard_permissions
from tutela.vault import my_work, work_items

from . import home, looks

TREND_DAYS: Final = 14
WORK_SHOWN: Final = 8
MANAGERS: Final = frozenset({"branch_manager"})
AUDITORS: Final = frozenset({"auditor"})
WATCHERS: Final = frozenset({"security_admin", "compliance_officer"})


def _work(request: StaffRequest) -> Mapping[str, Any] | None:
    """Whoever has work items open sees them first."""
    work = my_work.lines(request, request.actor, WORK_SHOWN)
    return {"work": work} if work else None


def _branch(request: StaffRequest) -> Mapping[str, Any] | None:
    """The people of each branch that the reader manages, by post, and the work items open there."""
    today = clock.today()
    branches = people.branches_of(UUID(request.actor.id), MANAGERS, today)
    if not branches:
        return None
    return {
        "branches": [
            {
                "branch": branch,
                "posts": people.counts_by_post(branch, today),
                "work": work_items.open_among(people.staff_of_branch(branch, today)),
            }
            for branch in branches
        ]
    }


def _looks(request: StaffRequest) -> Mapping[str, Any] | None:
    """Accesses by day, counted; whoever may search the trail is led to it."""
    if not gate.holds(request.actor, scorecard_permissions.READ):
        return None
    trend = looks.by_day(TREND_DAYS)
    return {
        "trend": trend,
        "may_search": gate.holds(request.actor, access_permissions.TRAIL_SEARCH),
        "looked": any(day.total for day in trend),
        "unreadable": sum(day.unreadable for day in trend),
    }


def _health(request: StaffRequest) -> Mapping[str, Any] | None:
    if not gate.holds(request.actor, access_permissions.HEALTH_READ):
        return None
    return {"checks": home.checks()}


PARTS: Final[Sequence[Part]] = (
    Part(code="work", posts=STAFF, order=10, template="console/_work.html", facts=_work),
    Part(code="branch", posts=MANAGERS, order=12, template="console/_branch.html", facts=_branch),
    Part(
        code="looks", posts=AUDITORS, order=15, template="console/_looks.html",
        facts=_looks,
    ),
    Part(
        code="looks-below", posts=WATCHERS, unless=AUDITORS, order=45,
        template="console/_looks.html", facts=_looks,
    ),
    Part(code="health", posts=STAFF, order=50, template="console/_health.html", facts=_health),
)  # fmt: skip
