"""The rows on a target's page hold the proof that the page calls the youngest, and say how old facts count."""

from datetime import timedelta

import pytest

from tests.console.stage import browser, text
from tests.scorecard import evidence_stage
from tutela.base import clock
from tutela.scorecard import registry
from tutela.scorecard.board import line as line_of

SAYS = {"en": "counts from its date on", "zh-hans": "自其日期起计入"}
MET_AGAIN = """
    SET CONSTRAINTS ALL IMMEDIATE;
    INSERT INTO committee_meeting (id, committee_id, number, at, place, state, seats, needed, minutes,
        reason, called_by_id, closed_at)
    SELECT gen_random_uuid(), committee_id, 2, now() - interval '1 hour', '', 'closed', 1, 1, 'minutes', '',
        called_by_id, now() FROM committee_meeting WHERE number = 1;
    ALTER TABLE committee_attendance DISABLE TRIGGER USER;
    INSERT INTO committee_attendance (meeting_id, seat_id, staff_id)
    SELECT m.id, seat.id, m.called_by_id FROM committee_meeting m, committee_seat seat
    WHERE seat.committee_id = m.committee_id AND m.number = 2;"""


@pytest.fixture(scope="module")
def house(database):
    return evidence_stage.build()


def moments(line):
    return [row.at for ask in line.behind for row in registry.rows(ask)]


@pytest.mark.parametrize("target", evidence_stage.GREEN)
def test_the_youngest_proof_is_among_the_rows(house, target):
    """Whoever looks for it finds it, now and for a past day."""
    for back in (0, 10):
        told = line_of(target, clock.now() - timedelta(days=back))
        assert told.reading.newest is None or told.reading.newest in moments(told)


def test_a_second_meeting_is_the_committee_s_row(house):
    """The first says since when the part stands, the newest keeps it young."""
    with evidence_stage.after(MET_AGAIN):
        told = line_of("isms-built", clock.now())
        rows = {row.id: row for ask in told.behind for row in registry.rows(ask)}
    assert rows["committee"].at > clock.now() - timedelta(hours=2)
    assert rows["committee"].facts["since"] < (clock.now() - timedelta(days=19)).isoformat()
    assert len(rows) == told.reading.evidence


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_page_says_that_older_facts_count_from_their_date_on(house, language):
    """Where a row is older than the days covered, and nowhere else."""
    client = browser(house.people["auditor"].staff)
    client.cookies["django_language"] = language
    # The log's oldest row is of 400 days ago; the count of sealed cells is of today.
    assert SAYS[language] in text(client.get("/scorecard/targets/access-log-kept/"))
    assert SAYS[language] not in text(client.get("/scorecard/targets/encryption-rate/"))
