"""Commands of data stewards: held rows, moves between branches, sources. People do this: sign in with --as."""

from typing import Annotated, Any
from uuid import UUID

import typer

from tutela.cli import identity, output
from tutela.cli.identity import As, Json, Reason
from tutela.cli.running import session

Held = Annotated[UUID, typer.Argument(help="Held row id.")]
Move = Annotated[UUID, typer.Argument(help="Move id.")]
AssignmentId = Annotated[UUID, typer.Argument(help="Assignment id.")]
Proposal = Annotated[UUID, typer.Argument(help="Proposal id.")]


def add_to(app: typer.Typer) -> None:
    """Name the commands."""
    held_rows = typer.Typer(
        help="Rows that an import was not permitted to write.", no_args_is_help=True
    )
    held_rows.command("list")(list_held)
    held_rows.command("open")(open_held)
    held_rows.command("accept")(accept_held)
    held_rows.command("refuse")(refuse_held)
    app.add_typer(held_rows, name="held-rows")
    move = typer.Typer(help="Move a customer to another branch.", no_args_is_help=True)
    move.command("list")(list_moves)
    move.command("propose")(propose_move)
    move.command("approve")(approve_move)
    move.command("refuse")(refuse_move)
    app.add_typer(move, name="moves")
    assignment = typer.Typer(help="Assign work items to others.", no_args_is_help=True)
    assignment.command("list")(list_assignments)
    assignment.command("assign")(assign_work_item)
    assignment.command("confirm")(confirm_assignment)
    assignment.command("refuse")(refuse_assignment)
    app.add_typer(assignment, name="assignments")
    source = typer.Typer(help="Which machine account feeds which source.", no_args_is_help=True)
    source.command("list")(list_sources)
    source.command("propose")(propose_source)
    source.command("approve")(approve_source)
    source.command("refuse")(refuse_source)
    app.add_typer(source, name="sources")


def list_held(
    batch: Annotated[str, typer.Option(help="Only the rows of this import.")] = "",
    after: Annotated[int, typer.Option(min=0, help="Number of rows to skip.")] = 0,
    who: As = "",
    as_json: Json = False,
) -> None:
    """List imports with held rows for you to decide; with --batch, the rows of one import."""
    session.settings()
    from tutela.vault import held_rows

    with session.database():
        actor = identity.actor(who)
        lines: list[dict[str, Any]]
        if batch:
            rows = held_rows.waiting_rows(actor, _uuid(batch), after)
            lines = [
                {"held_row": str(row.id), "row": row.row, "branch": row.branch,
                 "actor": row.actor_id, "since": row.held_at.isoformat()}
                for row in rows
            ]  # fmt: skip
        else:
            lines = [
                {"batch": str(batch_row.batch or ""), "source": batch_row.source, "actor": batch_row.actor_id,
                 "rows": batch_row.rows, "since": batch_row.oldest.isoformat()}
                for batch_row in held_rows.waiting_batches(actor)
            ]  # fmt: skip
        output.print_rows(lines, as_json=as_json)


def _uuid(text: str) -> UUID | None:
    """The id of an import; None for "typed", the rows entered by hand."""
    if text == "typed":
        return None
    try:
        return UUID(text)
    except ValueError:
        raise typer.BadParameter("batch") from None


def open_held(held: Held, reason: Reason, who: As = "", as_json: Json = False) -> None:
    """Show a row masked, with the customers of your branches that it matches."""
    session.settings()
    from tutela.vault.actions import held_rows

    with session.database():
        opened = held_rows.open_held_row(identity.actor(who), held, reason)
        fields = {field.code: field.text for field in opened.fields if not field.refused}
        customers = [str(customer) for customer in opened.customers]
        clears = [field.code for field in opened.clears]
        about = {"held_row": str(held), "customers": customers, "clears": clears}
        output.print_row(about | fields, as_json=as_json)


def accept_held(held: Held, reason: Reason, who: As = "", as_json: Json = False) -> None:
    """Write a row; it is matched again."""
    session.settings()
    from tutela.vault.actions import held_rows

    with session.database():
        result = held_rows.accept_held_row(identity.actor(who), held, reason)
        output.print_row({"held_row": str(held), "result": result}, as_json=as_json)


def refuse_held(held: Held, reason: Reason, who: As = "", as_json: Json = False) -> None:
    """Reject a row; its content is deleted."""
    session.settings()
    from tutela.vault.actions import held_rows

    with session.database():
        held_rows.refuse_held_row(identity.actor(who), held, reason)
        output.print_row({"held_row": str(held), "result": "refused"}, as_json=as_json)


def list_moves(who: As = "", as_json: Json = False) -> None:
    """List moves waiting for a second person."""
    session.settings()
    from tutela.vault import moves

    with session.database():
        lines = [
            {"move": str(move.id), "customer": str(move.customer), "from": move.origin,
             "to": move.target, "by": move.proposed_by, "since": move.proposed_at.isoformat()}
            for move in moves.waiting(identity.actor(who))
        ]  # fmt: skip
        output.print_rows(lines, as_json=as_json)


def propose_move(
    customer: Annotated[str, typer.Argument(help="Customer id.")],
    branch: Annotated[str, typer.Option(help="Code of the target branch.")],
    reason: Reason,
    who: As = "",
    as_json: Json = False,
) -> None:
    """Propose to move a customer of your branches to another branch."""
    session.settings()
    from tutela.vault.actions import moves

    with session.database():
        move_id = moves.propose_move(identity.actor(who), customer, branch, reason)
        output.print_row({"move": str(move_id)}, as_json=as_json)


