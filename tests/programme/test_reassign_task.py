"""A task goes to another department, post or person: with a reason, a trace, and a word to whoever has it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.console.stage import browser, text
from tutela.base import clock
from tutela.notices.models import Notice
from tutela.programme import errors, rules
from tutela.programme.actions import tasks
from tutela.proof.errors import ReasonMissing
from tutela.proof.rules import REASON_LETTERS
from tutela.trail import queries as trail


def make(member, **facts):
    given = {"title": "Renew the notice", "due": clock.today(), "department": "it"}
    return tasks.create_task(member.actor, tasks.NewTask(**given | facts))


def give(member, task, **facts):
    given = {"reason": "They know it better"}
    return tasks.reassign_task(member.actor, task.id, tasks.Reassignment(**given | facts))


def told(kind, member, task):
    found = Notice.objects.filter(kind=kind, recipient=member.staff)
    return found.filter(link=f"/tasks/{task.id}/").count()


def test_a_named_person_has_it_and_is_told(crew):
    """By sign-in name; the reason stays as a comment, and a leaf names the task."""
    task = make(crew.officer)
    give(crew.officer, task, department="it", person=crew.it_person.staff.login)
    task.refresh_from_db()
    assert task.assignee == crew.it_person.staff
    assert task.comments.get().text == "They know it better"
    assert told("task_given", crew.it_person, task) == 1
    (leaf, *_) = trail.leaves(trail.LeafFilter(event="governance.task.reassigned"))
    assert leaf.detail["task"] == str(task.id)
    assert leaf.detail["staff"] == str(crew.it_person.staff.id)


def test_a_post_has_it_and_its_holders_are_told(crew):
    """The old department has it no more, and whoever gave it away is not told."""
    task = make(crew.it_person)
    give(crew.it_person, task, post="hr_trainer")
    task.refresh_from_db()
    assert (task.department, task.post) == (None, "hr_trainer")
    assert told("task_given", crew.trainer, task) == 1
    assert told("task_given", crew.it_person, task) == 0


def test_whose_it_is_not_may_not_give_it_on(crew):
    """Another department's people, that is; its own and its maker may."""
    task = make(crew.officer)
    with pytest.raises(errors.NotYours):
        give(crew.outsider, task, department="claims")
    give(crew.it_person, task, department="claims")


@pytest.mark.parametrize(
    ("facts", "refused"),
    [
        ({"department": "it"}, errors.OwnerSame),
        ({}, errors.OwnerMissing),
        ({"department": "hr", "reason": "  a "}, ReasonMissing),
        ({"department": "it", "person": "nobody-at-all"}, errors.PersonUnfit),
    ],
)
def test_what_makes_no_sense_is_refused(crew, facts, refused):
    """Each with its sentence; the task stays where it was."""
    task = make(crew.officer)
    with pytest.raises(refused):
        give(crew.officer, task, **facts)
    task.refresh_from_db()
    assert task.department.code == "it"
    assert not task.comments.exists()


def test_somebody_who_has_left_cannot_be_named(crew):
    """Nor can a machine."""
    from tests.access import cast

    machine = cast.hire("machine", department="it")
    with pytest.raises(errors.PersonUnfit):
        give(crew.officer, make(crew.officer), department="it", person=machine.staff.login)


@given(st.sampled_from(["todo", "doing", "done", "dropped"]), st.text(max_size=12))
def test_only_open_work_is_given_on_and_never_without_a_word(state, reason):
    """For every state and reason."""
    fine = state in {"todo", "doing"} and len(reason.strip()) >= REASON_LETTERS
    try:
        rules.check_reassign_task(state, reason)
    except (errors.TaskEnded, ReasonMissing):
        assert not fine
    else:
        assert fine


def test_it_is_done_on_its_page(crew):
    """The form holds what is, names people to choose from, and tells a refusal in a sentence."""
    task, client = make(crew.officer), browser(crew.officer.staff)
    address = f"/tasks/{task.id}/reassign/"
    assert crew.it_person.staff.login in text(client.get(address))
    same = client.post(address, {"department": "it", "reason": "No change at all"})
    assert "任务已归该部门" in text(same)
    sent = client.post(address, {"department": "hr", "reason": "HR runs courses"})
    assert sent.headers["Location"] == f"/tasks/{task.id}/"
    assert "HR runs courses" in text(client.get(sent.headers["Location"]))
    assert browser(crew.outsider.staff).post(address, {"department": "claims", "reason": "Mine now"}).status_code == 403  # fmt: skip
