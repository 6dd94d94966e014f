"""What a restored copy is asked from inside, with its own keys: run by a command of this program on the copy.

In this order: a new epoch of the trail, the destructions since the set, what opens and what stays closed, the
whole trail re-hashed, the vault compared with it. Answers are findings by code; none holds a value.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

import psycopg
from django.db import connection

from tutela.access import sign_in
from tutela.backup import events
from tutela.base import clock, ids
from tutela.base.actor import SYSTEM
from tutela.base.errors import TutelaError
from tutela.keys import trail_check
from tutela.trail import log, verification
from tutela.trail.leaves import Leaf
from tutela.trail.tree import epochs, second_place, sequencer, state
from tutela.trail.tree.link import Link
from tutela.vault import opening_proof
from tutela.vault.actions import replays
from tutela.vault.actions import verify as vault_verify
from tutela.vault.journal import Entry

PASSED, FAILED, NO_VERDICT = "passed", "failed", "no_verdict"
MARK: Final = "tutela restore"
"""The first words of the comment on a database that a restore has made and not yet put in its place."""
_COMMENT: Final = """
    SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database
    WHERE datname = current_database()"""
CANARIES: Final = 5
"""Customers whose every cell is opened, and as many destroyed ones that must stay closed."""
_LEAD_TRIES, _LEAD_SECONDS = 300, 0.1


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: its code, passed, failed or no_verdict, and counts that say why."""

    check: str
    result: str
    seconds: float
    detail: dict[str, Any] = field(default_factory=dict)

    def as_row(self) -> dict[str, Any]:
        return {
            "check": self.check,
            "result": self.result,
            "seconds": round(self.seconds, 3),
            **self.detail,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the copy is told: the destructions since its set, the checkpoint that the set's manifest names (epoch,
    size, root in hex), the highest epoch that is known otherwise, and whether it is a drill's copy."""

    entries: Sequence[Entry]
    checkpoint: tuple[int, int, str] | None
    epoch: int
    is_drill: bool
    manifest: str = ""


def inspect(told: Told) -> Iterator[Finding]:
    """Every check in order; whoever asks stops at the first that failed. A database that no restore has marked as
    its copy is left alone: what follows destroys customers."""
    if not _is_copy():
        yield Finding("inspection", FAILED, 0.0, {"code": "not_a_copy"})
        return
    planted = _plant(told) if told.is_drill else []
    steps: list[tuple[str, Callable[[], dict[str, Any]]]] = [
        ("checkpoint", lambda: _checkpoint(told)),
        ("new_epoch", lambda: _renew(told)),
        ("canary_opens", _canaries),
        ("destructions_replayed", lambda: _replay(told, planted)),
        ("destroyed_stays_closed", lambda: _closed(told, planted)),
        ("trail_rehashed", _trail),
        ("vault_verified", _vault),
    ]
    if not told.is_drill:
        steps.append(("recorded", lambda: _record(told)))
    for name, step in steps:
        yield _timed(name, step)


def _is_copy() -> bool:
    """Whether a restore has made this database and not yet put it in its place."""
    with connection.cursor() as cursor:
        cursor.execute(_COMMENT)
        return str(cursor.fetchone()[0]).startswith(MARK)


class Broken(Exception):
    """A check that did not hold; `facts` are codes, ids and counts."""

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__()


def _timed(name: str, step: Callable[[], dict[str, Any]]) -> Finding:
    began = time.monotonic()
    try:
        detail = step()
    except Broken as broken:
        return Finding(name, FAILED, time.monotonic() - began, broken.facts)
    except TutelaError as error:
        return Finding(name, FAILED, time.monotonic() - began, {"code": error.code})
    except psycopg.Error as error:
        return Finding(name, FAILED, time.monotonic() - began, {"code": type(error).__name__})
    return Finding(name, PASSED, time.monotonic() - began, detail)


def _checkpoint(told: Told) -> dict[str, Any]:
    """The tree of the copy has the root that the manifest names, at its size."""
    if told.checkpoint is None:
        raise Broken(code="no_checkpoint")
    epoch, size, root = told.checkpoint
    link = Link()
    try:
        found = epochs.root_at(link, epoch, size).hex()
    finally:
        link.close()
    if found != root:
        raise Broken(code="another_root", epoch=epoch, size=size)
    return {"epoch": epoch, "size": size}


