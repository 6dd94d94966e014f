"""Old checkpoints and cosignatures go, by the rule that the database itself keeps (`sql/0011_thinning.sql`)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import connection

from tutela.base import clock
from tutela.trail.connect import fetch

_DAYS: Final = """
    SELECT DISTINCT (at AT TIME ZONE 'UTC')::date AS day FROM trail.checkpoint
    WHERE at < %s ORDER BY day"""
_THIN: Final = "SELECT checkpoints, cosignatures FROM trail.thin(%s::date)"

YOUNG: Final = timedelta(days=7)
"""Younger checkpoints stay whole; of cosignatures the last 30 days."""


@dataclass(frozen=True, slots=True)
class Thinned:
    """How many checkpoints and cosignatures went."""

    checkpoints: int = 0
    cosignatures: int = 0


def thin() -> Thinned:
    """Thin out every day that is old enough, each in a transaction of its own. A day that was thinned before has
    few rows and costs little."""
    checkpoints = cosignatures = 0
    for (day,) in fetch(_DAYS, (clock.now() - YOUNG,)):
        with connection.cursor() as cursor:
            cursor.execute(_THIN, [day])
            fewer, less = cursor.fetchone()
        checkpoints, cosignatures = checkpoints + int(fewer), cosignatures + int(less)
    return Thinned(checkpoints, cosignatures)
