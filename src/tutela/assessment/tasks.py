"""The register's timetable."""

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
from tutela.programme.actions.tasks import NewTask, create_task

from .actions import risks
from .models import Acceptance

# How long the owner's post has for a new decision.
DECIDE_DAYS: Final = 14
TITLE: Final = "接受到期，请重新决定 · Acceptance ended, decide anew: "


@app.periodic(cron="23 1 * * *", periodic_id="assessment")
@app.task(name="assessment.end_acceptances", queueing_lock="assessment.end_acceptances")
def end_acceptances(timestamp: int) -> int:  # noqa: ARG001 (procrastinate gives the due time)
    """Every night: acceptances whose day is past end, and the owner's post gets a task and a notice."""
    with transaction.atomic():
        ended = risks.end_acceptances()
        due = clock.today() + timedelta(days=DECIDE_DAYS)
        for acceptance in ended:
            _give(acceptance, due)
            _tell(notice_kinds.RISK_ACCEPTANCE_ENDED, acceptance)
    return len(ended)


@app.periodic(cron="43 22 * * *", periodic_id="assessment-warn")
@app.task(name="assessment.warn_acceptances", queueing_lock="assessment.warn_acceptances")
def warn_acceptances(timestamp: int) -> int:  # noqa: ARG001 (procrastinate gives the due time)
    """Once a day, before work begins in China (UTC hours): acceptances that end soon; how many."""
    with transaction.atomic():
        near = risks.warn_acceptances()
        for acceptance in near:
            _tell(notice_kinds.RISK_ACCEPTANCE_ENDS, acceptance)
    return len(near)


def _give(acceptance: Acceptance, due: date) -> None:
    """A task in both languages, for a task has one title and many readers: they know the risk by its number,
    its title is for those who may read the register."""
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


def _tell(kind: NoticeKind, acceptance: Acceptance) -> None:
    """The owner's post and whoever bears the risk. The notice holds codes and days only."""
    notify(
        kind,
        to=[acceptance.accepted_by_id],
        posts=[acceptance.risk.owner_id],
        params={"risk": acceptance.risk.number, "due": acceptance.until.isoformat()},
        link=reverse("risk-view", args=[acceptance.risk_id]),
        once=True,
    )
