"""The scorecard's pages, for those who may and those who may not."""

import pytest

from tests.console.stage import browser, text
from tutela.access.posts import STAFF
from tutela.base import clock
from tutela.programme.judgements import Condition
from tutela.scorecard.rules import Status

PAGES = (
    "/",
    "/scorecard/",
    "/scorecard/targets/encryption-rate/",
    "/scorecard/targets/trainings/",
    "/scorecard/missing/",
    "/scorecard/departments/",
    "/scorecard/wall/",
    "/scorecard/print/",
)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_each_page_opens_in_both_languages(people, address, language):
    """No inline style, no inline script."""
    client = browser(people["compliance_officer"].staff)
    client.cookies["django_language"] = language
    response = client.get(address)
    assert response.status_code == 200
    assert 'style="' not in text(response)


@pytest.mark.parametrize(
    ("post", "address"),
    [
        ("security_admin", "/"),
        ("compliance_officer", "/"),
        *((post, "/scorecard/") for post in sorted(STAFF)),
    ],
)
def test_the_scorecard_shows_fourteen_lines(people, post, address):
    """Each with its state; what has no data is not green. At home for whoever runs it, one click for all."""
    page = text(browser(people[post].staff).get(address))
    assert page.count("data-target=") >= 14
    assert f'data-target="trainings" data-status="{Status.NO_DATA}"' in page


@pytest.mark.parametrize("post", sorted(STAFF - {"security_admin", "compliance_officer"}))
def test_everybody_else_finds_the_counts_and_the_way_to_the_whole(people, post):
    """Not met, and no data though the date has passed, are counted apart."""
    page = text(browser(people[post].staff).get("/"))
    counts = page.split('id="scorecard-counts"')[1]
    assert 'href="/scorecard/"' in counts
    for condition in Condition:
        assert f"status-{condition}" in counts


def test_each_gap_opens_a_page_that_answers(people):
    """What is missing leads to where it is mended."""
    client = browser(people["compliance_officer"].staff)
    page = text(client.get("/scorecard/missing/"))
    links = {
        part.split('href="')[1].split('"')[0] for part in page.split('list-group-item-action"')[1:]
    }
    assert links
    assert {client.get(link.replace("&amp;", "&")).status_code for link in links} <= {200, 403}


@pytest.mark.parametrize(
    ("post", "address", "status"),
    [
        ("hr_trainer", "/scorecard/outside/", 200),
        ("auditor", "/scorecard/outside/", 200),
        ("auditor", "/scorecard/packs/", 200),
        ("hr_trainer", "/scorecard/packs/", 403),
        ("compliance_officer", "/scorecard/measures/", 200),
        ("auditor", "/scorecard/measures/", 403),
        ("auditor", "/scorecard/targets/nothing/", 404),
    ],
)
def test_each_post_opens_what_it_may(people, post, address, status):
    """And no other page."""
    assert browser(people[post].staff).get(address).status_code == status


def test_a_pack_is_handed_over(people):
    """As a zip, named by its days."""
    client = browser(people["auditor"].staff)
    response = client.post(
        "/scorecard/packs/", {"first": "2026-01-01", "last": "2026-03-31", "sure": "1"}
    )
    assert response.status_code == 200
    assert response["Content-Type"] == "application/zip"
    assert b"".join(response).startswith(b"PK")


def test_days_are_filled_in_as_browsers_read_them(people):
    """In Chinese too: another spelling would leave the field empty."""
    page = text(browser(people["auditor"].staff).get("/scorecard/packs/"))
    assert f'value="{clock.today().isoformat()}"' in page


@pytest.mark.parametrize("day", ["2026-01-31", "nonsense", "9999-12-31", "0001-01-01", ""])
def test_the_print_view_shows_a_past_day_or_now(people, day):
    """As it was known at that day's end; what is no such day is now."""
    client = browser(people["auditor"].staff)
    client.cookies["django_language"] = "en"
    page = text(client.get("/scorecard/print/", {"on": day}))
    shown = day if day.startswith("2026") else clock.today().isoformat()
    assert f"As known on {shown}" in page


def test_rows_speak_the_reader_s_language(people):
    """No short names of programs on the page."""
    client = browser(people["auditor"].staff)
    client.cookies["django_language"] = "zh-hans"
    page = text(client.get("/scorecard/targets/access-system/"))
    assert "权限矩阵已生效" in page
    assert "numerator" not in page
