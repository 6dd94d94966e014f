"""A security administrator runs the programme: committee, policy, assessment; an outsider checks the pack."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

import tutela_verify
from tests.journeys.conftest import House, sign_in
from tutela.assessment.controls import CONTROLS
from tutela.base import clock
from tutela.documents import library

pytestmark = pytest.mark.browser

# One installation serves both languages, so each takes a policy and a year of its own.
POLICY = {"zh-CN": "backup-and-recovery", "en-GB": "incident-response"}
YEARS_BACK = {"zh-CN": 0, "en-GB": 1}
SEATS = ("compliance_officer", "security_admin", "system_admin")
QUORUM = {"zh-CN": "已达法定人数", "en-GB": "The quorum is reached"}
TYPED = [code for code, control in CONTROLS.items() if not control.live]


def _as(page: Page, house: House, post: str, path: str) -> None:
    """Another person sits down and opens a page."""
    page.context.clear_cookies()
    sign_in(page, house, post)
    page.goto(path)


def _send(page: Page, verb: str) -> None:
    """Press the button of the form that leads to a verb, and wait for the page after it."""
    button = page.locator(f"form[action$='/{verb}/'] button[type=submit]")
    if not button.is_visible():  # it is asked first, in a dialog
        asked = page.locator(f"dialog:has(form[action$='/{verb}/'])").get_attribute("id")
        page.click(f"[data-open-dialog='{asked}']")
    with page.expect_navigation():
        button.click()


def test_home_shows_fourteen_lines_and_a_figure_leads_to_its_rows(page: Page, house: House) -> None:
    """Four parts make the system; the rows name each of them."""
    sign_in(page, house, "security_admin")
    assert page.locator("#scorecard tbody tr").count() >= 14
    page.locator("tr[data-target=isms-built] td.num a").click()
    rows = page.locator("#rows tbody tr")
    expect(rows).to_have_count(4)
    assert "committee" in rows.all_inner_texts()[1]


def test_a_meeting_becomes_a_task_that_its_owner_does(
    page: Page, house: House, language: str
) -> None:
    """Called, held with a quorum, resolved, minuted, closed; the owner finds the task and ends it."""
    _as(page, house, "security_admin", "/committee/")
    if "/found/" in page.content():
        _found(page, house)
    _hold(page, language)
    text = f"核对账号 check accounts {language}"
    _resolve(page, text)
    _minute(page)
    _as(page, house, "system_admin", "/my-work/")
    page.get_by_role("link", name=text, exact=True).click()
    for state in ("doing", "done"):
        with page.expect_navigation():
            page.locator(f"button[name=to][value={state}]").click()
    expect(page.locator("button[name=to][value=done]")).to_have_count(0)


def _found(page: Page, house: House) -> None:
    """The form brings the charter; three people are named for their posts."""
    page.locator("main a[href$='/committee/found/']").first.click()
    with page.expect_navigation():
        page.locator("main form button[type=submit]").click()
    for post in SEATS:
        page.fill("input[name=person]", house.people[post][0])
        page.select_option("select[name=post]", post)
        page.select_option("select[name=role]", "chair" if post == SEATS[0] else "member")
        _send(page, "seats")


def _hold(page: Page, language: str) -> None:
    """Call a meeting for the next moment, wait for it, record who is there."""
    page.locator("a[href$='/call/']").click()
    at = (clock.now() + timedelta(seconds=6)).astimezone(ZoneInfo(settings.TIME_ZONE))
    # People call meetings to the minute; a test does not wait so long.
    page.locator("input[name=at]").evaluate("one => { one.step = '1' }")
    page.fill("input[name=at]", f"{at:%Y-%m-%dT%H:%M:%S}")
    page.fill("textarea[name=agenda]", "账号 accounts\n培训 trainings")
    with page.expect_navigation():
        page.locator("main form button[type=submit]").click()
    page.wait_for_timeout(max(0, 1000 * (at - clock.now()).total_seconds()) + 100)
    page.reload()
    page.locator(".alert-warning a[href*='/meetings/']").first.click()
    for seat in page.locator("select[name^=seat_]").all():
        seat.select_option(index=1)
    _send(page, "hold")
    expect(page.locator("main")).to_contain_text(QUORUM[language])


def _resolve(page: Page, text: str) -> None:
    """A resolution, while minutes are typed that nobody has kept yet: they are not lost."""
    page.fill("textarea[name=minutes]", "会议开始。 Begun.")
    page.fill("[name=text]", text)
    page.select_option("select[name=owner]", "system_admin")
    page.fill("input[name=due]", f"{clock.today() + timedelta(days=30):%Y-%m-%d}")
    page.fill("input[name=votes_for]", "3")
    _send(page, "resolve")
    expect(page.locator("main")).to_contain_text(text)
    expect(page.locator("textarea[name=minutes]")).to_have_value("会议开始。 Begun.")


def _minute(page: Page) -> None:
    """Written, then closed after a second question: nothing can be changed after that."""
    page.fill("textarea[name=minutes]", "会议同意。 Agreed.")
    page.locator("[data-open-dialog=close-minutes]").click()
    with page.expect_navigation():
        page.locator("#close-minutes button[formaction$='/close/']").click()
    expect(page.locator("textarea[name=minutes]")).to_have_count(0)


def test_a_policy_is_adopted_by_two_and_read_by_another(
    page: Page, house: House, language: str
) -> None:
    """Drafted by one, approved by two others, published, read; the list of those missing gets shorter."""
    brought = library.template(POLICY[language])
    name = brought.name_zh if language == "zh-CN" else brought.name_en
    _as(page, house, "security_admin", "/documents/adopt/")
    for box in page.locator("input[name=codes]").all():  # all that are left are ticked
        box.set_checked(box.get_attribute("value") == brought.code)
    with page.expect_navigation():
        page.locator("main form button[type=submit]").click()
    page.get_by_role("link", name=name).first.click()
    path = page.url.removeprefix(house.address)
    _send(page, "submit")
    for post in ("system_admin", "branch_manager"):
        _as(page, house, post, path)
        _send(page, "approve")
    _as(page, house, "compliance_officer", path)
    _send(page, "publish")
    unread = _read(page)
    _as(page, house, "service_agent", path)
    _send(page, "attest")
    _as(page, house, "compliance_officer", path)
    assert (unread, _read(page)) == (0, 1)


def _read(page: Page) -> int:
    """How many have confirmed, as the bar shows it."""
    return int(page.locator("progress.bar").get_attribute("value") or "-1")


def test_the_year_is_assessed_and_signed_by_a_second_person(
    page: Page, house: House, language: str
) -> None:
    """Opened, every control rated, handed in by one and confirmed by another: the line has its proof."""
    year = clock.today().year - YEARS_BACK[language]
    _as(page, house, "security_admin", "/assessments/")
    page.fill("input[name=year]", str(year))
    _send(page, "open")
    _rate_by_hand(page, f"/assessments/{year}/controls/{TYPED[0]}/")
    for code in TYPED[1:]:
        _rate(page, f"{house.address}/assessments/{year}/controls/{code}/")
    page.goto(f"/assessments/{year}/")
    _send(page, "submit")
    expect(page.locator("form[action$='/close/']")).to_have_count(0)
    _as(page, house, "auditor", f"/assessments/{year}/")
    page.locator("[data-open-dialog=close-year]").click()
    _send(page, "close")
    page.goto("/scorecard/")
    line = page.locator("tr[data-target=isms-assessed]")
    assert line.get_attribute("data-status") == "met"


def _rate_by_hand(page: Page, path: str) -> None:
    """Met without its evidence is refused in one sentence; with it the next control comes."""
    page.goto(path)
    page.locator("input[name=verdict][value=met]").check(force=True)
    with page.expect_navigation():
        page.locator("button[name=after]").click()
    expect(page.locator("main [role=alert]")).to_be_visible()
    page.fill("textarea[name=evidence]", "制度与记录 policies and records")
    with page.expect_navigation():
        page.locator("button[name=after]").click()
    assert not page.url.endswith(path)


def _rate(page: Page, address: str) -> None:
    """The same form, sent without drawing its page: there are some fifty of them."""
    token = page.locator("main input[name=csrfmiddlewaretoken]").first.input_value()
    told = {"verdict": "met", "evidence": "记录 records", "note": "", "version": "0"}
    answer = page.request.post(
        address,
        form=told | {"csrfmiddlewaretoken": token},
        headers={"Referer": address},
        max_redirects=0,
    )
    assert answer.status == 302, answer.status


def test_an_outsider_verifies_the_pack_with_one_file(
    page: Page, house: House, tmp_path: Path
) -> None:
    """Taken from the page, checked by Python alone: nothing of Tutela, no environment."""
    _as(page, house, "compliance_officer", "/scorecard/packs/")
    with page.expect_download() as taken:
        page.click("main form button[type=submit]")
    taken.value.save_as(tmp_path / "pack.zip")
    done = subprocess.run(
        [sys.executable, "-I", tutela_verify.__file__, "pack", "pack.zip"],
        cwd=tmp_path, env={}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
