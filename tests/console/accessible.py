"""What the tests of accessible pages share: an insurer with a year behind it, a walk through all pages, and axe."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

from django.db import connections
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Route

from sample.house import staff
from sample.write import write_house
from sample.year import story
from tests import imports
from tests.access.test_import_staff import row
from tests.backup import shown as shown_backup
from tests.console import stage
from tests.console import test_import_staff_on_page as staff_file
from tests.console.test_import_on_page import CSV, _upload
from tests.console.walk import Page, Walk, walk
from tests.doors import worlds
from tests.feeds import shown as shown_feed
from tests.sample.test_year import PLANTED
from tests.walls.house import REPOSITORY
from tests.watch.furnish import furnish as furnish_watch
from tutela.access import trail_segments
from tutela.access.actions.passwords import create_password_link
from tutela.access.models import Branch
from tutela.base import clock
from tutela.base.actor import SYSTEM
from tutela.trail.segments import rules, seal
from tutela.trail.tree import sequencer, state
from tutela.vault.actions import moves
from tutela.vault.actions.destructions import propose_destruction
from tutela.vault.actions.records import NewRecord, create_record
from tutela.vault.importing.reading.sources import BytesSource
from tutela.vault.temporary_access import actions as temporary_access
from tutela.vault.temporary_access.actions import Asking
from tutela.web import static_files

AXE = REPOSITORY / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LANGUAGES, THEMES, WIDTHS = ("zh-hans", "en"), ("light", "dark"), (1280, 390)
# At 200 % a screen of 1280 pixels has room for 640, and at 400 % for 320.
ZOOMED = {1280: 640, 390: 320}
POSTS = (
    "security_admin", "compliance_officer", "branch_manager", "service_agent", "data_steward", "auditor",
    "system_admin",
)  # fmt: skip
FIND = """async (rules) => {
  const found = await axe.run(document, { runOnly: { type: "tag", values: rules }, resultTypes: ["violations"] });
  const told = found.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(" ")}`));
  if (document.querySelectorAll("main h1").length !== 1) told.push("main does not hold the one heading");
  return told;
}"""
OVERFLOW = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const out = [...document.querySelectorAll("body *")].filter(
    (part) => part.getBoundingClientRect().right > room + 1 && !part.closest(".table-responsive *"));
  return [`wider than ${room}: ${out.length ? out[out.length - 1].outerHTML.slice(0, 120) : "the page"}`];
}"""


@dataclass(frozen=True)
class Way:
    """One of the eight ways in which people see a page."""

    language: str
    theme: str
    width: int

    def __str__(self) -> str:
        return f"{self.language}-{self.theme}-{self.width}"


WAYS = [Way(*one) for one in product(LANGUAGES, THEMES, WIDTHS)]


def furnish(folder: Path) -> stage.House:
    """The sample insurer's year, and people and customers of every kind that a page is about."""
    write_house(folder, staff(7))
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"TRUNCATE {PLANTED} CASCADE")
    story.tell(folder)
    ground = worlds.build()
    customer = ground.own[0]
    return stage.House(ground.people, customer.customer, customer.record, str(customer.work_item))


def seen(house: stage.House) -> Walk:
    """All pages, and who sees each."""
    manager = house.people["branch_manager"]
    source = BytesSource("customers.csv", CSV)
    batch = imports.bring_in(manager.actor, source, collection="customer").batch
    upload = _upload(house)
    agent, texts = house.people["service_agent"], worlds.texts(88)
    east = Branch.objects.get(code="EAST").id
    create_record(agent.actor, NewRecord("customer", texts, branch_id=east), "service")
    moves.propose_move(manager.actor, house.customer, "HQ", "The customer has moved.")
    order = propose_destruction(manager.actor, house.customer, "The customer asked for it.")
    asked = Asking(
        classes=(2,), purpose="complaint", customers=(house.customer,), minutes=60,
        reason="The customer is at the counter.",
    )  # fmt: skip
    access = temporary_access.request_access(agent.actor, asked)
    furnish_watch(house.people)
    people = house.people
    shown_feed.plant(people["security_admin"].actor, people["system_admin"].actor)
    shown_backup.plant(people["system_admin"], people["security_admin"])
    _seal(house)
    starts = [
        house.page(),
        reverse("trail-prove-leaf", kwargs={"leaf_id": state.sequenced(0, 1)[0].leaf_id}),
        reverse("trail-view-person", kwargs={"staff_id": house.people["service_agent"].actor.id}),
        reverse("trail-view-customer", kwargs={"traced_id": house.customer}),
        *(
            f"{reverse(name, kwargs={'customer_id': house.customer})}?purpose=service"
            for name in ("vault-hand-over", "vault-record-call")
        ),
        reverse("vault-list-held-rows", kwargs={"batch_id": batch}),
        reverse("vault-watch-upload", kwargs={"upload": UUID(int=1), "digest": "0" * 64}),
        f"/imports/{batch}/",
        f"/imports/{batch}/undo/",
        upload,
        staff_file.upload(
            house.as_("security_admin"), [row(1), row(2, branch="WEST")], whole="on"
        ).headers["Location"],
        "{}read/?{}".format(*upload.split("?")),
        reverse("vault-view-temporary-access", kwargs={"access_id": access.id}),
        reverse("vault-decide-destruction", kwargs={"order_id": order.id}),
    ]
    made = walk({post: house.people[post] for post in POSTS}, starts)
    link = create_password_link(SYSTEM, agent.staff)
    for name, post, address in (
        ("account_login", "", "/account/login/"),
        ("access-set-password", "", urlsplit(link).path),
        ("absent", "", "/nowhere/"),
        ("refused", "service_agent", "/matrix/"),
    ):
        made.pages[name, ""] = Page(name, post, address)
    return made


def _seal(house: stage.House) -> None:
    """The month as far as it goes, sealed, and a legal hold on it."""
    sequencer.sequence_once()
    head = state.newest()
    assert head is not None
    month = rules.month_of(clock.now())
    seal.seal(seal.BY_SYSTEM, head.epoch, month, head.size - 1)
    officer = house.people["compliance_officer"].actor
    trail_segments.place_hold(officer, month, month, "The court asked for it.")


def drawn(house: stage.House, page: Page, language: str) -> str:
    """What the server says."""
    client: Client = house.as_(page.post)
    told = client.get(page.address, headers={"Accept-Language": language}, follow=True)
    return told.content.decode()


def shown(number: int, page: Page) -> str:
    """The address under which the browser is shown the page: its route, so that a fault says where it is."""
    return f"/{page.name}/{page.state or number}/"


def context(browser: Browser, way: Way) -> BrowserContext:
    """A browser that looks this way and finds axe on every page."""
    made = browser.new_context(
        viewport={"width": way.width, "height": 900},
        color_scheme=way.theme,
        reduced_motion="reduce",
    )
    made.add_init_script(path=str(AXE))
    return made


def faults(context: BrowserContext, width: int, pages: dict[str, str]) -> Iterator[str]:
    """What is wrong with each page, by its address: what axe finds, and what is wider than the screen."""

    def serve(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path in pages:
            route.fulfill(body=pages[path], content_type="text/html; charset=utf-8")
        elif file := static_files.found(path.removeprefix("/static/")):
            kind = {".css": "text/css", ".js": "text/javascript"}.get(
                Path(path).suffix, "image/svg+xml"
            )
            route.fulfill(body=file.whole, content_type=kind)
        else:
            route.abort()

    page = context.new_page()
    page.route("**/*", serve)
    for address in pages:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"http://testserver{address}")
        told = page.evaluate(FIND, RULES) + page.evaluate(OVERFLOW)
        page.set_viewport_size({"width": ZOOMED[width], "height": 900})
        told += page.evaluate(OVERFLOW)
        yield from (f"{address}: {one}" for one in told)
    page.close()
