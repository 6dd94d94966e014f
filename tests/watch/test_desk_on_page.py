"""The pages of the watch: lists, one alert, one case and its acts, a person's pattern, rules, canaries."""

import re

import pytest

from tests.access import cast
from tests.console.stage import browser, text
from tests.vault.factories import make_customer
from tests.watch.conftest import leave, look
from tutela.access import queries as people
from tutela.notices.models import Notice
from tutela.trail.queries import LeafFilter, leaves
from tutela.watch import queries
from tutela.watch.models import Alert, CanaryKeepers, CanaryOrder, Case, Setting
from tutela.watch.watcher import catch_up

ENGLISH = {"Accept-Language": "en"}
REASON = "Letters after the flood, ordered by the head."


@pytest.fixture(scope="module")
def case(staff, watcher) -> Case:
    """A burst of clear views, its alert and case."""
    leave(*(look(staff["service_agent"]) for _ in range(25)))
    catch_up(watcher)
    found = queries.open_case(str(staff["service_agent"].staff.id), "")
    assert found is not None
    return found


@pytest.fixture
def see(staff):
    """A page as a person of a post sees it."""

    def page(post: str, address: str, status: int = 200) -> str:
        answer = browser(staff[post].staff).get(address, headers=ENGLISH)
        assert answer.status_code == status, address
        return text(answer)

    return page


@pytest.mark.parametrize("post", ["security_admin", "compliance_officer", "auditor"])
def test_who_may_finds_the_case_and_its_alert(case, see, post):
    """In the lists, filtered, and one by one; reading is a leaf."""
    alert = Alert.objects.get(case=case)
    assert f"/watch/cases/{case.id}/" in see(post, "/watch/")
    assert f"/watch/alerts/{alert.id}/" in see(post, "/watch/alerts/?rule=R1&state=open")
    assert f"/watch/alerts/{alert.id}/" not in see(post, "/watch/alerts/?rule=R2")
    page = see(post, f"/watch/alerts/{alert.id}/")
    assert page.count("no work item") == 25
    assert str(alert.leaf_ids[0]) in page.replace("<wbr>", "")
    newest = leaves(LeafFilter(event="watch.alert.read"), limit=1)[0]
    assert ("alert", str(alert.id)) in newest.subjects


def test_branch_post_and_state_narrow_the_list(case, see):
    branches = people.branch_codes()
    assert str(case.id) in see("auditor", f"/watch/?branch={branches['EAST']}&post=service_agent")
    assert str(case.id) not in see("auditor", f"/watch/?branch={branches['WEST']}")
    assert str(case.id) not in see("auditor", "/watch/?post=underwriter")
    assert str(case.id) not in see("auditor", "/watch/?state=closed")
    assert str(case.id) in see("auditor", "/watch/?state=nonsense&branch=x")


def test_nobody_else_opens_them(case, see):
    """An agent and an adjuster learn nothing of a case, not even that there is none."""
    for address in (
        "/watch/",
        f"/watch/cases/{case.id}/",
        "/watch/alerts/",
        "/watch/rules/",
        "/watch/canaries/",
    ):
        see("service_agent", address, 403)
    see("auditor", "/watch/canaries/", 403)
    see("security_admin", "/watch/canaries/", 403)
    see("auditor", "/watch/cases/01a203c9-8ab7-7000-9e2d-90b1e5627cbe/", 404)


def test_links_lead_only_where_the_reader_may_go(case, see):
    """The auditor goes on to the trail; the security administrator sees the ends of ids and no link."""
    alert = Alert.objects.get(case=case)
    admin, auditor = (
        see(post, f"/watch/alerts/{alert.id}/") for post in ("security_admin", "auditor")
    )
    assert "/trail/customers/" in auditor
    assert "/trail/people/" in auditor
    assert "/trail/" not in re.sub(r"<nav.*?</nav>", "", admin)
    assert "/customers/" not in re.sub(r"<nav.*?</nav>", "", admin)


def test_the_pattern_of_a_person_stands_beside_colleagues(case, see, staff):
    """Pictures with a table for each; no customer is named."""
    for _one in range(2):
        cast.hire("service_agent", "EAST")
    page = see("security_admin", f"/watch/people/{staff['service_agent'].staff.id}/?days=30")
    for words in ("Accesses by day", "What for", "beside peers", "Accesses by hour of the day"):
        assert words in page
    assert page.count('role="img"') >= 3
    assert "The 2 others of this post" in page
    assert "/customers/" not in re.sub(r"<nav.*?</nav>", "", page)
    see("security_admin", "/watch/people/01a203c9-8ab7-7000-9e2d-90b1e5627cbe/", 404)


def test_home_leads_to_the_cases_that_wait(case, see):
    assert f"/watch/cases/{case.id}/" in see("security_admin", "/")
    assert "/watch/cases/" not in see("auditor", "/")


