"""Each kind of evidence is taken away, and the line is looked at: never green without it."""

from datetime import timedelta

import pytest

from tests.scorecard import evidence_stage
from tutela.base import clock
from tutela.scorecard.actions.evidence import Report, add_evidence
from tutela.scorecard.board import board
from tutela.scorecard.reports import Reports
from tutela.scorecard.rules import Cause, Status, grace

NO_DATA, AT_RISK, NOT_MET = Status.NO_DATA, Status.AT_RISK, Status.NOT_MET
GUARDS_OFF = "ALTER TABLE {0} DISABLE TRIGGER USER; "
OLDEST = """
    DO $$ BEGIN EXECUTE format('DROP TABLE trail.leaf_%s',
        to_char((now() - interval '400 days') AT TIME ZONE 'UTC', 'YYYY_MM')); END $$"""
LEAVES = """
    DO $$ DECLARE part regclass; BEGIN
        FOR part IN SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'trail.leaf'::regclass
        LOOP EXECUTE format('DROP TABLE %s', part); END LOOP; END $$"""
NEWEST = """
    DO $$ DECLARE part regclass; BEGIN
        FOR part IN SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'trail.leaf'::regclass
            AND inhrelid::regclass::text <> 'trail.leaf_'
                || to_char((now() - interval '400 days') AT TIME ZONE 'UTC', 'YYYY_MM')
        LOOP EXECUTE format('DROP TABLE %s', part); END LOOP; END $$"""
VERSIONS = GUARDS_OFF.format("documents_version")
RATINGS = GUARDS_OFF.format("assessment_assessment")
LOST = [
    ("encryption-rate", "DELETE FROM vault.encryption_count", NO_DATA),
    ("encryption-rate", "UPDATE vault.encryption_count SET sensitive = 0, sealed = 0", NO_DATA),
    ("encryption-rate", "UPDATE vault.encryption_count SET sealed = sensitive - 1", AT_RISK),
    ("access-system", "DELETE FROM access_assignment", AT_RISK),
    ("access-system", "DELETE FROM access_matrix_version", AT_RISK),
    ("access-system", LEAVES, AT_RISK),
    ("access-system", NEWEST, AT_RISK),
    ("access-log-kept", OLDEST, AT_RISK),
    ("access-log-kept", LEAVES, NO_DATA),
    ("access-log-kept", NEWEST, AT_RISK),
    ("isms-built", VERSIONS + "DELETE FROM documents_version", AT_RISK),
    ("isms-built", VERSIONS + """DELETE FROM documents_version WHERE id IN (
        SELECT id FROM documents_version WHERE published_at IS NOT NULL LIMIT 1)""", AT_RISK),
    ("isms-built", "DELETE FROM committee_attendance", AT_RISK),
    ("isms-built", GUARDS_OFF.format("committee_meeting") + "UPDATE committee_meeting SET state = 'cancelled'", AT_RISK),
    ("isms-built", """UPDATE access_staff SET is_active = false WHERE department_id = (
        SELECT id FROM access_department WHERE code = 'hr')""", AT_RISK),
    ("isms-built", RATINGS + "DELETE FROM assessment_assessment", AT_RISK),
    ("isms-assessed", RATINGS + "DELETE FROM assessment_assessment", NO_DATA),
    ("isms-assessed", RATINGS + """UPDATE assessment_assessment
        SET closed_at = NULL, closed_by_id = NULL""", NO_DATA),
    ("isms-assessed", RATINGS + """UPDATE assessment_assessment
        SET closed_at = now() - interval '370 days'""", AT_RISK),
    ("leak-drill", "DELETE FROM scorecard_outside_evidence", NO_DATA),
]  # fmt: skip


@pytest.fixture(scope="module")
def house(database):
    """Five own targets that are green, and a report of a drill."""
    made = evidence_stage.build()
    add_evidence(made.people["compliance_officer"].actor, report())
    return made


def report(**facts):
    """A drill in the last thirty days."""
    today = clock.today()
    return Report(
        target="leak-drill", begins=today - timedelta(days=30), ends=today, unit="count",
        source="book", signer="Wang", **{"value": 1} | facts,
    )  # fmt: skip


def line(target):
    return next(line for line in board(clock.now()) if line.target == target)


@pytest.mark.parametrize(("target", "statement", "status"), LOST)
def test_a_target_whose_evidence_is_gone_is_not_green(house, target, statement, status):
    """Green before, never after: nothing behind it is no data, a part of it is no goal reached."""
    assert line(target).status is Status.MET
    with evidence_stage.after(statement):
        assert line(target).status is status


