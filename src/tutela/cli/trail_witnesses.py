"""The commands about the trail's witnesses: how they stand, and carrying a checkpoint to one by hand."""

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from tutela.cli import identity, output
from tutela.cli.identity import As, Json
from tutela.cli.running import session

LARGEST = 1 << 20


def add_to(group: typer.Typer) -> None:
    """Name the commands."""
    group.command("witnesses")(list_witnesses)
    group.command("policy")(print_policy)
    group.command("witness-request")(write_request)
    group.command("cosignature")(record_cosignature)


def list_witnesses(who: As = "", as_json: Json = False) -> None:
    """Show the newest checkpoint of the trail and how each witness of the policy stands."""
    session.settings()
    from tutela.access import trail_tree
    from tutela.trail.tree import witness_words

    with session.database():
        found = trail_tree.standing(identity.actor(who))
        head, quorum = found.head, found.quorum
        result: dict[str, Any] = {
            "tree": head.origin if head else "", "size": head.size if head else 0,
            "root": head.root.hex() if head else "", "at": head.at if head else None,
            "witnessed": quorum.size if quorum else None,
            "witnessed_at": quorum.met_at if quorum else None,
        }  # fmt: skip
        rows = []
        for one in found.policy.witnesses.values() if found.policy else ():
            contact = found.contacts.get(one.name)
            rows.append({
                "witness": one.name, "key": one.id, "url": one.url,
                "size": contact.size if contact else None,
                "at": contact.answered_at if contact else None,
                "state": witness_words.state(one, contact)[1],
            })  # fmt: skip
    if as_json:
        output.print_row(result | {"witnesses": rows}, as_json=True)
    else:
        output.print_row(result, as_json=False)
        output.print_rows(rows, as_json=False)


def print_policy(who: As = "") -> None:
    """Print the policy for outsiders: keys of the trail and its witnesses, and how many are enough."""
    session.settings()
    from tutela.access import trail_tree

    with session.database():
        typer.echo(trail_tree.policy_text(identity.actor(who)), nl=False)


def write_request(
    witness: Annotated[str, typer.Argument(help="Name of the witness in the policy.")],
    out: Annotated[Path, typer.Option("--out", help="File to write.")],
    size: Annotated[
        int | None,
        typer.Option("--from", min=0, help="Size at which the witness stands, if it said another."),
    ] = None,
    who: As = "",
) -> None:
    """Write the file that is carried to a witness without a network address."""
    session.settings()
    from tutela.access import trail_tree

    with session.database():
        _head, body = trail_tree.request_by_hand(identity.actor(who), witness, size)
        with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(body)
    output.say(str(out))


def record_cosignature(
    file: Annotated[Path, typer.Argument(help="The cosigned checkpoint that came back.")],
    who: As = "",
    as_json: Json = False,
) -> None:
    """Record what a witness signed that was carried to by hand."""
    session.settings()
    from tutela.access import trail_tree

    with session.database():
        with file.open("rb") as opened:
            note = opened.read(LARGEST).decode(errors="surrogateescape")
        kept = trail_tree.record(identity.actor(who), note)
        rows = [{"witness": one.witness, "size": one.size, "at": one.at} for one in kept]
        output.print_rows(rows, as_json=as_json)
