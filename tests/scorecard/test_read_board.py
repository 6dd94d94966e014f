"""The board: fourteen lines, honest without evidence, one query a room, the past worked out."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tutela.base import clock
from tutela.base.readings import SOURCES, Ask
from tutela.scorecard import registry
from tutela.scorecard.board import board, company_day
from tutela.scorecard.board import line as line_of
from tutela.scorecard.rules import Status
from tutela.vault.actions.counts import count_encryption

pytestmark = pytest.mark.usefixtures("people")
PROMISED = {
    "isms-built", "isms-assessed", "access-system", "access-log-kept", "encryption-rate", "tls-share",
    "trainings", "leak-drill", "backup-weekly", "restore-test", "audit-quarterly", "remediation",
    "complaint-48h", "satisfaction",
}  # fmt: skip


def lines():
    return {line.target: line for line in board(clock.now())}


def test_the_fourteen_promises_are_all_there():
    """Those of rooms to come as well, each with who owes it."""
    found = lines()
    assert set(found) >= PROMISED
    assert all(line.department_en and line.department_zh for line in found.values())


def test_rooms_to_come_have_no_data_and_are_never_green():
    """Nobody can be praised for what nobody has looked at."""
    assert {lines()[target].status for target in PROMISED - set(SOURCES)} == {Status.NO_DATA}


def test_an_empty_vault_is_no_data():
    """Nothing encrypted of nothing is not one hundred per cent."""
    count_encryption()
    line = lines()["encryption-rate"]
    assert (line.status, line.reading.value) == (Status.NO_DATA, None)


def test_every_room_is_asked_with_one_statement():
    """However many weeks the trend has."""
    day = clock.today()
    for target, source in SOURCES.items():
        asks = [
            Ask(
                target=target,
                begins=day - timedelta(days=7 * n + 7),
                ends=day - timedelta(days=7 * n),
            )
            for n in range(13)
        ]
        with CaptureQueriesContext(
            connection,
        ) as seen:
            source.read(asks)
        assert len(seen) == 1, target


def test_the_whole_board_asks_each_room_once():
    """And the outside evidence once; the rules, names and own measures take the rest."""
    board(clock.now())
    with CaptureQueriesContext(connection) as seen:
        board(clock.now())
    rules = 5
    assert len(seen) <= len(SOURCES) + 1 + rules


def test_one_line_asks_only_its_own_room(people):
    """The page of a target does not read all the others."""
    with CaptureQueriesContext(connection) as seen:
        found = line_of("encryption-rate", clock.now())
    tables = " ".join(one["sql"] for one in seen)
    assert found is not None
    assert "vault.encryption_count" in tables
    assert "trail.leaf" not in tables


def test_the_trend_is_what_each_week_reads_alone():
    """The past is worked out from evidence, not remembered."""
    for line in board(clock.now()):
        for point in line.trend:
            begins = point.ends - timedelta(days=line.goal.cadence)
            ask = Ask(target=line.target, begins=begins, ends=point.ends)
            assert registry.read([ask])[ask].value == point.value


def test_a_line_tells_what_the_issue_names():
    """The fields of the shell and the API."""
    row = board(clock.now())[0].as_row()
    wanted = "target measure department goal value numerator denominator unit status period"
    assert {*wanted.split(), "evidence_count", "proof_age_days", "next_due"} <= set(row)


def test_the_company_s_day_is_not_utc_s():
    """Late in the evening of UTC it is tomorrow in Shanghai."""
    at = clock.now().replace(hour=20)
    assert company_day(at) == (at + timedelta(hours=8)).date()
