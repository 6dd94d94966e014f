"""A duty that has a target closes by the evidence that the target counts, and by nothing else."""

from datetime import timedelta

import pytest

from tests.access.cast import Member
from tests.console.stage import browser
from tests.programme import stage
from tutela.base import clock
from tutela.programme import promises
from tutela.programme.actions import duties
from tutela.programme.errors import TargetEvidenceMissing
from tutela.programme.models import Target
from tutela.scorecard.actions.evidence import Report, add_evidence

MADE_HERE = {"isms-assessment"}


def report(officer: Member, target: str, *, value: float, source: str = "tool") -> None:
    """What another system counted yesterday; a share is of a hundred."""
    share = Target.objects.get(id=target).unit == "percent"
    add_evidence(
        officer.actor,
        Report(
            target=target, begins=clock.today() - timedelta(days=1), ends=clock.today(),
            unit="percent" if share else "count", source=source, signer="Li",
            value=None if share else value, numerator=int(value) if share else None,
            denominator=100 if share else None,
        ),
    )  # fmt: skip


def test_a_report_of_none_closes_nothing(people: dict[str, Member]) -> None:
    """No audit was held: the figure is told, the duty stays open and cannot be closed by hand."""
    officer = people["compliance_officer"]
    one = stage.open_one("compliance-audit")
    report(officer, "audit-quarterly", value=0.0, source="nobody")
    one.refresh_from_db()
    assert one.state == "open"
    with pytest.raises(TargetEvidenceMissing):
        duties.close_occurrence(
            people["security_admin"].actor, occurrence_id=one.pk, evidence="It was held"
        )


@pytest.mark.parametrize("duty", sorted(set(promises.duty_targets()) - MADE_HERE))
def test_a_report_that_counts_closes_the_duty_of_its_days(
    people: dict[str, Member], duty: str
) -> None:
    """And says what closed it; the page of the duty shows the target and leads to the evidence."""
    officer, target = people["compliance_officer"], promises.duty_targets()[duty]
    one = stage.open_one(duty)
    page = f"/duties/{one.pk}/"
    client = browser(people["security_admin"].staff)
    assert "Close duty" not in client.get(page, headers={"accept-language": "en"}).content.decode()
    report(officer, target, value=1.0)
    one.refresh_from_db()
    assert (one.state, one.done_by, one.done_on) == (
        "done",
        None,
        clock.today() - timedelta(days=1),
    )
    assert "tool" in one.evidence
    shown = client.get(page).content.decode()
    assert f'data-target="{target}"' in shown
    assert f'href="/scorecard/outside/?of={target}"' in shown
