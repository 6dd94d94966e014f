"""What the page tests play on: one person a post, one customer, one open work item."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.http import HttpResponse
from django.test import Client

from sample.digits import id_check
from tests.access import cast
from tests.vault.factories import operator
from tutela.access.models import Staff
from tutela.access.posts import POSTS
from tutela.base import clock
from tutela.trail import queries
from tutela.trail.queries import LeafRow
from tutela.vault.actions.records import NewRecord, create_record
from tutela.vault.actions.work_items import WorkItemRow, import_work_items

NAME, PHONE = "欧阳金丝雀", "13800138017"
ID_NUMBER = "11010119900307001" + id_check("11010119900307001")
FULL_WIDTH = ID_NUMBER.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789X"})
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@cache
def _client() -> Client:
    """One for all: each client would read the list of static files anew."""
    return Client()


def show_factor(client: Client, staff: Staff) -> None:
    """As if the person had shown a second factor in this session."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0.0, "type": "totp"}]
    session["account_authentication_methods_user"] = str(staff.pk)
    session.save()


def browser(staff: Staff | None = None) -> Client:
    """A browser without a past, in which this person has signed in with a second factor."""
    client = _client()
    client.logout()
    client.cookies.clear()
    if staff:
        client.force_login(staff, backend=BACKEND)
        show_factor(client, staff)
    return client


@dataclass
class House:
    """Everybody and everything of the page tests."""

    people: dict[str, cast.Member]
    customer: UUID
    record: UUID
    work_item: str

    def as_(self, post: str) -> Client:
        """A browser in which a person of this post has signed in; "" for nobody."""
        return browser(self.people[post].staff if post else None)

    def page(self, purpose: str = "service") -> str:
        """The address of the customer's page."""
        return f"/customers/{self.customer}/?purpose={purpose}"

    def reveal(self, post: str, **given: str) -> HttpResponse:
        """Ask for the phone number in clear, as the page does."""
        wanted = {"purpose": "service", "work_item": self.work_item, "reason": "Caller check"}
        asked = {f"reveal-{name}": value for name, value in (wanted | given).items()}
        data = {"place": f"{self.record}:phone", **asked}
        address = f"/customers/{self.customer}/reveal/"
        return self.as_(post).post(address, data, headers={"HX-Request": "true"})


def build() -> House:
    """People of every post at one branch, and a customer with a work item of the service agent."""
    branches = cast.plant_branches()
    people = {code: cast.hire(code, "EAST") for code, post in POSTS.items() if post.kind == "staff"}
    clerk, machine = people["service_agent"], cast.hire("machine", "EAST")
    texts = {"customer_number": "C1", "name": NAME, "id_number": ID_NUMBER, "phone": PHONE}
    made = create_record(
        machine.actor, NewRecord("customer", texts, branch_id=branches["EAST"]), "service"
    )
    item = WorkItemRow(
        number="S1",
        kind="case",
        customer=ID_NUMBER,
        by="id_number",
        assignee=clerk.staff.login,
        opened=clock.today(),
    )
    import_work_items(operator(), [item])
    (work,) = vault_items(made.customer_id)
    return House(people, made.customer_id, made.record_id, work)


def vault_items(customer: UUID) -> list[str]:
    """The ids of a customer's work items."""
    from tutela.vault import work_items

    return [str(item.work_item_id) for item in work_items.of_customer(customer)]


def leaves(event: str) -> list[LeafRow]:
    """The leaves of one event, newest first."""
    return queries.leaves(queries.LeafFilter(event=event))


def text(response: HttpResponse) -> str:
    """What it says; of a page without the white space that nobody sees, at the edges of its elements."""
    said = response.content.decode()
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return said
    return re.sub(r"(<\w[^>]*>) | (?=</)", r"\1", re.sub(r"\s+", " ", said))


def addresses(house: House) -> Iterator[str]:
    """Every page that can be opened by a link."""
    customer = f"/customers/{house.customer}/"
    yield from ("/", "/encryption/", "/me/", "/customers/?purpose=service", "/catalogue/")
    yield from (house.page(), f"{customer}records/{house.record}/history/?purpose=service")
    yield from ("/imports/", "/imports/upload/", "/trail/", "/staff/")
    yield from ("/matrix/?post=claims_adjuster", "/account/login/", "/account/second-factor/")
    yield from ("/account/password/", "/nowhere/")
    yield from (f"/scorecard/{page}/" for page in ("missing", "departments", "wall", "print"))
    yield from ("/scorecard/targets/access-log-kept/", "/scorecard/outside/", "/scorecard/packs/")
