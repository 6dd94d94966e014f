"""What every installation starts with: the policy's programme. Safe to repeat."""

from datetime import timedelta

from tutela.base import clock
from tutela.base.actor import SYSTEM

from .actions import duties
from .actions.first_run import plant

AHEAD = timedelta(days=400)


def seed() -> None:
    """Measures, targets and duties that are missing, and the periods of the coming year."""
    today = clock.today()
    plant(today)
    duties.make_occurrences(actor=SYSTEM, until=today + AHEAD)
