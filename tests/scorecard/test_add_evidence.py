"""Evidence from outside: counted, marked, corrected by new rows, refused when it cannot be."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.db.utils import DatabaseError

from tests.races import Meanwhile
from tutela.base import clock
from tutela.base.errors import NotAllowed
from tutela.base.free_text import CustomerValueInText
from tutela.base.readings import Ask
from tutela.scorecard import errors, registry
from tutela.scorecard.actions.evidence import Report, add_evidence
from tutela.scorecard.actions.measures import Definition, define_measure
from tutela.scorecard.board import board

pytestmark = pytest.mark.usefixtures("people")


def report(**facts):
    """A good report, changed by `facts`."""
    made = Report(
        target="satisfaction", begins=date(2026, 1, 1), ends=date(2026, 2, 1), unit="percent",
        source="survey", signer="Wang", numerator=90, denominator=100,
    )  # fmt: skip
    return replace(made, **facts)


def value(target, ends=date(2026, 2, 1)):
    ask = Ask(target=target, begins=date(2026, 1, 1), ends=ends)
    return registry.read([ask])[ask]


def test_a_report_counts_and_a_correction_replaces_it(people):
    """The wrong row stays in the table and counts no more."""
    actor = people["compliance_officer"].actor
    first = add_evidence(actor, report())
    assert (value("satisfaction").value, value("satisfaction").outside) == (90.0, 1)
    add_evidence(actor, report(numerator=80, corrects=first, reason="typing error"))
    assert (value("satisfaction").value, value("satisfaction").evidence) == (80.0, 1)
    with pytest.raises(errors.CorrectionWrong):
        add_evidence(actor, report(corrects=first, reason="again"))


def test_shares_of_several_sources_add_up(people):
    """Parts by parts and wholes by wholes."""
    actor = people["compliance_officer"].actor
    for source, part, whole in (("east", 1, 10), ("west", 89, 90)):
        add_evidence(
            actor, report(target="tls-share", source=source, numerator=part, denominator=whole)
        )
    assert value("tls-share").value == 90.0


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        ({"ends": date(2025, 1, 1)}, errors.PeriodWrong),
        ({"ends": date(2199, 1, 1)}, errors.EvidenceInFuture),
        ({"target": "nothing"}, errors.TargetUnknown),
        ({"numerator": 101}, errors.FigureWrong),
        ({"denominator": 0}, errors.FigureWrong),
        ({"unit": "hours", "value": float("nan")}, errors.FigureWrong),
        ({"unit": "count", "value": 1.5}, errors.FigureWrong),
        ({"unit": "miles"}, errors.FieldMissing),
        ({"source": ""}, errors.FieldMissing),
        ({"source": "core 138001"}, errors.FieldMissing),
        ({"source": "13800138017"}, CustomerValueInText),
        ({"signer": " "}, errors.FieldMissing),
        ({"signer": "李 138001"}, errors.FieldMissing),
        ({"signer": "李 13800138017"}, CustomerValueInText),
        ({"file_hash": "xyz"}, errors.FieldMissing),
        ({"corrects": uuid4(), "reason": "gone"}, errors.CorrectionWrong),
    ],
)
def test_what_cannot_be_is_refused(people, facts, error):
    """Each with its own sentence."""
    with pytest.raises(error):
        add_evidence(people["machine"].actor, report(**facts))


def test_a_period_twice_is_refused(people):
    """The same source cannot count the same days twice."""
    actor = people["machine"].actor
    add_evidence(actor, report(target="remediation"))
    with pytest.raises(errors.PeriodTwice):
        add_evidence(actor, report(target="remediation", numerator=99))


def test_only_those_who_may_report(people):
    """A clerk is refused."""
    with pytest.raises(NotAllowed):
        add_evidence(people["service_agent"].actor, report())


@pytest.mark.parametrize("verb", ["UPDATE {} SET signer = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
@pytest.mark.parametrize("table", ["scorecard_outside_evidence", "scorecard_custom_measure"])
def test_rows_cannot_be_changed(verb, table):
    """Append only, by the database's own rights."""
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(verb.format(table))


