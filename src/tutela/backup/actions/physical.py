"""Base backups, incrementals and the log, as runs like all others: same manifest, parts, targets and copies."""

import hashlib
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Final

import psycopg
import zstandard
from django.conf import settings

from tutela.access import gate
from tutela.backup import making, manifest, permissions, queries, rules
from tutela.backup.errors import (
    ChainEnded,
    LogLost,
    LogUnchanged,
    PhysicalOff,
    ProgramBroken,
    ProgramTooOld,
    RecipientsMissing,
)
from tutela.backup.making import Made, Work
from tutela.backup.models import Listing, Recipient, Run
from tutela.backup.parts import Written
from tutela.backup.physical import chains, links, log, pgbackrest, positions, sealing, taking
from tutela.backup.physical.chains import Link, Server, Why
from tutela.backup.physical.ground import Ground, Way, ground
from tutela.backup.physical.taking import ProgramFailed
from tutela.backup.rules import GOOD, OPEN, Kind
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.errors import TutelaError
from tutela.keys import custody

from . import runs

_MEGA: Final = 1 << 20
_log = logging.getLogger("tutela.backup")


def work(actor: Actor) -> int:
    """What is due of physical backups; how many sets were made. What is refused is written down and tried
    again."""
    made = 0
    for due in (take_due, keep_log):
        try:
            made += due(actor) is not None
        except TutelaError as refused:
            _log.warning("backup.physical_not_made code=%s", refused.code)
    return made


def take_due(actor: Actor) -> Run | None:
    """Take the day's physical backup, a base or an incremental as the chain wants it; None if it is switched
    off or was taken already. What the run refuses passes through."""
    gate.require(actor, permissions.RUN)
    stood = ground()
    if stood.way is Way.OFF or _taken_today():
        return None
    kind, _why = next_kind(stood)
    return runs.carry_out(actor, runs.run_now(actor, kind))


def keep_log(actor: Actor) -> Run | None:
    """Ship what was written to the server's log since the last time; None if it is switched off, another
    backup runs, there is no chain yet, or nothing was written. LogLost ends the run and stays until the next
    base backup."""
    gate.require(actor, permissions.RUN)
    stood = ground()
    if stood.way is not Way.OWN or not stood.minutes or not links.held()[0]:
        return None
    last = Run.objects.filter(kind=Kind.LOG).order_by("-due_at").first()
    if last is not None and clock.now() - last.due_at < timedelta(minutes=stood.minutes):
        return None
    if Run.objects.filter(state__in=OPEN, parent=None).exists():
        return None
    with _faults():
        log.hold(stood.conninfo)
        if not log.fetch(stood.programs, stood.conninfo, stood.spool).files:
            return None
    return runs.carry_out(actor, runs.run_now(actor, Kind.LOG))


def next_kind(stood: Ground) -> tuple[Kind, Why]:
    """What the next physical backup is, and why. ProgramBroken."""
    with _faults():
        kind, why = chains.next_kind(newest_chain(), taking.server(stood.conninfo), clock.now())
        if (
            kind != chains.BASE
            and stood.way is Way.OWN
            and stood.minutes
            and log.is_lost(stood.conninfo)
        ):
            kind, why = chains.BASE, Why.LOG_LOST
    return Kind(kind), why


def newest_chain() -> list[Link]:
    """The chain that the next incremental would go on, from its base; [] for none."""
    held, _logs = links.held()
    return chains.newest_before(None, held)


def _taken_today() -> bool:
    zone = queries.zone()
    newest = (
        Run.objects.filter(kind__in=(Kind.BASE, Kind.INCREMENTAL), state__in=(*GOOD, *OPEN))
        .order_by("-due_at")
        .first()
    )
    return (
        newest is not None
        and newest.due_at.astimezone(zone).date() == clock.now().astimezone(zone).date()
    )


def make_base(work: Work) -> Sequence[Made]:
    """A base backup. PhysicalOff, ProgramBroken, RecipientsMissing."""
    return [_make(work, Kind.BASE)]


