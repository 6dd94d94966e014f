"""The pages as a person meets them: who may open them, what they say, how few statements they need."""

import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.console.stage import browser, text
from tests.programme import stage
from tutela.base import clock
from tutela.keys import spool
from tutela.programme import queries
from tutela.programme.actions import duties, tasks
from tutela.programme.models import Task

PAGES = ("/programme/", "/programme/targets/tls-share/", "/duties/", "/my-work/", "/tasks/", "/tasks/?view=list", "/tasks/create/")  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_every_person_opens_the_programme(crew, address):
    """In both languages; a stranger is sent to sign in."""
    for member in (crew.officer, crew.outsider, crew.trainer):
        for language in ("zh-CN", "en"):
            client = browser(member.staff)
            assert client.get(address, headers={"Accept-Language": language}).status_code == 200
    assert browser().get(address).status_code == 302


def test_the_year_is_drawn_with_few_statements(crew):
    """However many duties: two for the grid, the rest is the frame's."""
    client = browser(crew.officer.staff)
    client.get("/duties/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/duties/?year=2027")
    assert sum("governance_duty" in one["sql"] for one in asked.captured_queries) == 2


@pytest.mark.parametrize("year", ["2026", "0", "99999999999", "-1", "x", "２０２６", "2027\x00"])
def test_junk_for_a_year_shows_this_year(crew, year):
    """No year that cannot be planned breaks the page."""
    assert browser(crew.officer.staff).get("/duties/", {"year": year}).status_code == 200


def _on_the_way() -> set[str]:
    """Uploads whose request has not ended; other tests of the process may have left some."""
    return {path.name for path in spool.folder().iterdir() if path.suffix in {".part", ".passing"}}


def test_a_duty_is_closed_on_its_page_with_a_file(crew):
    """The proof is sealed at the door, and comes back by its button."""
    one, client = stage.open_one("leavers-check"), browser(crew.it_person.staff)
    today, before = clock.today().isoformat(), _on_the_way()
    file = io.BytesIO(b"restore log")
    file.name = "restore.txt"
    sent = client.post(f"/duties/{one.pk}/", {"act": "file", "file": file, "evidence_date": today})
    assert sent.status_code == 302
    assert client.post(f"/duties/{one.pk}/", {"act": "close", "done_on": today}).status_code == 302
    assert _on_the_way() == before
    held = queries.files(one).get()
    assert client.post(f"/attachments/{held.id}/").content == b"restore log"


def test_a_refusal_stands_in_the_form(crew):
    """Tomorrow's proof: the sentence, not an error page."""
    one, client = stage.open_one("rights-review"), browser(crew.it_person.staff)
    page = client.post(f"/duties/{one.pk}/", {"act": "close", "done_on": "2199-01-01"})
    assert page.status_code == 422
    assert "2199-01-01" in text(page)
    assert "证据日期不能在未来" in text(page)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "State where the evidence is"), ("zh-hans", "请写明证明材料在哪里")],
)
def test_a_duty_without_proof_is_refused_at_the_field(crew, language, sentence):
    """The sentence stands below the box of the evidence, and the duty stays open."""
    one, client = stage.open_one("offsite-check"), browser(crew.it_person.staff)
    client.cookies["django_language"] = language
    page = text(client.post(f"/duties/{one.pk}/", {"act": "close", "done_on": clock.today()}))
    assert sentence in page.split('id="id_evidence_error"')[1].split("</div>")[0]
    one.refresh_from_db()
    assert one.state == "open"


def test_another_department_sees_no_buttons_and_is_refused(crew):
    """The page hides what the verb refuses."""
    one, client = stage.open_one("key-check"), browser(crew.outsider.staff)
    assert 'value="close"' not in text(client.get(f"/duties/{one.pk}/"))
    refused = client.post(f"/duties/{one.pk}/", {"act": "close", "done_on": clock.today()})
    assert refused.status_code == 403


def test_a_target_is_drafted_and_signed_by_two_on_its_page(crew):
    """The drafter sees no button to sign."""
    address = "/programme/targets/satisfaction/"
    day = (clock.today() + timedelta(days=1)).isoformat()
    drafted = browser(crew.officer.staff).post(
        address, {"goal": "90", "starts": day, "reason": "Tighter"}
    )
    refused = browser(crew.officer.staff).post(
        address, {"goal": "80", "starts": "2020-01-01", "reason": "Looser"}
    )
    assert (drafted.status_code, refused.status_code) == (302, 422)
    assert "/sign/" not in text(browser(crew.officer.staff).get(address))
    assert "/sign/" in text(browser(crew.signer.staff).get(address))
    assert address in text(browser(crew.signer.staff).get("/my-work/"))
    assert address not in text(browser(crew.officer.staff).get("/my-work/"))


def test_a_task_goes_round_on_its_pages(crew):
    """Made, taken, talked about, done."""
    client, day = browser(crew.officer.staff), clock.today().isoformat()
    made = client.post("/tasks/create/", {"title": "Write it down", "department": "it", "due": day})
    address = made.headers["Location"]
    client.post(f"{address}move/", {"to": "doing"})
    client.post(f"{address}comment/", {"text": "<b>Half</b> done"})
    page = text(client.get(address))
    assert "&lt;b&gt;Half&lt;/b&gt;" in page
    client.post(f"{address}move/", {"to": "done"})
    assert Task.objects.get(title="Write it down").state == "done"


def test_the_start_and_a_measure_are_set_by_whoever_runs_the_programme(crew):
    """And by nobody else."""
    officer, outsider = browser(crew.officer.staff), crew.outsider.staff
    assert officer.post("/programme/", {"starts": "2026-01-31"}).status_code == 302
    assert "2026-07-31" in text(officer.get("/programme/"))
    data = {"department": "hr", "months": "2"}
    assert officer.post("/programme/measures/M4/", data).status_code == 302
    assert browser(outsider).post("/programme/", {"starts": "2026-01-31"}).status_code == 403
    assert browser(outsider).get("/programme/measures/M4/").status_code == 403


@pytest.mark.parametrize("address", ["/programme/targets/none/", "/duties/999999/", "/tasks/00000000-0000-0000-0000-000000000000/", "/programme/measures/M9/"])  # fmt: skip
def test_what_is_not_there_is_said_in_a_sentence(crew, address):
    """An old link ends in words."""
    status = browser(crew.officer.staff).get(address).status_code
    assert status == (200 if "M9" in address else 404)


def test_machines_do_not_close_duties(crew):
    """Work is a person's."""
    from tests.access import cast
    from tutela.access.errors import PermissionMissing

    machine, one = cast.hire("machine", department="it"), stage.open_one("offsite-check")
    with pytest.raises(PermissionMissing):
        duties.close_occurrence(machine.actor, occurrence_id=one.pk)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_lists_leave_as_files_that_no_office_takes_for_formulas(crew, kind):
    """Filters go along; text that looks like a formula stays text."""
    client, due = browser(crew.officer.staff), clock.today()
    tasks.create_task(crew.officer.actor, tasks.NewTask(title="=1+1", due=due, department="audit"))
    sent = client.get(f"/tasks/?view=list&department=audit&export={kind}")
    year = client.get(f"/duties/?export={kind}")
    assert sent.headers["Content-Disposition"] == f'attachment; filename="tasks.{kind}"'
    assert (sent.status_code, year.status_code) == (200, 200)
    if kind == "csv":
        rows = sent.content.decode("utf-8-sig").splitlines()
        assert rows[1].startswith("'=1+1,")
        assert len(rows) == 2
