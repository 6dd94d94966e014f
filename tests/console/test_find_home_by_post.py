"""Home shows each post its own, and everybody the way to the whole scorecard."""

import pytest

from tests.access import cast
from tests.console.stage import House, browser, text
from tutela.access.posts import STAFF
from tutela.vault.temporary_access import actions
from tutela.vault.temporary_access.actions import Asking

# What marks a part of the page.
MARKS = {
    "work": "/customers/",
    "branch": 'data-branch="EAST"',
    "looks": 'id="looks"',
    "scorecard": 'id="scorecard"',
    "department": 'id="department"',
    "counts": 'id="scorecard-counts"',
    "health": 'data-check="trail"',
}
HOMES = {
    "service_agent": {"work", "counts"},
    "branch_manager": {"branch", "counts"},
    "auditor": {"looks", "counts"},
    "security_admin": {"scorecard"},
    "compliance_officer": {"scorecard"},
    "system_admin": {"health", "counts"},
    "hr_trainer": {"counts"},
}


def found(page: str) -> set[str]:
    """The parts that a page shows."""
    main = page.split("<main")[1].split("Next steps", maxsplit=1)[0]
    return {part for part, mark in MARKS.items() if mark in main}


@pytest.mark.parametrize("post", HOMES)
def test_each_post_finds_its_own(house: House, post: str) -> None:
    """And nothing of another's; health and accesses only for those who may see them."""
    client = house.as_(post)
    shown = found(text(client.get("/", headers={"Accept-Language": "en"})))
    may = {"health"} if post in {"security_admin", "auditor", "compliance_officer"} else set()
    watch = {"looks"} if post in {"security_admin", "compliance_officer"} else set()
    assert HOMES[post] <= shown
    assert shown - may - watch == HOMES[post]


@pytest.mark.parametrize("post", sorted(STAFF))
def test_the_whole_scorecard_is_one_click_away(house: House, post: str) -> None:
    """From home, for all who may read it."""
    client = house.as_(post)
    page = text(client.get("/"))
    assert 'href="/scorecard/"' in page.split("<main")[1]
    assert client.get("/scorecard/").status_code == 200


def test_whoever_answers_for_a_department_finds_its_lines_tasks_and_duties(house: House) -> None:
    """Of that department only; an agent of a department keeps the desk."""
    head = cast.hire("system_admin", department="it")
    page = text(browser(head.staff).get("/", headers={"Accept-Language": "en"}))
    part = page.split('id="department"')[1].split('id="scorecard-counts"')[0]
    assert "Targets of IT" in page
    assert 'data-target="backup-weekly"' in part
    assert 'data-target="trainings"' not in part
    assert "Open tasks" in part
    agent = cast.hire("service_agent", department="customer_service")
    assert 'id="department"' not in text(browser(agent.staff).get("/"))


def test_a_manager_finds_the_requests_for_temporary_access(house: House) -> None:
    """Who waits and for what, until it is decided; whoever asked does not find it as theirs to decide."""
    asking = Asking(
        classes=(2,), purpose="complaint", customers=(house.customer,), minutes=30,
        reason="The customer is at the counter.",
    )  # fmt: skip
    clerk, manager = house.people["service_agent"], house.people["branch_manager"]
    mark = 'id="temporary-access"'
    assert mark not in text(browser(manager.staff).get("/"))
    access = actions.request_access(clerk.actor, asking)
    page = text(browser(manager.staff).get("/", headers={"Accept-Language": "en"}))
    part = page.split(mark)[1].split("</section>")[0]
    assert clerk.staff.name in part
    assert f"/temporary-access/{access.id}/" in part
    assert mark not in text(browser(clerk.staff).get("/"))
    actions.refuse_access(manager.actor, access.id)
    assert mark not in text(browser(manager.staff).get("/"))
