"""States change on the board, in the list and in my work, by buttons; the lists leave as files with a trace."""

import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.console.stage import browser, text
from tutela.base import clock
from tutela.programme import queries
from tutela.programme.actions import tasks
from tutela.trail import queries as trail
from tutela.web import exports


def make(member, title, **facts):
    given = {"title": title, "due": clock.today(), "department": "it"}
    return tasks.create_task(member.actor, tasks.NewTask(**given | facts))


@pytest.mark.parametrize(
    "back", ["/tasks/?department=it", "/tasks/?view=list&state=todo", "/my-work/"]
)
def test_a_button_moves_a_task_and_comes_back_to_it(crew, back):
    """To the same filters and the same card, so that a keyboard goes on where it was."""
    task, client = make(crew.officer, "Look at logs"), browser(crew.it_person.staff)
    assert f'id="task-{task.id}"' in text(client.get(back))
    sent = client.post(f"/tasks/{task.id}/move/", {"to": "doing", "back": back})
    assert sent.headers["Location"] == f"{back}#task-{task.id}"
    task.refresh_from_db()
    assert (task.state, task.assignee) == ("doing", crew.it_person.staff)


@pytest.mark.parametrize(
    "back",
    [
        "https://elsewhere.example/tasks/",
        "//elsewhere.example",
        "/staff/",
        "",
        "/tasks/?" + "x" * 400,
    ],
)
def test_a_button_leads_nowhere_else(crew, back):
    """A forged way back ends on the task's page."""
    task = make(crew.officer, "Stay here")
    client = browser(crew.officer.staff)
    sent = client.post(f"/tasks/{task.id}/move/", {"to": "doing", "back": back})
    assert sent.headers["Location"] == f"/tasks/{task.id}/"


def test_only_whose_task_it_is_sees_buttons(crew):
    """Others see the card."""
    task = make(crew.officer, "Not yours")
    address, mark = "/tasks/?department=it", f"/tasks/{task.id}/move/"
    assert mark in text(browser(crew.it_person.staff).get(address))
    page = text(browser(crew.outsider.staff).get(address))
    assert mark not in page
    assert f"/tasks/{task.id}/" in page


def statements(client):
    with CaptureQueriesContext(connection) as asked:
        client.get("/tasks/")
    return len(asked.captured_queries)


def test_the_board_asks_as_little_for_many_tasks_as_for_few(crew):
    """Whose each task is is known from one look at the person."""
    client = browser(crew.it_person.staff)
    client.get("/tasks/")
    few = statements(client)
    for number in range(12):
        make(crew.officer, f"Task {number}")
    assert statements(client) <= few


@pytest.mark.parametrize(
    "sign", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "  =1", "\t=1", "\n=1", "\r=1"]
)
def test_no_cell_is_taken_for_a_formula(sign):
    """In CSV a mark stands before it; in XLSX it is a text, and quoted for whoever edits it."""
    sent = exports.answer("csv", "t", ["Task"], [[sign]]).content.decode("utf-8-sig")
    assert sent.split("\r\n", 1)[1].lstrip('"').startswith("'")
    book = zipfile.ZipFile(io.BytesIO(exports.answer("xlsx", "t", ["Task"], [[sign]]).content))
    assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    assert b'quotePrefix="1"' in book.read("xl/styles.xml")


@pytest.mark.parametrize("view", ["", "view=list&state=todo&"])
def test_what_leaves_as_a_file_leaves_a_trace(crew, view):
    """Board or list: with how many rows, and for which department; no title stands in the leaf."""
    make(crew.officer, "Count me", department="audit")
    sent = browser(crew.officer.staff).get(f"/tasks/?{view}department=audit&export=csv")
    rows = sent.content.decode("utf-8-sig").splitlines()
    (leaf, *_) = trail.leaves(trail.LeafFilter(event="governance.task.exported"))
    assert leaf.detail["rows"] == len(rows) - 1 == queries.tasks(department="audit").count()
