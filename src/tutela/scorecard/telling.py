"""The weekly notices of lines that are not met, stale or without evidence.

Weekly, since lines change with every day's evidence and daily notices would not be read.
"""

import logging
from collections.abc import Mapping
from datetime import datetime

from django.urls import reverse

from tutela.access import queries as people
from tutela.access.errors import DepartmentUnknown
from tutela.notices.actions.notices import notify
from tutela.notices.errors import ParamsRefused
from tutela.notices.kinds import NoticeKind
from tutela.notices.queries import post_holders
from tutela.programme import permissions as programme_permissions
from tutela.programme import queries as governance
from tutela.scorecard import notice_kinds

from .board import Line, board
from .rules import Cause, Status

logger = logging.getLogger("tutela.scorecard")


def tell(at: datetime) -> int:
    """Notify the owing departments and whoever runs the programme of lines that are not met, stale or
    overdue; of how many lines."""
    notified = 0
    for line in board(at):
        if line.status is Status.NOT_MET:
            begins = line.reading.begins.isoformat()
            notified += _notify(
                notice_kinds.TARGET_NOT_MET, line, {"target": line.target, "begins": begins}
            )
        elif line.cause is Cause.STALE and line.age is not None:
            notified += _notify(
                notice_kinds.PROOF_STALE, line, {"target": line.target, "days": line.age}
            )
        elif line.cause is Cause.OVERDUE:
            facts = {"target": line.target, "due": line.due.isoformat()}
            notified += _notify(notice_kinds.EVIDENCE_MISSING, line, facts)
    return notified


def _notify(kind: NoticeKind, line: Line, facts: Mapping[str, str | int]) -> bool:
    try:
        owing = governance.department_readers(people.department(line.goal.department))
    except DepartmentUnknown:  # an own measure remains when its department is removed
        owing = set()
    runners = post_holders(governance.posts_with(programme_permissions.PROGRAMME_SET))
    link = reverse("scorecard-read-target", args=[line.target])
    try:
        notify(kind, to=owing | runners, params=facts, link=link, once=True)
    except ParamsRefused as refused:  # the name of an own measure that notices must not contain
        logger.warning("%s a target is told of to nobody", refused.code)
        return False
    return True
