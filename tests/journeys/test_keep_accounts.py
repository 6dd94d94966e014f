"""A leaver's session dies and the work is handed out; a sign-in is reset by two; a staff file stops and asks."""

import csv
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from sample import demo
from tests.journeys.conftest import House, sign_in

pytestmark = pytest.mark.browser
# One installation serves both languages, so each takes people of its own.
TURN = {"zh-CN": 0, "en-GB": 1}
PHONE, WIDE = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


@pytest.fixture
def colleague(house: House, customers: None, language: str) -> str:
    """The login of somebody with open work, who plays nothing else here."""
    staff = _rows(house.files / "staff.csv")
    busy = {one["assignee"] for one in _rows(house.files / "workitems.csv") if not one["closed"]}
    others = {post: who for post, who in house.people.items() if not post.startswith("leaver")}
    playing = {login for login, _password in others.values()}
    agents = [one for one in staff if one["post"] == "service_agent"]
    found = [one["login"] for one in agents if one["staff_no"] in busy]
    return [login for login in found if login not in playing][TURN[language]]


@pytest.fixture
def leaver(house: House, colleague: str, language: str) -> str:
    """The same with a password and a second factor; the key by which `sign_in` knows them."""
    return _enrol(house, colleague, f"leaver {language}")


@pytest.fixture
def manager(house: House, customers: None, language: str) -> str:
    """A branch manager of the head office, who leads all branches; the key as above."""
    login = f"head.{TURN[language]}"
    top = next(one["code"] for one in _rows(house.files / "branches.csv") if not one["parent"])
    file = house.folder / f"{login}.csv"
    file.write_text(
        "staff_no,login,name,post,department,branch,customer_key\n"
        f"H{TURN[language]},{login},Head {TURN[language]},branch_manager,,{top},\n",
        encoding="utf-8",
    )
    house.tutela("staff", "import", str(file))
    return _enrol(house, login, f"manager {language}")


def _enrol(house: House, login: str, name: str) -> str:
    link = demo.json.loads(house.tutela("staff", "link", login, "--json").stdout)["link"]
    password = f"{login}-journey-{os.urandom(3).hex()}"
    demo.set_password(demo.browser(house.folder / "home"), link, password)
    seed = demo.enrol(demo.browser(house.folder / "home"), house.address, login, password)
    house.people[name], house.seeds[name] = (login, password), seed
    return name


@pytest.fixture
def other(chromium: Browser, house: House, language: str) -> Iterator[Page]:
    """The browser of a second person."""
    context = chromium.new_context(
        base_url=house.address, locale=language, ignore_https_errors=True, viewport=WIDE
    )
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def _as(page: Page, house: House, post: str, path: str) -> None:
    page.context.clear_cookies()
    sign_in(page, house, post)
    page.goto(path)


def _fits(page: Page, name: str) -> None:
    """Nothing runs over the side, on a desk and on a phone."""
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{name} is {wide} px too wide at {size['width']}"
    page.set_viewport_size(WIDE)


def _confirm(page: Page, code: str) -> None:
    """Press a button that asks a second time, and say yes."""
    page.locator(f"a[data-open-dialog='{code}']").click()
    with page.expect_navigation():
        page.locator(f"dialog#{code} button[type=submit]").click()


def test_a_leavers_session_dies_and_the_work_is_handed_out(
    page: Page, other: Page, house: House, leaver: str, manager: str, language: str
) -> None:
    """The administrator finds the person and disables the account; the manager hands out what is left."""
    login = house.people[leaver][0]
    sign_in(other, house, leaver)
    expect(other.locator("h1")).to_be_visible()
    _as(page, house, "system_admin", "/accounts/")
    _fits(page, "accounts")
    page.fill("input[name=who]", login)
    page.keyboard.press("Enter")
    page.locator("table tbody a").first.click()
    expect(page.locator("form[action*='/sessions/']")).not_to_have_count(0)
    _fits(page, "account")
    started = time.monotonic()
    _confirm(page, "disable")
    expect(page.locator("#notices .alert-success")).to_be_visible()
    other.goto("/customers/")
    assert "/account/login/" in other.url
    assert time.monotonic() - started < 60
    _fits(page, "account-disabled")
    _as(page, house, manager, "/work-items/queue/")
    _fits(page, "queue")
    boxes = page.locator("input[name=items]")
    count = boxes.count()
    assert count > 0
    boxes.first.check()
    page.locator("select[name=assignee]").select_option(index=1)
    page.fill("textarea[name=reason]", "接手离职同事的事项 take over")
    with page.expect_navigation():
        page.locator("#hand-out button[type=submit]").click()
    expect(page.locator("#notices .alert-success")).to_be_visible()
    expect(page.locator("input[name=items]")).to_have_count(count - 1)
    page.goto("/assignments/")
    expect(page.locator("table tbody tr")).not_to_have_count(0)


def test_a_password_is_reset_by_two_administrators(
    page: Page, other: Page, house: House, colleague: str, language: str
) -> None:
    """One proposes; another confirms and is given the link, by which the person sets a new password."""
    house.tutela("staff", "enable", colleague)
    _as(page, house, "system_admin", "/accounts/")
    page.fill("input[name=who]", colleague)
    page.keyboard.press("Enter")
    page.locator("table tbody a").first.click()
    page.locator("a[data-open-dialog='reset-password']").click()
    page.locator("dialog#reset-password select[name=ground]").select_option("first_sign_in")
    with page.expect_navigation():
        page.locator("dialog#reset-password button[type=submit]").click()
    page.goto("/resets/")
    expect(page.locator("button[value=approve]")).to_have_count(0)
    _as(page, house, "security_admin", "/resets/")
    _fits(page, "resets")
    page.locator("button[value=approve]").first.click()
    link = page.locator("code.secret").inner_text()
    _fits(page, "reset-link")
    other.goto(link)
    password = f"anew-{language}-{os.urandom(3).hex()}"
    other.fill("input[name=password]", password)
    other.fill("input[name=again]", password)
    other.keyboard.press("Enter")
    other.wait_for_url("**/account/login/")
    page.goto("/resets/")
    assert link not in page.content()


def test_a_staff_file_that_would_disable_many_stops_and_asks(
    page: Page, house: House, customers: None, language: str
) -> None:
    """Half of the personnel file, uploaded as the whole: nothing is done without the number."""
    lines = (house.files / "staff.csv").read_text(encoding="utf-8-sig").splitlines()
    short = house.folder / f"half-{language}.csv"
    short.write_text("\n".join(lines[: len(lines) // 2]), encoding="utf-8")
    _as(page, house, "security_admin", "/staff/import/")
    _fits(page, "staff-upload")
    page.set_input_files("input[name=file]", str(short))
    page.check("input[name=whole]")
    with page.expect_navigation():
        page.locator("main form button[type=submit]").click()
    expect(page.locator(".alert-danger")).to_be_visible()
    _fits(page, "staff-preview")
    page.fill("input[name=leavers]", "1")
    with page.expect_navigation():
        page.locator("main form button[type=submit]").click()
    expect(page.locator(".invalid-feedback")).to_contain_text("access.many_leavers")
    page.goto("/staff/?state=disabled")
    assert page.locator("table tbody tr").count() <= len(TURN)


def test_the_health_page_names_what_to_mend(page: Page, house: House, language: str) -> None:
    """Every check with its sentence; the slow ones come by themselves."""
    _as(page, house, "system_admin", "/health/")
    expect(page.locator("#slow-checks code.health-id")).to_have_count(1)
    assert page.locator("code.health-id").count() >= 18
    _fits(page, "health")
    page.goto("/keys/")
    _fits(page, "keys")
