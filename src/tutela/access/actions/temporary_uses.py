"""The other write of the gate: counting the clear values that a temporary access opens, while it stands."""

from tutela.access.temporary_access_rules import MOST_USES
from tutela.base import clock
from tutela.trail.connect import fetch

# One statement, as for the quota: the row's lock makes a use and an end wait for each other.
_USE = """
    UPDATE access_temporary_access SET used = used + %(count)s::int
    WHERE id = %(id)s::uuid AND ended_at IS NULL AND started_at <= %(now)s AND until > %(now)s
        AND used + %(count)s::int <= %(most)s::int
    RETURNING used
"""
_STANDS = """
    SELECT 1 FROM access_temporary_access
    WHERE id = %(id)s::uuid AND ended_at IS NULL AND started_at <= %(now)s AND until > %(now)s
"""


def count_use(access_id: str, count: int) -> bool | None:
    """True, and the values are counted; False when they would be more than one access opens; None when it has
    ended."""
    values = {"id": access_id, "now": clock.now(), "count": count, "most": MOST_USES}
    if fetch(_USE, values):
        return True
    return False if fetch(_STANDS, {"id": access_id, "now": values["now"]}) else None
