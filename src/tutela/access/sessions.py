"""Sessions in the database, found by a keyed hash of the cookie: a copy of the database or of a backup holds
no cookie that opens a session. Django's own store keeps the cookie's text as the row's key.
"""

from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as ClearStore
from django.contrib.sessions.base_session import AbstractBaseSession

from tutela.crypto import digest

_LETTERS = 40
"""What the column takes: 160 bits."""


def row_of(session_key: str) -> str:
    """The key of a session's row."""
    secret = settings.SECRET_KEY.encode()
    return digest.mac(secret, b"tutela.access.session", session_key.encode()).hex()[:_LETTERS]


def fingerprint(session_key: str) -> str:
    """By which break-glass knows the session it began in: nothing that finds or opens one. Blank for none."""
    if not session_key:
        return ""
    secret = settings.SECRET_KEY.encode()
    return digest.mac(secret, b"tutela.access.break_glass", session_key.encode()).hex()[:_LETTERS]


class SessionStore(ClearStore):
    """Django's store, asked by row."""

    def exists(self, session_key: str) -> bool:
        return super().exists(row_of(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        row = super().create_model_instance(data)
        row.session_key = row_of(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        known = session_key or self.session_key
        if known is not None:
            super().delete(row_of(known))

    def load(self) -> dict[str, Any]:
        cookie = self.session_key
        if cookie is None:
            return {}
        self._session_key = row_of(cookie)
        values: dict[str, Any] = super().load()
        # The library forgets the key of a row that is not there.
        self._session_key = cookie if self.session_key else None
        return values
