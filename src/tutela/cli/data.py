"""Commands that bring data in: import a file, see the imports."""

import sys
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from tutela.cli import bar, identity, output
from tutela.cli.identity import As, Json
from tutela.cli.running import session
from tutela.cli.translations import gettext as _

CollectionName = Annotated[
    str,
    typer.Option(
        help="Type of its rows: customer, policy, claim, account, health, contact or work_item."
    ),
]
Corrections = Annotated[
    list[str] | None,
    typer.Option("--column", help="COLUMN=FIELD corrects the proposed mapping; repeatable."),
]
Delimiter = Annotated[
    str, typer.Option(help="What stands between cells, e.g. ';', tab, '|+|' or '\\x01'.")
]
Encoding = Annotated[
    str, typer.Option(help="Encoding of a text file, e.g. utf-8, gb18030 or big5.")
]
Clears = Annotated[
    list[str] | None,
    typer.Option(
        "--clear",
        help="Field whose stored value a blank cell clears; repeatable. '' clears none, whatever a "
        "saved mapping says.",
    ),
]


def add_to(app: typer.Typer) -> None:
    """Name the commands."""
    app.command("import")(bring_in)
    app.command("imports")(imports)
    app.command("rejects")(rejects)
    app.command("undo-import")(undo_import)


def bring_in(
    file: Annotated[
        Path, typer.Argument(help="CSV, XLSX, XLS, ODS, DBF or Parquet file; it is left in place.")
    ],
    collection: CollectionName = "",
    source: Annotated[str, typer.Option(help="The system the file comes from.")] = "core",
    mapping: Annotated[str, typer.Option(help="Name of a saved mapping.")] = "",
    column: Corrections = None,
    sheet: Annotated[str, typer.Option(help="Name of the workbook's sheet to read.")] = "",
    delimiter: Delimiter = "",
    encoding: Encoding = "",
    clear: Clears = None,
    save_as: Annotated[str, typer.Option(help="Save the mapping under this name.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask to confirm the mapping.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Validate only; write nothing.")
    ] = False,
    who: As = "",
    as_json: Json = False,
) -> int:
    """Import a file: recognise columns, validate values, encrypt, match and write."""
    session.settings()
    from tutela.vault.importing import rejected_rows
    from tutela.vault.importing.actions.files import open_file
    from tutela.vault.importing.actions.imports import RunOptions, run_import
    from tutela.vault.importing.actions.orders import prepare_order, save_mapping
    from tutela.vault.importing.orders import Instructions
    from tutela.vault.importing.reading.sources import FileSource
    from tutela.vault.importing.reading.table import ReadAs

    with session.database():
        actor = identity.actor(who)
        changes = _changes(column or [])
        clears = [field for field in clear if field] if clear else None
        instructions = Instructions(collection, source, mapping, changes, clears)
        read_as = ReadAs(sheet, delimiter, encoding)
        table = open_file(actor, FileSource(file), read_as=read_as)
        order = prepare_order(actor, table, instructions)
        if not _agreed(order, yes=yes, dry_run=dry_run):
            return 2
        if save_as:
            save_mapping(actor, save_as, order)
        with bar.rows(output.stderr) as shown:
            watcher = bar.watcher(shown, _("importing"))
            result = run_import(actor, order, RunOptions(dry_run=dry_run, progress=watcher))
        kinds = rejected_rows.summary_of(actor, UUID(result.batch)) if result.rejected else []
        row = result.as_row() | {"rejects": kinds}
        if as_json:
            output.print_row(row, as_json=True)
        else:
            output.print_row(_readable(row), as_json=False)
            _print_kinds(kinds)
    return 0


def _readable(row: dict[str, Any]) -> dict[str, Any]:
    """A result for the terminal: how the file was read stands beside the counts."""
    from tutela.vault.importing.delimiters import spelled

    del row["rejects"]
    read = row.pop("read")
    told = read | {
        "left_out": ", ".join(read["left_out"]),
        "delimiter": spelled(read["delimiter"]),
    }
    return row | {name: value for name, value in told.items() if value}


def _print_kinds(kinds: list[dict[str, Any]]) -> None:
    """Rejected rows by reason, the examples of each in one cell."""
    if kinds:
        output.say("")
        shown = [kind | {"examples": _examples(kind["examples"])} for kind in kinds]
        output.print_rows(shown, as_json=False)


def _examples(examples: list[dict[str, Any]]) -> str:
    return "; ".join(f"{one['row']}: {one['cell']}".removesuffix(": ") for one in examples)


def _changes(pairs: list[str]) -> dict[str, str]:
    changes = {}
    for pair in pairs:
        column, equals, field = pair.rpartition("=")
        if not equals:
            problem = _("--column expects COLUMN=FIELD, not %(pair)s") % {"pair": pair}
            raise typer.BadParameter(problem)
        changes[column] = field
    return changes


