"""Find, list, show and reveal customers; the catalogue that names their fields."""

from uuid import UUID

from ninja import Query

from tutela.vault import branches, find, reveal, view, who_looked
from tutela.vault import permissions as vault_permissions

from . import answers, shapes, trail_answers
from .call import Call
from .frame import verb


@verb("GET", "/catalogue", vault_permissions.CATALOGUE_READ, answers.CatalogueOut)
def read_catalogue(request: Call) -> answers.CatalogueOut:  # noqa: ARG001 the frame passes it
    """The fields that are kept, with their codes, classes and ways to search.

    Also the codes of the collections and of the purposes.
    """
    return answers.whole_catalogue()


@verb("POST", "/customers/find", vault_permissions.CUSTOMER_FIND, answers.FoundOut)
def find_customers(request: Call, body: shapes.FindIn) -> answers.FoundOut:
    """Customers with an exact value in one field, masked."""
    customers = find.find(request.actor, body.by, body.value, body.purpose)
    return {"customers": [answers.customer(masked) for masked in customers]}


@verb("GET", "/customers", vault_permissions.CUSTOMER_FIND, answers.PageOut)
def list_customers(request: Call, asked: Query[shapes.ListIn]) -> answers.PageOut:
    """The customers in scope, masked, page by page.

    `after` of the answer is the `after` of the next call; null at the end. With `branch`, only the
    customers of this branch and of all below it; a branch that is unknown or out of scope is 404.
    """
    branch = branches.asked(request.actor, asked.purpose, asked.branch)
    page = find.list_customers(
        request.actor, asked.purpose, asked.after, asked.limit, branch=branch
    )
    return answers.page(page)


@verb(
    "GET",
    "/customers/{uuid:customer_id}",
    vault_permissions.CUSTOMER_VIEW,
    answers.DetailOut,
)
def view_customer(
    request: Call, customer_id: UUID, asked: Query[shapes.PurposeIn]
) -> answers.DetailOut:
    """One customer with all records, masked by data class."""
    return answers.detail(view.view_customer(request.actor, customer_id, asked.purpose))


@verb(
    "GET",
    "/customers/{uuid:customer_id}/looks",
    vault_permissions.CUSTOMER_LOOKS_TELL,
    trail_answers.LooksOut,
)
def tell_looks(
    request: Call, customer_id: UUID, asked: Query[shapes.LooksIn]
) -> trail_answers.LooksOut:
    """Who has seen the customer, as the customer may be told: day, post, department, purpose and way.

    No names unless asked for by who may search the trail. Looks in other systems are told as from outside.
    """
    told = who_looked.tell(request.actor, customer_id, asked.purpose, asked.days, names=asked.names)
    return trail_answers.looks(told)


@verb(
    "GET",
    "/customers/{uuid:customer_id}/history",
    vault_permissions.HISTORY_VIEW,
    answers.HistoryOut,
)
def view_history(
    request: Call, customer_id: UUID, asked: Query[shapes.HistoryIn]
) -> answers.HistoryOut:
    """The versions of one record, newest first, masked, each with the fields it changed."""
    versions = view.history(request.actor, customer_id, asked.record_id, asked.purpose)
    return {"versions": [answers.version(masked) for masked in versions]}


@verb(
    "POST",
    "/customers/{uuid:customer_id}/reveal",
    vault_permissions.FIELD_REVEAL,
    answers.RevealedOut,
)
def reveal_fields(request: Call, customer_id: UUID, body: shapes.RevealIn) -> answers.RevealedOut:
    """Clear values of one customer, for a purpose, a work item and a reason.

    The trace is durable before the answer is sent. Forget the values at `until`.
    """
    clear = reveal.reveal(
        request.actor,
        customer_id,
        body.fields,
        reveal.Justification(body.purpose, body.reason, body.work_item),
        record_id=body.record_id,
    )
    return answers.revealed(customer_id, clear)


@verb("POST", "/reveal", vault_permissions.FIELD_REVEAL, answers.RevealedManyOut)
def reveal_many(request: Call, body: shapes.RevealManyIn) -> answers.RevealedManyOut:
    """Clear values of up to 1,000 customers; what is refused of one leaves the others."""
    customers = dict.fromkeys((row.customer_id for row in body.customers), "")
    # Of a customer named twice, the last work item counts that is not blank.
    customers |= {row.customer_id: row.work_item for row in body.customers if row.work_item.strip()}
    clear = reveal.reveal_many(request.actor, customers, body.fields, body.purpose, body.reason)
    return answers.revealed_many(clear)
