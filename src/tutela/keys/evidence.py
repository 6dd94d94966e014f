"""Plain readings about keys for the scorecard."""

from dataclasses import dataclass

from django.db import connection

from . import custody


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody:
    """How the keys are kept: counts of rows by state, and whether the root key is locked."""

    locked: bool
    customer_roots: int
    destroyed_roots: int
    keks: int


def kept() -> Custody:
    """Counted from the key rows and the root key file."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(*) FILTER (WHERE state = 4) FROM keys.customer_root")
        roots, destroyed = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM keys.kek WHERE state <> 4")
        keks = cursor.fetchone()[0]
    return Custody(
        locked=custody.describe().locked, customer_roots=roots, destroyed_roots=destroyed, keks=keks
    )
