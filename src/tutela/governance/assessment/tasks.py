"""The register's timetable."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from tutela.base import clock
from tutela.base.actor import SYSTEM

from . import actions

DECIDE_DAYS = 14


@app.periodic(cron="23 1 * * *", periodic_id="assessment")
@app.task(name="assessment.end_acceptances", queueing_lock="assessment.end_acceptances")
def end_acceptances(timestamp: int) -> int:  # noqa: ARG001 (procrastinate gives the due time)
    """Every night: acceptances whose day is past end, and the owner's post gets a task to decide anew."""
    with transaction.atomic():
        return len(actions.end_acceptances())
