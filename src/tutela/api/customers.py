"""Find, list, show and reveal customers; the catalogue that names their fields."""

from uuid import UUID

from django.http import HttpResponse
from ninja import Query

from tutela.access.purposes import Purpose
from tutela.vault import actions, branches, catalogue
from tutela.vault import permissions as vault_permissions

from . import shapes, words
from .call import Call
from .frame import reply, verb


@verb("GET", "/catalogue", vault_permissions.CATALOGUE_READ, shapes.CatalogueOut)
def read_catalogue(request: Call) -> HttpResponse:  # noqa: ARG001 the frame passes it
    """The fields that are kept, with their codes, classes and ways to search.

    Also the codes of the collections and of the purposes.
    """
    told = {
        "fields": [words.field(field) for field in catalogue.BY_ID.values()],
        "collections": [info.code for info in catalogue.COLLECTIONS],
        "purposes": [purpose.value for purpose in Purpose],
    }
    return reply(told)


@verb("POST", "/customers/find", vault_permissions.CUSTOMER_FIND, shapes.FoundOut)
def find_customers(request: Call, body: shapes.FindIn) -> HttpResponse:
    """Customers with an exact value in one field, masked."""
    found = actions.find(request.actor, body.by, body.value, body.purpose)
    return reply({"customers": [words.customer(one) for one in found]})


@verb("GET", "/customers", vault_permissions.CUSTOMER_FIND, shapes.PageOut, query=shapes.ListIn)
def list_customers(request: Call, asked: Query[shapes.ListIn]) -> HttpResponse:
    """The customers in scope, masked, page by page.

    `after` of the answer is the `after` of the next call; null at the end. With `branch`, only the
    customers of this branch and of all below it; a branch that is unknown or out of scope is 404.
    """
    branch = branches.asked(request.actor, asked.purpose, asked.branch)
    page = actions.list_customers(
        request.actor, asked.purpose, asked.after, asked.limit, branch=branch
    )
    told = {"customers": [words.customer(one) for one in page.customers], "after": page.after}
    return reply(told)


@verb(
    "GET",
    "/customers/{uuid:customer_id}",
    vault_permissions.CUSTOMER_VIEW,
    shapes.DetailOut,
    query=shapes.PurposeIn,
)
def view_customer(request: Call, customer_id: UUID, asked: Query[shapes.PurposeIn]) -> HttpResponse:
    """One customer with all records, masked by data class."""
    return reply(words.detail(actions.view_customer(request.actor, customer_id, asked.purpose)))


@verb(
    "GET",
    "/customers/{uuid:customer_id}/history",
    vault_permissions.HISTORY_VIEW,
    shapes.HistoryOut,
    query=shapes.HistoryIn,
)
def view_history(request: Call, customer_id: UUID, asked: Query[shapes.HistoryIn]) -> HttpResponse:
    """The versions of one record, newest first, masked, each with the fields it changed."""
    found = actions.history(request.actor, customer_id, asked.record_id, asked.purpose)
    return reply({"versions": [words.version(one) for one in found]})


@verb(
    "POST",
    "/customers/{uuid:customer_id}/reveal",
    vault_permissions.FIELD_REVEAL,
    shapes.RevealedOut,
)
def reveal_fields(request: Call, customer_id: UUID, body: shapes.RevealIn) -> HttpResponse:
    """Clear values of one customer, for a purpose, a work item and a reason.

    The trace is durable before the answer is sent. Forget the values at `until`.
    """
    shown = actions.reveal(
        request.actor,
        customer_id,
        body.fields,
        body.purpose,
        body.work_item,
        body.reason,
        record_id=body.record_id,
    )
    return reply(words.revealed(customer_id, shown))


@verb("POST", "/reveal", vault_permissions.FIELD_REVEAL, shapes.RevealedManyOut)
def reveal_many(request: Call, body: shapes.RevealManyIn) -> HttpResponse:
    """Clear values of up to 1,000 customers; what is refused of one leaves the others."""
    items = {one.customer_id: one.work_item for one in body.customers if one.work_item.strip()}
    shown = actions.reveal_many(
        request.actor,
        [one.customer_id for one in body.customers],
        body.fields,
        body.purpose,
        body.reason,
        items,
    )
    return reply(words.revealed_many(shown))
