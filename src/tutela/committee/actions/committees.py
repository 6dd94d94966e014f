"""Committees: founded with a charter; people are named for their seats."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from tutela.access import gate
from tutela.access import queries as access
from tutela.access.gate import Grant
from tutela.access.models import Staff
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.committee import events, permissions, queries, rules
from tutela.committee.errors import (
    CharterMissing,
    CommitteeExists,
    PersonNeeded,
    SeatPersonUnfit,
    SeatTaken,
)
from tutela.committee.models import Charter, Committee, Seat

from .leaves import record_committee


@dataclass(frozen=True, slots=True, kw_only=True)
class CharterText:
    """A charter in both languages, with its quorum in percent of the seats."""

    zh: str
    en: str
    quorum_percent: int = 50


def require_manager(actor: Actor) -> tuple[Grant, Staff]:
    """The grant to manage committees, and the person who acts; PersonNeeded for machines."""
    grant = gate.require(actor, permissions.COMMITTEE_MANAGE)
    if actor.kind != "staff":
        raise PersonNeeded
    return grant, access.staff_by_id(actor.id)


@transaction.atomic
def found_committee(
    actor: Actor, *, code: str, names: tuple[str, str], charter: CharterText, every_months: int = 3
) -> Committee:
    """Found a committee with its first charter; names are Chinese, English."""
    grant, person = require_manager(actor)
    check_free_text(code=code, name_zh=names[0], name_en=names[1])
    committee, new = Committee.objects.get_or_create(
        code=code,
        defaults={
            "name_zh": names[0].strip(),
            "name_en": names[1].strip(),
            "every_months": every_months,
            "created_at": clock.now(),
        },
    )
    if not new:
        raise CommitteeExists(committee=code)
    _write_charter(grant, committee, charter, person)
    return committee


@transaction.atomic
def change_charter(actor: Actor, committee_id: UUID, charter: CharterText) -> Charter:
    """Write the next version of the charter. Meetings already held keep their quorum."""
    grant, person = require_manager(actor)
    return _write_charter(grant, queries.committee(committee_id, lock=True), charter, person)


def _write_charter(
    grant: Grant, committee: Committee, charter: CharterText, person: Staff
) -> Charter:
    if not charter.zh.strip() or not charter.en.strip():
        raise CharterMissing
    rules.check_quorum(charter.quorum_percent)
    check_free_text(text_zh=charter.zh, text_en=charter.en)
    version = Charter.objects.create(
        committee=committee,
        number=committee.charters.count() + 1,
        text_zh=charter.zh.strip(),
        text_en=charter.en.strip(),
        quorum_percent=charter.quorum_percent,
        written_by=person,
        written_at=clock.now(),
    )
    record_committee(grant, events.CHARTER_CHANGED, committee, number=version.number)
    return version


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """Who is named for a seat: a person, by sign-in name or staff number, for a post that they hold, from a
    day (None: today) up to, not including, another (None: until it is ended)."""

    post: str
    person: str
    role: str = Seat.Role.MEMBER
    starts: date | None = None
    ends: date | None = None


@transaction.atomic
def name_seat(actor: Actor, committee_id: UUID, wanted: Appointment) -> Seat:
    """Name a person for a seat. A seat that named this post only ends with it. SeatTaken, SeatPersonUnfit,
    SeatDaysWrong."""
    grant, _person = require_manager(actor)
    committee = queries.committee(committee_id, lock=True)
    post, starts = access.post(wanted.post), wanted.starts or clock.today()
    rules.check_term(starts, wanted.ends, clock.today())
    person = queries.person_of(post.code, wanted.person, starts)
    if person is None:
        raise SeatPersonUnfit
    seat = Seat(
        committee=committee, post=post, staff=person, role=Seat.Role(wanted.role), starts=starts,
        ends=wanted.ends,
    )  # fmt: skip
    _end_unnamed(grant, committee, seat)
    _check_free(seat)
    seat.save(force_insert=True)
    record_committee(
        grant, events.SEAT_NAMED, committee, seat=seat.id, post=post.code, target=str(person.id)
    )
    return seat


def _end_unnamed(grant: Grant, committee: Committee, seat: Seat) -> None:
    """A seat from before people were named ends when somebody is named for its post."""
    unnamed = queries.seats_from(committee.id, seat.starts).filter(
        staff__isnull=True, post=seat.post
    )
    for row in unnamed:
        row.ends = max(row.starts, seat.starts)
        row.save(update_fields=["ends"])
        record_committee(grant, events.SEAT_ENDED, committee, seat=row.id, post=row.post_id)


def _check_free(seat: Seat) -> None:
    """Nobody has two seats at a time, and a committee one chair; SeatTaken. The committee is locked."""
    others = queries.seats_from(seat.committee_id, seat.starts)
    if seat.ends is not None:
        others = others.filter(starts__lt=seat.ends)
    chair = Q(role=Seat.Role.CHAIR) if seat.role == Seat.Role.CHAIR else Q(pk__in=[])
    if others.filter(Q(staff=seat.staff) | chair).exists():
        raise SeatTaken


@transaction.atomic
def end_seat(actor: Actor, seat_id: int) -> Seat:
    """End a seat today. Meetings already held keep it."""
    grant, _person = require_manager(actor)
    seat = queries.seat(seat_id)
    committee = queries.committee(seat.committee_id, lock=True)
    seat.ends = max(seat.starts, clock.today())
    seat.save(update_fields=["ends"])
    record_committee(grant, events.SEAT_ENDED, committee, seat=seat.id, post=seat.post_id)
    return seat
