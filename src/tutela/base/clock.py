"""The only callers of now, so that a test can move time in one place."""

import time
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings


def now() -> datetime:
    """The moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The day at the company (setting TUTELA_TIME_ZONE)."""
    return now().astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def monotonic() -> float:
    """Seconds that never jump; only differences mean anything."""
    return time.monotonic()
