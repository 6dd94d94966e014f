"""Commands of feeds: which systems send their access logs, how they are read and signed, and bringing a log by
hand."""

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from tutela.cli import identity, output
from tutela.cli.identity import As, Json
from tutela.cli.running import session

Feed = Annotated[str, typer.Argument(metavar="FEED", help="Name of the feed.")]
LogFile = Annotated[Path, typer.Argument(help="The log file.", exists=True, dir_okay=False)]
KeyId = Annotated[UUID, typer.Argument(help="Id of the feed's key.")]
AccountId = Annotated[UUID, typer.Argument(help="Id of the account.")]
System = Annotated[str, typer.Option(help="What the other system is called.")]
LogFormat = Annotated[str, typer.Option("--format", help="Log format: csv, jsonl, pgaudit-csv …")]
MappingFile = Annotated[
    Path | None,
    typer.Option("--mapping", help="JSON file with the mapping.", exists=True, dir_okay=False),
]
Silent = Annotated[
    int, typer.Option("--silent", help="Minutes without a record after which it is silent.")
]


def add_to(app: typer.Typer) -> None:
    """Name the commands."""
    group = typer.Typer(help="Access logs of other systems.", no_args_is_help=True)
    group.command("list")(list_feeds)
    group.command("gaps")(list_gaps)
    group.command("register")(register)
    group.command("change")(change)
    group.command("close")(close)
    group.command("reopen")(reopen)
    group.command("make-key")(make_key)
    group.command("revoke-key")(revoke_key)
    group.command("send")(send)
    group.command("accounts")(list_accounts)
    group.command("match")(match)
    group.command("release")(release)
    app.add_typer(group, name="feeds")


def list_feeds(who: As = "", as_json: Json = False) -> None:
    """List the feeds: since when they send, the last record, what is missing."""
    session.settings()
    from tutela.feeds import coverage

    with session.database():
        rows = [_row(each) for each in coverage.covered(identity.actor(who))]
        output.print_rows(rows, as_json=as_json)


def list_gaps(name: Feed, who: As = "", as_json: Json = False) -> None:
    """List the numbers of a feed that did not come."""
    session.settings()
    from tutela.feeds import coverage

    with session.database():
        rows = [
            {"stream": gap.stream, "run": gap.run, "first_missing": gap.first, "count": gap.count}
            for gap in coverage.gaps(identity.actor(who), name)
        ]
        output.print_rows(rows, as_json=as_json)


def register(
    name: Feed,
    system: System,
    reader: LogFormat,
    mapping: MappingFile = None,
    silent: Silent = 1440,
    who: As = "",
    as_json: Json = False,
) -> None:
    """Register the access log of another system."""
    session.settings()
    from tutela.feeds.actions import feeds

    with session.database():
        made = feeds.register_feed(
            identity.actor(who), name=name, system=system,
            reading=feeds.Reading(reader=reader, mapping=_mapping(mapping)), silent_minutes=silent,
        )  # fmt: skip
        output.print_row({"feed": made.name, "result": "registered"}, as_json=as_json)


def change(
    name: Feed,
    system: System,
    reader: LogFormat,
    mapping: MappingFile = None,
    silent: Silent = 1440,
    who: As = "",
    as_json: Json = False,
) -> None:
    """Change how a feed is read, what its system is called, and when it counts as silent."""
    session.settings()
    from tutela.feeds.actions import feeds

    with session.database():
        feeds.change_feed(
            identity.actor(who), name, system=system,
            reading=feeds.Reading(reader=reader, mapping=_mapping(mapping)), silent_minutes=silent,
        )  # fmt: skip
        output.print_row({"feed": name, "result": "changed"}, as_json=as_json)


def close(name: Feed, who: As = "", as_json: Json = False) -> None:
    """Take no more records of a feed; what came stays."""
    session.settings()
    from tutela.feeds.actions import feeds

    with session.database():
        feeds.close_feed(identity.actor(who), name)
        output.print_row({"feed": name, "result": "closed"}, as_json=as_json)


