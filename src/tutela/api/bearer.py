"""Who calls: the account of the key in the Authorization header. No cookies, no sessions.

Keys are part of the access snapshot in memory, so a call costs no statement and a revoked key is
refused as soon as the snapshot is: within a second. Failures are counted for all processes together; an
address past the limit is known in memory, so that hammering on costs the database nothing.
"""

import threading
from collections.abc import Mapping
from typing import Any, Final, cast

from django.http import HttpRequest
from ninja.security import HttpBearer

from tutela.access import attempts, sign_in
from tutela.access import events as access_events
from tutela.access.errors import KeyRefused
from tutela.base import clock
from tutela.base.actor import Actor, Channel
from tutela.base.errors import NotAllowed
from tutela.trail.leaves import Leaf

from . import errors, refusals
from .call import Call

FAILURES: Final = 20
WINDOW_SECONDS: Final = 60.0
_ADDRESSES: Final = 10_000


def key_of(meta: Mapping[str, Any]) -> str:
    """The key that a request's header gives, else ""."""
    scheme, _, text = meta.get("HTTP_AUTHORIZATION", "").partition(" ")
    return text if scheme.lower() == "bearer" else ""


class ApiKey(HttpBearer):
    """The library's form of a door keeper; its name is the scheme's name in the description."""

    def __call__(self, request: HttpRequest) -> Actor:
        key = key_of(request.META)
        if not key:
            raise _failed(request, errors.KeyMissing())
        return self.authenticate(request, key)

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        """The machine account, put on the request; KeyRefused or MachineNeeded."""
        source = str(request.META.get("REMOTE_ADDR", ""))
        try:
            actor = sign_in.authenticate_key(token, channel=Channel.API, source=source)
        except KeyRefused as refused:
            raise _failed(request, refused) from None
        cast("Call", request).actor = actor
        if actor.kind != "machine":
            raise errors.MachineNeeded
        return actor


class _Failures:
    """Failed attempts of each address, in windows of a minute."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._over: dict[str, float] = {}

    def note(self, source: str, now: float) -> tuple[int, float]:
        """How many failures this address has in its window, this one included, and the seconds left.

        Of an address past the limit the number only says so.
        """
        left = self._over.get(source, now) - now
        if left > 0:
            return FAILURES + 2, left
        count, left = attempts.count(f"api.failures.{source}", WINDOW_SECONDS)
        if count > FAILURES:
            self._remember(source, now + left, now)
        return count, left

    def _remember(self, source: str, until: float, now: float) -> None:
        """Drop what is over; everything when an army of addresses fills the table."""
        with self._lock:
            if len(self._over) >= _ADDRESSES:
                fresh = {name: end for name, end in self._over.items() if end > now}
                self._over = fresh if len(fresh) < _ADDRESSES else {}
            self._over[source] = until

    def clear(self) -> None:
        """This process's memory; the counts stay."""
        with self._lock:
            self._over.clear()


failures = _Failures()


def _failed(request: HttpRequest, refused: NotAllowed) -> NotAllowed:
    """The refusal to raise. Each failure leaves a leaf until the limit is passed."""
    stranger = refusals.stranger(request)
    count, left = failures.note(stranger.source, clock.monotonic())
    refusal = refused if count <= FAILURES else errors.TooManyFailures(seconds=max(1, round(left)))
    if count <= FAILURES + 1:
        decision = {"outcome": "deny", "code": refusal.code}
        sign_in.keep(Leaf(event=access_events.SIGN_IN_FAILED, actor=stranger, decision=decision))
    return refusal
