"""A risk is registered, accepted by another person, and the acceptance ends."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.access import cast
from tutela.access.errors import PermissionMissing
from tutela.assessment import errors, pages, queries, tasks
from tutela.assessment.actions import risks
from tutela.assessment.actions.risks import RiskText
from tutela.base import clock
from tutela.notices.models import Notice
from tutela.programme.models import Task
from tutela.trail.queries import LeafFilter, leaves

RISK = RiskText(
    title="Laptops leave unlocked", likelihood=4, impact=5, treatment="reduce",
    plan="Encrypt them by May", owner="compliance_officer", control="ACC-13",
)  # fmt: skip
REASON = "New devices come in May"
People = dict[str, cast.Member]


def soon() -> date:
    """A day on which an acceptance may end."""
    return clock.today() + timedelta(days=30)


def test_a_risk_is_numbered_and_traced(people: People) -> None:
    """R1, R2; the leaf holds grade and treatment, never the title."""
    officer = people["compliance_officer"].actor
    made = [risks.register_risk(officer, RISK) for _ in range(2)]
    assert made[1].number == made[0].number + 1
    leaf = leaves(LeafFilter(event="governance.risk.registered"))[0]
    assert (leaf.detail["likelihood"], leaf.detail["treatment"]) == (4, "reduce")


def test_a_treatment_without_a_plan_is_refused(people: People) -> None:
    """Only bearing a risk needs none: it has an end instead."""
    with pytest.raises(errors.TreatmentMissing):
        risks.register_risk(people["compliance_officer"].actor, replace(RISK, plan=" "))


def test_whoever_registered_a_risk_does_not_accept_it(people: People) -> None:
    """Another person bears it, and a post without the function cannot."""
    risk = risks.register_risk(people["compliance_officer"].actor, RISK)
    with pytest.raises(errors.SecondPersonMissing):
        risks.accept_risk(people["compliance_officer"].actor, risk.id, reason=REASON, until=soon())
    with pytest.raises(PermissionMissing):
        risks.accept_risk(people["security_admin"].actor, risk.id, reason=REASON, until=soon())


def test_nobody_rewrites_a_risk_and_accepts_it(people: People) -> None:
    """One who makes another's small risk a great one has not the right to bear it alone."""
    officer = people["compliance_officer"].actor
    risk = risks.register_risk(people["security_admin"].actor, replace(RISK, impact=1))
    risks.change_risk(officer, risk.id, replace(RISK, impact=5))
    with pytest.raises(errors.SecondPersonMissing):
        risks.accept_risk(officer, risk.id, reason=REASON, until=soon())
    risks.accept_risk(people["branch_manager"].actor, risk.id, reason=REASON, until=soon())


def test_an_acceptance_is_of_the_risk_as_it_was(people: People) -> None:
    """Another owner leaves it; another rating ends it, for nobody has borne that."""
    officer = people["compliance_officer"].actor
    risk = risks.register_risk(officer, RISK)
    risks.accept_risk(people["branch_manager"].actor, risk.id, reason=REASON, until=soon())
    risks.change_risk(officer, risk.id, replace(RISK, owner="security_admin"))
    assert risk.acceptances.filter(ended_at__isnull=True).count() == 1
    risks.change_risk(officer, risk.id, replace(RISK, likelihood=5))
    assert risk.acceptances.filter(ended_at__isnull=True).count() == 0


def test_a_new_acceptance_takes_the_place_of_the_one_before(people: People) -> None:
    """One holds at a time; the earlier stays to be read."""
    risk = risks.register_risk(people["compliance_officer"].actor, RISK)
    for days in (30, 60):
        until = clock.today() + timedelta(days=days)
        risks.accept_risk(people["branch_manager"].actor, risk.id, reason=REASON, until=until)
    row = pages.risk_row(queries.risk(risk.id), clock.today())
    assert row.holds is not None
    assert row.holds.until == clock.today() + timedelta(days=60)
    assert risk.acceptances.filter(ended_at__isnull=True).count() == 1


def test_an_acceptance_that_ends_makes_a_task_and_a_notice_once(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The day after its end the owner's post must decide anew; a second night tells nothing more."""
    risk = risks.register_risk(people["compliance_officer"].actor, RISK)
    risks.accept_risk(people["branch_manager"].actor, risk.id, reason=REASON, until=soon())
    later = datetime.combine(soon(), datetime.min.time(), UTC) + timedelta(days=40)
    monkeypatch.setattr(clock, "now", lambda: later)
    # The acceptances of the tests before have ended by then as well.
    assert tasks.end_acceptances(0) >= 1
    assert tasks.end_acceptances(0) == 0
    task = Task.objects.get(origin_kind="risk", origin_id=str(risk.id))
    assert (task.post, task.state) == ("compliance_officer", "todo")
    # Everybody reads tasks; the register is for those who may.
    assert (task.title.endswith(f" R{risk.number}"), RISK.title in task.title) == (True, False)
    told = Notice.objects.filter(kind="risk_acceptance_ended", link=f"/risks/{risk.id}/")
    assert set(told.values_list("recipient_id", flat=True)) == {
        people["compliance_officer"].staff.id,
        people["branch_manager"].staff.id,
    }
    assert pages.risk_row(queries.risk(risk.id), clock.today()).holds is None


def test_a_closed_risk_is_neither_changed_nor_accepted(people: People) -> None:
    """It is opened again first."""
    risk = risks.register_risk(people["compliance_officer"].actor, RISK)
    risks.close_risk(people["compliance_officer"].actor, risk.id)
    with pytest.raises(errors.RiskClosed):
        risks.change_risk(people["compliance_officer"].actor, risk.id, RISK)
    with pytest.raises(errors.RiskClosed):
        risks.accept_risk(people["branch_manager"].actor, risk.id, reason=REASON, until=soon())