def test_a_leap_day_and_week_53_are_days_like_others(people):
    """A period over 29 February 2024, and one over ISO week 53 of 2020."""
    actor = people["machine"].actor
    for begins, ends in (
        (date(2024, 2, 29), date(2024, 3, 1)),
        (date(2020, 12, 28), date(2021, 1, 4)),
    ):
        facts = {"target": "backup-weekly", "unit": "count", "value": 1.0}
        add_evidence(actor, report(begins=begins, ends=ends, **facts))
        ask = Ask(target="backup-weekly", begins=begins, ends=ends)
        assert registry.read([ask])[ask].value == 1.0


def test_an_own_measure_becomes_a_line(people):
    """And has no data while one of its parts has none."""
    actor = people["security_admin"].actor
    facts = {
        "goal": 1, "unit": "count", "direction": "at_least", "department": "hr", "cadence": 365,
        "starts": clock.today(),
    }  # fmt: skip
    made = Definition(name="training-mix", title="Mix", formula="trainings / leak-drill", **facts)
    target = define_measure(actor, made)
    line = next(line for line in board(clock.now()) if line.target == target)
    assert (line.status, line.reading.value) == ("no_data", None)
    with pytest.raises(errors.FormulaNameUnknown):
        define_measure(actor, replace(made, formula="nowhere + 1"))
    with pytest.raises(errors.FieldMissing):
        define_measure(actor, replace(made, starts=clock.today() - timedelta(days=1)))


@pytest.mark.parametrize("shift", [-20, -1, 1, 20])
def test_a_day_does_not_count_twice_for_one_source(people, shift):
    """Periods that overlap are refused with the row that stands; next to each other, or of another source,
    they count."""
    actor, days = people["machine"].actor, timedelta(days=shift)
    base = report(target="remediation", source=f"overlap{shift + 50}")
    row = add_evidence(actor, base)
    moved = replace(base, begins=base.begins + days, ends=base.ends + days)
    with pytest.raises(errors.PeriodTwice) as refused:
        add_evidence(actor, moved)
    assert str(row) in refused.value.text()
    beside = base.ends - base.begins if shift < 0 else base.begins - base.ends
    next_to = replace(base, begins=base.begins + beside, ends=base.ends + beside)
    add_evidence(actor, next_to)
    add_evidence(actor, replace(moved, source=f"other{shift + 50}"))
    # The row itself may be corrected to other days that are free, and a withdrawn one is in nobody's way.
    wrong = replace(next_to, corrects=row, reason="wrong days")
    with pytest.raises(errors.PeriodTwice):
        add_evidence(actor, wrong)
    add_evidence(actor, replace(base, corrects=row, reason="not ours", withdraws=True))
    add_evidence(actor, moved)


def test_two_at_once_do_not_overlap(people):
    """The second waits for the first, and is refused."""
    actor = people["machine"].actor
    base = report(target="remediation", source="at-once")
    later = replace(base, begins=base.begins + timedelta(days=1))
    with Meanwhile(lambda: add_evidence(actor, base)), pytest.raises(errors.PeriodTwice):
        add_evidence(actor, later)


def test_days_of_a_corrected_report_are_free_again(people):
    """It spoke of February; January can then be reported by the same source."""
    actor, source = people["machine"].actor, "moved"
    row = add_evidence(actor, report(target="remediation", source=source))
    february = {"begins": date(2026, 2, 1), "ends": date(2026, 3, 1)}
    add_evidence(
        actor,
        report(target="remediation", source=source, corrects=row, reason="February", **february),
    )
    add_evidence(actor, report(target="remediation", source=source))
    with pytest.raises(errors.PeriodTwice):
        add_evidence(actor, report(target="remediation", source=source))


def test_one_report_is_corrected_once_even_by_two_at_once(people):
    """The second is told that it is done."""
    actor = people["machine"].actor
    row = add_evidence(actor, report(target="remediation", source="twice"))
    again = report(target="remediation", source="twice", corrects=row, reason="typing error")
    with (
        Meanwhile(lambda: add_evidence(actor, again)),
        pytest.raises(errors.CorrectionWrong),
    ):
        add_evidence(actor, again)
