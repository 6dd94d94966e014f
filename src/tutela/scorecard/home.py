"""The scorecard's parts of home: all of it for whoever runs it, a department's lines for those who answer for
them, and for everybody else the counts with one click to the whole."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.access.home import Part
from tutela.access.posts import STAFF
from tutela.base import clock
from tutela.programme import permissions as programme_permissions
from tutela.programme import queries as programme
from tutela.programme.judgements import Condition
from tutela.vault import evidence

from . import missing, permissions
from .board import board, judged

WHOLE: Final = frozenset({"security_admin", "compliance_officer"})
"""Posts whose work is the scorecard itself."""
ANSWERING: Final = STAFF - {
    "service_agent", "claims_adjuster", "underwriter", "sales_agent", "marketing_analyst",
}  # fmt: skip
"""Posts that answer for a department's targets; the others work for customers, and have their desk."""
TASKS_SHOWN: Final = 8


def _whole(request: StaffRequest) -> Mapping[str, Any] | None:
    if not gate.holds(request.actor, permissions.READ):
        return None
    lines, customers = board(clock.now()), evidence.customers()
    knows = (programme_permissions.EVIDENCE_ADD, permissions.PACK_WRITE)
    # Whoever watches the number learns when somebody becomes a customer.
    total = customers if any(gate.holds(request.actor, one) for one in knows) else None
    counts = missing.counts(lines)
    return {"lines": lines, "counts": counts, "customers": bool(customers), "total": total}


def _counts(request: StaffRequest) -> Mapping[str, Any] | None:
    if not gate.holds(request.actor, permissions.READ):
        return None
    conditions = [one.condition for one in judged(None, clock.now()).values()]
    return {"counts": [(one, conditions.count(one)) for one in Condition]}


def _department(request: StaffRequest) -> Mapping[str, Any] | None:
    """The lines, tasks and open duties of the department that the reader answers for."""
    person = programme.staff_of(request.actor)
    if person is None or person.department is None:
        return None
    if not gate.holds(request.actor, programme_permissions.PROGRAMME_READ):
        return None
    if person.id not in programme.department_readers(person.department):
        return None
    code = person.department.code
    lines = [line for line in board(clock.now()) if line.goal.department == code]
    tasks = programme.tasks(department=code).filter(state__in=programme.OPEN_TASKS)
    duties = programme.owed_duties(person.department)
    if not lines and not duties:
        return None
    return {
        "department": person.department,
        "lines": lines,
        "tasks": list(tasks[:TASKS_SHOWN]),
        "tasks_all": tasks.count(),
        "duties": duties[:TASKS_SHOWN],
        "duties_all": len(duties),
        "today": clock.today(),
    }


PARTS: Final[Sequence[Part]] = (
    Part(code="scorecard", posts=WHOLE, order=20, template="scorecard/_home.html", facts=_whole),
    Part(
        code="department", posts=ANSWERING, unless=WHOLE, order=30,
        template="scorecard/_department.html", facts=_department,
    ),
    Part(
        code="scorecard-counts", posts=STAFF, unless=WHOLE, order=40,
        template="scorecard/_home_counts.html", facts=_counts,
    ),
)  # fmt: skip
