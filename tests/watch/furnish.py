"""An alert with its case, and canaries with their keepers, for tests that walk through every page."""

from collections.abc import Mapping

from tests.access import cast
from tests.access.cast import Member
from tutela.base import clock
from tutela.trail.queries import LeafFilter, leaves
from tutela.watch import queries
from tutela.watch.actions import canaries
from tutela.watch.actions.alerts import raise_alerts
from tutela.watch.canary_values import Shape
from tutela.watch.findings import Finding
from tutela.watch.models import Alert


def furnish(people: Mapping[str, Member]) -> Alert:
    """A critical alert about the agent, in a case; the compliance officer is one of two keepers, and an order of
    the other waits."""
    agent, officer = people["service_agent"], people["compliance_officer"]
    leaf = leaves(LeafFilter(), limit=1)[0]
    burst = Finding(
        rule="R1", person=agent.actor.id, day=clock.today().toordinal(),
        at_ms=queries.milliseconds(clock.now()), points=100, critical=True, measured=310,
        threshold=250, leaves=[0], facts={"leaves": 1},
    )  # fmt: skip
    (alert,) = raise_alerts([burst], 0, {0: leaf.id})
    other = cast.hire("compliance_officer", "HQ")
    named = canaries.propose_keepers(other.actor, officer.staff.id, other.staff.id)
    canaries.confirm_keepers(officer.actor, named.pk)
    canaries.propose_order(other.actor, Shape(customer_numbers="C9#######"))
    alert.refresh_from_db()
    return alert
