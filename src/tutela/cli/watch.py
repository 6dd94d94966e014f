"""The commands of the watch: `alerts`, `cases` and `canaries` show, and people act on the pages; `roster` and
`vip` tell the rules what Tutela does not know by itself."""

from typing import Annotated, Any

import typer

from tutela.cli import identity, output
from tutela.cli.customers import Customer
from tutela.cli.identity import As, Json
from tutela.cli.people import Delimiter, Encoding, File, Sheet
from tutela.cli.running import session

Rule = Annotated[str, typer.Option(help="Only this rule, R1 to R24.")]
Limit = Annotated[int, typer.Option(min=1, max=1000, help="Maximum number of entries.")]


def add_to(app: typer.Typer) -> None:
    """Name the commands."""
    group = typer.Typer(help="What the watch over the access trail found.", no_args_is_help=True)
    group.command("alerts")(list_alerts)
    group.command("cases")(list_cases)
    group.command("canaries")(count_canaries)
    group.command("roster")(import_roster)
    group.command("vip")(mark_vip)
    app.add_typer(group, name="watch")


def list_alerts(
    rule: Rule = "",
    loose: Annotated[bool, typer.Option("--loose", help="Only alerts that no case has.")] = False,
    limit: Limit = 100,
    who: As = "",
    as_json: Json = False,
) -> None:
    """List alerts, newest first; no customer is named, and reading is logged."""
    session.settings()
    from tutela.watch import cases, reading

    with session.database():
        actor = identity.actor(who)
        found = list(cases.alerts(rule=_rule(rule), state="loose" if loose else "")[:limit])
        reading.note(actor, rows=len(found), rule=rule)
        rows = [
            {
                "alert": str(one.id), "rule": one.rule, "at": one.at, "raised": one.raised_at,
                "person": _login(one),
                "measured": one.measured, "threshold": one.threshold, "points": one.points,
                "critical": one.critical, "case": one.case.number if one.case else None,
                "entries": len(one.leaf_ids),
            }
            for one in found
        ]  # fmt: skip
        output.print_rows(rows, as_json=as_json)


def list_cases(
    rule: Rule = "",
    waiting: Annotated[bool, typer.Option("--waiting", help="Only those not settled.")] = False,
    limit: Limit = 100,
    who: As = "",
    as_json: Json = False,
) -> None:
    """List cases, those that wait first; reading is logged."""
    session.settings()
    from tutela.watch import cases, reading

    with session.database():
        actor = identity.actor(who)
        found = list(cases.cases(rule=_rule(rule), state="waiting" if waiting else "")[:limit])
        rules = cases.rules_of([one.id for one in found])
        reading.note(actor, rows=len(found), rule=rule)
        rows = [
            {
                "case": one.number, "state": one.state, "critical": one.critical,
                "person": _login(one), "rules": ",".join(rules.get(one.id, [])),
                "points": one.points, "since": one.opened_at, "found": one.outcome,
            }
            for one in found
        ]  # fmt: skip
        output.print_rows(rows, as_json=as_json)


def count_canaries(who: As = "", as_json: Json = False) -> None:
    """Count canary customers by branch, for their two keepers (--as); who they are stands on the page alone."""
    session.settings()
    from tutela.access import queries as people
    from tutela.watch import canaries
    from tutela.watch.actions import canaries as acts

    with session.database():
        acts.check_keeper(identity.actor(who))
        codes = {key: code for code, key in people.branch_codes().items()}
        rows = [
            {
                "branch": codes.get(one.branch_id, str(one.branch_id)), "customers": one.customers,
                "planted": one.planted, "wanted": one.wanted, "coming": one.coming,
                "since": one.oldest,
            }
            for one in canaries.coverage()
        ]  # fmt: skip
        output.print_rows(rows, as_json=as_json)


def import_roster(
    file: File,
    sheet: Sheet = "",
    delimiter: Delimiter = "",
    encoding: Encoding = "",
    who: As = "",
    as_json: Json = False,
) -> None:
    """Import shifts (columns staff, starts, ends, on_call); they replace the same people's of the same span."""
    session.settings()
    from tutela.vault.importing.listed import read_listed
    from tutela.watch.actions.rosters import COLUMNS, NEEDED, import_shifts

    with session.database():
        how = {"sheet": sheet, "delimiter": delimiter, "encoding": encoding}
        done = import_shifts(identity.actor(who), read_listed(file, COLUMNS, NEEDED, how))
        row = {"shifts": done.shifts, "people": done.people, "replaced": done.replaced}
        output.print_rows([row], as_json=as_json)


def mark_vip(
    customer: Customer,
    off: Annotated[bool, typer.Option("--off", help="Remove the mark.")] = False,
    who: As = "",
) -> None:
    """Mark a customer: a view without a work item raises an alert (rule R8)."""
    session.settings()
    from tutela.vault import looks
    from tutela.watch.actions import vips

    with session.database():
        actor, found = identity.actor(who), looks.customer_id_of(customer)
        if off:
            vips.unmark_vip(actor, found)
        else:
            vips.mark_vip(actor, found)


def _rule(code: str) -> str:
    """The rule of this code; RuleUnknown."""
    from tutela.watch.errors import RuleUnknown
    from tutela.watch.rules import RULES

    if code and code not in RULES:
        raise RuleUnknown
    return code


def _login(one: Any) -> str:
    return one.person.login if one.person else ""
