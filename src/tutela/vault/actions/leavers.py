"""The open work items of who leaves: taken out of their hands as the account closes, for others to take over."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django.db import connection

from tutela.access.grants import Grant
from tutela.base import clock
from tutela.trail import log
from tutela.trail.leaves import SUBJECT_LIMIT, Leaf
from tutela.vault import events, looks, news

_RELEASE: Final = """
    UPDATE vault.work_item SET assignee = NULL, released_from = %(staff)s, released_at = %(now)s
    WHERE assignee = %(staff)s AND (closed IS NULL OR closed > %(today)s)
    RETURNING customer_id"""


def release_work_items(grant: Grant, staff_id: UUID) -> int:
    """Release every work item that is open or will be; how many. In the caller's transaction: `grant` is
    what closes the account."""
    values: dict[str, Any] = {"staff": staff_id, "now": clock.now(), "today": clock.today()}
    with connection.cursor() as cursor:
        cursor.execute(_RELEASE, values)
        customers: Sequence[UUID] = [row[0] for row in cursor.fetchall()]
    about = sorted(set(customers))
    for begin in range(0, len(about), SUBJECT_LIMIT):
        part = about[begin : begin + SUBJECT_LIMIT]
        log.append_with_change(
            Leaf(
                event=events.WORK_ITEMS_RELEASED,
                actor=grant.actor,
                subjects=looks.subjects_of(part),
                decision=grant.as_leaf(),
                detail={"assignee": str(staff_id), "rows": len(part)},
            )
        )
    if customers:
        news.items_released(customers)
    return len(customers)
