"""The page of the trail's faults: what stands, two people who answer, and everybody else."""

import pytest
from django.utils import translation

from tests.access import cast
from tests.console import accessible
from tests.console.stage import browser, text
from tests.trail.conftest import query
from tutela.trail.proposals import rows as proposals
from tutela.trail.proposals.rows import Kind

pytestmark = pytest.mark.usefixtures("database")
POSTS = ("compliance_officer", "security_admin", "auditor", "service_agent")
FOUND = "The disk of the database was exchanged, case 2026-3"


@pytest.fixture(scope="module")
def crew(house):
    return {post: cast.hire(post) for post in POSTS}


@pytest.fixture
def fault():
    query("SELECT trail.report_fault('root', 1::smallint, 7::bigint, NULL)")


def page(crew, post):
    return browser(crew[post].staff).get("/trail/faults/")


def answer(crew, post, reason=FOUND, seen=1):
    client = browser(crew[post].staff)
    return client.post("/trail/faults/acknowledge/", {"reason": reason, "seen": seen})


def decide(crew, post, verdict):
    (waiting,) = proposals.waiting(Kind.ACKNOWLEDGE)
    return browser(crew[post].staff).post(f"/trail/faults/{waiting.id}/decide/", {"do": verdict})


def offered(crew, post):
    shown = page(crew, post).content.decode()
    return {
        code
        for code, sign in {
            "form": 'name="reason"', "approve": 'id="approve"', "reject": 'id="reject"'
        }.items()
        if sign in shown
    }  # fmt: skip


def test_without_a_fault_the_page_says_so_and_offers_nothing(crew):
    """To who may see the tree; to others it is not there."""
    assert "没有未了结的故障" in text(page(crew, "security_admin"))
    assert offered(crew, "security_admin") == set()
    assert page(crew, "service_agent").status_code == 403
    assert answer(crew, "security_admin").status_code == 422


def test_a_fault_is_answered_for_by_two(crew, fault):
    """What is wrong is said at the form; the first one cannot confirm; afterwards both stand on the page."""
    assert "留痕树与已签名的不符" in text(page(crew, "auditor"))
    assert offered(crew, "auditor") == set()
    assert offered(crew, "security_admin") == {"form"}
    assert answer(crew, "auditor").status_code == 403
    for wrong in ({"reason": ""}, {"reason": "call 13800138000"}, {"seen": 5}):
        assert answer(crew, "compliance_officer", **wrong).status_code == 422
    assert answer(crew, "compliance_officer").status_code == 302
    assert offered(crew, "compliance_officer") == {"reject"}
    assert offered(crew, "security_admin") == {"approve", "reject"}
    decide(crew, "compliance_officer", "approve")
    assert query("SELECT count(*) FROM trail.fault WHERE ended_at IS NULL") == [(1,)]
    decide(crew, "security_admin", "approve")
    assert query("SELECT count(*) FROM trail.fault WHERE ended_at IS NULL") == [(0,)]
    shown = text(page(crew, "auditor"))
    names = [crew[post].staff.name for post in ("compliance_officer", "security_admin")]
    assert all(word in shown for word in (FOUND, *names))


def test_what_is_rejected_leaves_the_fault(crew, fault):
    """And the form is there again."""
    answer(crew, "compliance_officer")
    decide(crew, "security_admin", "reject")
    assert offered(crew, "security_admin") == {"form"}
    answer(crew, "security_admin")
    decide(crew, "compliance_officer", "approve")


@pytest.fixture(scope="module")
def drawn(crew):
    """The page by language in each of its states, before a browser's event loop begins."""
    found = {"zh-hans": {}, "en": {}}

    def draw(state, post):
        for language, pages in found.items():
            with translation.override(language):
                client = browser(crew[post].staff)
                shown = client.get("/trail/faults/", headers={"Accept-Language": language})
                pages[state] = shown.content.decode()

    draw("/nothing", "auditor")
    query("SELECT trail.report_fault('chain', 1::smallint, 9::bigint, NULL)")
    draw("/to-answer", "security_admin")
    answer(crew, "compliance_officer")
    draw("/to-confirm", "security_admin")
    decide(crew, "security_admin", "approve")
    return found


@pytest.mark.browser
@pytest.mark.parametrize("way", accessible.WAYS, ids=str)
def test_everybody_can_use_the_page(drawn, chromium, way):
    """Axe finds nothing and nothing is wider than the screen, in every way of seeing it."""
    context = accessible.context(chromium, way)
    assert list(accessible.faults(context, way.width, drawn[way.language])) == []
    context.close()