def _renew(told: Told) -> dict[str, Any]:
    """Begin the trail's next epoch, give every leaf its place, sign."""
    signed, link = second_place.read(), Link()
    try:
        _lead(link)
        epoch = epochs.renew(link, signed, told.epoch)
    finally:
        link.close()
    sequencer.sequence_once()
    head = state.newest(epoch)
    if head is None or head.epoch != epoch:
        raise Broken(code="not_signed", epoch=epoch)
    return {"epoch": epoch, "size": head.size, "root": head.root.hex()}


def _lead(link: Link) -> None:
    for _ in range(_LEAD_TRIES):
        if link.lead():
            return
        time.sleep(_LEAD_SECONDS)
    raise Broken(code="another_leader")


def _canaries() -> dict[str, Any]:
    """Some customers, another choice each time, open whole."""
    chosen = opening_proof.held(CANARIES, str(clock.now()))
    proofs = opening_proof.prove(events.CANARY_OPENED, chosen)
    wrong = [str(one.customer) for one in proofs if one.code != opening_proof.OPENS]
    if wrong or not proofs:
        raise Broken(code="canary_closed" if wrong else "no_customer", customers=wrong)
    return {"customers": len(proofs), "cells": sum(one.cells for one in proofs)}


def _plant(told: Told) -> list[Entry]:
    """A destruction that only this copy sees: a set without a destroyed customer would else prove nothing."""
    already = {entry.customer for entry in told.entries}
    for customer in opening_proof.held(CANARIES + len(already), f"planted {clock.now()}"):
        if str(customer) not in already:
            return [_planted(customer)]
    return []


def _planted(customer: UUID) -> Entry:
    now, none = clock.now().isoformat(), str(UUID(int=0))
    return Entry(
        order=str(ids.uuid7()), customer=str(customer), branch=1, proposed_by="drill", proposed_at=now,
        proposed_leaf=none, reason="drill", decided_by=SYSTEM.id, decided_at=now, decided_leaf=none,
    )  # fmt: skip


def _replay(told: Told, planted: Sequence[Entry]) -> dict[str, Any]:
    """Destroy again what was destroyed since the set; in a drill one more, which was open before."""
    opened = opening_proof.prove(events.CANARY_OPENED, [UUID(one.customer) for one in planted])
    if any(one.code != opening_proof.OPENS for one in opened):
        raise Broken(code="planted_closed")
    found = replays.replay([*told.entries, *planted])
    if told.is_drill and not planted:
        raise Broken(code="no_customer")
    if found[replays.REPLAYED] < len(planted):
        raise Broken(code="not_replayed", **found)
    return {**found, "told": len(told.entries), "planted": len(planted)}


def _closed(told: Told, planted: Sequence[Entry]) -> dict[str, Any]:
    """Whoever was destroyed, by the journal or by the set, has no key and no cell."""
    asked = {UUID(one.customer) for one in (*told.entries, *planted)}
    asked |= set(opening_proof.destroyed(CANARIES, str(clock.now())))
    proofs = opening_proof.prove(events.CANARY_OPENED, sorted(asked))
    alive = [str(one.customer) for one in proofs if one.code == opening_proof.OPENS or one.cells]
    half = [
        str(one.customer)
        for one in proofs
        if one.code == opening_proof.DAMAGED and _is_here(one.customer)
    ]
    if alive or half:
        raise Broken(
            code="destroyed_alive" if alive else "destroyed_in_part", customers=alive or half
        )
    return {"customers": len(proofs)}


def _is_here(customer: UUID) -> bool:
    return customer in opening_proof.known([customer])


def _trail() -> dict[str, Any]:
    """Every leaf and tile hashed again, the checkpoints' signatures and the second place."""
    run = verification.run()
    verification.keep(run, finished=True)
    walk = run.walk
    if not run.is_good:
        raise Broken(code=walk.findings[0].kind if walk.findings else "broken", broken=walk.broken)
    return {"leaves": walk.leaves, "chains": len(walk.chains)}


def _vault() -> dict[str, Any]:
    """Every row beside the leaf that names it."""
    run = vault_verify.verify(sign_in.local_operator())
    if run.outcome != "good":
        first = run.tally.first_faults[0] if run.tally.first_faults else {}
        raise Broken(code=str(first.get("code", "bad")), faults=run.tally.faults)
    return {"records": run.tally.records, "customers": run.tally.moves, "leaves": run.tally.leaves}


def _record(told: Told) -> dict[str, Any]:
    """The leaf of the restore; marks of verifications of the lost database are set aside."""
    trail_check.begin_anew()
    log.append(
        Leaf(
            event=events.DATABASE_RESTORED, actor=SYSTEM, detail={"backup_manifest": told.manifest}
        )
    )
    sequencer.sequence_once()
    return {"manifest": told.manifest}
