"""Commands of the scorecard: the lines, evidence from outside, packs, the signing key."""

import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from tutela.cli import bar, identity, output
from tutela.cli.identity import As, Json
from tutela.cli.people import Delimiter, Encoding, Sheet
from tutela.cli.running import session
from tutela.cli.translations import gettext as _

if TYPE_CHECKING:
    from tutela.scorecard.pack import Difference

PACKS_SHOWN = 50


def add_to(app: typer.Typer) -> None:
    """Name the commands."""
    app.command("scorecard")(scorecard)
    evidence = typer.Typer(help="External evidence, and evidence packs for outside readers.")
    evidence.command("add")(add)
    evidence.command("import")(bring_in)
    evidence.command("pack")(pack)
    evidence.command("packs")(packs)
    evidence.command("fetch")(fetch)
    evidence.command("key")(key)
    app.add_typer(evidence, name="evidence")


def scorecard(who: As = "", as_json: Json = False) -> None:
    """Show every target with its figure, state and age of evidence."""
    session.settings()
    from tutela.access import gate
    from tutela.base import clock
    from tutela.scorecard import permissions as scorecard_permissions
    from tutela.scorecard.board import board

    with session.database():
        gate.require(identity.actor(who), scorecard_permissions.READ)
        rows = [line.as_row() for line in board(clock.now())]
    if not as_json:
        shown = ("target", "department", "goal", "value", "unit", "condition", "next_due")
        rows = [{name: row[name] for name in shown} for row in rows]
    output.print_rows(rows, as_json=as_json)


def add(
    target: Annotated[str, typer.Option(help="The target's id, such as trainings.")],
    first: Annotated[str, typer.Option("--from", help="The first day covered.")],
    last: Annotated[str, typer.Option("--to", help="The last day covered.")],
    source: Annotated[str, typer.Option(help="The system the figure comes from.")],
    signer: Annotated[str, typer.Option(help="Responsible signer.")],
    unit: Annotated[str, typer.Option(help="percent, days, hours or count.")] = "count",
    value: Annotated[float | None, typer.Option(help="For days, hours and counts.")] = None,
    numerator: Annotated[int | None, typer.Option(help="For a percentage: the numerator.")] = None,
    denominator: Annotated[
        int | None, typer.Option(help="For a percentage: the denominator.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option(help="Evidence file; only its SHA-256 is stored.")
    ] = None,
    corrects: Annotated[str, typer.Option(help="Id of the row to correct.")] = "",
    reason: Annotated[str, typer.Option(help="Reason for the correction.")] = "",
    withdraw: Annotated[
        bool, typer.Option(help="Withdraw the row: no correct figure is available.")
    ] = False,
    who: As = "",
    as_json: Json = False,
) -> None:
    """Report a figure from another system; it counts, marked as external."""
    session.settings()
    from tutela.scorecard import files
    from tutela.scorecard.actions.evidence import add_evidence

    answers = {
        "target": target, "from": first, "to": last, "unit": unit, "source": source, "signer": signer,
        "value": "" if value is None else str(value), "corrects": corrects, "reason": reason,
        "numerator": "" if numerator is None else str(numerator),
        "denominator": "" if denominator is None else str(denominator),
        "file_hash": _hash(file) if file else "", "withdraws": "yes" if withdraw else "",
    }  # fmt: skip
    with session.database():
        row = add_evidence(identity.actor(who), files.report(answers, 0))
    output.print_row({"evidence": str(row), "target": target}, as_json=as_json)


def bring_in(
    file: Annotated[
        Path,
        typer.Argument(help="CSV, XLSX or Parquet file with the option names of `add` as columns."),
    ],
    sheet: Sheet = "",
    delimiter: Delimiter = "",
    encoding: Encoding = "",
    who: As = "",
    as_json: Json = False,
) -> None:
    """Report figures from a file; an invalid line stops the import and is named."""
    session.settings()
    from tutela.scorecard import files

    with session.database():
        how = {"sheet": sheet, "delimiter": delimiter, "encoding": encoding}
        recorded = [str(row) for row in files.add_all(identity.actor(who), file, how)]
    output.print_row({"recorded": len(recorded), "evidence": recorded}, as_json=as_json)


def _hash(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def pack(
    first: Annotated[str, typer.Option("--from", help="The first day.")],
    last: Annotated[str, typer.Option("--to", help="The last day.")],
    out: Annotated[Path, typer.Option(help="Zip file to write.")],
    who: As = "",
    as_json: Json = False,
) -> None:
    """Write a signed evidence pack; verify it anywhere with `tutela-verify pack FILE`."""
    session.settings()
    from tutela.scorecard import files, signing
    from tutela.scorecard.actions import packs

    days = files.days(first, last)
    with session.database():
        for one in packs.preview(identity.actor(who), *days):
            output.stderr.print(_differs(one), markup=False, soft_wrap=True)
    with session.database(), bar.counter(output.stderr, _("targets")) as progress:
        task = progress.add_task(_("creating the pack"), total=None)
        digest = packs.write_pack(
            identity.actor(who), *days, out,
            lambda done, total: progress.update(task, completed=done, total=total),
        )  # fmt: skip
        public = signing.public_key()
    result = {
        "file": str(out), "sha256": digest, "bytes": out.stat().st_size, "key": public.hex(),
        "key_id": signing.key_id(public),
    }  # fmt: skip
    output.print_row(result, as_json=as_json)


def packs(who: As = "", as_json: Json = False) -> None:
    """List the newest evidence packs, who made them and who fetched them again."""
    session.settings()
    from tutela.access import gate
    from tutela.scorecard import permissions as scorecard_permissions
    from tutela.scorecard import written

    with session.database():
        gate.require(identity.actor(who), scorecard_permissions.PACK_WRITE)
        rows = [one.as_row() for one in written.packs(PACKS_SHOWN)]
    output.print_rows(rows, as_json=as_json)


def fetch(
    pack: Annotated[UUID, typer.Argument(help="The id of a kept pack, as packs lists it.")],
    out: Annotated[Path, typer.Option(help="Zip file to write.")],
    who: As = "",
    as_json: Json = False,
) -> None:
    """Write a kept evidence pack again, exactly as it was handed over."""
    session.settings()
    from tutela.scorecard.actions.packs import fetch_pack

    with session.database():
        found = fetch_pack(identity.actor(who), pack, out)
    output.print_row({"file": str(out), "sha256": found.file_hash}, as_json=as_json)


def _differs(one: "Difference") -> str:
    """One target that the pack judges otherwise than the scorecard does now."""
    from tutela.programme.judgements import Condition
    from tutela.programme.words import CONDITIONS

    text = _("%(target)s: %(pack)s in the pack, %(now)s on the scorecard now")
    pack, now = (str(CONDITIONS[Condition(name)]) for name in (one.pack, one.scorecard))
    return text % {"target": one.target, "pack": pack, "now": now}


def key(
    adopt: Annotated[
        bool,
        typer.Option(
            "--adopt",
            help=("Use this machine's key for signing from now on, when the old one is lost."),
        ),
    ] = False,
    who: As = "",
) -> None:
    """Print the public key for verifying evidence packs."""
    session.settings()
    from tutela.scorecard.actions import keys

    with session.database():
        actor = identity.actor(who)
        public = keys.adopt_key(actor) if adopt else keys.signing_key(actor)
        sys.stdout.write(public.hex() + "\n")
