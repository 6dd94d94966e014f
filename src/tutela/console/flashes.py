"""What a page says once after an act, on its way in a signed cookie; in the session what is too long for one."""

from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class _Cookie(CookieStorage):
    """Named so that a browser takes it over HTTPS and from this host only: nobody else puts words on our pages."""

    cookie_name = "__Host-tutela-said"


class Storage(FallbackStorage):
    """Django's own, with the name above."""

    storage_classes = (_Cookie, SessionStorage)
