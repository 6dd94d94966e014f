"""The timetable of the risk register."""

from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.urls import reverse
from procrastinate.contrib.django import app

from tutela.assessment import notice_kinds
from tutela.base import clock
from tutela.base.actor import SYSTEM
from tutela.notices.actions.notices import notify
from tutela.notices.kinds import NoticeKind
from tutela.notices.queries import post_holders
from tutela.programme.actions.tasks import NewTask, create_task

from .actions import risks
from .models import Acceptance

# Days for a new decision by the post that owns the risk.
DECIDE_DAYS: Final = 14
TITLE: Final = "接受到期，请重新决定 · Acceptance ended, decide anew: "


@app.periodic(cron="23 1 * * *", periodic_id="assessment")
@app.task(name="assessment.end_acceptances", queueing_lock="assessment.end_acceptances")
def end_acceptances(timestamp: int) -> int:  # noqa: ARG001 (procrastinate gives the due time)
    """Every night: end acceptances whose day has passed; the owning post gets a task and a notice."""
    with transaction.atomic():
        ended = risks.end_acceptances()
        due = clock.today() + timedelta(days=DECIDE_DAYS)
        for acceptance in ended:
            _create_task(acceptance, due)
            _notify(notice_kinds.RISK_ACCEPTANCE_ENDED, acceptance)
    return len(ended)


@app.periodic(cron="43 22 * * *", periodic_id="assessment-warn")
@app.task(name="assessment.warn_acceptances", queueing_lock="assessment.warn_acceptances")
def warn_acceptances(timestamp: int) -> int:  # noqa: ARG001 (procrastinate gives the due time)
    """Once a day, before work begins in China (cron is in UTC): warn of acceptances that end soon; how many."""
    with transaction.atomic():
        near = risks.warn_acceptances()
        for acceptance in near:
            _notify(notice_kinds.RISK_ACCEPTANCE_ENDS, acceptance)
    return len(near)


def _create_task(acceptance: Acceptance, due: date) -> None:
    """Create the task. Its title is in both languages and cites the risk's number only, since readers of
    tasks may not be allowed to read the register."""
    risk = acceptance.risk
    create_task(
        SYSTEM,
        NewTask(
            title=f"{TITLE}R{risk.number}",
            post=risk.owner_id,
            due=due,
            origin=("risk", str(risk.id)),
        ),
    )


def _notify(kind: NoticeKind, acceptance: Acceptance) -> None:
    """Notify the owning post and whoever accepted the risk."""
    notify(
        kind,
        to={acceptance.accepted_by_id} | post_holders([acceptance.risk.owner_id]),
        params={"risk": acceptance.risk.number, "due": acceptance.until.isoformat()},
        link=reverse("risk-view", args=[acceptance.risk_id]),
        once=True,
    )
