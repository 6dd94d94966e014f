"""Once a week, who is told of what on the scorecard is not met, has old proof or none at all.

Weekly, because a line changes with every day's evidence, and a word every morning is read by nobody.
"""

import logging
from collections.abc import Mapping
from datetime import datetime

from django.urls import reverse

from tutela.access import queries as people
from tutela.access.errors import DepartmentUnknown
from tutela.access.permissions import Permission
from tutela.notices.actions.notices import notify
from tutela.notices.errors import ParamsRefused
from tutela.notices.kinds import NoticeKind
from tutela.programme import queries as governance
from tutela.scorecard import notice_kinds

from .board import Line, board
from .rules import Cause, Status

logger = logging.getLogger("tutela.scorecard")


def tell(at: datetime) -> int:
    """Tell the departments of lines that are not met, whose proof is old, or that have none though their
    date has passed, and whoever runs the programme; how many lines that were."""
    told = 0
    for line in board(at):
        if line.status is Status.NOT_MET:
            begins = line.reading.begins.isoformat()
            told += _tell(
                notice_kinds.TARGET_NOT_MET, line, {"target": line.target, "begins": begins}
            )
        elif line.cause is Cause.STALE and line.age is not None:
            told += _tell(notice_kinds.PROOF_STALE, line, {"target": line.target, "days": line.age})
        elif line.cause is Cause.OVERDUE:
            facts = {"target": line.target, "due": line.due.isoformat()}
            told += _tell(notice_kinds.EVIDENCE_MISSING, line, facts)
    return told


def _tell(kind: NoticeKind, line: Line, facts: Mapping[str, str | int]) -> bool:
    try:
        owing = governance.department_readers(people.department(line.goal.department))
    except DepartmentUnknown:  # an own measure stays when its department is removed
        owing = set()
    posts = governance.holders_of(Permission.GOVERNANCE_PROGRAMME_SET)
    link = reverse("scorecard-read-target", args=[line.target])
    try:
        notify(kind, to=owing, posts=posts, params=facts, link=link, once=True)
    except ParamsRefused as refused:  # an own target's name that no message may carry
        logger.warning("%s a target is told of to nobody", refused.code)
        return False
    return True