def approve_move(move: Move, who: As = "", as_json: Json = False) -> None:
    """Accept a customer whose move another person proposed."""
    session.settings()
    from tutela.vault.actions import moves

    with session.database():
        moves.approve_move(identity.actor(who), move)
        output.print_row({"move": str(move), "result": "moved"}, as_json=as_json)


def refuse_move(move: Move, who: As = "", as_json: Json = False) -> None:
    """Reject a move, or withdraw your own."""
    session.settings()
    from tutela.vault.actions import moves

    with session.database():
        moves.refuse_move(identity.actor(who), move)
        output.print_row({"move": str(move), "result": "refused"}, as_json=as_json)


def list_assignments(who: As = "", as_json: Json = False) -> None:
    """List assignments waiting for a second person."""
    session.settings()
    from tutela.vault import assignments

    with session.database():
        lines = [
            {"assignment": str(item.id), "customer": str(item.customer), "assignee": str(item.assignee),
             "by": item.assigned_by, "since": item.assigned_at.isoformat()}
            for item in assignments.waiting(identity.actor(who))
        ]  # fmt: skip
        output.print_rows(lines, as_json=as_json)


def assign_work_item(
    customer: Annotated[str, typer.Argument(help="Customer id.")],
    assignee: Annotated[str, typer.Option("--to", help="Login or staff number of the assignee.")],
    reason: Reason,
    work_item: Annotated[
        str,
        typer.Option(help="Work item of the customer; a new service case when omitted."),
    ] = "",
    who: As = "",
    as_json: Json = False,
) -> None:
    """Assign a work item of a customer to someone else."""
    session.settings()
    from tutela.vault.actions.assignments import Assigning, assign_work_item

    with session.database():
        request = Assigning(
            customer=customer, assignee=assignee, reason=reason, work_item=work_item
        )
        assignment = assign_work_item(identity.actor(who), request)
        output.print_row(
            {"assignment": str(assignment.id), "work_item": assignment.number}, as_json=as_json
        )


def confirm_assignment(assignment: AssignmentId, who: As = "", as_json: Json = False) -> None:
    """Confirm, as a second person, what another supervisor assigned."""
    session.settings()
    from tutela.vault.actions import assignments

    with session.database():
        assignments.confirm_assignment(identity.actor(who), assignment)
        output.print_row({"assignment": str(assignment), "result": "in force"}, as_json=as_json)


def refuse_assignment(assignment: AssignmentId, who: As = "", as_json: Json = False) -> None:
    """Reject an assignment, or withdraw your own."""
    session.settings()
    from tutela.vault.actions import assignments

    with session.database():
        assignments.refuse_assignment(identity.actor(who), assignment)
        output.print_row({"assignment": str(assignment), "result": "refused"}, as_json=as_json)


def list_sources(
    waiting: Annotated[
        bool, typer.Option("--waiting", help="Proposals waiting for a second person.")
    ] = False,
    who: As = "",
    as_json: Json = False,
) -> None:
    """List registrations in force, or pending proposals."""
    session.settings()
    from tutela.vault.actions import sources

    with session.database():
        lines = [
            {"proposal": str(entry.id), "source": entry.code, "machine": str(entry.machine),
             "open": entry.is_open, "by": entry.proposed_by, "since": entry.proposed_at.isoformat()}
            for entry in sources.list_sources(identity.actor(who), waiting=waiting)
        ]  # fmt: skip
        output.print_rows(lines, as_json=as_json)


def propose_source(
    source: Annotated[str, typer.Argument(help="Name of the source.")],
    machine: Annotated[str, typer.Option(help="Login of the machine account.")],
    collection: Annotated[
        list[str] | None,
        typer.Option(help="Collection that it delivers; repeatable; all when omitted."),
    ] = None,
    close: Annotated[
        bool, typer.Option("--close", help="The machine account no longer feeds the source.")
    ] = False,
    who: As = "",
    as_json: Json = False,
) -> None:
    """Propose that a machine account feed a source, or with --close that it stop."""
    session.settings()
    from tutela.vault.actions import sources
    from tutela.vault.importing import targets

    with session.database():
        brings = collection or [code for _number, code in targets.collections()]
        proposal_id = sources.propose_source(
            identity.actor(who), source, machine, brings, is_open=not close
        )
        output.print_row({"proposal": str(proposal_id)}, as_json=as_json)


def approve_source(proposal: Proposal, who: As = "", as_json: Json = False) -> None:
    """Confirm another person's proposal; it takes effect immediately."""
    session.settings()
    from tutela.vault.actions import sources

    with session.database():
        sources.approve_source(identity.actor(who), proposal)
        output.print_row({"proposal": str(proposal), "result": "registered"}, as_json=as_json)


def refuse_source(proposal: Proposal, who: As = "", as_json: Json = False) -> None:
    """Reject a proposal, or withdraw your own."""
    session.settings()
    from tutela.vault.actions import sources

    with session.database():
        sources.refuse_source(identity.actor(who), proposal)
        output.print_row({"proposal": str(proposal), "result": "refused"}, as_json=as_json)