def make_incremental(work: Work) -> Sequence[Made]:
    """What changed since the last physical set. ChainEnded if there is none that could be gone on."""
    return [_make(work, Kind.INCREMENTAL)]


def _make(work: Work, kind: Kind) -> Made:
    stood, run = ground(), work.runs[kind]
    if stood.way is Way.OFF:
        raise PhysicalOff
    with _faults():
        server = taking.server(stood.conninfo)
        chain = newest_chain() if kind is Kind.INCREMENTAL else []
        if kind is Kind.INCREMENTAL:
            found, why = chains.next_kind(chain, server, clock.now())
            if found != chains.INCREMENTAL:
                raise ChainEnded(why=why.value)
        name = work.named(clock.now(), _expected(kind))[kind]
        work.told(run).stage("dumping")
        if stood.way is Way.PGBACKREST:
            return _by_pgbackrest(stood, server, run, name)
        return _by_own(work, stood, run, name, chain)


def _expected(kind: Kind) -> int:
    """A guess of the bytes in clear: what the last one of the kind had."""
    last = queries.newest_good(kind)
    return last.bytes_plain if last is not None else 0


def _by_own(work: Work, stood: Ground, run: Run, name: str, chain: Sequence[Link]) -> Made:
    recipients = sealed_to()
    if stood.minutes:
        if run.kind == Kind.BASE and log.is_lost(stood.conninfo):
            log.release(stood.conninfo)
        log.hold(stood.conninfo)
    against = _listing(chain[-1]) if chain else None
    making.private_folder()
    folder = making.staged(name)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    told = work.told(run)
    with taking.taking(
        stood.programs, stood.conninfo, against=against, at_once=run.requested_by_id is not None
    ) as stream:
        taken = sealing.seal(
            stream, folder, [one.key for one in recipients],
            most=settings.TUTELA_BACKUP_PART_MEGABYTES * _MEGA, threads=settings.TUTELA_BACKUP_JOBS,
            moved=told.moved,
        )  # fmt: skip
    needed = [link.name for link in chain]
    Listing.objects.exclude(run__set_name__in=needed).delete()
    Listing.objects.create(run=run, content=zstandard.compress(taken.raw_listing))
    facts = {
        "engine": links.OWN,
        "parent": chain[-1].name if chain else "",
        "system": str(taken.listing.system),
        "timeline": taken.listing.timeline,
        "start": positions.text(taken.listing.start),
        "end": positions.text(taken.listing.end),
        "ended_at": clock.now().isoformat(),
        "files": len(taken.listing.files),
        "listing": hashlib.sha256(taken.raw_listing).hexdigest(),
    }
    return _made(run, name, taken.parts, taken.plain_bytes, recipients, facts)


def _listing(link: Link) -> bytes:
    """PostgreSQL's list of a set's files; ChainEnded if it was not kept."""
    found = Listing.objects.filter(run__set_name=link.name).first()
    if found is None:
        raise ChainEnded(why=Why.LISTING_LOST.value)
    return zstandard.decompress(bytes(found.content))


def _by_pgbackrest(stood: Ground, server: Server, run: Run, name: str) -> Made:
    """The repository holds the files; our set is the signed manifest that names them."""
    if stood.stanza is None:
        raise PhysicalOff
    program, major = pgbackrest.version(stood.stanza.environment), server.version
    if not pgbackrest.knows(program, major):
        raise ProgramTooOld(
            program=pgbackrest.PROGRAM, version=".".join(map(str, program)), server=major
        )
    made = pgbackrest.back_up(stood.stanza, run.kind)
    making.private_folder()
    making.staged(name).mkdir(mode=0o700, parents=True, exist_ok=True)
    physical = Run.objects.filter(kind__in=rules.PHYSICAL, state__in=GOOD)
    parents = {
        one["physical"]["label"]: one["set"]
        for one in physical.values_list("manifest", flat=True)
        if one and one["physical"].get("label")
    }
    facts = {
        "engine": links.OTHER, "stanza": stood.stanza.name, "label": made.name,
        "parent": parents.get(made.parent, ""),
        "system": str(made.system), "timeline": made.timeline, "start": positions.text(made.start),
        "end": positions.text(made.end), "ended_at": made.ended_at.isoformat(),
    }  # fmt: skip
    return _made(run, name, [], made.bytes_plain, [], facts)


