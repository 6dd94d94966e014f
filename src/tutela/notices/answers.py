"""What a chat program really said. WeCom and DingTalk refuse with HTTP 200 and an `errcode` in the body,
and the library (apprise 2.3.0) calls that sent; it also encodes DingTalk's signature twice.

The two plugins get their `requests` from here: the same library, whose answers are read first.
"""

import threading
from importlib import import_module
from typing import Any, Final
from urllib.parse import unquote

_PLUGINS: Final = ("apprise.plugins.wecombot", "apprise.plugins.dingtalk")
_REFUSED: Final = 502
_lock = threading.Lock()


class _ReadRequests:
    """The `requests` module as the plugins use it."""

    def __init__(self, library: Any) -> None:
        self._library = library

    def __getattr__(self, name: str) -> Any:
        return getattr(self._library, name)

    def post(self, url: str, *, params: Any = None, **options: Any) -> Any:
        if isinstance(params, dict) and "sign" in params:
            params = {**params, "sign": unquote(str(params["sign"]))}
        response = self._library.post(url, params=params, **options)
        if _error_code(response):
            response.status_code = _REFUSED
        return response


def read_answers() -> None:
    """Give the plugins the reading form, once a process."""
    with _lock:
        for name in _PLUGINS:
            plugin: Any = import_module(name)
            if not isinstance(plugin.requests, _ReadRequests):
                plugin.requests = _ReadRequests(plugin.requests)


def _error_code(response: Any) -> Any:
    """The error that the body names; 0 or nothing when it took the message."""
    try:
        body = response.json()
    except ValueError:
        return None
    return body.get("errcode") if isinstance(body, dict) else None
