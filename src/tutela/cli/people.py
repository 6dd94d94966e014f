"""Commands for people and rights: branches and staff from files, sign-in links, API keys.

The operator of the host acts as `SYSTEM`, which may set up people and rights but sees no customer data; each
action appends a leaf.
"""

from datetime import timedelta
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from tutela.cli import identity, output
from tutela.cli.identity import As, Json
from tutela.cli.running import session

File = Annotated[
    Path,
    typer.Argument(exists=True, dir_okay=False, readable=True, help="CSV, XLSX or Parquet file."),
]
Sheet = Annotated[str, typer.Option(help="Name of the workbook's sheet to read.")]
Delimiter = Annotated[
    str, typer.Option(help="What stands between cells, e.g. ';', tab, '|+|' or '\\x01'.")
]
Encoding = Annotated[
    str, typer.Option(help="Encoding of a text file, e.g. utf-8, gb18030 or big5.")
]
Login = Annotated[str, typer.Argument(help="The account's login.")]
ResetId = Annotated[UUID, typer.Argument(help="The id of a reset, as staff resets lists it.")]
KeyId = Annotated[
    str, typer.Argument(help="The public part of the key: the 16 characters after ttk_.")
]


def add_to(app: typer.Typer) -> None:
    """Name the commands."""
    group = typer.Typer(help="Branches, staff, sign-in links and API keys.", no_args_is_help=True)
    group.command("branches")(branches)
    group.command("import")(staff)
    group.command("link")(link)
    group.command("find")(find)
    group.command("disable")(disable)
    group.command("enable")(enable)
    group.command("unlock")(unlock)
    group.command("sessions")(sessions)
    group.command("end-sessions")(end_sessions)
    group.command("propose-reset")(propose_reset)
    group.command("resets")(resets)
    group.command("confirm-reset")(confirm_reset)
    group.command("reject-reset")(reject_reset)
    group.command("remove-second-factor")(remove_second_factor)
    group.command("key")(key)
    group.command("keys")(keys)
    group.command("rotate-key")(rotate_key)
    group.command("revoke-key")(revoke_key)
    app.add_typer(group, name="staff")


BRANCH_COLUMNS = ("code", "parent", "name_zh", "name_en")
STAFF_COLUMNS = ("staff_no", "login", "name", "post", "department", "branch", "customer_key")


def branches(
    file: File,
    sheet: Sheet = "",
    delimiter: Delimiter = "",
    encoding: Encoding = "",
    as_json: Json = False,
) -> None:
    """Import the branch tree (columns code, parent, name_zh, name_en)."""
    session.settings()
    from tutela.access.actions.imports import import_branches
    from tutela.base.actor import SYSTEM
    from tutela.vault.importing.listed import read_listed

    with session.database():
        rows = read_listed(
            file,
            BRANCH_COLUMNS,
            ("code",),
            {"sheet": sheet, "delimiter": delimiter, "encoding": encoding},
        )
        done = import_branches(SYSTEM, [row for _number, row in rows])
    _print_counts(done.created, done.changed, done.unchanged, as_json=as_json)


def staff(
    file: File,
    source: Annotated[str, typer.Option(help="Source system of customer_key.")] = "core",
    whole: Annotated[
        bool, typer.Option("--whole", help="The file lists all staff: disable whoever is missing.")
    ] = False,
    preview: Annotated[
        bool, typer.Option("--preview", help="Show what would change and change nothing.")
    ] = False,
    leavers: Annotated[
        int,
        typer.Option(min=-1, help="Confirm this number of people to disable, where they are many."),
    ] = -1,
    sheet: Sheet = "",
    delimiter: Delimiter = "",
    encoding: Encoding = "",
    as_json: Json = False,
) -> None:
    """Import staff (columns staff_no, login, name, post, department, branch, customer_key).

    Staff who are also customers may not open their own record: import customers first, so that
    customer_key is known.
    """
    session.settings()
    from tutela.access.actions import imports
    from tutela.base.actor import SYSTEM
    from tutela.vault import own_records
    from tutela.vault.importing.listed import read_listed

    with session.database():
        listed = read_listed(
            file,
            STAFF_COLUMNS,
            STAFF_COLUMNS[:-1],
            {"sheet": sheet, "delimiter": delimiter, "encoding": encoding},
        )
        rows = [row for _number, row in listed]
        keys = [row.get("customer_key", "") for row in rows]
        own = own_records.customers_by_key(SYSTEM, source, keys)
        confirmed = leavers if leavers >= 0 else None
        asked = imports.StaffFile(rows, own, whole=whole, leavers=confirmed)
        if preview:
            plan = imports.preview_staff_file(SYSTEM, asked)
            counts = (len(plan.created), len(plan.changed), plan.unchanged, len(plan.leavers))
        else:
            done = imports.take_staff_file(SYSTEM, asked)
            counts = (done.created, done.changed, done.unchanged, done.disabled)
    names = ("created", "changed", "unchanged", "disabled")
    output.print_row(dict(zip(names, counts, strict=True)), as_json=as_json)