def make_log(work: Work) -> Sequence[Made]:
    """What was written to the server's log and lies in the spool. LogLost, LogUnchanged, ProgramBroken."""
    stood, run = ground(), work.runs[Kind.LOG]
    if stood.way is not Way.OWN:
        raise PhysicalOff
    recipients = sealed_to()
    with _faults():
        system = taking.server(stood.conninfo).system
        fetched = log.fetch(stood.programs, stood.conninfo, stood.spool)
    if not fetched.files:
        raise LogUnchanged
    closed_at = datetime.fromtimestamp(fetched.files[-1].stat().st_mtime, tz=clock.now().tzinfo)
    name = work.named(clock.now(), 0)[Kind.LOG]
    making.private_folder()
    folder = making.staged(name)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    parts, plain = sealing.seal_files(
        fetched, folder, [one.key for one in recipients],
        most=settings.TUTELA_BACKUP_PART_MEGABYTES * _MEGA,
    )  # fmt: skip
    facts = {
        "engine": links.OWN,
        "system": str(system),
        "files": fetched.names,
        "histories": [path.name for path in fetched.histories],
        "segment": fetched.files[0].stat().st_size,
        "closed_at": closed_at.isoformat(),
    }
    return [_made(run, name, parts, plain, recipients, facts)]


def let_go_of_log(_actor: Actor, run: Run) -> None:
    """Once a set of the log lies on a target and its parts wait for the others, the server may remove its
    files."""
    if run.kind != Kind.LOG or not run.manifest:
        return
    stood = ground()
    names = set(run.manifest["physical"]["files"])
    there = log.closed(stood.spool)
    with _faults():
        log.shipped(
            stood.conninfo,
            log.Fetched(tuple(path for path in there.files if path.name in names), ()),
            links.segment_of(run.manifest),
        )


def sealed_to() -> list[Recipient]:
    """The keys of physical sets. These hold the schema of keys too, so only keys that open all sets;
    RecipientsMissing unless operations and escrow each have one."""
    opens_keys = {one.id for one in queries.recipients(Kind.KEYS)}
    found = [one for one in queries.recipients(Kind.FULL) if one.id in opens_keys]
    missing = [role.value for role in rules.NEEDED_ROLES if role not in {one.role for one in found}]
    if missing:
        raise RecipientsMissing(roles=", ".join(missing))
    return found


def _made(
    run: Run,
    name: str,
    parts: Sequence[Written],
    plain: int,
    recipients: Sequence[Recipient],
    facts: dict[str, Any],
) -> Made:
    """The set with its facts. It counts no tables: its moment is the server's, which replays its log to it."""
    return Made(
        run,
        manifest.Contents(
            set_name=name,
            kind=Kind(run.kind),
            run=str(run.id),
            companion="",
            installation=custody.installation().hex(),
            product=making.settings_version(),
            snapshot_at=run.snapshot_at or clock.now(),
            sealed_at=clock.now(),
            database={},
            tables=[],
            members=[],
            plain_bytes=plain,
            parts=parts,
            recipients=recipients,
            keys=making.key_facts(),
            trail=making.trail_facts(),
            physical=facts,
        ),
    )


@contextmanager
def _faults() -> Iterator[None]:
    """Faults of programs as this room's errors; what they said goes to the log of the service."""
    try:
        yield
    except ProgramFailed as fault:
        _log.error("backup.program_broken %s", fault)
        raise ProgramBroken(program=fault.program) from fault
    except pgbackrest.StanzaBroken as fault:
        _log.error("backup.stanza_broken %s", fault)
        raise ProgramBroken(program=pgbackrest.PROGRAM) from fault
    except log.LogLost as fault:
        raise LogLost from fault
    except psycopg.Error as fault:
        _log.error("backup.replication_refused %s", fault.sqlstate)
        raise ProgramBroken(program="PostgreSQL") from fault
