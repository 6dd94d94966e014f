"""Register a source and the machine that feeds it, change it or close it: always by two people."""

import re
from collections.abc import Collection, Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from tutela.access import gate
from tutela.access import queries as people
from tutela.access.errors import StaffUnknown
from tutela.access.models import Staff
from tutela.base import clock, ids
from tutela.base.actor import SYSTEM, Actor
from tutela.base.free_text import check_free_text
from tutela.trail import log
from tutela.trail.event_specs import EventSpec
from tutela.trail.leaves import Leaf
from tutela.vault import events, feeds, news, permissions
from tutela.vault.errors import (
    AlreadyDecided,
    SecondPersonIsFirst,
    SourceBad,
    SourceUnknown,
    SourceWaiting,
)
from tutela.vault.feeds import FIRST_SOURCE
from tutela.vault.importing import targets
from tutela.vault.proposers import check_proposer
from tutela.vault.queries import fetch

# No run of six digits, as in the trail's labels: a source is a system, not a customer's number.
_CODE: Final = re.compile(r"(?!.*\d{6})[A-Za-z0-9_-]{1,40}", re.ASCII)
_INSERT = """
    INSERT INTO vault.source (source_id, code, machine_id, collections, is_open, proposed_by, proposed_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s)"""
_DECIDE = """
    UPDATE vault.source SET state = %s, decided_by = %s, decided_at = %s
    WHERE source_id = %s AND state = 1"""


class _Registration(NamedTuple):
    """A source as the trail names it; `machine` is the account that feeds it."""

    id: UUID
    code: str
    machine: UUID


def propose_source(
    actor: Actor, code: str, machine: str, collections: Collection[str], *, is_open: bool = True
) -> UUID:
    """Propose that a machine account (by login) feeds a source, or with `is_open` false no more.

    SourceBad, SourceWaiting, StaffUnknown. Nothing changes until another person approves.
    """
    grant = gate.require(actor, permissions.SOURCE_REGISTER)
    account = people.staff_by_login(machine)
    numbers = sorted({targets.collection_number(name) for name in collections})
    if not _CODE.fullmatch(code) or not numbers:
        raise SourceBad
    check_free_text(code=code)
    if account.kind != Staff.Kind.MACHINE:
        raise StaffUnknown(staff="")
    try:
        with transaction.atomic():
            source = _insert(actor, code, account.id, numbers, is_open=is_open)
            _leaf(
                events.SOURCE_PROPOSED,
                actor,
                _Registration(source, code, account.id),
                grant.as_leaf(),
            )
            news.source_proposed(actor)
    except IntegrityError as error:
        raise SourceWaiting from error
    return source


def approve_source(actor: Actor, source: UUID) -> None:
    """Put another person's proposal in force. SourceUnknown, AlreadyDecided, SecondPersonIsFirst,
    ProposerGone."""
    _decide(actor, source, feeds.APPROVED, events.SOURCE_REGISTERED)


def refuse_source(actor: Actor, source: UUID) -> None:
    """Set a proposal aside; one's own too. SourceUnknown, AlreadyDecided."""
    _decide(actor, source, feeds.REFUSED, events.SOURCE_REFUSED)


def list_sources(actor: Actor, *, waiting: bool = False) -> list[feeds.SourceRow]:
    """The registrations in force, or the proposals that wait for a second person."""
    gate.require(actor, permissions.SOURCE_REGISTER)
    return feeds.waiting() if waiting else feeds.in_force()


def first_source() -> None:
    """On a first run the installation registers the host's own machine account for the source `core`."""
    if fetch("SELECT 1 FROM vault.source LIMIT 1", ()):
        return
    machine = people.staff_by_login(people.LOCAL_OPERATOR)
    numbers = [number for number, _code in targets.collections()]
    with transaction.atomic():
        source = _insert(SYSTEM, FIRST_SOURCE, machine.id, numbers, is_open=True)
        _execute(_DECIDE, (feeds.APPROVED, SYSTEM.id, clock.now(), source))
        _leaf(events.SOURCE_REGISTERED, SYSTEM, _Registration(source, FIRST_SOURCE, machine.id), {})


def _decide(actor: Actor, source: UUID, state: int, event: EventSpec) -> None:
    grant = gate.require(actor, permissions.SOURCE_REGISTER)
    with transaction.atomic():
        proposals = fetch(
            "SELECT code, machine_id, proposed_by, state FROM vault.source WHERE source_id = %s"
            " FOR UPDATE",
            (source,),
        )
        if not proposals:
            raise SourceUnknown
        code, machine, proposer, now = proposals[0]
        if now != feeds.PROPOSED:
            raise AlreadyDecided
        if state == feeds.APPROVED and proposer == actor.id:
            raise SecondPersonIsFirst
        if state == feeds.APPROVED:
            check_proposer(proposer, permissions.SOURCE_REGISTER)
        _execute(_DECIDE, (state, actor.id, clock.now(), source))
        _leaf(event, actor, _Registration(source, code, machine), grant.as_leaf())
        news.source_decided(proposer, actor)


def _insert(
    actor: Actor, code: str, machine: UUID, collections: Sequence[int], *, is_open: bool
) -> UUID:
    source = ids.uuid7()
    row = (source, code, machine, [int(collection) for collection in collections], is_open)
    _execute(_INSERT, (*row, actor.id, clock.now()))
    return source


def _leaf(
    event: EventSpec, actor: Actor, registration: _Registration, decision: dict[str, str | int]
) -> None:
    detail: dict[str, str | int] = {
        "source": registration.code,
        "proposal": str(registration.id),
        "machine": str(registration.machine),
    }
    log.append_with_change(Leaf(event=event, actor=actor, decision=decision, detail=detail))


def _execute(statement: str, values: Sequence[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
