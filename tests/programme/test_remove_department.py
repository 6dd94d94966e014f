"""A department goes only when it owes nothing; its work is handed over first."""

import pytest
from django.db.models import ProtectedError
from hypothesis import given
from hypothesis import strategies as st

from tests.access import cast
from tests.console.stage import browser, text
from tutela.access.models import Department, Post
from tutela.base import clock
from tutela.documents.models import Document
from tutela.notices.models import Notice
from tutela.programme import errors, rules
from tutela.programme.actions import departments
from tutela.programme.actions import tasks as task_actions
from tutela.programme.models import DutyOccurrence, Measure
from tutela.proof.errors import ReasonMissing
from tutela.trail import queries as trail


def hand_over(member, department, heir, **facts):
    given = {"department": department, "heir": heir, "reason": "Departments are joined"}
    return departments.hand_over_duties(member.actor, **(given | facts))


def test_a_department_with_open_duties_is_not_removed(crew):
    """The sentence counts what it still owes."""
    with pytest.raises(errors.DepartmentBusy) as refused:
        departments.remove_department(crew.officer.actor, department="customer_service")
    assert "duties 3" in refused.value.text() or "职责" in refused.value.text()


def test_the_database_keeps_it_too(crew):
    """Nobody takes it away behind the verb's back."""
    with pytest.raises(ProtectedError):
        Department.objects.get(code="customer_service").delete()


def test_a_department_with_an_open_task_is_not_removed(crew):
    """A task is work as well."""
    actor = crew.officer.actor
    task_actions.create_task(
        actor, task_actions.NewTask(title="Tidy up", due=clock.today(), department="marketing")
    )
    with pytest.raises(errors.DepartmentBusy):
        departments.remove_department(actor, department="marketing")


def test_after_handing_over_it_goes(crew):
    """Its measure and duties are the heir's; their periods keep their states."""
    actor, before = crew.officer.actor, DutyOccurrence.objects.count()
    assert hand_over(crew.officer, "customer_service", "sales") == 4
    departments.remove_department(actor, department="customer_service")
    assert Measure.objects.get(code="M7").department.code == "sales"
    assert DutyOccurrence.objects.count() == before


def test_what_is_open_goes_and_what_has_ended_stays(crew):
    """Without its post, with the person it names; the reason is sealed into the log."""
    actor, facts = crew.officer.actor, {"due": clock.today(), "department": "audit"}
    open_one = task_actions.create_task(
        actor, task_actions.NewTask(title="Open", post="auditor", **facts)
    )
    ended = task_actions.create_task(actor, task_actions.NewTask(title="Ended", **facts))
    task_actions.move_task(actor, task_id=ended.id, to="done")
    hand_over(crew.officer, "audit", "hr")
    open_one.refresh_from_db()
    ended.refresh_from_db()
    assert (open_one.department.code, open_one.post) == ("hr", "")
    assert ended.department.code == "audit"
    (leaf, *_) = trail.leaves(trail.LeafFilter(event="governance.duties.handed_over"))
    assert (leaf.detail["department"], leaf.detail["heir"]) == ("audit", "hr")
    told = Notice.objects.get(kind="work_handed_over", recipient=crew.trainer.staff)
    assert told.params == {"count": leaf.detail["rows"]}


def test_documents_of_its_own_posts_go_along(crew):
    """A post that only its people hold gives its documents to the post that is named."""
    own = Post.objects.get(code="marketing_analyst")
    cast.hire("marketing_analyst", department="marketing")
    facts = {"kind": "policy", "name_zh": "营销", "name_en": "Marketing"}
    paper = Document.objects.create(code="mail-shots", owner=own, created_at=clock.now(), **facts)
    hand_over(crew.officer, "marketing", "sales", documents_to="compliance_officer")
    paper.refresh_from_db()
    assert paper.owner_id == "compliance_officer"


@pytest.mark.parametrize(
    ("old", "heir", "reason", "refused"),
    [
        ("it", "it", "Two become one", errors.HeirSame),
        ("it", "hr", " ", ReasonMissing),
        ("underwriting", "hr", "It owes nothing", errors.NothingToHandOver),
    ],
)
def test_a_hand_over_that_makes_no_sense_is_refused(crew, old, heir, reason, refused):
    """Each with its sentence."""
    with pytest.raises(refused):
        hand_over(crew.officer, old, heir, reason=reason)


@given(*[st.integers(0, 3)] * 3)
def test_a_department_goes_only_when_it_owes_nothing(measures, duties, tasks):
    """Whatever of the three is left keeps it, and the sentence says how many."""
    if not (measures or duties or tasks):
        rules.check_remove_department("it", measures, duties, tasks)
        return
    with pytest.raises(errors.DepartmentBusy) as refused:
        rules.check_remove_department("it", measures, duties, tasks)
    assert all(str(number) in refused.value.text() for number in (measures, duties, tasks))


def test_a_refused_removal_leads_to_the_hand_over(crew):
    """On the page: the sentence, the link to the form, and after it the department goes."""
    client, address = browser(crew.officer.staff), "/programme/departments/technology/"
    task_actions.create_task(crew.officer.actor, task_actions.NewTask(title="T", due=clock.today(), department="technology"))  # fmt: skip
    unsure = client.post(f"{address}remove/", {"remove-word": "tech"})
    assert "输入的内容不一致" in text(unsure)
    refused = text(client.post(f"{address}remove/", {"remove-word": "technology"}))
    assert 'data-code="governance.department_busy"' in refused
    assert 'href="#hand-over"' in refused
    sent = client.post(f"{address}hand-over/", {"heir": "it", "reason": "Merged into IT"})
    assert sent.status_code == 302
    gone = client.post(f"{address}remove/", {"remove-word": "technology"})
    assert gone.headers["Location"] == "/programme/departments/"
    assert not Department.objects.filter(code="technology").exists()


def test_only_whoever_runs_the_programme_hands_over(crew):
    """Others see what is owed, and no button."""
    client = browser(crew.outsider.staff)
    assert "hand-over" not in text(client.get("/programme/departments/"))
    assert client.get("/programme/departments/it/hand-over/").status_code == 403


def test_a_department_with_people_stays(crew):
    """Its people would belong nowhere."""
    with pytest.raises(errors.DepartmentInUse):
        departments.remove_department(crew.officer.actor, department="claims")
