"""Commands about the vault as a whole: compare it with the trail, and destroy customers by two people."""

from typing import Annotated
from uuid import UUID

import typer

from tutela.cli import identity, output
from tutela.cli.identity import As, Json
from tutela.cli.running import session
from tutela.cli.translations import gettext as _

OrderId = Annotated[UUID, typer.Argument(help="Order id.")]


def add_to(app: typer.Typer) -> None:
    """Name the commands."""
    whole = typer.Typer(help="Compare the vault with the trail.", no_args_is_help=True)
    whole.command("verify")(verify)
    whole.command("anchor")(anchor)
    app.add_typer(whole, name="vault")
    orders = typer.Typer(
        help="Destroy customers: one person proposes, another approves.", no_args_is_help=True
    )
    orders.command("list")(list_orders)
    orders.command("propose")(propose)
    orders.command("approve")(approve)
    orders.command("reject")(reject)
    app.add_typer(orders, name="destructions")


def verify(who: As = "", as_json: Json = False) -> int:
    """Compare every anchored change with the vault; resumes an interrupted run. Exit code 1 if
    anything differs.
    """
    session.settings()
    from tutela.vault.actions import verify as verbs

    with session.database():
        run = verbs.verify(identity.actor(who))
        row = run.as_row()
        faults = row.pop("first_faults")
        if as_json:
            output.print_row({**row, "first_faults": faults}, as_json=True)
        else:
            output.print_row(row, as_json=False)
            for fault in faults:
                output.say(" ".join(f"{name}={value}" for name, value in fault.items() if value))
            if row["restored_from"]:
                summary = _(
                    "Everything after %(moment)s is missing: the vault appears to have "
                    "been restored from that time."
                )
                output.say(summary % {"moment": row["restored_from"]})
    return 0 if run.outcome == "good" else 1


def anchor(who: As = "", as_json: Json = False) -> None:
    """Anchor, once, the records written before anchoring existed."""
    session.settings()
    from tutela.vault.actions import verify as verbs

    with session.database():
        output.print_row({"anchored": verbs.anchor_older(identity.actor(who))}, as_json=as_json)


def list_orders(who: As = "", as_json: Json = False) -> None:
    """List destruction orders that you may see."""
    session.settings()
    from tutela.vault.actions import destructions

    with session.database():
        orders = destructions.list_destructions(identity.actor(who))
        output.print_rows([order.as_row() for order in orders], as_json=as_json)


def propose(
    customer: Annotated[str, typer.Argument(help="Customer id.")],
    reason: Annotated[str, typer.Option("--reason", help="Reason in words; stored encrypted.")],
    who: As = "",
    as_json: Json = False,
) -> None:
    """Propose to destroy a customer; another person must approve."""
    session.settings()
    from tutela.vault.actions import destructions

    with session.database():
        order = destructions.propose_destruction(identity.actor(who), customer, reason)
        output.print_row(order.as_row(), as_json=as_json)


def approve(
    order: OrderId,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask for confirmation.")] = False,
    who: As = "",
    as_json: Json = False,
) -> int:
    """Approve another person's proposal. The customer's data is destroyed permanently."""
    session.settings()
    from tutela.vault.actions import destructions

    if not yes and not typer.confirm(_("Destroy this customer's data permanently?"), err=True):
        return 1
    with session.database():
        done = destructions.approve_destruction(identity.actor(who), order)
        output.print_row(done.as_row(), as_json=as_json)
    return 0


def reject(order: OrderId, who: As = "", as_json: Json = False) -> None:
    """Reject an order, or withdraw your own."""
    session.settings()
    from tutela.vault.actions import destructions

    with session.database():
        done = destructions.reject_destruction(identity.actor(who), order)
        output.print_row(done.as_row(), as_json=as_json)
