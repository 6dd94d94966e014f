"""The real restore: into a new database beside the place of the old one, which it takes once every check has held.

It needs the target, a private key, the public key of who signed, and the key files; not the lost database. Each
stage can be killed: what was fetched and opened stays, a half-made database is made anew, a checked one is only
put in its place.
"""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from tutela.backup import tools
from tutela.backup.parts import make_private
from tutela.backup.reading import OpenedSet, new_file
from tutela.backup.scratch import Machine, Seat, Server
from tutela.backup.targets.place import Place
from tutela.base import clock
from tutela.base.errors import TutelaError
from tutela.crypto import age
from tutela.keys.providers import file as root_file
from tutela.trail.tree import second_place
from tutela.vault import journal
from tutela.vault.journal import Entry

from . import copy as copies
from . import database as databases
from . import journals
from . import laid as layouts
from .errors import (
    ChecksFailed,
    IdentityMissing,
    ProgramOlder,
    RoleMissing,
    RootKeyForeign,
    RootKeyMissing,
    ServerAway,
    ServiceRunning,
)
from .inspection import Finding
from .journals import Carried
from .laid import Pair

CHECKED: Final = "checked"
SUFFIX: Final = "_restoring"
STAGES: Final = ("fetching", "opening", "restoring", "checking", "switching")
Told = Callable[[str, int, int], None]
"""Called with the stage, and bytes done of bytes in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be restored, from where, and to where. `work` holds what was fetched; `url` is the address of the
    application's role if the server is not the embedded one, "" if it is."""

    place: Place
    pair: Pair
    signer: bytes
    home: Path
    work: Path
    database: str
    url: str = field(default="", repr=False)
    jobs: int = 2

    @property
    def temporary(self) -> str:
        return self.database + SUFFIX

    @property
    def mark(self) -> str:
        return (
            f"{CHECKED} {self.pair.full.manifest_sha256[:16]} {self.pair.keys.manifest_sha256[:16]}"
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One question of the preflight: `code` is the refusal, "" where it fits; `text` its sentence or the fact."""

    check: str
    code: str
    text: str
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Result:
    """What a restore did."""

    findings: Sequence[Finding]
    replayed: int
    seconds: float
    snapshot_at: datetime


def server_of(url: str) -> Server:
    """A server by the address of a role that may create databases; ServerAway for an address that is none."""
    try:
        given = {name: str(text) for name, text in conninfo_to_dict(url).items()}
    except ProgrammingError:
        raise ServerAway from None
    known = {"host", "port", "user", "password", "dbname"}
    server = Server(
        host=given.get("host", ""), port=int(given.get("port", 5432)), user=given.get("user", ""),
        password=given.get("password", ""), binaries=Path(),
        options={name: text for name, text in given.items() if name not in known},
    )  # fmt: skip
    with databases.connect(server) as link:
        major = link.info.server_version // 10_000
    return Server(
        host=server.host, port=server.port, user=server.user, password=server.password,
        options=server.options, binaries=tools.tools(major).folder,
    )  # fmt: skip


def preflight(wish: Wish, server: Server, machine: Machine) -> list[Line]:
    """Everything that can be known before anything is written: what fits, what would be lost, how long it
    takes."""
    carried: list[Carried] = []
    questions: list[tuple[str, Callable[[], Mapping[str, Any]]]] = [
        ("set_complete", lambda: _complete(wish.pair)),
        ("key_opens", lambda: _opens(wish.pair)),
        ("root_key", lambda: _root_key(wish)),
        ("program_version", lambda: _program(wish.pair.full)),
        ("server_version", lambda: _server(wish, server)),
        ("roles", lambda: _roles(wish.pair.full, server, machine)),
        ("room", lambda: _room(wish, server)),
        ("target_free", lambda: _free(wish, server, machine)),
        ("destructions", lambda: _destructions(wish, carried)),
    ]
    lines = [_line(name, question) for name, question in questions]
    lines.append(Line("lost_since", "", "", _lost(wish)))
    lines.append(Line("duration", "", "", _duration(wish, carried)))
    return lines


def _line(name: str, question: Callable[[], Mapping[str, Any]]) -> Line:
    try:
        return Line(name, "", "", question())
    except TutelaError as refused:
        return Line(name, refused.code, refused.text())


def _complete(pair: Pair) -> Mapping[str, Any]:
    pair.full.check_lengths()
    pair.keys.check_lengths()
    return {"set": pair.full.name, "keys_set": pair.keys.name, "megabytes": pair.sealed_bytes >> 20}


def _opens(pair: Pair) -> Mapping[str, Any]:
    """A key is among the recipients that the signed manifests name; the stream itself proves it later."""
    mine = {age.recipient_of(one) for one in pair.full.identities}
    for opened in (pair.full, pair.keys):
        if not mine & {one["key"] for one in opened.manifest["recipients"]}:
            raise IdentityMissing
    roles = [one["role"] for one in pair.full.manifest["recipients"] if one["key"] in mine]
    return {"roles": roles}


def _root_key(wish: Wish) -> Mapping[str, Any]:
    in_set = any(one.name == f"files/{layouts.ROOT_KEY}" for one in wish.pair.keys.members)
    if not root_file.exists(wish.home):
        if not in_set:
            raise RootKeyMissing
        return {"from": "set"}
    found = root_file.read(wish.home)
    if found.installation.hex() != wish.pair.full.manifest["installation"]:
        raise RootKeyForeign
    root_file.open_roots(found, settings.TUTELA_KEY_PASSPHRASE)
    return {"from": "data_directory"}


def _program(full: OpenedSet) -> Mapping[str, Any]:
    made, here = str(full.manifest["product"]), str(settings.VERSION)
    if _numbers(made) > _numbers(here):
        raise ProgramOlder(made=made, here=here)
    return {"made": made, "here": here}


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(one) for one in version.split(".") if one.isdigit())


def _server(wish: Wish, server: Server) -> Mapping[str, Any]:
    dumped = int(wish.pair.full.manifest["database"]["server"]) // 10_000
    return {"dumped": dumped, "server": databases.check_server(server, dumped)}


def _roles(full: OpenedSet, server: Server, machine: Machine) -> Mapping[str, Any]:
    """Ours are made; any other role that the set grants to must be there."""
    facts = full.manifest["database"]
    wanted = {one["name"] for one in facts["roles"]} | set(facts["grants"])
    ours = {
        role
        for role in wanted
        for words in machine.role_statements()
        if f"CREATE ROLE {role} " in words
    }
    with databases.connect(server) as link:
        known = {row[0] for row in link.execute("SELECT rolname FROM pg_roles")}
    missing = sorted(wanted - ours - known)
    if missing:
        raise RoleMissing(roles=", ".join(missing))
    return {"roles": len(wanted)}


def _room(wish: Wish, server: Server) -> Mapping[str, Any]:
    folders = [wish.work if wish.work.exists() else wish.home]
    if server.home is not None:
        folders.append(server.home)
    return {"megabytes": layouts.check_room(wish.pair, *folders) >> 20}


def _free(wish: Wish, server: Server, machine: Machine) -> Mapping[str, Any]:
    # Also for a database on another server: the copy's tree would be signed with this data directory's files.
    if machine.is_running():
        raise ServiceRunning
    if databases.begun_by_restore(server, wish.database) != wish.mark:
        databases.check_free(server, wish.database)
    return {"database": wish.database}


def _destructions(wish: Wish, carried: list[Carried]) -> Mapping[str, Any]:
    """How many destructions since the set will be carried out again, and from how many journals they are known."""
    found, both = destructions(wish)
    carried.append(found)
    since = [one for one in both if one.decided_at > wish.pair.snapshot_at.isoformat()]
    return {
        "since": len(since),
        "known": len(both),
        "files": found.files,
        "own": journal.path().exists(),
    }


def destructions(wish: Wish) -> tuple[Carried, list[Entry]]:
    """What lies beside the sets, and that together with the journal of this machine. JournalUnsigned,
    JournalDamaged."""
    installation = str(wish.pair.full.manifest["installation"])
    carried = journals.read(wish.place, installation, wish.signer)
    both = {one.order: one for one in (*carried.entries, *journal.entries())}
    return carried, list(both.values())


def _lost(wish: Wish) -> Mapping[str, Any]:
    """What happened after the set is not in it: how long ago that is, and how many entries of the log."""
    age_seconds = (clock.now() - wish.pair.snapshot_at).total_seconds()
    facts: dict[str, Any] = {
        "since": wish.pair.snapshot_at.isoformat(),
        "minutes": int(age_seconds // 60),
    }
    trail = wish.pair.full.manifest.get("trail")
    with suppress(TutelaError):
        signed = second_place.read()
        if signed is not None and trail and signed.epoch == trail["tree"]:
            facts["log_entries"] = max(signed.size - int(trail["size"]), 0)
    return facts


def _duration(wish: Wish, carried: Sequence[Carried]) -> Mapping[str, Any]:
    """By the last passed drill, in proportion to the bytes; nothing without one."""
    drill = carried[0].drill if carried else None
    if not drill or not drill.get("sealed_bytes"):
        return {}
    share = wish.pair.sealed_bytes / float(drill["sealed_bytes"])
    return {
        "minutes": max(1, round(float(drill["rto_seconds"]) * max(share, 1.0) / 60)),
        "drill_at": drill["at"],
    }


def check(lines: Sequence[Line], errors: Callable[[Line], TutelaError]) -> None:
    """Raise the first refusal of a preflight."""
    for line in lines:
        if line.code:
            raise errors(line)


def restore(wish: Wish, server: Server, machine: Machine, told: Told) -> Result:
    """Carry a restore out, or go on with one that was killed. The preflight was asked before. ChecksFailed and
    whatever a stage refuses: the place of the database is untouched then."""
    began = time.monotonic()
    if databases.begun_by_restore(server, wish.database) == wish.mark:
        return _ended(wish, server, began, ())  # killed right behind its last step
    _carried, entries = destructions(wish)
    findings: list[Finding] = []
    if databases.begun_by_restore(server, wish.temporary) != wish.mark:
        findings = _make(wish, server, machine, told, entries)
    told("switching", 0, 1)
    databases.switch(server, wish.temporary, wish.database)
    return _ended(wish, server, began, findings)


def _make(
    wish: Wish, server: Server, machine: Machine, told: Told, entries: Sequence[Entry]
) -> list[Finding]:
    """Fetch, open, restore and check under another name."""
    pair = wish.pair
    make_private(wish.work)
    told("fetching", 0, pair.sealed_bytes)
    layouts.fetch(pair, wish.work, lambda read: told("fetching", read, pair.sealed_bytes))
    told("opening", 0, pair.sealed_bytes)
    laid = layouts.unpack(pair, wish.work, lambda read: told("opening", read, pair.sealed_bytes))
    places = {
        "trail.signed": Path(settings.TUTELA_TRAIL_SIGNED_FILE),
        "trail.policy": Path(settings.TUTELA_TRAIL_POLICY_FILE),
    }
    layouts.put_files(laid, wish.home, str(pair.full.manifest["installation"]), places)
    told("restoring", 0, 1)
    copies.load(
        server,
        wish.temporary,
        pair,
        laid,
        machine,
        note="loading",
        jobs=wish.jobs,
        make_roles=False,
    )
    told("checking", 0, 1)
    try:
        findings = copies.check_outside(server, wish.temporary, pair, laid)
        copies.check_all_passed(findings)
        seat = Seat(home=wish.home, database=wish.temporary, is_scratch=False, url=_url(wish))
        carried = journals.read(wish.place, str(pair.full.manifest["installation"]), wish.signer)
        inside = copies.told_of(pair, entries, carried.epoch, is_drill=False)
        findings += copies.check_inside(machine, seat, wish.work, inside)
        copies.check_all_passed(findings)
    except TutelaError as refused:
        databases.drop(server, wish.temporary)
        if isinstance(refused, ChecksFailed):
            # A verdict is final: what was opened in clear has no use any more. After a fault the next try goes on.
            databases.remove_tree(wish.work)
        raise
    databases.mark(server, wish.temporary, wish.mark)
    _keep(wish, findings)
    return findings


def _url(wish: Wish) -> str:
    """The application's address with the name of the new database."""
    if not wish.url:
        return ""
    parts = urlsplit(wish.url)
    return urlunsplit(parts._replace(path=f"/{wish.temporary}"))


def _keep(wish: Wish, findings: Sequence[Finding]) -> None:
    """The checks of a restore that is killed before its switch are told by the call that goes on."""
    path = wish.work / "findings.json"
    path.unlink(missing_ok=True)
    with new_file(path) as file:
        file.write(json.dumps([one.as_row() for one in findings]).encode())


def _ended(wish: Wish, server: Server, began: float, findings: Sequence[Finding]) -> Result:
    databases.mark(server, wish.database, "")
    if not findings:
        with suppress(OSError, ValueError):
            rows = json.loads((wish.work / "findings.json").read_bytes())
            findings = [copies.finding_of(row) for row in rows]
    databases.remove_tree(wish.work)
    replayed = sum(int(one.detail.get("replayed", 0)) for one in findings)
    return Result(findings, replayed, time.monotonic() - began, wish.pair.snapshot_at)