def _print_counts(created: int, changed: int, unchanged: int, *, as_json: bool) -> None:
    counts = {"created": created, "changed": changed, "unchanged": unchanged}
    output.print_row(counts, as_json=as_json)


def link(
    logins: Annotated[list[str], typer.Argument(help="Logins to create links for.")],
    as_json: Json = False,
) -> None:
    """Print a one-time link for each of these people to set a password (valid for 24 hours)."""
    session.settings()
    from tutela.access import queries
    from tutela.access.actions.passwords import create_password_link
    from tutela.base.actor import SYSTEM
    from tutela.cli.running import first_run

    rows = []
    with session.database():
        for login in logins:
            person = queries.staff_by_login(login)
            token = create_password_link(SYSTEM, person)
            rows.append({"login": login, "link": first_run.password_address(token)})
    output.print_rows(rows, as_json=as_json)


def find(
    name: Annotated[str, typer.Argument(help="Part of the name, staff number or login.")],
    as_json: Json = False,
) -> None:
    """Find accounts by name, staff number or login."""
    session.settings()
    from tutela.access import accounts
    from tutela.base.actor import SYSTEM

    with session.database():
        rows = [
            {
                "login": one.login,
                "staff_no": one.staff_no,
                "name": one.name,
                "active": one.is_active,
                "last_sign_in": one.last_login,
            }
            for one in accounts.find(SYSTEM, name)
        ]
    output.print_rows(rows, as_json=as_json)


def disable(login: Login, as_json: Json = False) -> None:
    """Disable an account: sessions and API keys end, open work items go to the queue of their branch."""
    session.settings()
    from tutela.access import queries
    from tutela.access.actions.people import disable_staff
    from tutela.base.actor import SYSTEM

    with session.database():
        done = disable_staff(SYSTEM, queries.staff_by_login(login))
    row = {
        "login": login,
        "disabled": True,
        "ended_sessions": done.sessions,
        "ended_keys": done.keys,
        "released_items": done.released,
    }
    output.print_row(row, as_json=as_json)


def enable(login: Login, as_json: Json = False) -> None:
    """Enable a disabled account. Its sessions and API keys stay ended."""
    session.settings()
    from tutela.access import queries
    from tutela.access.actions.people import enable_staff
    from tutela.base.actor import SYSTEM

    with session.database():
        enable_staff(SYSTEM, queries.staff_by_login(login))
    output.print_row({"login": login, "disabled": False}, as_json=as_json)


def unlock(login: Login, as_json: Json = False) -> None:
    """Forget failed sign-ins of an account, so that it may try again without a delay."""
    session.settings()
    from tutela.access import queries
    from tutela.access.actions.people import unlock_staff
    from tutela.base.actor import SYSTEM

    with session.database():
        unlock_staff(SYSTEM, queries.staff_by_login(login))
    output.print_row({"login": login, "unlocked": True}, as_json=as_json)


def sessions(login: Login, as_json: Json = False) -> None:
    """List the open sessions of an account."""
    session.settings()
    from tutela.access import accounts, queries

    with session.database():
        rows = [
            {
                "started": one.started_at,
                "last_used": one.seen_at,
                "from_address": one.source,
                "second_factor": one.second_factor,
            }
            for one in accounts.sessions_of(queries.staff_by_login(login))
        ]
    output.print_rows(rows, as_json=as_json)


def end_sessions(login: Login, as_json: Json = False) -> None:
    """End every session of an account."""
    session.settings()
    from tutela.access import queries
    from tutela.access.actions import sessions as ending
    from tutela.base.actor import SYSTEM

    with session.database():
        ended = ending.end_sessions(SYSTEM, queries.staff_by_login(login))
    output.print_row({"login": login, "ended_sessions": ended}, as_json=as_json)


def propose_reset(
    login: Login,
    who: As = "",
    kind: Annotated[str, typer.Option(help="password or second_factor.")] = "password",
    reason: Annotated[
        str, typer.Option(help="forgotten, lost_device, compromised or first_sign_in.")
    ] = "forgotten",
    as_json: Json = False,
) -> None:
    """Propose to reset a password or second factor; another administrator confirms it."""
    session.settings()
    from tutela.access import queries
    from tutela.access.actions import resets as deciding

    with session.database():
        actor = identity.actor(who)
        reset = deciding.propose_reset(actor, queries.staff_by_login(login), kind, reason)
    output.print_row({"reset": str(reset.id), "login": login, "kind": kind}, as_json=as_json)


