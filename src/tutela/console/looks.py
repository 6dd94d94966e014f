"""Looks at customer data by day, for the chart of the home page.

A day that is over is counted once in a process: the trail only grows, so its number cannot change.
"""

from datetime import date, datetime, time, timedelta

from django.db import connection
from django.utils import timezone

from tutela.base import clock
from tutela.trail import looks
from tutela.trail.looks import Day
from tutela.vault import look_kinds

KINDS = look_kinds.KINDS
_WHERE = """
    SELECT datname, oid::text, pg_postmaster_start_time()::text FROM pg_database
    WHERE datname = current_database()"""
SETTLED = timedelta(hours=1)
"""So long after midnight the last leaf of a day is surely written."""


_settled: dict[tuple[str, ...], dict[date, Day]] = {}


def by_day(days: int) -> list[Day]:
    """The last `days` days, today last; a day without looks is a row of zeros."""
    today = clock.today()
    first = today - timedelta(days=days - 1)
    wanted = [first + timedelta(days=n) for n in range(days)]
    database = _database()
    known = _settled.get(database, {})
    since = next((day for day in wanted if day not in known), today)
    counted = looks.by_day(KINDS, _midnight(since), str(timezone.get_default_timezone()))
    by_date = {day.day: day for day in counted}
    shown = [known.get(day) or by_date.get(day, Day(day=day)) for day in wanted]
    _settled[database] = {day.day: day for day in shown if _is_settled(day.day)}
    return shown


def _is_settled(day: date) -> bool:
    return _midnight(day + timedelta(days=1)) + SETTLED < clock.now()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())


def _database() -> tuple[str, ...]:
    """Which database is asked: another one, or this one restored, is counted anew."""
    with connection.cursor() as cursor:
        cursor.execute(_WHERE)
        return (str(timezone.get_default_timezone()), *cursor.fetchone())
