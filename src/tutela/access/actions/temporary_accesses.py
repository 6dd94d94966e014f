"""Ask for temporary access, approve, refuse, end and review it; take break-glass access.

Which customers somebody may name, and who is told, the vault knows: its `temporary_access/` calls these verbs,
each within its own transaction. Rows are locked, so of two people who decide at once the second meets the first
one's word.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from tutela.access import events, gate, permissions, snapshot
from tutela.access import temporary_access_rules as rules
from tutela.access import temporary_rows as rows
from tutela.access.compile import Slot
from tutela.access.errors import (
    AccessDecided,
    AccessEnded,
    AccessNotForPost,
    AccessTooLate,
    AccessUnknown,
    ApprovedByYou,
    ApproverUnfit,
    BreakGlassOpen,
    BreakGlassPaused,
    ChannelClosed,
    RequesterGone,
    ReviewUnfit,
)
from tutela.access.grants import Grant
from tutela.access.live_access import BREAK_GLASS, REQUEST
from tutela.access.purposes import Purpose
from tutela.access.sessions import fingerprint
from tutela.access.temporary_access import is_sensitive
from tutela.access.temporary_rows import TemporaryAccess
from tutela.base import clock, ids
from tutela.base.actor import SYSTEM, Actor, Channel
from tutela.trail import log
from tutela.trail.connect import fetch
from tutela.trail.event_specs import EventSpec
from tutela.trail.leaves import Leaf

from .epoch import bump

_INSERT: Final = f"""
    INSERT INTO access_temporary_access (id, kind, asker_id, post, branch_id, customers, search_sealed, classes,
        purpose, is_sensitive, minutes, reason_sealed, session, asked_at, decide_until, started_at, until,
        review_due)
    VALUES (%(id)s, %(kind)s, %(asker)s::uuid, %(post)s, %(branch)s::bigint, %(customers)s::uuid[], %(search)s,
        %(classes)s::smallint[], %(purpose)s, %(sensitive)s, %(minutes)s, %(reason)s, %(session)s, %(at)s,
        %(decide_until)s, %(started)s::timestamptz, %(until)s::timestamptz, %(review_due)s::timestamptz)
    RETURNING {rows.COLUMNS}"""
_APPROVE: Final = {
    place: f"""
    UPDATE access_temporary_access SET {place}_approver = %(by)s::uuid, {place}_post = %(post)s,
        {place}_at = %(at)s, customers = %(customers)s::uuid[], started_at = %(started)s::timestamptz,
        until = %(until)s::timestamptz
    WHERE id = %(id)s RETURNING {rows.COLUMNS}"""
    for place in ("first", "second")
}
_END: Final = f"""
    UPDATE access_temporary_access SET ended_at = %s, ended_by = %s, ending = %s
    WHERE id = %s AND ended_at IS NULL RETURNING {rows.COLUMNS}"""
_REVIEW: Final = f"""
    UPDATE access_temporary_access SET reviewed_by = %s::uuid, reviewed_at = %s, review = %s, review_sealed = %s
    WHERE id = %s AND reviewed_by IS NULL RETURNING {rows.COLUMNS}"""
# One at a time for each person, so that two break-glass starts at once do not both find none open.
_ONE_AT_A_TIME: Final = "SELECT 1 FROM access_staff WHERE id = %s::uuid FOR UPDATE"
_BROKEN: Final = """
    SELECT 1 FROM access_temporary_access WHERE asker_id = %s::uuid AND kind = 'break_glass' AND ended_at IS NULL
        AND until > %s"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked for. `reason_sealed` and `search_sealed` are sealed text; with a search, customers are none
    until the approver has looked it up."""

    customers: tuple[UUID, ...]
    classes: frozenset[int]
    purpose: Purpose
    minutes: int
    reason_sealed: str
    search_sealed: str = ""


@transaction.atomic
def request_access(actor: Actor, wish: Wish) -> TemporaryAccess:
    """Ask. AccessNotForPost, CustomersTooMany, ClassNeverClear, PurposeNotForAccess, MinutesOutOfRange."""
    grant = gate.require(actor, permissions.TEMPORARY_ACCESS_REQUEST)
    rules.check_wish(REQUEST, len(wish.customers), wish.classes, wish.purpose, wish.minutes)
    now = snapshot.current()
    person = now.people[actor.id]
    slot = rules.asking_slot(now, person, permissions.TEMPORARY_ACCESS_REQUEST, wish.purpose)
    post, branch = slot.post, rules.branch_of(now, slot)
    access = _insert(REQUEST, actor, wish, (post, branch), "", clock.now())
    _record(grant, events.TEMPORARY_ACCESS_REQUESTED, access, note=wish.reason_sealed)
    return access


@transaction.atomic
def approve_access(
    actor: Actor, access_id: UUID, customers: Sequence[UUID] = ()
) -> TemporaryAccess:
    """Say yes; the clock begins with the last approver's word. `customers`: those that a search has found.

    AccessUnknown, AccessDecided, AccessTooLate, ApprovedByYou, ApproverUnfit, RequesterGone."""
    grant = gate.require(actor, permissions.TEMPORARY_ACCESS_APPROVE)
    access = _waiting(access_id)
    if UUID(actor.id) in access.approvers:
        raise ApprovedByYou
    post = deciding_post(actor, access)
    if not is_asker_able(access):
        raise RequesterGone
    now = clock.now()
    is_last = len(access.approvers) + 1 >= access.approvals_needed
    values = {
        "id": access.id,
        "by": actor.id,
        "post": post,
        "at": now,
        "customers": list(access.customers or customers),
        "started": now if is_last else None,
        "until": now + timedelta(minutes=access.minutes) if is_last else None,
    }
    statement = _APPROVE["second" if access.approvers else "first"]
    approved = rows.row_of(fetch(statement, values)[0])
    _record(grant, events.TEMPORARY_ACCESS_APPROVED, approved, post=post)
    if is_last:
        bump()
    return approved


@transaction.atomic
def refuse_access(actor: Actor, access_id: UUID) -> TemporaryAccess:
    """Say no, by whoever might say yes. As `approve_access`."""
    grant = gate.require(actor, permissions.TEMPORARY_ACCESS_APPROVE)
    access = _waiting(access_id)
    deciding_post(actor, access, repeated=True)
    return _end(grant, access, "refused")


@transaction.atomic
def give_back_access(actor: Actor, access_id: UUID) -> TemporaryAccess:
    """The asker needs it no more: a request is withdrawn, an access given back. AccessUnknown, AccessEnded."""
    gate.check_known(actor)
    access = rows.find(access_id, lock=True)
    if str(access.asker_id) != actor.id:
        raise AccessUnknown
    state = access.state(clock.now())
    if state == rows.OVER:
        raise AccessEnded
    return _end(None, access, "withdrawn" if state == rows.WAITING else "given_back", actor)


@transaction.atomic
def end_access(actor: Actor, access_id: UUID) -> TemporaryAccess:
    """End one that runs, by whoever watches over it. AccessUnknown, AccessEnded."""
    grant = gate.require(actor, permissions.TEMPORARY_ACCESS_END)
    access = rows.find(access_id, lock=True)
    if not can_watch(actor, access):
        raise AccessUnknown
    if access.state(clock.now()) != rows.RUNNING:
        raise AccessEnded
    return _end(grant, access, "ended")


@transaction.atomic
def start_break_glass(actor: Actor, wish: Wish) -> TemporaryAccess:
    """Take access at once, in this session only. The caller has seen a fresh second factor and tells in the same
    transaction whom it must. BreakGlassNotForPost, BreakGlassPaused, BreakGlassOpen, and as `request_access`."""
    grant = gate.require(actor, permissions.BREAK_GLASS_START)
    fetch(_ONE_AT_A_TIME, (actor.id,))
    now, at = snapshot.current(), clock.now()
    customers = len(wish.customers)
    slot = check_break_glass(actor, customers, wish.classes, wish.purpose, wish.minutes)
    session = fingerprint(actor.session)
    post, branch = slot.post, rules.branch_of(now, slot)
    access = _insert(BREAK_GLASS, actor, wish, (post, branch), session, at)
    _record(grant, events.BREAK_GLASS_STARTED, access, note=wish.reason_sealed)
    bump()
    return access


def check_break_glass(
    actor: Actor, customers: int, classes: frozenset[int], purpose: Purpose, minutes: int
) -> Slot:
    """The post by which the actor may take it now, or the refusals of `start_break_glass`. It begins on a page:
    only there is a session to which it holds."""
    rules.check_wish(BREAK_GLASS, customers, classes, purpose, minutes)
    now, at = snapshot.current(), clock.now()
    slot = rules.break_glass_slot(now, now.people[actor.id], permissions.BREAK_GLASS_START, purpose)
    if actor.channel is not Channel.PAGE or not actor.session:
        raise ChannelClosed
    if slot.post in rows.paused_posts(at):
        raise BreakGlassPaused
    if fetch(_BROKEN, (actor.id, at)):
        raise BreakGlassOpen
    return slot


@transaction.atomic
def review_break_glass(actor: Actor, access_id: UUID, verdict: str, note: str) -> TemporaryAccess:
    """Say whether it was justified, with a sealed note; the access ends if it still runs. AccessUnknown,
    ApproverUnfit, ReviewUnfit."""
    grant = gate.require(actor, permissions.BREAK_GLASS_REVIEW)
    access = rows.find(access_id, lock=True)
    if not access.waits_for_review():
        raise ReviewUnfit
    if not can_review(actor, access):
        raise ApproverUnfit
    at = clock.now()
    if access.state(at) == rows.RUNNING:
        access = _end(grant, access, "ended")
    elif access.ended_at is None:
        access = _end(None, access, "expired", SYSTEM)
    values = (actor.id, at, verdict, note, access.id)
    reviewed = rows.row_of(fetch(_REVIEW, values)[0])
    _record(grant, events.BREAK_GLASS_REVIEWED, reviewed, note=note, review=verdict)
    return reviewed


def close_run_out() -> list[TemporaryAccess]:
    """Write down the end of those whose time has passed; no decision waits for it. The worker asks each minute."""
    closed = []
    for access in rows.run_out(clock.now()):
        with transaction.atomic():
            held = rows.find(access.id, lock=True)
            if held.ended_at is None:
                ending = "expired" if held.started_at else "not_decided"
                closed.append(_end(None, held, ending, SYSTEM))
    return closed


def deciding_post(actor: Actor, access: TemporaryAccess, *, repeated: bool = False) -> str:
    """The post by which the actor decides on a request; ApproverUnfit. `repeated`: an earlier approver of the same
    request may, too."""
    now = snapshot.current()
    asker, second = now.people.get(str(access.asker_id)), now.people.get(actor.id)
    if asker is None or second is None:
        raise ApproverUnfit
    taken = () if repeated else tuple(filter(None, (access.first_post,)))
    slots = rules.deciding_slots(asker, second, permissions.TEMPORARY_ACCESS_APPROVE, taken)
    slot = next((slot for slot in slots if slot.post != access.post), None)
    if slot is None:
        raise ApproverUnfit
    return slot.post


def can_decide(actor: Actor, access: TemporaryAccess) -> bool:
    """Whether the actor may approve now, by post; which customers they reach the vault knows."""
    if not gate.holds(actor, permissions.TEMPORARY_ACCESS_APPROVE):
        return False
    if UUID(actor.id) in access.approvers or access.state(clock.now()) != rows.WAITING:
        return False
    try:
        deciding_post(actor, access)
    except ApproverUnfit:
        return False
    return True


def can_watch(actor: Actor, access: TemporaryAccess) -> bool:
    """Whether the actor sees that it runs, or has run, and may end it: who approved it, the manager of the branch,
    and whoever keeps rights for the whole company. What has not begun only deciders know."""
    now = snapshot.current()
    person = now.people.get(actor.id)
    if person is None or actor.id == str(access.asker_id) or access.started_at is None:
        return False
    if not gate.holds(actor, permissions.TEMPORARY_ACCESS_END):
        return False
    approved = UUID(actor.id) in access.approvers
    return watches_everywhere(actor) or approved or rules.manages(person, access.branch_id, now)


def watches_everywhere(actor: Actor) -> bool:
    """Whether one of the actor's posts watches over the access of every branch."""
    person = snapshot.current().people.get(actor.id)
    return person is not None and any(
        slot.post in permissions.WATCH_EVERYWHERE for slot in person.slots
    )