def resets(as_json: Json = False) -> None:
    """List resets that wait for a second administrator."""
    session.settings()
    from tutela.access import accounts

    with session.database():
        rows = [
            {
                "reset": str(one.id),
                "login": one.staff.login,
                "kind": one.kind,
                "reason": one.ground,
                "proposed_by": one.proposed_by.login,
                "until": accounts.expires_at(one),
            }
            for one in accounts.waiting_resets()
        ]
    output.print_rows(rows, as_json=as_json)


def confirm_reset(reset: ResetId, who: As = "", as_json: Json = False) -> None:
    """Confirm a reset as the second administrator. Prints the link for a new password, once."""
    session.settings()
    from tutela.access.actions import resets as deciding
    from tutela.cli.running import first_run

    with session.database():
        token = deciding.confirm_reset(identity.actor(who), reset)
        address = first_run.password_address(token) if token else ""
    output.print_row({"reset": str(reset), "link": address}, as_json=as_json)


def reject_reset(reset: ResetId, who: As = "", as_json: Json = False) -> None:
    """Reject a reset, or withdraw one's own."""
    session.settings()
    from tutela.access.actions import resets as deciding

    with session.database():
        deciding.reject_reset(identity.actor(who), reset)
    output.print_row({"reset": str(reset), "rejected": True}, as_json=as_json)


def remove_second_factor(login: Login, as_json: Json = False) -> None:
    """Remove a lost second factor: sessions end, and the next sign-in sets up a new one."""
    session.settings()
    from django.db import transaction

    from tutela.access import queries
    from tutela.access.actions import people
    from tutela.base.actor import SYSTEM
    from tutela.notices import notice_kinds
    from tutela.notices.actions.notices import notify

    with session.database(), transaction.atomic():
        person = queries.staff_by_login(login)
        people.remove_second_factor(SYSTEM, person)
        notify(notice_kinds.SECOND_FACTOR_REMOVED, to=[person.id], link="/me/")
    output.print_row({"login": login, "enrolled": False}, as_json=as_json)


def key(
    login: Login,
    label: Annotated[str, typer.Option(help="Purpose of the key.")],
    days: Annotated[int, typer.Option(min=1, max=366, help="Validity in days.")] = 90,
    as_json: Json = False,
) -> None:
    """Create an API key for an account. The key is shown only once."""
    session.settings()
    from tutela.access import queries
    from tutela.access.actions.keys import create_api_key
    from tutela.base import clock
    from tutela.base.actor import SYSTEM

    with session.database():
        _row, text = create_api_key(
            SYSTEM,
            queries.staff_by_login(login),
            label=label,
            expires=clock.now() + timedelta(days=days),
        )
    output.print_row({"login": login, "label": label, "days": days, "key": text}, as_json=as_json)


def keys(
    login: Annotated[str, typer.Argument(help="Only keys of this account.")] = "",
    as_json: Json = False,
) -> None:
    """List API keys: account, purpose, last use, expiry. The keys themselves are not stored."""
    session.settings()
    from tutela.access import queries

    with session.database():
        rows = [
            {
                "login": api_key.staff.login,
                "key_id": api_key.public_id,
                "label": api_key.label,
                "made": api_key.created_at,
                "last_used": api_key.last_used,
                "until": api_key.expires,
                "revoked": api_key.revoked_at,
            }
            for api_key in queries.api_keys(login)
        ]
    output.print_rows(rows, as_json=as_json)


def rotate_key(
    key_id: KeyId,
    hours: Annotated[
        int, typer.Option(min=0, max=168, help="Hours the old key stays valid beside the new one.")
    ] = 24,
    as_json: Json = False,
) -> None:
    """Replace a key. The new key is shown only once."""
    session.settings()
    from tutela.access import queries
    from tutela.access.actions.keys import rotate_api_key
    from tutela.base.actor import SYSTEM

    with session.database():
        old = queries.api_key(key_id)
        new, text = rotate_api_key(SYSTEM, old.id, overlap=timedelta(hours=hours))
    result = {"login": old.staff.login, "key_id": new.public_id, "until": new.expires, "key": text}
    output.print_row(result, as_json=as_json)


def revoke_key(key_id: KeyId, as_json: Json = False) -> None:
    """Revoke an API key: it is refused within a second."""
    session.settings()
    from tutela.access import queries
    from tutela.access.actions.keys import revoke_api_key
    from tutela.base.actor import SYSTEM

    with session.database():
        api_key = queries.api_key(key_id)
        revoke_api_key(SYSTEM, api_key.id)
    output.print_row({"key_id": api_key.public_id, "revoked": True}, as_json=as_json)
