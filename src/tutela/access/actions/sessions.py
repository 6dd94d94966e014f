"""Sessions of accounts: noted while they are used, and ended by an administrator."""

import logging
from datetime import datetime
from math import inf
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection, transaction

from tutela.access import changes, events, gate, permissions
from tutela.access.errors import OwnAccount, SessionUnknown
from tutela.access.models import SignedIn, Staff
from tutela.access.sessions import row_of
from tutela.base import clock, ids
from tutela.base.actor import Actor

from .passwords import end_sessions as end_all
from .people import forget_sessions, locked, subject

NOTED_SECONDS: Final = 60.0
_MOST_NOTED: Final = 20_000
_log = logging.getLogger("tutela.access")
_SEEN: Final = """
    INSERT INTO access_signed_in AS s (id, row, staff_id, epoch, second_factor, source, started_at, seen_at)
    VALUES (%(id)s, %(row)s, %(staff)s, %(epoch)s, %(factor)s, %(source)s, %(now)s, %(now)s)
    ON CONFLICT (row) DO UPDATE SET epoch = excluded.epoch, second_factor = excluded.second_factor,
        source = excluded.source,
        seen_at = CASE WHEN %(by_itself)s THEN s.seen_at ELSE greatest(s.seen_at, excluded.seen_at) END
    RETURNING id = %(id)s"""
_FORGET: Final = """
    DELETE FROM access_signed_in AS s WHERE s.staff_id = %s
    AND NOT EXISTS (SELECT FROM django_session AS d WHERE d.session_key = s.row)"""

_FORGET_ENDED: Final = """
    DELETE FROM access_signed_in AS s
    WHERE NOT EXISTS (SELECT FROM django_session AS d WHERE d.session_key = s.row)"""


class _Note(NamedTuple):
    at: float
    second_factor: bool


_noted: dict[str, _Note] = {}


def sweep_sessions() -> int:
    """Delete sessions whose time is over, and the notes of those that are gone; how many sessions. Nobody can use
    one, so no leaf is owed."""
    with transaction.atomic(), connection.cursor() as cursor:
        swept, _ = Session.objects.filter(expire_date__lte=clock.now()).delete()
        cursor.execute(_FORGET_ENDED)
    return swept


def note_seen(staff: Staff, actor: Actor, *, by_itself: bool = False) -> None:
    """Remember that a session is in use, at most once a minute a process: reading must not cost a write.
    `by_itself`: an open page asked, not a person; the session is listed, but not as used now."""
    now = clock.monotonic()
    known = _noted.get(actor.session)
    fresh = known is not None and (by_itself or now - known.at < NOTED_SECONDS)
    if fresh and known is not None and known.second_factor == actor.second_factor:
        return
    if len(_noted) >= _MOST_NOTED:
        _noted.clear()
    # What a page asked by itself does not keep the next look of the person from being noted.
    _noted[actor.session] = _Note(-inf if by_itself else now, actor.second_factor)
    try:
        _write(staff, actor, clock.now(), by_itself)
    except DatabaseError as error:  # a full disk closes customer data, not the page that says so
        _log.warning("session not noted", extra={"error": type(error).__name__})


def _write(staff: Staff, actor: Actor, now: datetime, by_itself: bool) -> None:
    """A session that is new sweeps those of the account that have ended."""
    values: dict[str, Any] = {
        "id": ids.uuid7(),
        "row": row_of(actor.session),
        "staff": staff.id,
        "epoch": staff.session_epoch,
        "factor": actor.second_factor,
        "source": actor.source[:45],
        "now": now,
        "by_itself": by_itself,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_SEEN, values)
        row = cursor.fetchone()
        if row and row[0]:
            cursor.execute(_FORGET, (staff.id,))


@transaction.atomic
def end_session(actor: Actor, staff: Staff, session_id: UUID) -> None:
    """End one session of another person, at once. SessionUnknown, OwnAccount."""
    grant = gate.require(actor, permissions.ACCOUNT_MANAGE)
    _check_other(actor, staff)
    one = SignedIn.objects.select_for_update().filter(id=session_id, staff=staff).first()
    if one is None:
        raise SessionUnknown
    ended, _models = Session.objects.filter(session_key=one.row).delete()
    if not ended:
        raise SessionUnknown
    one.delete()
    changes.record(grant, events.SESSIONS_ENDED, subject(staff), sessions=1)


@transaction.atomic
def end_sessions(actor: Actor, staff: Staff) -> int:
    """End all sessions of another person, at once, those that have only begun too; how many were known."""
    grant = gate.require(actor, permissions.ACCOUNT_MANAGE)
    account = locked(staff)
    _check_other(actor, account)
    end_all(account)
    ended = forget_sessions(account)
    changes.record(grant, events.SESSIONS_ENDED, subject(account), sessions=ended)
    return ended


def _check_other(actor: Actor, staff: Staff) -> None:
    """One's own sessions end by signing out."""
    if actor.id == str(staff.id):
        raise OwnAccount
