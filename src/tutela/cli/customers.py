"""Commands about customers: find, list, reveal, and the catalogue of fields."""

from typing import Annotated, Any

import typer

from tutela.cli import identity, output
from tutela.cli.identity import As, Json
from tutela.cli.running import session

Purpose = Annotated[
    str, typer.Option("--purpose", help="Purpose, e.g. service, claim, underwriting, complaint.")
]
Customer = Annotated[str, typer.Argument(help="Customer id.")]


def add_to(app: typer.Typer) -> None:
    """Name the commands."""
    group = typer.Typer(help="Find and list customers; values are masked.", no_args_is_help=True)
    group.command("find")(find)
    group.command("list")(list_page)
    group.command("show")(show)
    app.add_typer(group, name="customers")
    app.command("reveal")(reveal)
    app.command("catalogue")(fields)


def _row(customer: Any) -> dict[str, Any]:
    shown = {field.code: field.text for field in customer.fields if not field.refused}
    return {"customer": str(customer.customer_id), "branch": customer.branch_id, **shown}


def find(
    value: Annotated[str, typer.Argument(help="Value to search for, in any common notation.")],
    by: Annotated[str, typer.Option("--by", help="A searchable field, e.g. id_number, phone.")],
    purpose: Purpose,
    who: As = "",
    as_json: Json = False,
) -> None:
    """Find customers by the exact value of a field (or its last four: --by phone_last4)."""
    session.settings()
    from tutela.vault.find import find as find_customers

    with session.database():
        customers = find_customers(identity.actor(who), by, value, purpose)
        output.print_rows([_row(customer) for customer in customers], as_json=as_json)


def list_page(
    purpose: Purpose,
    branch: Annotated[
        str, typer.Option(help="Only this branch (code) and all branches below it.")
    ] = "",
    after: Annotated[str, typer.Option(help="Continue after this customer.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=50, help="Maximum number of entries.")] = 50,
    who: As = "",
    as_json: Json = False,
) -> None:
    """List customers by id, masked."""
    session.settings()
    from tutela.vault import branches, looks
    from tutela.vault.find import list_customers

    with session.database():
        actor = identity.actor(who)
        start = looks.customer_id_of(after) if after else None
        within = branches.asked(actor, purpose, branch)
        page = list_customers(actor, purpose, start, limit, branch=within)
        output.print_rows([_row(customer) for customer in page.customers], as_json=as_json)


def show(customer: Customer, purpose: Purpose, who: As = "", as_json: Json = False) -> None:
    """Show all records of one customer, masked."""
    session.settings()
    from tutela.vault.view import view_customer

    with session.database():
        view = view_customer(identity.actor(who), customer, purpose)
        rows = [
            {
                "record": str(record.record_id), "collection": record.collection,
                "version": record.version, "field": field.code, "text": field.text,
            }
            for record in view.records
            for field in record.fields
        ]  # fmt: skip
        output.print_rows(rows, as_json=as_json)


def reveal(
    customer: Customer,
    field: Annotated[list[str], typer.Option("--field", help="Field code; repeatable.")],
    purpose: Purpose,
    reason: Annotated[
        str, typer.Option("--reason", help="Reason in words; stored encrypted in the trail.")
    ],
    work_item: Annotated[
        str, typer.Option("--work-item", help="Policy, claim or case number.")
    ] = "",
    who: As = "",
    as_json: Json = False,
) -> None:
    """Show fields in clear, after the access has been logged; only for a post and a purpose
    that allow it.
    """
    session.settings()
    from tutela.vault.reveal import Justification
    from tutela.vault.reveal import reveal as reveal_values

    with session.database():
        shown = reveal_values(
            identity.actor(who), customer, field, Justification(purpose, reason, work_item)
        )
        values: dict[str, list[str]] = {}
        for cell in shown.cells:
            values.setdefault(cell.code, []).append(cell.text)
        result = {"customer": customer, "values": values, "leaf": str(shown.leaf_id)}
        output.print_row({**result, "until": shown.until.isoformat()}, as_json=as_json)


def fields(
    collection: Annotated[str, typer.Option(help="Only one collection, e.g. customer.")] = "",
    as_json: Json = False,
) -> None:
    """List the fields of the vault's catalogue."""
    session.settings()
    from tutela.vault import catalogue

    names = {info.id: info.code for info in catalogue.COLLECTIONS}
    rows = [
        {
            "id": field.id, "field": field.code, "collection": names[field.collection],
            "name_en": field.name_en, "name_zh": field.name_zh,
            "class": field.data_class.name.lower(), "level": field.data_class.about.jrt0171,
            "search": [transform.name.lower() for transform in field.transforms],
        }
        for field in catalogue.BY_ID.values()
        if collection in {"", names[field.collection]}
    ]  # fmt: skip
    output.print_rows(rows, as_json=as_json)
