"""The only functions that read the system clock, so that tests can replace it."""

import time
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings


def now() -> datetime:
    """The current time, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The current date in the company's time zone (TUTELA_TIME_ZONE)."""
    return now().astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def monotonic() -> float:
    """Seconds of the monotonic clock; only differences are meaningful."""
    return time.monotonic()
