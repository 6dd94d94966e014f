"""The commands about the trail's tree: its state, and answering for its faults by two people."""

from typing import Annotated, Any
from uuid import UUID

import typer

from tutela.cli import identity, output
from tutela.cli.identity import As, Json
from tutela.cli.running import session
from tutela.cli.translations import gettext as _

Proposal = Annotated[UUID, typer.Argument(help="Id of the proposal.")]


def add_to(group: typer.Typer) -> None:
    """Name the commands."""
    group.command("tree")(tree)
    group.command("faults")(list_faults)
    group.command("acknowledge")(acknowledge)
    group.command("confirm-acknowledgement")(confirm_acknowledgement)
    group.command("reject-acknowledgement")(reject_acknowledgement)


def tree(as_json: Json = False) -> None:
    """Show the tree of the trail: origin, entries, last checkpoint, root, public keys, seconds behind, faults."""
    session.settings()
    from tutela.trail.tree import signers, state

    with session.database():
        now, health, head = state.current(), state.health(), state.newest()
        row: dict[str, Any] = {"origin": "", "entries": 0, "signed": 0}
        if now is not None and health is not None:
            row |= {
                "tree": now.epoch, "origin": now.origin, "entries": now.size,
                "behind": round(health.lag, 1), "faults": [one.kind for one in state.faults()],
                "keys": signers.vkeys(now.origin),
            }  # fmt: skip
        if head is not None:
            row |= {
                "signed": head.size,
                "root": head.root.hex(),
                "at": head.at,
                "checkpoint": head.note,
            }
    output.print_row(row, as_json=as_json)


def list_faults(who: As = "", as_json: Json = False) -> None:
    """List the faults of the trail that stand, and the answer that waits for a second person."""
    session.settings()
    from tutela.keys import fault_answers

    with session.database():
        found = fault_answers.standing(identity.actor(who))
        rows: list[dict[str, Any]] = [
            {"fault": one.kind, "tree": str(one.epoch), "index": one.index, "count": one.count,
             "since": one.since.isoformat()}
            for one in found.faults
        ]  # fmt: skip
        if found.restored is not None:
            rows.append({"fault": found.restored.kind, "leaf": found.restored.leaf})
        if found.waiting is not None:
            rows.append({"proposal": str(found.waiting.id), "reason": found.waiting.reason,
                         "proposed_by": found.waiting.proposed_by,
                         "proposed_at": found.waiting.proposed_at.isoformat()})  # fmt: skip
        output.print_rows(rows, as_json=as_json)


def acknowledge(
    reason: Annotated[
        str, typer.Option("--reason", help="What was found, without customers' data.")
    ],
    who: As = "",
    as_json: Json = False,
) -> None:
    """Say that you have looked at every fault of chains and trees; a second person must confirm it."""
    session.settings()
    from tutela.keys import fault_answers

    with session.database():
        key = fault_answers.propose(identity.actor(who), reason)
        output.print_row({"proposal": str(key), "result": "proposed"}, as_json=as_json)


def confirm_acknowledgement(proposal: Proposal, who: As = "", as_json: Json = False) -> None:
    """Confirm as a second person that the faults were looked at: customer data opens again; this is logged."""
    session.settings()
    from tutela.keys import fault_answers

    with session.database():
        ended = fault_answers.approve(identity.actor(who), proposal)
    if as_json:
        output.print_row({"ended": ended}, as_json=True)
    else:
        output.say(_("Faults acknowledged: %(count)s.") % {"count": ended})


def reject_acknowledgement(proposal: Proposal, who: As = "", as_json: Json = False) -> None:
    """Reject another person's answer for the faults, or withdraw your own; they stand."""
    session.settings()
    from tutela.keys import fault_answers

    with session.database():
        fault_answers.reject(identity.actor(who), proposal)
        output.print_row({"proposal": str(proposal), "result": "rejected"}, as_json=as_json)
