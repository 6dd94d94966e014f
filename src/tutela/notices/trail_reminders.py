"""Remind those who may decide of what waits for a second person in the trail: purges, liftings of holds, answers
for faults."""

from datetime import timedelta
from typing import Final

from tutela.access import gate, two_people
from tutela.base import clock

from . import notice_kinds
from .actions.notices import notify, settle

AFTER: Final = timedelta(days=1)


def remind() -> int:
    """One notice a day and page for everybody who may decide, in the place of yesterday's; how many were new."""
    now, told = clock.now(), 0
    for one in two_people.waiting():
        age = now - one.proposed_at
        people = {person.id for person in gate.holders(one.permission) if person.kind == "staff"}
        people.discard(one.proposed_by)
        if age < AFTER or not people:
            continue
        settle(notice_kinds.TRAIL_DECISION_STILL_WAITS, link=one.link, to=people)
        told += notify(
            notice_kinds.TRAIL_DECISION_STILL_WAITS,
            to=people,
            params={"days": age.days},
            link=one.link,
        )
    return told