def _agreed(order: Any, *, yes: bool, dry_run: bool) -> bool:
    """Show the mapping and ask for confirmation; without a terminal --yes or --dry-run is needed."""
    if yes or dry_run:
        return True
    _say_how_read(order.table)
    for proposal in order.proposals:
        field, why = proposal.field or _("(ignored)"), "; ".join(proposal.why)
        output.say(f"{proposal.column} -> {field} {proposal.score:.2f} {why}")
    if not sys.stdin.isatty():
        problem = _("no terminal to confirm this mapping; add --yes")
        output.say(f"tutela: {problem} [cli.not_agreed]")
        return False
    return bool(typer.confirm(_("Import with this mapping?"), err=True))


def _say_how_read(table: Any) -> None:
    if table.sheet:
        output.say(_("Sheet: %(sheet)s") % {"sheet": table.sheet})
    if table.left_out:
        output.say(_("Sheets left out: %(sheets)s") % {"sheets": ", ".join(table.left_out)})


def imports(
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Maximum number of entries.")] = 20,
    who: As = "",
    as_json: Json = False,
) -> None:
    """List the latest imports with their counts."""
    session.settings()
    from tutela.vault.importing.actions.imports import list_imports

    with session.database():
        batches = list_imports(identity.actor(who), limit)
        output.print_rows([batch.as_row() for batch in batches], as_json=as_json)


def rejects(
    batch: Annotated[str, typer.Argument(help="Import id, as listed by `tutela imports`.")],
    open_rows: Annotated[
        bool, typer.Option("--open", help="Show the rows, masked except for the invalid cells.")
    ] = False,
    summary: Annotated[
        bool, typer.Option("--summary", help="Count them by field and reason.")
    ] = False,
    purpose: Annotated[str, typer.Option(help="Purpose of opening the rows, e.g. service.")] = "",
    reason: Annotated[str, typer.Option(help="One sentence; only the auditor can open it.")] = "",
    after: Annotated[int, typer.Option(min=0, help="Continue after this row.")] = 0,
    who: As = "",
    as_json: Json = False,
) -> None:
    """List the rejected rows of an import; with --open, show a hundred of them with their
    content.
    """
    session.settings()
    from tutela.vault.importing import rejected_rows
    from tutela.vault.importing.rejected_rows import RejectsAsk

    with session.database():
        actor = identity.actor(who)
        name = _batch(batch)
        if summary:
            kinds = rejected_rows.summary_of(actor, name)
            if as_json:
                output.print_rows(kinds, as_json=True)
            else:
                _print_kinds(kinds)
            return
        if not open_rows:
            output.print_rows(rejected_rows.rejects_of(actor, name), as_json=as_json)
            return
        ask = RejectsAsk(purpose=purpose, reason=reason, after=after)
        opened = rejected_rows.open_rejects(actor, name, ask)
        rows = [_rejected(opened.header, row) for row in opened.rows]
        output.print_rows(rows, as_json=as_json)


def _batch(text: str) -> UUID:
    """The id of an import; BatchMissing if the text is no UUID."""
    from tutela.vault.importing.errors import BatchMissing

    try:
        return UUID(text)
    except ValueError:
        raise BatchMissing from None


def _rejected(header: tuple[str, ...], row: Any) -> dict[str, Any]:
    """One row for the terminal: its cells by heading, or by number without headings."""
    names = header if len(header) == len(row.cells) else range(1, len(row.cells) + 1)
    cells = {str(name): cell.text for name, cell in zip(names, row.cells, strict=True)}
    codes = ", ".join(code for _field, code in row.faults)
    return {"row": row.number, "code": codes, "cells": cells}


def undo_import(
    batch: Annotated[str, typer.Argument(help="Import id, as listed by `tutela imports`.")],
    propose: Annotated[
        str, typer.Option("--propose", help="Propose to undo the whole import, with a reason.")
    ] = "",
    approve: Annotated[
        bool, typer.Option("--approve", help="Approve another person's proposal.")
    ] = False,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Withdraw the proposal.")] = False,
    preview: Annotated[
        str, typer.Option("--preview", help="Show what would change, masked, for this purpose.")
    ] = "",
    who: As = "",
    as_json: Json = False,
) -> None:
    """Undo a whole import, by two people; without an option, show the progress."""
    session.settings()
    from tutela.vault.importing import viewers
    from tutela.vault.undo import actions, queries
    from tutela.vault.undo.preview import preview_undo

    with session.database():
        actor, name = identity.actor(who), _batch(batch)
        if preview:
            shown = preview_undo(actor, name, preview)
            output.print_rows([_undone(record) for record in shown.records], as_json=as_json)
            return
        if propose:
            actions.propose_undo(actor, name, propose)
        elif approve:
            actions.approve_undo(actor, name)
        elif withdraw:
            actions.withdraw_undo(actor, name)
        viewers.undone_by(actor, name)
        order = queries.order_of(name)
        blocked = len(queries.blockers(name)) if order is None else 0
        state = order.state if order else "none"
        result = {"batch": str(name), "state": state, "blocked": blocked}
        counts = {"records": order.records, "kept": order.kept} if order else {}
        output.print_row(result | counts, as_json=as_json)


def _undone(record: Any) -> dict[str, Any]:
    """One record of a preview: each field before and after."""
    fields = {change.name: f"{change.now} -> {change.then}" for change in record.fields}
    effect = "ends" if record.ends else "goes back"
    return {"customer": str(record.customer_id), "what": effect, "fields": fields}