def can_review(actor: Actor, access: TemporaryAccess) -> bool:
    """Whether the actor may review: another person, of another post, not led by who took it, who watches."""
    now = snapshot.current()
    asker, second = now.people.get(str(access.asker_id)), now.people.get(actor.id)
    if second is None or not gate.holds(actor, permissions.BREAK_GLASS_REVIEW):
        return False
    if asker is None or not can_watch(actor, access):
        return False
    slots = rules.deciding_slots(asker, second, permissions.BREAK_GLASS_REVIEW)
    return any(slot.post != access.post for slot in slots)


def is_asker_able(access: TemporaryAccess) -> bool:
    """Whether the asker's account is active and holds a post that may ask for this."""
    now = snapshot.current()
    person = now.people.get(str(access.asker_id))
    if person is None or not person.active:
        return False
    try:
        rules.asking_slot(now, person, permissions.TEMPORARY_ACCESS_REQUEST, access.why)
    except AccessNotForPost:
        return False
    return True


def _insert(
    kind: str, actor: Actor, wish: Wish, place: tuple[str, int | None], session: str, at: datetime
) -> TemporaryAccess:
    """`place`: post and branch. Break-glass begins with its row."""
    begins = kind == BREAK_GLASS
    values = {
        "id": ids.uuid7(),
        "kind": kind,
        "asker": actor.id,
        "post": place[0],
        "branch": place[1],
        "customers": list(wish.customers),
        "search": wish.search_sealed,
        "classes": sorted(wish.classes),
        "purpose": wish.purpose.value,
        "sensitive": is_sensitive(wish.classes),
        "minutes": wish.minutes,
        "reason": wish.reason_sealed,
        "session": session,
        "at": at,
        "decide_until": at + rules.DECIDE_WITHIN,
        "started": at if begins else None,
        "until": at + timedelta(minutes=wish.minutes) if begins else None,
        "review_due": at + rules.REVIEW_WITHIN if begins else None,
    }
    return rows.row_of(fetch(_INSERT, values)[0])


