"""Commands of temporary access, for people: sign in with --as. Values open on pages; break-glass begins there."""

from typing import Annotated, Any
from uuid import UUID

import typer

from tutela.cli import identity, output
from tutela.cli.identity import As, Json, Reason
from tutela.cli.running import session

AccessId = Annotated[UUID, typer.Argument(help="Id of the temporary access.")]


def add_to(app: typer.Typer) -> None:
    """Name the commands."""
    lent = typer.Typer(
        help="Access beyond the permission matrix for a while.", no_args_is_help=True
    )
    lent.command("list")(list_access)
    lent.command("request")(request_access)
    lent.command("reason")(open_reason)
    lent.command("approve")(approve_access)
    lent.command("refuse")(refuse_access)
    lent.command("give-back")(give_back_access)
    lent.command("end")(end_access)
    lent.command("review")(review_access)
    app.add_typer(lent, name="temporary-access")


def list_access(who: As = "", as_json: Json = False) -> None:
    """List what waits for you, what runs and what you requested."""
    session.settings()
    from tutela.base import clock
    from tutela.vault.temporary_access import lists

    with session.database():
        found, at = lists.standing(identity.actor(who)), clock.now()
        listed: dict[UUID, Any] = {}
        for group in (found.to_decide, found.to_review, found.running, found.own):
            listed |= {access.id: access for access in group}
        lines = [
            {"access": str(access.id), "kind": access.kind, "person": str(access.asker_id),
             "purpose": access.purpose, "state": access.state(at),
             "until": access.until.isoformat() if access.until else ""}
            for access in listed.values()
        ]  # fmt: skip
        output.print_rows(lines, as_json=as_json)


def request_access(
    customer: Annotated[str, typer.Argument(help="Customer id.")],
    data_class: Annotated[
        list[str], typer.Option("--class", help="Data class, for example contact; repeatable.")
    ],
    purpose: Annotated[str, typer.Option(help="Purpose of this access.")],
    reason: Reason,
    minutes: Annotated[int, typer.Option(min=5, max=240, help="How long, in minutes.")] = 60,
    who: As = "",
    as_json: Json = False,
) -> None:
    """Request clear values of a customer that your post does not include."""
    session.settings()
    from tutela.vault import looks
    from tutela.vault.temporary_access import actions

    asking = actions.Asking(
        customers=(looks.customer_id_of(customer),),
        classes=[_class(name) for name in data_class],
        purpose=purpose,
        minutes=minutes,
        reason=reason,
    )
    with session.database():
        access = actions.request_access(identity.actor(who), asking)
        output.print_row({"access": str(access.id), "result": "waiting"}, as_json=as_json)


def open_reason(access: AccessId, who: As = "", as_json: Json = False) -> None:
    """Show the reason of a request that you decide on or review; logged."""
    session.settings()
    from tutela.vault.temporary_access import actions

    with session.database():
        reason = actions.open_reason(identity.actor(who), access)
        output.print_row({"access": str(access), "reason": reason}, as_json=as_json)


def approve_access(access: AccessId, who: As = "", as_json: Json = False) -> None:
    """Approve another person's request."""
    session.settings()
    from tutela.vault.temporary_access import actions

    with session.database():
        approved = actions.approve_access(identity.actor(who), access)
        result = "running" if approved.started_at else "waiting"
        output.print_row({"access": str(access), "result": result}, as_json=as_json)


def refuse_access(access: AccessId, who: As = "", as_json: Json = False) -> None:
    """Reject another person's request."""
    session.settings()
    from tutela.vault.temporary_access import actions

    with session.database():
        actions.refuse_access(identity.actor(who), access)
        output.print_row({"access": str(access), "result": "refused"}, as_json=as_json)


def give_back_access(access: AccessId, who: As = "", as_json: Json = False) -> None:
    """Withdraw your request, or end your access early."""
    session.settings()
    from tutela.vault.temporary_access import actions

    with session.database():
        actions.give_back_access(identity.actor(who), access)
        output.print_row({"access": str(access), "result": "ended"}, as_json=as_json)


def end_access(access: AccessId, who: As = "", as_json: Json = False) -> None:
    """End the access of another person."""
    session.settings()
    from tutela.vault.temporary_access import actions

    with session.database():
        actions.end_access(identity.actor(who), access)
        output.print_row({"access": str(access), "result": "ended"}, as_json=as_json)


def review_access(
    access: AccessId,
    reason: Reason,
    justified: Annotated[
        bool,
        typer.Option(
            "--justified/--not-justified", help="Whether the break-glass access was justified."
        ),
    ],
    who: As = "",
    as_json: Json = False,
) -> None:
    """Review break-glass access of another person."""
    session.settings()
    from tutela.vault.temporary_access import actions

    with session.database():
        actions.review_break_glass(identity.actor(who), access, justified=justified, note=reason)
        output.print_row({"access": str(access), "result": "reviewed"}, as_json=as_json)


def _class(name: str) -> int:
    """The number of a data class by its name."""
    from tutela.detect.classes import DataClass

    try:
        return int(DataClass[name.strip().upper()])
    except KeyError:
        raise typer.BadParameter("--class") from None
