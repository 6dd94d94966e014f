"""People handle cases: take up, explain, open, close; nobody one about themselves or their approver."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.access import cast
from tests.watch.conftest import leave, look
from tutela.access.errors import PermissionMissing
from tutela.access.models import Reset
from tutela.base import clock
from tutela.notices.models import Notice
from tutela.trail.queries import LeafFilter, leaves
from tutela.watch import cases, queries
from tutela.watch.actions import triage
from tutela.watch.errors import (
    AlertInCase,
    ApproversCase,
    CaseSettled,
    CaseTaken,
    CaseUnknown,
    OutcomeUnknown,
    OwnCase,
    ReasonMissing,
)
from tutela.watch.models import Alert, Case
from tutela.watch.watcher import catch_up

REASON = "Batch letters after the flood, ordered by the head of claims."


def _burst(watcher, person) -> Case:
    """25 customers at once: R1, and its case."""
    leave(*(look(person) for _ in range(25)))
    catch_up(watcher)
    case = queries.open_case(str(person.staff.id), "")
    assert case is not None
    return case


@pytest.fixture
def agent(staff):
    """A new agent each time: one person has one open case."""
    return cast.hire("service_agent", "EAST")


@pytest.fixture
def case(watcher, agent) -> Case:
    return _burst(watcher, agent)


def _newest(event: str):
    return leaves(LeafFilter(event=event), limit=1)[0]


def test_a_case_is_taken_up_once(staff, case):
    """With a leaf that names case and person, and the notices about it are settled."""
    admin = staff["security_admin"]
    link = cases.page_of(case.id)
    assert Notice.objects.filter(link=link, read_at=None).exists()
    triage.acknowledge_case(admin.actor, case.id)
    case.refresh_from_db()
    assert (case.state, case.acknowledged_by) == ("acknowledged", admin.staff)
    assert not Notice.objects.filter(link=link, read_at=None).exists()
    leaf = _newest("watch.case.acknowledged")
    assert leaf.actor_id == admin.actor.id
    assert ("watch_case", str(case.id)) in leaf.subjects
    with pytest.raises(CaseTaken):
        triage.acknowledge_case(staff["compliance_officer"].actor, case.id)


def test_an_explained_case_lets_its_rules_rest_for_90_days(staff, watcher, agent, case):
    """The reason is sealed; the same burst raises nothing until the rest is over."""
    triage.explain_case(staff["security_admin"].actor, case.id, REASON)
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("explained", "justified")
    assert REASON not in case.reason_sealed
    (mute,) = case.mutes.all()
    assert (mute.rule, mute.ends - mute.begins) == ("R1", timedelta(days=90))
    leaf = _newest("watch.case.explained")
    assert leaf.note
    assert leaf.detail["days"] == 90
    book = queries.book()
    begin = queries.milliseconds(mute.begins)
    assert book.is_muted("R1", str(agent.staff.id), begin + 1)
    assert not book.is_muted("R1", str(agent.staff.id), queries.milliseconds(mute.ends))
    with pytest.raises(CaseSettled):
        triage.close_case(staff["security_admin"].actor, case.id, "misuse", REASON)


def test_a_closed_case_lets_nothing_rest(staff, case):
    triage.close_case(staff["compliance_officer"].actor, case.id, "misuse", REASON)
    case.refresh_from_db()
    assert (case.state, case.outcome, case.mutes.count()) == ("closed", "misuse", 0)
    assert _newest("watch.case.closed").detail["found"] == "misuse"


@pytest.mark.parametrize(
    ("outcome", "reason", "refusal"),
    [
        ("justified", REASON, OutcomeUnknown),
        ("", REASON, OutcomeUnknown),
        ("misuse", "  too short  ", ReasonMissing),
    ],
)
def test_a_case_ends_with_an_outcome_and_a_reason(staff, case, outcome, reason, refusal):
    """Nothing is half done."""
    with pytest.raises(refusal):
        triage.close_case(staff["security_admin"].actor, case.id, outcome, reason)
    case.refresh_from_db()
    assert (case.state, case.outcome, case.reason_sealed) == ("open", "", "")


def test_nobody_handles_a_case_about_themselves(staff, watcher):
    other = cast.hire("security_admin", "EAST")
    case = _burst(watcher, other)
    for act in (
        lambda: triage.acknowledge_case(other.actor, case.id),
        lambda: triage.explain_case(other.actor, case.id, REASON),
        lambda: triage.close_case(other.actor, case.id, "no_misuse", REASON),
    ):
        with pytest.raises(OwnCase):
            act()
    triage.acknowledge_case(staff["security_admin"].actor, case.id)


def test_nobody_handles_a_case_about_their_approver(staff, watcher):
    """Who confirmed my reset half a year ago is mine to judge again."""
    mine, approver = cast.hire("security_admin", "EAST"), cast.hire("system_admin", "EAST")
    now = clock.now()
    reset = Reset.objects.create(
        staff=mine.staff,
        kind="password",
        ground="forgotten",
        state="confirmed",
        proposed_by=staff["security_admin"].staff,
        proposed_at=now,
        decided_by=approver.staff,
        decided_at=now - timedelta(days=179),
    )
    case = _burst(watcher, approver)
    with pytest.raises(ApproversCase):
        triage.acknowledge_case(mine.actor, case.id)
    Reset.objects.filter(id=reset.id).update(decided_at=now - timedelta(days=181))
    triage.acknowledge_case(mine.actor, case.id)


def test_others_may_read_and_not_handle(staff, case):
    """The auditor reads; the agent does neither; a case that is not there is not there."""
    with pytest.raises(PermissionMissing):
        triage.acknowledge_case(staff["auditor"].actor, case.id)
    with pytest.raises(CaseUnknown):
        triage.acknowledge_case(staff["security_admin"].actor, UUID(int=1))


def test_a_loose_alert_becomes_a_case_by_hand(staff, watcher, agent):
    """With all loose alerts of the person; once."""
    leave(*(look(agent, decision={"outcome": "deny", "code": "access.no_cell"}) for _ in range(10)))
    catch_up(watcher)
    alert = Alert.objects.get(person=agent.staff)
    assert (alert.rule, alert.case) == ("R16", None)
    case = triage.open_case(staff["security_admin"].actor, alert.id)
    alert.refresh_from_db()
    assert (alert.case, case.person, case.points) == (case, agent.staff, alert.points)
    with pytest.raises(AlertInCase):
        triage.open_case(staff["security_admin"].actor, alert.id)