def _waiting(access_id: UUID) -> TemporaryAccess:
    """A request that waits, locked."""
    access = rows.find(access_id, lock=True)
    if access.ended_at is not None or access.started_at is not None:
        raise AccessTooLate if access.ending == "not_decided" else AccessDecided
    if access.state(clock.now()) != rows.WAITING:
        raise AccessTooLate
    return access


def _end(
    grant: Grant | None, access: TemporaryAccess, ending: str, actor: Actor | None = None
) -> TemporaryAccess:
    who = grant.actor if grant else actor or SYSTEM
    found = fetch(_END, (clock.now(), who.id, ending, access.id))
    if not found:
        raise AccessEnded
    ended = rows.row_of(found[0])
    event = events.BREAK_GLASS_ENDED if access.is_break_glass else events.TEMPORARY_ACCESS_ENDED
    _write(
        who,
        grant.as_leaf() if grant else {"outcome": "allow"},
        event,
        ended,
        "",
        {"ending": ending},
    )
    if access.started_at is not None:
        bump()
    return ended


def _record(
    grant: Grant, event: EventSpec, access: TemporaryAccess, *, note: str = "", **more: str
) -> None:
    _write(grant.actor, grant.as_leaf(), event, access, note, more)


def _write(
    actor: Actor, decision: dict[str, str | int], event: EventSpec, access: TemporaryAccess,
    note: str, more: dict[str, str],
) -> None:  # fmt: skip
    """The leaf of a step, in its transaction: whose access, of which customers and classes, for how long."""
    detail: dict[str, str | int] = {
        "request": str(access.id),
        "target": str(access.asker_id),
        "minutes": access.minutes,
        **more,
    }
    if access.until is not None:
        detail["until_ms"] = round(access.until.timestamp() * 1000)
    log.append_with_change(
        Leaf(
            event=event,
            actor=actor,
            subjects=tuple(("customer", str(item)) for item in access.customers),
            classes=tuple(sorted(access.classes)),
            purpose=access.purpose,
            note=note,
            decision=decision,
            detail=detail,
        )
    )
