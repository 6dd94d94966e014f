"""Actions on the log other than appending."""

from django.db import connection

MONTHS_AHEAD = 3


def make_partitions(ahead_months: int = MONTHS_AHEAD) -> int:
    """Create the partitions of this month and of `ahead_months` more; returns how many were new. Idempotent."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT trail.make_partitions(%s)", [ahead_months])
        return int(cursor.fetchone()[0])
