"""The real restore of a moment: the chain and the log of a target become the installation's data directory.

Nothing is overwritten, and what was brought back takes its place only once the log was replayed to the
moment. Then the copy is asked from inside, as every restored one is: destructions since are carried out
again and the trail begins a new epoch, before the service may open."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final

from tutela.backup import reading
from tutela.backup.errors import (
    ChainMissing,
    DataFolderTaken,
    MomentMissed,
    ProgramBroken,
)
from tutela.backup.reading import OpenedSet
from tutela.backup.restoring import copy as copies
from tutela.backup.restoring import database as databases
from tutela.backup.restoring import laid
from tutela.backup.restoring.errors import NoRoom, RootKeyMissing
from tutela.backup.restoring.inspection import Finding, Told
from tutela.backup.rules import PHYSICAL, SET_NAME, Kind
from tutela.backup.scratch import Machine, Seat
from tutela.backup.targets.place import Place

from . import bringing, chains, links, recovery
from .chains import Link, Logged
from .ground import Ground
from .listing import ListingWrong
from .taking import ProgramFailed

ROOT: Final = "root.key"
Stage = Callable[[str, int, int], None]
"""Called with the stage, and how many sets of how many are done."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a target holds for a moment: the chain, the log after it, and every set opened."""

    chain: Sequence[Link]
    log: Sequence[Logged]
    sets: Mapping[str, OpenedSet]
    reaches: datetime

    @property
    def names(self) -> list[str]:
        """The sets in the order in which they are opened."""
        return [*(link.name for link in self.chain), *(part.name for part in self.log)]

    @property
    def needed_bytes(self) -> int:
        """All sets in clear, and the chain once more while it is combined."""
        return sum(
            self.sets[name].plain_bytes for name in [*self.names, *self.names[: len(self.chain)]]
        )


def find(place: Place, identities: Sequence[str], signer: bytes, until: datetime | None) -> Found:
    """The newest chain that ended before the moment and the log up to it, by signed manifests alone.
    ChainMissing if there is none, MomentMissed if the log has a hole or ends before."""
    names = [name for name in laid.sets_of(place) if _kind(name) in PHYSICAL]
    sets = {
        name: reading.open_set(place, name, identities, signer=signer)
        for name in names
        if _kind(name) is not Kind.LOG
    }
    held, _none = links.told(one.manifest for one in sets.values())
    chain = chains.newest_before(until, held)
    if not chain:
        raise ChainMissing
    logs: list[Logged] = []
    for name in names:
        if _kind(name) is Kind.LOG and _stamp(name) >= _stamp(chain[0].name):
            sets[name] = reading.open_set(place, name, identities, signer=signer)
            logs.append(links.logged_of(sets[name].manifest))
            if until is not None and logs[-1].closed_at >= until:
                break
    try:
        kept = chains.log_for(chain, logs, until)
    except chains.ChainBroken:
        raise MomentMissed(reached="") from None
    reaches = chains.reaches_until(chain, kept)
    if until is not None and reaches < until:
        raise MomentMissed(reached=reaches.isoformat(timespec="seconds"))
    return Found(chain, kept, sets, reaches)


def _kind(name: str) -> Kind | None:
    parts = SET_NAME.fullmatch(name)
    return Kind(parts["kind"]) if parts else None


def _stamp(name: str) -> str:
    parts = SET_NAME.fullmatch(name)
    return parts["at"] if parts else ""


def check_free(data: Path, home: Path) -> None:
    """DataFolderTaken if the data directory holds anything, RootKeyMissing if the key files are not there."""
    if data.exists() and any(data.iterdir()):
        raise DataFolderTaken
    if not (home / ROOT).exists():
        raise RootKeyMissing


def bring_back(
    found: Found,
    ground: Ground,
    folder: Path,
    *,
    until: datetime | None,
    database: str,
    stage: Stage,
) -> Path:
    """The data directory at the moment, below a new folder, its server stopped again. MomentMissed, ProgramBroken,
    NoRoom, what a set refuses."""
    done = [0]
    free = shutil.disk_usage(folder.parent).free
    if free < found.needed_bytes:
        raise NoRoom(need=found.needed_bytes >> 20, free=free >> 20)

    def opened(name: str, read: Callable[[IO[bytes]], object]) -> None:
        stage("opening", done[0], len(found.names))
        found.sets[name].through(read)
        done[0] += 1

    folder.mkdir(mode=0o755, parents=True)
    try:
        data = bringing.unpack(found.chain, found.log, opened, ground.programs, folder)
        stage("replaying", 0, 1)
        with bringing.brought_back(ground.programs, data, until=until, database=database):
            pass
    except recovery.MomentNotReached:
        raise MomentMissed(reached=found.reaches.isoformat(timespec="seconds")) from None
    except ProgramFailed as fault:
        raise ProgramBroken(program=fault.program) from None
    except ListingWrong:
        raise MomentMissed(reached="") from None
    return data


def restore(
    found: Found,
    ground: Ground,
    machine: Machine,
    seat: Seat,
    data: Path,
    *,
    until: datetime | None,
    told: tuple[Sequence[Any], int],
    stage: Stage,
) -> list[Finding]:
    """Bring the moment back into the installation's own data directory and ask the copy from inside; `told`
    are the destructions that are known beside the sets, and the highest epoch. What fails leaves the place
    of the data empty. ChecksFailed, and all of `bring_back` and `check_free`."""
    check_free(data, seat.home)
    folder = data.with_name(f"{data.name}.moment")
    shutil.rmtree(folder, ignore_errors=True)
    try:
        made = bring_back(found, ground, folder, until=until, database=seat.database, stage=stage)
        if data.exists():
            data.rmdir()
        made.rename(data)
        stage("checking", 0, 1)
        try:
            with machine.own() as server:
                databases.mark(server, seat.database, "moment")
                findings = copies.check_inside(machine, seat, folder, _told(found, told))
                copies.check_all_passed(findings)
                databases.mark(server, seat.database, "")
        except BaseException:
            data.rename(made)
            raise
        return findings
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _told(found: Found, known: tuple[Sequence[Any], int]) -> Told:
    """The checkpoint of the chain's last set: all its leaves are in what was brought back."""
    last = found.sets[found.chain[-1].name]
    trail = last.manifest.get("trail")
    point = (int(trail["tree"]), int(trail["size"]), str(trail["root"])) if trail else None
    entries, epoch = known
    return Told(
        entries=entries, checkpoint=point, epoch=max(epoch, point[0] if point else 0), is_drill=False,
        manifest=last.manifest_sha256,
    )  # fmt: skip
