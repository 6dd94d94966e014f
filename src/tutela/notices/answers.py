"""Read the response bodies of WeCom and DingTalk, which refuse with HTTP 200 and an `errcode` in the body;
apprise 2.3.0 counts that as sent. It also percent-encodes DingTalk's signature twice.

The two plugins use this wrapper in place of the `requests` module.
"""

import threading
from importlib import import_module
from typing import Any, Final
from urllib.parse import unquote

_PLUGINS: Final = ("apprise.plugins.wecombot", "apprise.plugins.dingtalk")
_REFUSED: Final = 502
_lock = threading.Lock()


class _ReadRequests:
    """The `requests` module, with `post` checking the body."""

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
    """Patch the plugins, once per process."""
    with _lock:
        for name in _PLUGINS:
            plugin: Any = import_module(name)
            if not isinstance(plugin.requests, _ReadRequests):
                plugin.requests = _ReadRequests(plugin.requests)


def _error_code(response: Any) -> Any:
    """The error code in the body; 0 or None if the message was accepted."""
    try:
        body = response.json()
    except ValueError:
        return None
    return body.get("errcode") if isinstance(body, dict) else None
