"""Verbs of the log other than appending."""

from django.db import connection

MONTHS_AHEAD = 3


def make_partitions(ahead_months: int = MONTHS_AHEAD) -> int:
    """Make this month's partitions and `ahead_months` more; how many were new. Safe to repeat."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT trail.make_partitions(%s)", [ahead_months])
        return int(cursor.fetchone()[0])
