"""The rows every installation starts with: the policy's programme. Idempotent."""

from datetime import timedelta

from tutela.base import clock
from tutela.base.actor import SYSTEM

from .actions import duties
from .actions.first_run import plant

AHEAD = timedelta(days=400)


def seed() -> None:
    """Create the measures, targets and duties that are missing, and the occurrences of the coming year."""
    today = clock.today()
    plant(today)
    duties.make_occurrences(SYSTEM, until=today + AHEAD)
