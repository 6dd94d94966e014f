"""The committee's part of `isms-built`: its meetings that had a quorum."""

from typing import Final

from tutela.base.readings import Facts

# Each attendance record that makes a quorum, with the time it was in force: from its signature (the
# first record: always) to that of the next one.
_MEETINGS: Final = """
    SELECT m.at, r.learned, r.dropped FROM committee_meeting m CROSS JOIN LATERAL (
        SELECT number, learned, lead(learned) OVER (ORDER BY number) AS dropped FROM (
            SELECT 0 AS number, NULL::timestamptz AS learned UNION ALL
            SELECT c.number, c.signed_at FROM committee_correction c
            WHERE c.meeting_id = m.id AND c.signed_at IS NOT NULL) signed) r
    WHERE m.state IN ('held', 'closed') AND (SELECT count(*) FROM committee_attendance a
        WHERE a.meeting_id = m.id AND a.number = r.number) >= m.needed"""


def facts() -> Facts:
    return Facts(_MEETINGS)
