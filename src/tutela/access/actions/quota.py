"""The one write of the gate: counting clear values against the day's quota."""

from datetime import date

from django.db import connection, transaction

from tutela.access import usage
from tutela.base import clock
from tutela.trail.connect import fetch

# One statement: the row lock makes each of several looks at once see the others' sums, and a sum
# above the limit writes nothing and returns nothing.
_SPEND = """
    WITH commit_soon AS (SELECT set_config('synchronous_commit', CASE WHEN %(alone)s::boolean THEN 'off'
        ELSE current_setting('synchronous_commit') END, true))
    INSERT INTO access_quota_use AS held (staff_id, day, used)
    SELECT %(staff)s::uuid, %(day)s::date, %(count)s::int FROM commit_soon WHERE %(count)s <= %(limit)s
    ON CONFLICT (staff_id, day) DO UPDATE SET used = held.used + %(count)s
        WHERE held.used + %(count)s <= %(limit)s
    RETURNING used
"""


def spend(staff: str, count: int, limit: int) -> int | None:
    """Add `count` clear values to the person's day; the sum, or None when it would pass `limit`.

    Part of the caller's transaction: if the reveal is rolled back, so is its count.
    """
    day = clock.today()
    values: dict[str, str | int | date] = {"staff": staff, "day": day}
    values |= {"count": count, "limit": limit}
    # Alone, its commit need not wait for the disk: the leaf that follows does, and a power cut in
    # between loses at most a moment's counts, which the trail still tells.
    values["alone"] = not connection.in_atomic_block
    rows = fetch(_SPEND, values)
    if not rows:
        return None
    total = int(rows[0][0])
    transaction.on_commit(lambda: usage.note(staff, day, total))
    return total
