"""Customers, work items and people for tests, made by the product's own verbs on real parts."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from uuid import UUID

from tutela.access import queries as people
from tutela.access.actions.imports import import_branches
from tutela.access.actions.people import NewStaff, create_staff
from tutela.base import clock
from tutela.base.actor import SYSTEM, Actor, Channel
from tutela.crypto.normalise import id_card_18
from tutela.vault import work_items
from tutela.vault.actions.records import Created, NewRecord, create_record
from tutela.vault.actions.work_items import WorkItemRow, import_work_items
from tutela.vault.queries import fetch
from tutela.vault.work_items import Kind, WorkItem

_numbers = count(1)


@dataclass(frozen=True)
class Cast:
    """The people of the tests. East and west are branches under the head office."""

    east: int
    west: int
    clerk: Actor
    west_clerk: Actor
    adjuster: Actor
    manager: Actor
    marketing: Actor
    auditor: Actor
    partner: Actor


def make_cast() -> Cast:
    """Branches and one person of each kind."""
    rows = [
        {"code": code, "parent": parent, "name_zh": code, "name_en": code}
        for code, parent in (("HQ", ""), ("EAST", "HQ"), ("WEST", "HQ"))
    ]
    import_branches(SYSTEM, rows)
    branches = people.branch_codes()
    return Cast(
        east=branches["EAST"],
        west=branches["WEST"],
        clerk=make_staff("service_agent", "EAST"),
        west_clerk=make_staff("service_agent", "WEST"),
        adjuster=make_staff("claims_adjuster", "EAST"),
        manager=make_staff("branch_manager", "EAST"),
        marketing=make_staff("marketing_analyst", "HQ"),
        auditor=make_staff("auditor", "HQ"),
        partner=make_staff("partner_service", "HQ", kind="machine"),
    )


def make_staff(
    post: str, branch: str, *, kind: str = "staff", customer_id: UUID | None = None
) -> Actor:
    """A person or machine with a post at a branch, signed in with a second factor."""
    number = next(_numbers)
    staff = create_staff(
        SYSTEM,
        NewStaff(
            staff_no=f"T{number:05d}",
            login=f"{post}-{number}".replace("_", "-"),
            name=f"{post} {number}",
            post=post,
            branch=branch,
            kind=kind,
            customer_id=customer_id,
        ),
    )
    channel = Channel.API if kind == "machine" else Channel.PAGE
    return Actor(kind=kind, id=str(staff.id), channel=channel, session="s", second_factor=True)


def operator() -> Actor:
    """The machine account of the host: it may write and see masks of everything."""
    staff = people.staff_by_login(people.LOCAL_OPERATOR)
    return Actor(kind="machine", id=str(staff.id), channel=Channel.SHELL)


def staff_number(actor: Actor) -> str:
    """The number that files name a person by."""
    return people.staff_by_id(actor.id).staff_no


def id_number(number: int | None = None) -> str:
    """A resident id number with the right check digit, made up, each one once."""
    serial = next(_numbers) if number is None else number
    born = date(1960, 1, 1) + timedelta(days=serial // 999)
    return id_card_18(f"110101{born:%Y%m%d}{serial % 999 + 1:03d}")


def make_customer(branch_id: int, **texts: str) -> Created:
    """A customer with a name, an id number, a phone and what else is given."""
    number = next(_numbers)
    given = {
        "customer_number": f"C{number:08d}",
        "name": "欧阳测试",
        "id_number": id_number(),
        "phone": f"138{number:08d}",
        **texts,
    }
    return create_record(
        operator(), NewRecord("customer", given, branch_id=branch_id), "administration"
    )


def make_record(customer_id: UUID, collection: str, **texts: str) -> Created:
    """A policy, claim, account … of a customer."""
    return create_record(
        operator(), NewRecord(collection, texts, customer_id=customer_id), "administration"
    )


def make_work_item(
    customer_id: UUID,
    assignee: Actor | None = None,
    *,
    kind: str = "case",
    opened: date | None = None,
    closed: date | None = None,
) -> str:
    """An open work item of a customer; returns its number."""
    number = f"W{next(_numbers):08d}"
    row = WorkItemRow(
        number=number,
        kind=kind,
        customer=str(customer_id),
        by="",
        assignee=staff_number(assignee) if assignee else "",
        opened=opened or clock.today(),
        closed=closed,
    )
    done = import_work_items(operator(), [row])
    assert done.created == 1, done
    return number


def work_item_of(number: str, kind: Kind | None = None) -> WorkItem | None:
    """The work item of a number or an id, an open one first; None if there is none."""
    rows = fetch(
        "SELECT customer_id, work_item_id FROM vault.work_item"
        " WHERE work_item_id = ANY(%s) OR number_tag = ANY(%s) ORDER BY closed IS NOT NULL",
        work_items.names_of(number),
    )
    listed = [
        item
        for customer, key in rows
        for item in work_items.of_customer(customer)
        if item.work_item_id == key and kind in {None, item.kind}
    ]
    return listed[0] if listed else None
