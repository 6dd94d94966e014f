"""The risk register: some treated, one closed, two accepted by a second person, one of them not for long."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sample.year.stage import Year, person
from sample.year.words import told
from tutela.assessment.actions import risks
from tutela.assessment.actions.risks import RiskText


def stage(year: Year) -> None:
    """Put these acts into the year."""
    for facts in told()["risks"]:
        year.do(year.ago(facts["found"]), lambda facts=facts: _register(year, facts))


def _register(year: Year, facts: dict[str, Any]) -> None:
    finder = person("security_admin")
    text = RiskText(
        title=facts["title"],
        about=facts["about"],
        likelihood=facts["likelihood"],
        impact=facts["impact"],
        treatment=facts["treatment"],
        owner=facts["owner"],
        plan=facts.get("plan", ""),
        control=facts["control"],
    )
    made = risks.register_risk(finder, text)
    if accepted := facts.get("accepted"):
        year.do(year.ago(accepted["ago"]), lambda: _accept(year, made.id, accepted))
    if closed := facts.get("closed"):
        year.do(year.ago(closed), lambda: risks.close_risk(finder, made.id))


def _accept(year: Year, risk_id: UUID, accepted: dict[str, Any]) -> None:
    until = year.today + timedelta(days=accepted["left"])
    bearer = person(accepted["by"])
    risks.accept_risk(bearer, risk_id, reason=accepted["reason"], until=until)
