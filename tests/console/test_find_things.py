"""The search over pages and papers finds what the reader may open, by either language, and nothing else."""

import pytest

from tests.console.stage import PHONE, House, text
from tutela.access import finding
from tutela.base import clock
from tutela.documents import library
from tutela.documents.actions import documents
from tutela.programme.models import Department, Task
from tutela.trail import queries


def find(house: House, post: str, words: str, language: str = "en") -> str:
    asked = {"words": words}
    return text(house.as_(post).post("/find/", asked, headers={"Accept-Language": language}))


def _found(page: str) -> str:
    """What stands below the form."""
    return page.rpartition('<div role="status">')[2]


@pytest.fixture(scope="module")
def draft(house: House) -> str:
    """The page of a policy that is not in force."""
    drafter = house.people["security_admin"].actor
    version = documents.adopt_template(drafter, code=library.CODES[0], company="示例保险")
    return f"/documents/{version.document_id}/"


@pytest.fixture(scope="module")
def task(house: House) -> Task:
    """A task of the programme."""
    officer = house.people["security_admin"].staff
    return Task.objects.create(
        title="Renew the Quokka certificate", department=Department.objects.earliest("id"), due=clock.today(),
        created_by=officer, created_at=clock.now(),
    )  # fmt: skip


def test_pages_are_found_in_either_language(house: House) -> None:
    """Whatever the reader's own."""
    for words in ("matrix", "权限矩阵", "MATRIX  perm"):
        assert 'href="/matrix/"' in find(house, "auditor", words).split('role="search"')[1]


def test_a_page_that_does_not_open_is_not_found(house: House) -> None:
    """As if it were not there."""
    refused, absent = (find(house, "service_agent", words) for words in ("matrix", "no-such-page"))
    assert "Nothing found" in _found(refused)
    assert _found(refused) == _found(absent)


def test_drafts_are_found_by_who_works_on_them(house: House, draft: str) -> None:
    """A policy in force is everybody's; a draft is not."""
    assert draft in find(house, "security_admin", "customer information protection")
    assert draft not in find(house, "service_agent", "customer information protection")


def test_duties_and_tasks_are_found(house: House, task: Task) -> None:
    """By a part of a name; wildcards of the database are letters."""
    assert 'href="/duties/' in _found(find(house, "security_admin", "委员会", "zh-hans"))
    assert f"/tasks/{task.id}/" in find(house, "security_admin", "quokka")
    assert f"/tasks/{task.id}/" not in find(house, "security_admin", "quo%a")


def test_of_many_the_first_are_shown_and_that_there_are_more(house: House, task: Task) -> None:
    """Twenty of a kind."""
    for number in range(finding.MOST + 1):
        task.pk, task.title = None, f"Wombat {number}"
        task.id = Task._meta.get_field("id").get_default()
        task.save(force_insert=True)
    page = find(house, "security_admin", "wombat")
    assert page.count("Wombat ") == finding.MOST
    assert "There is more: add a word." in page


def test_a_customers_value_is_not_sought_here(house: House) -> None:
    """It is refused in words, is not repeated in a link, and no look is counted."""
    before = queries.leaves(queries.LeafFilter(), limit=1)
    response = house.as_("service_agent").post("/find/", {"words": PHONE})
    assert response.status_code == 422
    assert 'role="status"' in text(response)
    assert queries.leaves(queries.LeafFilter(), limit=1) == before


@pytest.mark.parametrize("words", ["", "   ", "x" * 81, "\u202e\u200b"])
def test_nothing_to_look_for_is_told(house: House, words: str) -> None:
    """Or finds nothing; never everything."""
    response = house.as_("auditor").post("/find/", {"words": words})
    assert "list-group-item-action" not in text(response)
    assert response.status_code in {200, 422}


def test_a_stranger_finds_nothing(house: House) -> None:
    """The sign-in comes first."""
    assert house.as_("").post("/find/", {"words": "matrix"}).status_code == 302
