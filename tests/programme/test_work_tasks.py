"""Tasks: an owner by department or post, a named person, comments, files as proof."""

import io
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from tests.detect.files_made import FILES
from tutela.access.errors import PermissionMissing
from tutela.base import clock
from tutela.base.actor import SYSTEM
from tutela.programme import errors, queries
from tutela.programme.actions import attachments, tasks
from tutela.programme.actions.attachments import MEGABYTES, Upload
from tutela.trail import queries as trail


def make(member, **facts):
    given = {"title": "Renew the notice", "due": clock.today(), "department": "it"}
    return tasks.create_task(member.actor, tasks.NewTask(**given | facts))


def upload(data=b"proof", **facts):
    given = {"name": "C:\\x\\proof.txt", "file": io.BytesIO(data), "evidence_date": clock.today()}
    return Upload(**(given | facts))


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
    with pytest.raises(errors.ReasonMissing):
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


def test_a_file_comes_back_as_it_was(crew):
    """Sealed in the database, with hash, name without path, and a leaf for each opening."""
    data = bytes(range(256)) * 6000
    held = attachments.attach(actor=crew.officer.actor, to=make(crew.officer), upload=upload(data))
    _, opened = attachments.open_attachment(actor=crew.officer.actor, attachment_id=held.id)
    assert (opened, held.name) == (data, "proof.txt")
    assert held.parts.count() == 3
    assert data[:64] not in bytes(held.parts.first().sealed)
    assert trail.leaves(event="governance.attachment.opened")[0].detail["file_hash"] == held.sha256


def test_a_replaced_file_is_not_handed_out(crew):
    """Somebody put other sealed bytes in its place."""
    task = make(crew.officer)
    one, other = (
        attachments.attach(actor=crew.officer.actor, to=task, upload=upload(data))
        for data in (b"a", b"b")
    )
    part = other.parts.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(
                "UPDATE governance_attachment_part SET sealed = '' WHERE id = %s", [part.pk]
            )
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "UPDATE governance_attachment_part SET sealed = %s WHERE attachment_id = %s",
            [bytes(part.sealed), one.id],
        )
    before = len(trail.leaves(event="governance.attachment.opened"))
    with pytest.raises(errors.FileDamaged):
        attachments.open_attachment(actor=crew.officer.actor, attachment_id=one.id)
    # The trace comes first, so that also a look which fails is told of.
    assert len(trail.leaves(event="governance.attachment.opened")) == before + 1


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        ({"evidence_date": timedelta(days=1)}, errors.EvidenceInFuture),
        ({"expires": timedelta(days=0)}, errors.ExpiryInvalid),
        ({"file": io.BytesIO(b"")}, errors.FileEmpty),
        ({"file": io.BytesIO(bytes(MEGABYTES * 1024 * 1024 + 1))}, errors.FileTooLarge),
    ],
)
def test_a_file_that_cannot_be_proof_is_refused(crew, facts, error):
    """From the future, expired on arrival, empty, too large: each with its sentence."""
    given = {
        name: clock.today() + value if isinstance(value, timedelta) else value
        for name, value in facts.items()
    }
    with pytest.raises(error):
        attachments.attach(actor=crew.officer.actor, to=make(crew.officer), upload=upload(**given))


@pytest.mark.parametrize("ending", ["pdf", "docx", "XLSX", "png", "jpg", "jpeg"])
def test_a_file_under_another_kind_s_name_is_refused(crew, ending):
    """Random bytes called a PDF prove nothing: nobody can open them."""
    given = upload(bytes(range(256)), name=f"proof.{ending}")
    with pytest.raises(errors.FileOtherwise):
        attachments.attach(actor=crew.officer.actor, to=make(crew.officer), upload=given)


@pytest.mark.parametrize(
    ("ending", "of"), [("docx", "xlsx"), ("xlsx", "zip"), ("docx", "half a zip")]
)
def test_an_office_file_is_looked_into(crew, ending, of):
    """Both begin as a zip; only what lies inside tells them apart."""
    given = upload(FILES[of][0], name=f"proof.{ending}")
    with pytest.raises(errors.FileOtherwise):
        attachments.attach(actor=crew.officer.actor, to=make(crew.officer), upload=given)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", b"%PDF-1.7\n"),
        ("a.PNG", b"\x89PNG\r\n\x1a\n"),
        ("a.jpg", b"\xff\xd8\xff\xe0"),
        ("a.xlsx", FILES["xlsx"][0]),
        ("a.docx", FILES["docx"][0]),
        ("b.docx", FILES["office with a password"][0]),
        ("a.xls", b"<html><table>"),
        ("a.log", b"%PDF-1.7\n"),
        ("pdf", b"plain"),
    ],
)
def test_any_kind_of_file_is_proof_under_its_own_name(crew, name, data):
    """An Office file with a password too, and whatever else a system writes."""
    given = upload(data, name=name)
    held = attachments.attach(actor=crew.officer.actor, to=make(crew.officer), upload=given)
    assert held.name == name


def test_the_same_file_twice_is_refused_and_a_newer_one_stands_beside(crew):
    """Nothing is replaced: both are kept with their hashes."""
    task = make(crew.officer)
    attachments.attach(actor=crew.officer.actor, to=task, upload=upload(b"1"))
    with pytest.raises(errors.FileTwice):
        attachments.attach(actor=crew.officer.actor, to=task, upload=upload(b"1"))
    attachments.attach(actor=crew.officer.actor, to=task, upload=upload(b"2"))
    assert task.attachments.count() == 2