def test_a_threshold_is_set_for_one_post_and_told_since_when(staff, see):
    """By the one who may; out of range is said at the field; the security administrator only reads."""
    officer = browser(staff["compliance_officer"].staff)
    wrong = officer.post(
        "/watch/rules/R1/",
        {"post": "", "active": "on", "customers": "0", "minutes": "10", "times": "3"},
    )
    assert wrong.status_code == 422
    assert not Setting.objects.exists()
    form = {"post": "underwriter", "active": "on", "customers": "40", "minutes": "10", "times": "3"}
    assert officer.post("/watch/rules/R1/", form).status_code == 302
    (setting,) = Setting.objects.all()
    assert (setting.post, setting.version, setting.values["customers"]) == ("underwriter", 1, 40)
    assert officer.post("/watch/rules/R1/", form).status_code == 422
    told = Notice.objects.filter(kind="watch_setting_changed")
    assert staff["security_admin"].staff in {one.recipient for one in told}
    assert staff["compliance_officer"].staff not in {one.recipient for one in told}
    page = see("security_admin", "/watch/rules/R1/")
    assert (
        "<form"
        not in re.sub(r"<(header|nav).*?</\1>", "", page)
        .split("In force from")[0]
        .split("<main")[-1]
    )
    assert "40" in page
    assert "Set apart for: Underwriter" in see("auditor", "/watch/rules/")
    see("auditor", "/watch/rules/R99/", 404)
    admin = browser(staff["security_admin"].staff)
    admin.post("/watch/rules/R1/", form | {"customers": "50"})
    assert Setting.objects.count() == 1


def test_rules_that_rest_say_why(see):
    page = see("auditor", "/watch/rules/")
    assert "no roster has been imported" in page
    assert page.count("/watch/rules/R") >= 24
    counts_less = "own open work explains count as a tenth"
    assert counts_less in page
    assert counts_less in see("auditor", "/watch/rules/R1/")
    assert counts_less not in see("auditor", "/watch/rules/R24/")


def test_a_case_is_explained_on_the_page(case, staff, see):
    """Too short a reason comes back at the field; the second question names the rules that rest."""
    admin = browser(staff["security_admin"].staff)
    address = f"/watch/cases/{case.id}/"
    assert "these rules rest for 90 days: R1" in see("security_admin", f"{address}?confirm=explain")
    admin = browser(staff["security_admin"].staff)
    assert admin.post(f"{address}explain/", {"reason": "short"}).status_code == 422
    assert admin.post(f"{address}acknowledge/").status_code == 302
    assert admin.post(f"{address}explain/", {"reason": REASON}).status_code == 302
    page = see("security_admin", address)
    assert REASON in page
    assert "Justified" in page
    assert REASON not in see("auditor", address)
    assert "Explain as justified" not in page


def shown(kind):
    """What the form sends along: the proposal that the page shows."""
    return {"seen": kind.objects.latest("id").pk}


def test_canaries_are_named_ordered_and_read_by_two(staff, see):
    """A third who may manage them sees who the keepers are, and no more."""
    other = cast.hire("compliance_officer", "HQ")
    third = cast.hire("compliance_officer", "HQ")
    make_customer(people.branch_codes()["EAST"])
    first = staff["compliance_officer"].staff
    pair = {"first": str(first.id), "second": str(other.staff.id)}
    assert browser(first).post("/watch/canaries/keepers/", pair).status_code == 302
    assert browser(first).get("/watch/canaries/order/").status_code == 404
    browser(other.staff).post("/watch/canaries/keepers/confirm/", shown(CanaryKeepers))
    form = {"customer_numbers": "C9#######", "policy_numbers": "", "phones": ""}
    assert (
        browser(first)
        .post("/watch/canaries/order/", {**form, "customer_numbers": "C1"})
        .status_code
        == 422
    )
    assert browser(first).post("/watch/canaries/order/", form).status_code == 302
    browser(first).post("/watch/canaries/order/approve/", shown(CanaryOrder))
    assert "Order that waits" in text(browser(first).get("/watch/canaries/", headers=ENGLISH))
    browser(other.staff).post("/watch/canaries/order/approve/", shown(CanaryOrder))
    page = text(browser(other.staff).get("/watch/canaries/", headers=ENGLISH))
    assert "Order in force" in page
    assert (
        text(browser(first).get("/watch/canaries/list/", headers=ENGLISH)).count(
            "None has been planted yet"
        )
        == 1
    )
    outside = text(browser(third.staff).get("/watch/canaries/", headers=ENGLISH))
    assert "Order in force" not in outside
    assert "Only the two keepers see more" in outside
    assert browser(third.staff).get("/watch/canaries/list/").status_code == 404


def test_a_masked_list_with_a_canary_does_not_show_the_list(staff, see):
    """Whoever laid several such lists upon each other would learn who is in all of them."""
    other = leaves(LeafFilter(event="vault.field.revealed"), limit=1)[0]
    alert = Alert.objects.filter(rule="R1").first()
    listed = Alert.objects.create(
        rule="R13", rule_version=1, person=staff["service_agent"].staff, day=alert.day, at=alert.at,
        raised_at=alert.raised_at, points=5, critical=False, measured=1, threshold=1,
        leaves=[1], leaf_ids=[other.id], facts={"listed": True, "leaves": 1},
    )  # fmt: skip
    customer = other.subjects[0][1][-8:]
    assert customer in see("auditor", f"/watch/alerts/{alert.id}/")
    assert customer not in see("auditor", f"/watch/alerts/{listed.id}/")
