"""Fingerprints of records: forgotten when the record is too old to be taken again."""

from datetime import timedelta
from typing import Final

from django.db import connection

from tutela.base import clock
from tutela.feeds import rules

_FORGET: Final = "DELETE FROM feeds_record WHERE told < %s"


def forget_records() -> int:
    """Forget those told more than MOST_DAYS_OLD and a day ago; how many."""
    before = clock.now().date() - timedelta(days=rules.MOST_DAYS_OLD + 2)
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [before])
        return int(cursor.rowcount)
