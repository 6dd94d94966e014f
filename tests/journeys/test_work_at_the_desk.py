"""An agent's day by keyboard: from any number to one value in three actions, masked again by Escape; without a right
there is a way on, without HTMX or JavaScript a whole page, without a session a sentence."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import House, sign_in, unused_code
from tests.journeys.stock import Case, open_case

pytestmark = pytest.mark.browser
MOST_KEYS, MOST_KEYS_OF_ALL, MOST_ACTIONS = 8, 25, 3
FIRST_EYE = "[data-choose-one]"
ENDED = {"zh-CN": "登录已失效", "en-GB": "Your session has ended"}
LOST = {"zh-CN": "无法连接", "en-GB": "The server cannot be reached"}
TOLD = "#reveal-dialog [data-part-failed]"
RECOGNISED = {"zh-CN": "电话号码", "en-GB": "telephone number"}


class Hands:
    """A person at the keyboard: counts the keys pressed beside typed text, and the acts among them."""

    def __init__(self, page: Page) -> None:
        self.page, self.keys, self.acts = page, 0, 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.keys += 1
        self.acts += key == "Enter"

    def type(self, text: str) -> None:
        self.page.keyboard.insert_text(text)

    def move_to(self, selector: str, key: str = "Tab") -> None:
        """Press a key until the element has the focus."""
        for _ in range(40):
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                return
            self.press(key)
        pytest.fail(f"{key} never reaches {selector}")

    @property
    def focus(self) -> str:
        return str(self.page.evaluate("document.activeElement.dataset.chooseOne || ''"))


@pytest.fixture
def case(house: House, customers: None) -> Case:
    return open_case(house.files, house.people["service_agent"][0])


@pytest.fixture
def agent(page: Page, house: House, case: Case) -> Page:
    """The home page of the service agent, the focus in the box."""
    sign_in(page, house, "service_agent")
    expect(page.locator("#box-text")).to_be_focused()
    return page


def _find(page: Page, text: str) -> Hands:
    hands = Hands(page)
    hands.type(text)
    hands.press("Enter")
    expect(page.locator("dl.fields").first).to_be_visible(timeout=20_000)
    return hands


@pytest.mark.parametrize("language", ["zh-CN"])
def test_from_sign_in_to_a_masked_value_in_25_keys(page, house, case, language):
    """All of it by keyboard: sign in, search, reveal, mask. Once only, as each code of the second factor is."""
    post = "service_agent"
    (login, password), hands = house.people[post], Hands(page)
    page.goto("/account/login/")
    hands.move_to("input[name=login]")
    hands.type(login)
    hands.move_to("input[name=password]")
    hands.type(password)
    hands.press("Enter")
    page.wait_for_selector("input[name=code]")
    hands.move_to("input[name=code]")
    hands.type(unused_code(house, post))
    hands.press("Enter")
    expect(page.locator("#box-text")).to_be_focused()
    hands.type(case.work_item)
    hands.press("Enter")
    expect(page.locator("dl.fields").first).to_be_visible()
    hands.press("Enter")
    hands.type("Check the facts")
    hands.press("Enter")
    expect(page.locator(".is-clear")).to_contain_text(case.name)
    hands.press("Escape")
    expect(page.locator(".is-clear")).to_have_count(0)
    assert hands.keys <= MOST_KEYS_OF_ALL, hands.keys
    house.cookies[post] = [c for c in page.context.cookies() if c["name"].startswith("__Host-")]


@pytest.mark.parametrize("width", [1280, 390])
def test_a_phone_number_leads_to_a_value_in_three_actions_and_eight_keys(
    agent, case, language, width
):
    """Find, choose, give a reason; Escape masks, and the focus is where it was."""
    agent.set_viewport_size({"width": width, "height": 844})
    hands = _find(agent, case.phone)
    expect(agent.locator(".page-lead")).to_contain_text(RECOGNISED[language])
    hands.move_to("[data-choose-one$=':phone']", "ArrowDown")
    chosen = hands.focus
    hands.press("Enter")
    expect(agent.locator("#id_reveal-reason")).to_be_focused()
    hands.type("回访 call back")
    hands.press("Enter")
    clear = agent.locator("[id$='-phone'] .is-clear")
    expect(clear).to_contain_text(case.phone)
    assert hands.acts <= MOST_ACTIONS, hands.acts
    assert hands.keys <= MOST_KEYS, hands.keys
    assert hands.focus == chosen
    expect(agent.locator("[data-cover-now]")).to_be_in_viewport()
    agent.mouse.wheel(0, 900)
    expect(agent.locator("[data-cover-now]")).to_be_in_viewport()
    hands.press("Escape")
    expect(clear).to_have_count(0)
    assert hands.focus == chosen
    assert case.phone not in agent.content()
    assert agent.evaluate("document.documentElement.scrollWidth") <= width + 1


@pytest.mark.parametrize("given", ["id_full_width", "key", "work_item", "name"])
def test_whatever_is_pasted_is_recognised(agent, case, given):
    """Id number in full width, customer number, work item number; of a name the one is shown, to be opened."""
    hands = Hands(agent)
    text = getattr(case, given)
    hands.type(f"{text} {case.phone[-4:]}" if given == "name" else text)
    hands.press("Enter")
    expect(agent.locator("dl.fields").first).to_be_visible()
    assert text not in agent.url
    assert ("item=" in agent.url) is (given == "work_item")


def test_from_a_work_item_at_home_everything_is_set(agent, case):
    """Open it, choose the value, give a reason that was given before: three actions, nothing else to fill in."""
    line = agent.locator("a.work-line").first
    expect(line).to_contain_text(case.name[0])
    assert case.name not in line.inner_text()
    line.click()
    expect(agent.locator(".work-now")).to_be_visible()
    agent.locator(FIRST_EYE).first.click()
    expect(agent.locator("#reveal-form select[name$=work_item]")).not_to_have_value("")
    agent.keyboard.insert_text("Call back")
    agent.keyboard.press("Enter")
    expect(agent.locator(".is-clear")).to_have_count(1)
    hands = Hands(agent)
    hands.press("Escape")
    hands.press("Enter")
    hands.press("Tab")
    expect(agent.locator(".recent-reasons button").first).to_be_focused()


def test_several_values_are_shown_for_one_reason(agent, case):
    """All of one kind, under one entry of the log; a recent reason is chosen by two keys."""
    _find(agent, case.phone)
    agent.locator("[data-choose-group]").nth(1).press("Enter")
    expect(agent.locator("#reveal-dialog")).to_be_hidden()  # nothing is chosen: nothing is sent
    agent.locator("[data-choose-group]").nth(1).check()
    agent.locator("[data-choose-group]").nth(1).press("Enter")
    expect(agent.locator("#reveal-dialog")).to_be_visible()
    first = agent.locator("[data-choose]:checked").first.get_attribute("aria-label")
    expect(agent.locator("[data-chosen-names]")).to_contain_text(str(first))
    agent.keyboard.insert_text("Check all contacts")
    agent.keyboard.press("Enter")
    expect(agent.locator("[id$='-phone'] .is-clear")).to_contain_text(case.phone)
    assert agent.locator(".is-clear").count() > 1
    expect(agent.locator("#clear-notices .id")).to_have_count(1)


def test_the_purpose_is_changed_with_one_key(agent, case):
    """The arrow key in the box; what it is now stands beside the text, and the search is for it."""
    before = agent.locator("#box-purpose").input_value()
    agent.keyboard.press("ArrowDown")
    after = agent.locator("#box-purpose").input_value()
    assert after != before
    _find(agent, case.phone)
    assert f"purpose={after}" in agent.url
    agent.keyboard.press("Control+k")
    expect(agent.locator("#box-text")).to_be_focused()
    agent.keyboard.press("ArrowUp")
    _find(agent, case.phone)
    assert f"purpose={before}" in agent.url


def test_without_a_right_the_page_says_whose_it_is_and_offers_a_way_on(agent, case):
    """No work item: what is needed, and the call recorded without the value."""
    _find(agent, case.phone)
    agent.keyboard.press("Enter")
    agent.locator("#reveal-form select[name$=work_item]").select_option("")
    agent.locator("#id_reveal-reason").fill("Call back")
    agent.keyboard.press("Enter")
    answer = agent.locator("#reveal-answer")
    expect(answer).to_contain_text("access.work_item_missing")
    answer.locator("a[href$='/call/']").click()
    agent.locator("#id_topic").fill("Change of address")
    agent.locator("#id_result").fill("Form sent by post")
    agent.locator("main button[type=submit]").last.click()
    expect(agent.locator("dl.fields").first).to_be_visible()
    agent.locator("details.lacks summary").click()
    expect(agent.locator("details.lacks")).to_contain_text("·")
    agent.locator("details.lacks a[href$='/hand-over/']").click()
    expect(agent.locator("select[name=work_item] option")).not_to_have_count(0)


def test_with_htmx_broken_the_value_stands_on_a_page_that_masks_itself(agent, case):
    """Under the watermark, with its seconds; Escape leaves for the masked page."""
    agent.route(
        "**/htmx.min*.js", lambda route: route.fulfill(body="", content_type="text/javascript")
    )
    _find(agent, case.phone)
    agent.locator("[data-choose-one$=':phone']").click()
    agent.keyboard.insert_text("Call back")
    agent.keyboard.press("Enter")
    expect(agent.locator(".is-clear")).to_contain_text(case.phone)
    expect(agent.locator("#watermark")).to_be_visible()
    expect(agent.locator("[data-clear-page] [data-countdown]")).to_contain_text("5")
    agent.keyboard.press("Escape")
    expect(agent.locator("[data-reveal-form]")).to_have_count(1)
    assert case.phone not in agent.content()


def test_a_session_that_ended_meanwhile_is_said_on_a_whole_page(agent, case, language):
    """The sign-in page never stands inside the dialog."""
    _find(agent, case.phone)
    agent.keyboard.press("Enter")
    agent.keyboard.insert_text("Call back")
    agent.context.clear_cookies(name="__Host-tutela-session")
    agent.keyboard.press("Enter")
    expect(agent.locator("input[name=password]")).to_be_visible()
    expect(agent.locator("main")).to_contain_text(ENDED[language])
    expect(agent.locator("dialog")).to_have_count(0)
    assert "reveal" not in agent.url


def test_a_refusal_that_is_a_whole_page_stays_out_of_the_dialog(chromium, house, case, language):
    """Without any cookie the form is refused by a page of its own; the dialog says that nothing was shown."""
    context = chromium.new_context(
        base_url=house.address, locale=language, ignore_https_errors=True
    )
    agent = context.new_page()
    sign_in(agent, house, "service_agent")
    _find(agent, case.phone)
    agent.keyboard.press("Enter")
    agent.keyboard.insert_text("Call back")
    agent.context.clear_cookies()
    agent.keyboard.press("Enter")
    expect(agent.locator(TOLD)).to_be_visible()
    expect(agent.locator("#reveal-answer h1, #reveal-answer main")).to_have_count(0)
    context.close()


def test_a_lost_network_is_said_in_the_dialog(chromium, house, case, language):
    """Nothing was shown, and the dialog stays."""
    context = chromium.new_context(
        base_url=house.address, locale=language, ignore_https_errors=True
    )
    page = context.new_page()
    sign_in(page, house, "service_agent")
    _find(page, case.phone)
    page.keyboard.press("Enter")
    page.keyboard.insert_text("Call back")
    context.set_offline(True)
    page.keyboard.press("Enter")
    expect(page.locator(TOLD)).to_contain_text(LOST[language])
    context.close()


@pytest.fixture
def plain_page(chromium: Browser, house: House, case: Case, language: str) -> Iterator[Page]:
    """The agent's browser, signed in, with JavaScript switched off."""
    first = chromium.new_context(base_url=house.address, locale=language, ignore_https_errors=True)
    sign_in(first.new_page(), house, "service_agent")
    first.close()
    context = chromium.new_context(
        base_url=house.address,
        locale=language,
        ignore_https_errors=True,
        java_script_enabled=False,
    )
    context.add_cookies(house.cookies["service_agent"])
    yield context.new_page()
    context.close()


def test_without_javascript_a_value_is_shown_on_a_whole_page(plain_page, case):
    """Search, the eye as a link, the form on the page, and the page that the server takes away in time."""
    page = plain_page
    page.goto("/")
    page.fill("#box-text", case.phone)
    page.press("#box-text", "Enter")
    page.locator("[data-choose-one$=':phone']").click()
    expect(page.locator("dialog[open] #id_reveal-reason")).to_be_visible()
    page.fill("#id_reveal-reason", "Call back")
    with page.expect_response("**/reveal/") as answered:
        page.press("#id_reveal-reason", "Enter")
    expect(page.locator(".is-clear")).to_contain_text(case.phone)
    expect(page.locator("#watermark")).to_be_visible()
    assert answered.value.headers["refresh"].startswith("60; url=/customers/")
    page.locator("[data-cover-now]").click()
    assert case.phone not in page.content()
