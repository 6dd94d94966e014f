"""Who may send a large body: the holder of a session or an API key."""

from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import parse_cookie

from tutela.access import sign_in
from tutela.access.sessions import SessionStore
from tutela.base.actor import Channel
from tutela.base.errors import TutelaError


def known(environ: dict[str, Any]) -> bool:
    """Whether the sender has signed in. Django and the gate decide later what they may do."""
    scheme, _, key = str(environ.get("HTTP_AUTHORIZATION", "")).partition(" ")
    if scheme.lower() == "bearer" and key:
        try:
            sign_in.authenticate_key(key, channel=Channel.API, source=environ["REMOTE_ADDR"])
        except TutelaError:
            return False
        return True
    session = parse_cookie(environ.get("HTTP_COOKIE", "")).get(settings.SESSION_COOKIE_NAME)
    return bool(session) and SESSION_KEY in SessionStore(session).load()
