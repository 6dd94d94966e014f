"""Actions on the log other than appending, and the filters that its readers keep."""

from typing import Any

import psycopg
from django.db import connection, transaction

from tutela.base.free_text import check_free_text

MONTHS_AHEAD = 3


def make_partitions(ahead_months: int = MONTHS_AHEAD) -> int:
    """Create the partitions of this month and of `ahead_months` more; returns how many were new. Idempotent."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT trail.make_partitions(%s)", [ahead_months])
        return int(cursor.fetchone()[0])


def refuses_change(link: "psycopg.Connection[Any]") -> bool:
    """Whether a database's trail refuses to lose leaves, whoever asks; tried, and rolled back in any case."""
    try:
        with link.transaction(force_rollback=True):
            link.execute("DELETE FROM trail.leaf WHERE false")
    except psycopg.errors.InsufficientPrivilege:
        return True
    return False


def keep_filter(owner: str, name: str, query: str) -> None:
    """Keep a filter of an account under a name; one that was kept under the name before is replaced. The caller
    has asked the gate. CustomerValueInText for a name that holds one."""
    check_free_text(name=name)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM trail.kept_filter WHERE owner = %s AND name = %s", [owner, name]
        )
        cursor.execute(
            "INSERT INTO trail.kept_filter (owner, name, query) VALUES (%s, %s, %s)"
            " ON CONFLICT (owner, name) DO NOTHING",
            [owner, name, query],
        )


def drop_filter(owner: str, name: str) -> bool:
    """Forget a filter of an account; whether it was there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM trail.kept_filter WHERE owner = %s AND name = %s", [owner, name]
        )
        return bool(cursor.rowcount)
