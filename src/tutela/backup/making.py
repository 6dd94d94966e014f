"""How a run of a kind makes its sets; `MAKERS` has one for each kind that can be asked for.

A full run makes two sets from one snapshot: everything but the schema `keys`, and that schema with the key files.
"""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from tutela.base import clock, ids
from tutela.base.registry import Registry
from tutela.keys import custody
from tutela.trail.tree import signers, state

from . import manifest, pipeline, queries, signing, snapshot, tools
from .models import Run
from .pipeline import Told
from .rules import Kind

STAGED: Final = "staged"
_WORK: Final = "clear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a maker is given. `named` is told the moment of the snapshot and the bytes that are expected in
    clear, and gives the name of each run's set; its parts go into `folder` of that name."""

    runs: Mapping[Kind, Run]
    named: Callable[[datetime, int], Mapping[Kind, str]]
    told: Callable[[Run], Told]


@dataclass(frozen=True, slots=True)
class Made:
    """A set whose parts are sealed and staged."""

    run: Run
    contents: manifest.Contents


Maker = Callable[[Work], Sequence[Made]]
MAKERS: Final = Registry[Maker]("makers of backups")
"""By the kind that is asked for: full, base, incremental."""


def staged(set_name: str) -> Path:
    """Where the sealed parts of a set wait until every target has them."""
    return Path(settings.TUTELA_BACKUP_FOLDER) / STAGED / set_name


def private_folder() -> Path:
    """The working folder, open to its owner alone."""
    folder = Path(settings.TUTELA_BACKUP_FOLDER)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


def forget_clear() -> None:
    """Remove what an attempt that was killed left in clear. Each attempt has a folder of its own name, so that a
    pg_dump that outlived its parent finds none to write to."""
    shutil.rmtree(Path(settings.TUTELA_BACKUP_FOLDER) / _WORK, ignore_errors=True)


def make_full(work: Work) -> Sequence[Made]:
    """The full set and the keys set of one snapshot."""
    folder = private_folder()
    forget_clear()
    trail = trail_facts()
    made = []
    with snapshot.open_snapshot() as opened:
        program = tools.tools(opened.major)
        every = snapshot.tables(opened.link)
        expected = pipeline.check_room(every, folder)
        names = work.named(opened.at, expected)
        facts = manifest.database_facts(opened, program.version)
        for kind, run in work.runs.items():
            recipients = queries.recipients(kind)
            order = pipeline.Order(
                kind=kind, set_name=names[kind], folder=staged(names[kind]),
                work=folder / _WORK / ids.uuid7().hex, recipients=[one.key for one in recipients],
                facts=facts, told=work.told(run),
            )  # fmt: skip
            sealed = pipeline.make_set(order, opened, program, every)
            others = [names[other] for other in work.runs if other is not kind]
            made.append(
                Made(
                    run,
                    manifest.Contents(
                        set_name=names[kind],
                        kind=kind,
                        run=str(run.id),
                        companion=others[0] if others else "",
                        installation=custody.installation().hex(),
                        product=settings_version(),
                        snapshot_at=opened.at,
                        sealed_at=clock.now(),
                        database=facts,
                        tables=sealed.tables,
                        members=sealed.members,
                        plain_bytes=sealed.plain_bytes,
                        parts=sealed.parts,
                        recipients=recipients,
                        keys=key_facts(),
                        trail=trail,
                    ),
                )
            )
    return made


def settings_version() -> str:
    """The version of Tutela."""
    from tutela.settings import VERSION

    return VERSION


def key_facts() -> dict[str, str]:
    """The ids and public keys that belong to the set: nothing secret."""
    newest = state.newest()
    facts = {"root": custody.describe().key_id, "signer": signing.public_key().hex()}
    if newest is not None:
        facts["log"] = signers.vkeys(newest.origin)[0]
    return facts


def trail_facts() -> dict[str, Any] | None:
    """The newest signed checkpoint, asked before the snapshot: the set holds all its leaves."""
    newest = state.newest()
    if newest is None:
        return None
    return {
        "tree": newest.epoch,
        "origin": newest.origin,
        "size": newest.size,
        "root": newest.root.hex(),
        "at": newest.at.isoformat(),
        "note": newest.note,
    }