def test_targets_that_nobody_measures_are_not_green(house):
    """Everything that is green has evidence behind it."""
    green = [one for one in board(clock.now()) if one.status is Status.MET]
    assert {one.target for one in green} == {*evidence_stage.GREEN, "leak-drill"}
    assert all(one.reading.evidence > 0 for one in green)


def test_everything_gone_is_no_data_everywhere(house):
    """A database without any evidence has not one figure."""
    gone = f"""{VERSIONS} {RATINGS} DELETE FROM documents_version; DELETE FROM committee_attendance;
        DELETE FROM assessment_assessment; DELETE FROM vault.encryption_count;
        UPDATE access_staff SET is_active = false; DELETE FROM access_assignment;
        DELETE FROM access_matrix_version; DELETE FROM scorecard_outside_evidence; {LEAVES}"""
    with evidence_stage.after(gone):
        assert {one.status for one in board(clock.now())} == {Status.NO_DATA}


@pytest.mark.parametrize("target", evidence_stage.GREEN)
def test_old_proof_is_not_green(house, target):
    """What nobody renewed for its cadence and the grace says nothing about today."""
    cadence = line(target).goal.cadence
    later = clock.now() + timedelta(days=cadence + 1) + grace(cadence)
    told = next(one for one in board(later) if one.target == target)
    assert told.status in {AT_RISK, NOT_MET}
    assert told.cause in {Cause.STALE, Cause.SHORT, Cause.OVERDUE}


@pytest.mark.parametrize("target", ["isms-built", "isms-assessed", "encryption-rate"])
def test_the_trend_is_worked_out_from_the_evidence_there_is(house, target):
    """Weeks before the evidence came to be are not green, and with it gone no week is."""
    first = line(target).trend[0]
    assert first.status is not Status.MET
    gone = f"""{VERSIONS} {RATINGS} DELETE FROM documents_version; DELETE FROM assessment_assessment;
        DELETE FROM vault.encryption_count"""
    with evidence_stage.after(gone):
        assert Status.MET not in {point.status for point in line(target).trend}


def test_the_past_weeks_of_what_has_stood_are_green(house):
    """Assessed, published and met twenty days ago, people hired today: last week told as it was."""
    told = {target: line(target).trend[-1] for target in evidence_stage.GREEN}
    assert (told["isms-assessed"].value, told["isms-assessed"].status) == (1.0, Status.MET)
    assert (told["isms-built"].value, told["isms-built"].status) == (75.0, Status.AT_RISK)
    assert told["access-log-kept"].value >= 392
    assert told["encryption-rate"].value is None


@pytest.mark.parametrize(
    ("target", "statement"),
    [
        ("encryption-rate", """INSERT INTO vault.encryption_count
            SELECT now() + interval '3 days', 9, 9, 9, 9, method FROM vault.encryption_count LIMIT 1"""),
        ("leak-drill", """INSERT INTO scorecard_outside_evidence SELECT gen_random_uuid(), target, begins,
            current_date + 9, 9, 9, 0, unit, 'later', signer, '', '', recorded_by, now(), NULL
            FROM scorecard_outside_evidence LIMIT 1"""),
        ("leak-drill", """INSERT INTO scorecard_outside_evidence SELECT gen_random_uuid(), target, begins,
            ends, 9, 9, 0, unit, 'later', signer, '', '', recorded_by, now() + interval '3 days', NULL
            FROM scorecard_outside_evidence LIMIT 1"""),
        ("isms-assessed", """INSERT INTO assessment_assessment (id, year, control_set,
            opened_by_id, opened_at, submitted_by_id, submitted_at, closed_by_id, closed_at)
            SELECT gen_random_uuid(), 2101, 1, opened_by_id, opened_at, submitted_by_id, submitted_at,
            closed_by_id, now() + interval '3 days' FROM assessment_assessment LIMIT 1"""),
    ],
)  # fmt: skip
def test_evidence_dated_in_the_future_does_not_count_yet(house, target, statement):
    """However it came into the table."""
    before = line(target).reading
    with evidence_stage.after(statement):
        told = line(target).reading
    assert (told.value, told.evidence, told.denominator) == (
        before.value,
        before.evidence,
        before.denominator,
    )


def test_outside_evidence_that_is_corrected_away_is_not_green(house):
    """A corrected row counts no more. It comes last: the correction stays."""
    (row,) = [one.row.id for one in Reports("leak-drill")]
    actor = house.people["compliance_officer"].actor
    add_evidence(actor, report(value=0, corrects=row, reason="it was another company's"))
    assert line("leak-drill").status is not Status.MET