def reopen(name: Feed, who: As = "", as_json: Json = False) -> None:
    """Take records of a closed feed again."""
    session.settings()
    from tutela.feeds.actions import feeds

    with session.database():
        feeds.reopen_feed(identity.actor(who), name)
        output.print_row({"feed": name, "result": "open"}, as_json=as_json)


def make_key(
    name: Feed,
    kind: Annotated[str, typer.Option(help="ed25519 or hmac.")] = "ed25519",
    who: As = "",
    as_json: Json = False,
) -> None:
    """Make a key that signs a feed's deliveries, and print it once."""
    session.settings()
    from tutela.feeds.actions import keys

    with session.database():
        key, secret = keys.make_key(identity.actor(who), name, kind)
        output.print_row({"key_id": str(key.id), "kind": kind, "key": secret}, as_json=as_json)


def revoke_key(key_id: KeyId, who: As = "", as_json: Json = False) -> None:
    """Accept a key of a feed no more."""
    session.settings()
    from tutela.feeds.actions import keys

    with session.database():
        keys.revoke_key(identity.actor(who), key_id)
        output.print_row({"key_id": str(key_id), "result": "revoked"}, as_json=as_json)


def send(name: Feed, file: LogFile, who: As = "", as_json: Json = False) -> None:
    """Take in a log file of a feed. The same file again, or after a break, takes in only what is new."""
    session.settings()
    from tutela.feeds.actions import deliveries
    from tutela.feeds.models import Door

    with session.database(), file.open("rb") as stream:
        actor = identity.actor(who)
        done = deliveries.deliver_looks(actor, name, stream, Door.SHELL)
        row: dict[str, Any] = {
            "feed": name, "records": done.lines, "looks": done.looks, "doubled": done.doubled,
            "others": done.others, "restarts": done.restarts,
        }  # fmt: skip
        output.print_row(row, as_json=as_json)


def list_accounts(who: As = "", as_json: Json = False) -> None:
    """List the accounts of other systems that are matched to nobody, those with most accesses first."""
    session.settings()
    from tutela.feeds import coverage

    with session.database():
        rows = [
            {"account": str(each.id), "feed": each.feed.name, "name": each.shown,
             "looks": each.looks, "last": _time(each.last_at)}
            for each in coverage.strangers(identity.actor(who))
        ]  # fmt: skip
        output.print_rows(rows, as_json=as_json)


def match(
    account_id: AccountId,
    person: Annotated[str, typer.Argument(help="Login or staff number; a machine account too.")],
    who: As = "",
    as_json: Json = False,
) -> None:
    """Say who an account of another system is."""
    session.settings()
    from tutela.feeds.actions import accounts

    with session.database():
        accounts.match_account(identity.actor(who), account_id, person)
        output.print_row({"account": str(account_id), "result": "matched"}, as_json=as_json)


def release(account_id: AccountId, who: As = "", as_json: Json = False) -> None:
    """Take back who an account of another system is."""
    session.settings()
    from tutela.feeds.actions import accounts

    with session.database():
        accounts.release_account(identity.actor(who), account_id)
        output.print_row({"account": str(account_id), "result": "released"}, as_json=as_json)


def _mapping(file: Path | None) -> Any:
    """The mapping in a file; MappingWrong for one that is no JSON object."""
    from tutela.feeds.errors import MappingWrong

    try:
        found = json.loads(file.read_text(encoding="utf-8")) if file else {}
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise MappingWrong(part="mapping")
    return found


def _row(each: Any) -> dict[str, Any]:
    feed = each.feed
    return {
        "feed": feed.name, "system": feed.system, "state": each.state.value,
        "first": _time(feed.first_received_at), "last": _time(feed.received_at),
        "looks": each.looks, "missing": each.missing, "unmatched": each.accounts,
    }  # fmt: skip


def _time(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""
