"""Late reports, corrections and replaced files: they count for their days, and nothing is hidden.

What a period's figure is depends on what is known: told now, all that is recorded counts; told as of an
earlier moment, only what was recorded by then.
"""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.scorecard import evidence_stage
from tutela.base import clock
from tutela.base.readings import Ask
from tutela.scorecard import errors, registry
from tutela.scorecard.actions.evidence import Report, add_evidence
from tutela.scorecard.board import board
from tutela.scorecard.reports import Reports
from tutela.scorecard.rules import Status

LAST_MONTH = """
    INSERT INTO scorecard_outside_evidence (id, target, begins, ends, value, numerator, denominator, unit,
        source, signer, file_hash, recorded_by, recorded_at)
    SELECT gen_random_uuid(), 'backup-weekly', current_date - 28, current_date - 21, 1, 1, 0, 'count',
        'tape', 'Li', '', 'x', now() - interval '2 days'"""


def report(**facts):
    """Backups of a week that ended three weeks ago."""
    today = clock.today()
    made = Report(
        target="backup-weekly", begins=today - timedelta(days=30), ends=today - timedelta(days=21),
        unit="count", source="robot", signer="Wang", value=1,
    )  # fmt: skip
    return replace(made, **facts)


def points(at):
    (told,) = [line for line in board(at) if line.target == "backup-weekly"]
    return [point.value for point in told.trend]


def test_a_late_report_counts_for_its_days_from_then_on(people):
    """The trend of the past as told now has it; the board of before it was recorded has not."""
    before = clock.now()
    with evidence_stage.after(LAST_MONTH):
        assert 1.0 in points(before)
        assert points(before - timedelta(days=3)) == [None] * 12
    assert points(before) == [None] * 12


def test_a_missed_week_stays_missed_when_a_later_one_is_done(people):
    """Evidence of this week says nothing of a week before it."""
    with evidence_stage.after(LAST_MONTH):
        told = next(one for one in board(clock.now()) if one.target == "backup-weekly")
    later = told.trend[-2:]
    assert {point.status for point in later} == {Status.NO_DATA}


def test_a_correction_counts_from_its_recording_on(people):
    """Asked for what was known in between, the first row stands; the rows tell reason and what they mend."""
    actor = people["compliance_officer"].actor
    wrong = add_evidence(actor, report(target="trainings", value=3))
    between = clock.now()
    right = report(target="trainings", value=2, corrects=wrong, reason="one was cancelled")
    mended = add_evidence(actor, right)
    ask = Ask(target="trainings", begins=right.begins, ends=right.ends)
    assert registry.read([ask])[ask].value == 2.0
    then = replace(ask, known=between)
    assert registry.read([then])[then].value == 3.0
    (row,) = registry.rows(ask)
    assert (row.id, row.facts["corrects"], row.facts["reason"]) == (
        str(mended), str(wrong), "one was cancelled",
    )  # fmt: skip
    assert [row.id for row in registry.rows(then)] == [str(wrong)]


def test_the_same_days_with_another_file_are_a_correction_or_nothing(people):
    """A file is not replaced behind the reader's back: both hashes stay."""
    actor = people["compliance_officer"].actor
    first = add_evidence(actor, report(target="leak-drill", file_hash="a" * 64))
    other = report(target="leak-drill", file_hash="b" * 64)
    with pytest.raises(errors.PeriodTwice) as refused:
        add_evidence(actor, other)
    assert str(first) in refused.value.text()
    add_evidence(actor, replace(other, corrects=first, reason="the file was incomplete"))
    kept = {(one.row.file_hash[0], one.row.corrected) for one in Reports() if one.row.file_hash}
    assert kept == {("a", True), ("b", False)}


def test_a_period_may_not_be_told_twice_by_a_correction_of_another_target(people):
    """What corrects must be of the same target."""
    actor = people["compliance_officer"].actor
    first = add_evidence(actor, report(target="satisfaction", source="s1"))
    moved = report(target="restore-test", source="s1", corrects=first, reason="wrong target")
    with pytest.raises(errors.CorrectionWrong):
        add_evidence(actor, moved)


def test_sums_in_the_database_are_the_sums_of_the_rows(people):
    """Whatever the sources and days: the figure is what an outsider adds up from the rows."""
    actor = people["machine"].actor
    for n in range(1, 8):
        days = {
            "begins": clock.today() - timedelta(days=n + 1),
            "ends": clock.today() - timedelta(n),
        }
        share = {"unit": "percent", "value": None, "numerator": 90 + n, "denominator": 100 + n}
        add_evidence(actor, report(target="remediation", source=f"s{n % 3}", **days, **share))
    ask = Ask(target="remediation", begins=clock.today() - timedelta(days=30), ends=clock.today())
    told, rows = registry.read([ask])[ask], list(registry.rows(ask))
    parts = [sum(row.facts[name] for row in rows) for name in ("numerator", "denominator")]
    assert [told.numerator, told.denominator, told.evidence] == [*parts, 7]
    assert told.newest == max(row.at for row in rows)
