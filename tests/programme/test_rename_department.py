"""A department is renamed: the new name everywhere, the code and all that was recorded as before."""

import re

import pytest
from django.db import DatabaseError, connection, transaction

from tests.console.stage import browser, text
from tutela.access import queries as people
from tutela.access.errors import PermissionMissing
from tutela.base import clock
from tutela.programme import errors, queries
from tutela.programme.actions import departments, tasks
from tutela.scorecard import goals
from tutela.trail import queries as trail


def rename(member, department, name_zh, name_en):
    return departments.rename_department(
        member.actor, department=department, name_zh=name_zh, name_en=name_en
    )


@pytest.fixture
def renamed(crew):
    """The HR department under another name, and back again after the test."""
    held = rename(crew.officer, "hr", "人才发展部", "People and talent")
    yield held
    rename(crew.officer, "hr", "人力资源部", "HR")


def test_the_code_the_work_and_the_people_stay(crew, renamed):
    """Only the two names are others."""
    assert (renamed.code, renamed.name_zh, renamed.name_en) == (
        "hr",
        "人才发展部",
        "People and talent",
    )
    assert crew.trainer.staff in queries.staff_in(renamed)
    assert queries.owed_by(renamed).measures.filter(code="M4").exists()
    assert people.department("人才发展部") == people.department("People and talent") == renamed


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_says_the_new_name(crew, renamed, language):
    """Programme, departments, year, tasks, scorecard: the old name is nowhere."""
    client = browser(crew.officer.staff)
    client.cookies["django_language"] = language
    tasks.create_task(
        crew.officer.actor, tasks.NewTask(title="T", due=clock.today(), department="hr")
    )
    new, old = (
        ("人才发展部", "人力资源部") if language == "zh-hans" else ("People and talent", ">HR<")
    )
    for page in ("/programme/", "/programme/departments/", "/duties/", "/tasks/?view=list", "/tasks/create/",
                 "/scorecard/departments/", "/programme/departments/hr/hand-over/"):  # fmt: skip
        answer = client.get(page)
        assert answer.status_code == 200, page
        shown = re.sub(r">\s*HR\s*<", ">HR<", text(answer))
        assert (new in shown, old in shown) == (True, False), page


def test_the_scorecard_keeps_the_code_that_old_packs_cite(crew, renamed):
    """A pack names departments by code, so an old one leads to the same department."""
    book = goals.rulebook()
    rule = book.at("trainings", clock.today())
    assert (rule.department, book.names["trainings"].department_en) == ("hr", "People and talent")


def test_former_names_are_kept_with_the_day_and_the_person(crew, renamed):
    """On the page as in the table; the leaf cites the code alone."""
    (former, *_rest) = queries.former_names(renamed)
    assert (former.name_zh, former.name_en) == ("人力资源部", "HR")
    assert former.changed_by == crew.officer.staff
    page = text(browser(crew.officer.staff).get("/programme/departments/hr/rename/"))
    assert "人力资源部 · HR" in page
    (leaf, *_rest) = trail.leaves(trail.LeafFilter(event="governance.department.renamed"))
    assert leaf.detail["department"] == "hr"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE governance_former_name SET name_en = 'x'")


@pytest.mark.parametrize(
    ("names", "refused"),
    [
        (("IT部", "IT"), errors.DepartmentNameSame),
        (("IT部", " "), errors.DepartmentNameInvalid),
        (("信" * 81, "IT"), errors.DepartmentNameInvalid),
        (("审计部", "IT"), errors.DepartmentNameTaken),
        (("IT部", "hr"), errors.DepartmentNameTaken),
    ],
)
def test_names_that_cannot_be_are_refused(crew, names, refused):
    """Each with its sentence, and no former name is written."""
    before = len(queries.former_names(people.department("it")))
    with pytest.raises(refused):
        rename(crew.officer, "it", *names)
    assert len(queries.former_names(people.department("it"))) == before


def test_the_page_renames_and_says_what_is_wrong(crew):
    """The form starts with the present names; a refusal stands in it."""
    client, page = browser(crew.officer.staff), "/programme/departments/marketing/rename/"
    assert page in text(client.get("/programme/departments/"))
    assert 'value="市场部"' in text(client.get(page))
    assert "部门名称没有变化" in text(
        client.post(page, {"name_zh": "市场部", "name_en": "Marketing"})
    )
    sent = client.post(page, {"name_zh": "品牌部", "name_en": "Brand"})
    assert sent.headers["Location"] == "/programme/departments/"
    assert people.department("marketing").name_en == "Brand"


def test_only_whoever_runs_the_programme_renames(crew):
    """Both locks; and what is not there is said."""
    page = "/programme/departments/audit/rename/"
    client = browser(crew.outsider.staff)
    assert "/rename/" not in text(client.get("/programme/departments/"))
    assert (client.get(page).status_code, client.post(page, {}).status_code) == (403, 403)
    with pytest.raises(PermissionMissing):
        rename(crew.outsider, "audit", "稽核部", "Inspection")
    gone = browser(crew.officer.staff).get("/programme/departments/nobody/rename/")
    assert gone.status_code == 404
