"""The stages of a drill, on a scratch server and folder of its own, which are gone whatever happens."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from tutela.backup import signing
from tutela.backup.parts import make_private
from tutela.backup.restoring import copy as copies
from tutela.backup.restoring import laid as layouts
from tutela.backup.restoring.database import remove_tree
from tutela.backup.restoring.errors import BootFailed, BrokenBelieved
from tutela.backup.restoring.inspection import FAILED, PASSED, Finding
from tutela.backup.restoring.laid import Laid, Pair
from tutela.backup.rules import DrillState, Level
from tutela.backup.scratch import Machine, Seat, Server
from tutela.backup.targets.place import Place
from tutela.base import clock
from tutela.base.errors import TutelaError
from tutela.vault.journal import Entry

from . import breaking, smoke

DATABASE: Final = "tutela_drill"


@dataclass(slots=True)
class StageRun:
    """A stage that is over or goes on: its checks and the commands that do the same by hand."""

    stage: str
    started_at: datetime
    seconds: float = 0.0
    result: str = PASSED
    code: str = ""
    checks: list[Finding] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Work:
    """One drill: where from, into which folder, and whom to tell of each stage."""

    place: Place
    set_name: str
    url: str
    identities: list[str]
    entries: Sequence[Entry]
    folder: Path
    jobs: int
    begun: Callable[[str], None]
    ended: Callable[[StageRun], None]
    opened: Callable[[], None]
    pair: Pair | None = None
    refused: str = ""
    level: Level = Level.WRITTEN
    smoke_at: datetime | None = None


def run(work: Work, machine: Machine) -> None:
    """All stages. The first that fails ends the drill with its error, after the scratch copy is destroyed."""
    remove_tree(work.folder)
    make_private(work.folder)
    with ExitStack() as stack:
        stack.callback(_destroy, work)
        with _stage(work, DrillState.PROVISIONING) as now:
            server = stack.enter_context(machine.scratch(work.folder))
            with server.connect() as link:
                now.facts["server"] = link.info.server_version
        pair = _fetch(work)
        laid = _open(work, pair)
        home = work.folder / "home"
        _restore(work, machine, server, pair, laid, home)
        seat = Seat(home=home, database=DATABASE, is_scratch=True)
        _check(work, machine, server, seat, pair, laid)
        with _stage(work, DrillState.SMOKE) as now:
            with machine.serve(seat) as address:
                now.checks += smoke.try_out(address)
            _refuse(now, BootFailed)
            work.smoke_at, work.level = clock.now(), Level.BOOTED
            now.commands.append("tutela up")


def _destroy(work: Work) -> None:
    """The last stage; the server has ended before it. What could not be removed is a failed stage."""
    with _stage(work, DrillState.TEARDOWN) as now:
        remove_tree(work.folder)
        now.facts["left"] = int(work.folder.exists())


@contextmanager
def _stage(work: Work, name: str) -> Iterator[StageRun]:
    now, began = StageRun(str(name), clock.now()), time.monotonic()
    work.begun(str(name))
    try:
        yield now
    except TutelaError as error:
        now.result, now.code = FAILED, error.code
        raise
    except Exception as error:
        now.result, now.code = FAILED, type(error).__name__
        raise
    finally:
        now.seconds = time.monotonic() - began
        work.ended(now)


def _fetch(work: Work) -> Pair:
    with _stage(work, DrillState.FETCHING) as now:
        signer = signing.public_key()
        pair = work.pair = layouts.open_pair(
            work.place, work.set_name, work.identities, signer=signer
        )
        layouts.check_room(pair, work.folder)
        layouts.fetch(pair, work.folder)
        work.level = Level.READ_BACK
        now.facts |= {"bytes": pair.sealed_bytes, "keys_set": pair.keys.name}
        now.commands.append(
            f"tutela restore --check --from {work.url} --identity KEY --signer {signer.hex()} {work.set_name}"
        )
    return pair


def _open(work: Work, pair: Pair) -> Laid:
    with _stage(work, DrillState.OPENING) as now:
        work.opened()
        laid = layouts.unpack(pair, work.folder)
        work.level = Level.OPENED
        began = time.monotonic()
        work.refused = breaking.is_refused(pair.full, work.folder / "full.sealed")
        result = PASSED if work.refused else FAILED
        seconds = time.monotonic() - began
        now.checks.append(Finding("broken_copy_refused", result, seconds, {"code": work.refused}))
        now.commands += list(pair.full.manifest["commands"])[:2]
        if not work.refused:
            raise BrokenBelieved
    return laid


def _restore(
    work: Work, machine: Machine, server: Server, pair: Pair, laid: Laid, home: Path
) -> None:
    with _stage(work, DrillState.RESTORING) as now:
        layouts.put_files(laid, home, str(pair.full.manifest["installation"]), {})
        copies.load(
            server, DATABASE, pair, laid, machine, note="drill", jobs=work.jobs, make_roles=True
        )
        now.facts["bytes"] = pair.full.plain_bytes + pair.keys.plain_bytes
        now.commands.append(
            f"tutela restore --from {work.url} --identity KEY --signer {signing.public_key().hex()}"
            f" {work.set_name}"
        )


def _check(
    work: Work, machine: Machine, server: Server, seat: Seat, pair: Pair, laid: Laid
) -> None:
    with _stage(work, DrillState.CHECKING) as now:
        now.checks += copies.check_outside(server, DATABASE, pair, laid)
        copies.check_all_passed(now.checks)
        told = copies.told_of(pair, work.entries, 0, is_drill=True)
        now.checks += copies.check_inside(machine, seat, work.folder, told)
        copies.check_all_passed(now.checks)
        work.level = Level.RESTORED
        now.commands += ["tutela trail verify", "tutela vault verify"]


def _refuse(now: StageRun, error: type[BootFailed]) -> None:
    for one in now.checks:
        if one.result != PASSED:
            raise error(step=one.check)
