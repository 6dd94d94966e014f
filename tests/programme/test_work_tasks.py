"""Tasks: an owner by department or post, a named person, comments, files as proof."""

import pytest

from tutela.access.errors import PermissionMissing
from tutela.base import clock
from tutela.base.actor import SYSTEM
from tutela.programme import errors, queries
from tutela.programme.actions import tasks
from tutela.proof.errors import ReasonMissing


def make(member, **facts):
    given = {"title": "Renew the notice", "due": clock.today(), "department": "it"}
    return tasks.create_task(member.actor, tasks.NewTask(**given | facts))


def test_a_task_needs_an_owner(crew):
    """Work of nobody is done by nobody."""
    with pytest.raises(errors.OwnerMissing):
        make(crew.officer, department="")


@pytest.mark.parametrize("title", ["", "   ", "x" * 161])
def test_a_task_needs_a_title(crew, title):
    """One line that says what."""
    with pytest.raises(errors.TaskInvalid):
        make(crew.officer, title=title)


def test_whoever_takes_a_task_is_named_on_it(crew):
    """The department owns it, a person does it."""
    task = make(crew.officer)
    moved = tasks.move_task(crew.it_person.actor, task_id=task.id, to="doing")
    assert (moved.state, moved.assignee) == ("doing", crew.it_person.staff)


def test_another_departments_task_is_not_moved(crew):
    """It can be read and talked about."""
    task = make(crew.officer)
    with pytest.raises(errors.NotYours):
        tasks.move_task(crew.outsider.actor, task_id=task.id, to="done")
    assert tasks.comment(crew.outsider.actor, task_id=task.id, text="Seen").text == "Seen"


def test_dropping_a_task_needs_a_reason(crew):
    """Which stays with it as a comment."""
    task = make(crew.officer)
    with pytest.raises(ReasonMissing):
        tasks.move_task(crew.officer.actor, task_id=task.id, to="dropped")
    tasks.move_task(crew.officer.actor, task_id=task.id, to="dropped", reason="Done elsewhere")
    assert task.comments.get().text == "Done elsewhere"


def test_the_same_origin_makes_one_task(crew):
    """A job that runs twice does not double the work."""
    first, second = (
        tasks.create_task(SYSTEM, tasks.NewTask(title="Mend", due=clock.today(), department="it", origin=("resolution", "7")))
        for _ in range(2)
    )  # fmt: skip
    assert first.id == second.id


def test_my_work_shows_what_my_department_owes(crew):
    """And nothing of others."""
    task = make(crew.officer, title="For IT only")
    assert task in queries.my_tasks(crew.it_person.staff)
    assert task not in queries.my_tasks(crew.outsider.staff)


def test_a_machine_has_no_work(crew):
    """Duties and tasks are closed by people."""
    from tests.access import cast

    with pytest.raises(PermissionMissing):
        make(cast.hire("machine", department="it"))
