"""The commands about the trail's tree: its state, and answering for its faults."""

from typing import Any

import typer

from tutela.cli import identity, output
from tutela.cli.identity import As, Json
from tutela.cli.running import session
from tutela.cli.translations import gettext as _


def add_to(group: typer.Typer) -> None:
    """Name the commands."""
    group.command("tree")(tree)
    group.command("acknowledge")(acknowledge)


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


def acknowledge(who: As = "", as_json: Json = False) -> None:
    """Say that you have looked at every fault of chains and trees: customer data opens again; this is logged."""
    session.settings()
    from tutela.keys import trail_check

    with session.database():
        ended = trail_check.acknowledge(identity.actor(who))
    if as_json:
        output.print_row({"ended": ended}, as_json=True)
    else:
        output.say(_("Faults acknowledged: %(count)s.") % {"count": ended})
