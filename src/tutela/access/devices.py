"""Known devices: a browser in which an account has signed in fully is remembered by a sealed cookie.

Wrong passwords of strangers delay strangers; a known device has a count of its own, so nobody can lock an
account's owner out (docs/decisions/sign-in-limits.md). The cookie opens nothing by itself.
"""

import json
import logging
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse

from tutela.base import clock
from tutela.base.actor import Actor, Channel
from tutela.base.errors import Unavailable
from tutela.crypto.digest import random_bytes, sha256
from tutela.crypto.errors import DecryptFailed
from tutela.trail import log
from tutela.trail.leaves import Leaf

from . import events, small_secrets
from .models import Staff

COOKIE: Final = "__Host-tutela-device"
LIFE_SECONDS: Final = 180 * 86_400
MOST_ACCOUNTS: Final = 5
"""People who share one machine; the one who has not signed in for longest is forgotten."""
_BOX: Final = "access.device"
_MARK: Final = "known_device_of"
_log = logging.getLogger("tutela.access")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One account that the device knows. `epoch`: a new password or a removed factor forgets devices."""

    staff: str
    device: str
    epoch: int
    until: int


def known(request: HttpRequest, staff: Staff | None) -> str:
    """The id of this device for the account, or nothing."""
    # Read for a login that nobody has, too, so that time does not tell which logins exist.
    entries = _entries(request)
    for entry in entries:
        if staff and entry.staff == str(staff.id) and entry.epoch == staff.session_epoch:
            return entry.device
    return ""


def mark(request: HttpRequest, staff: Staff) -> None:
    """The account has signed in fully: the answer to this request makes the device known."""
    setattr(request, _MARK, staff)


def remember(request: HttpRequest, response: HttpResponse) -> None:
    """Set the cookie after a full sign-in. A device that is new to the account leaves a leaf."""
    staff: Staff | None = getattr(request, _MARK, None)
    if staff is None:
        return
    device = known(request, staff) or _new(request, staff)
    if not device:
        return
    until = int(clock.now().timestamp()) + LIFE_SECONDS
    mine = _Entry(str(staff.id), device, staff.session_epoch, until)
    others = [entry for entry in _entries(request) if entry.staff != mine.staff]
    kept = [mine, *others][:MOST_ACCOUNTS]
    text = json.dumps([[entry.staff, entry.device, entry.epoch, entry.until] for entry in kept])
    response.set_cookie(
        COOKIE,
        small_secrets.seal(_BOX, text),
        max_age=LIFE_SECONDS,
        secure=True,
        httponly=True,
        samesite="Lax",
    )


def _new(request: HttpRequest, staff: Staff) -> str:
    """The id of a device that was not known. While the trail is closed there is none: people sign in, but no
    device is remembered without its leaf."""
    device = random_bytes(16).hex()
    source = request.META.get("REMOTE_ADDR", "")
    actor = Actor(kind="staff", id=str(staff.id), channel=Channel.PAGE, source=source)
    try:
        log.append(
            Leaf(
                event=events.DEVICE_REMEMBERED,
                actor=actor,
                subjects=(("staff", str(staff.id)),),
                detail={"device": sha256(device.encode()).hex()[:16]},
            )
        )
    except Unavailable as error:
        _log.error("device not remembered", extra={"code": error.code})
        return ""
    return device


def _entries(request: HttpRequest) -> list[_Entry]:
    """What the cookie holds and is still good; nothing of one that is broken or of another secret."""
    try:
        rows = json.loads(small_secrets.unseal(_BOX, request.COOKIES.get(COOKIE, "")))
        entries = [_Entry(*row) for row in rows]
    except (DecryptFailed, ValueError, TypeError):
        return []
    now = clock.now().timestamp()
    return [entry for entry in entries if entry.until > now]
