"""Read the answers of chat services that refuse with HTTP 200 and say so in the body; apprise 2.3.0 reads the
status alone and counts that as sent. It also percent-encodes DingTalk's signature twice.

WeCom, DingTalk, Feishu and Lark always say in the body that a message was accepted: an answer without that word,
as of a proxy that shows its sign-in page, is a refusal. The plugins use a wrapper in place of `requests`.
"""

import threading
from collections.abc import Callable
from importlib import import_module
from typing import Any, Final
from urllib.parse import unquote

Body = dict[str, Any]
Accepts = Callable[[Body], bool]
_REFUSED: Final = 502
_lock = threading.Lock()


def _by_errcode(body: Body) -> bool:
    return body.get("errcode") == 0


def _by_code(body: Body) -> bool:
    """Feishu and Lark, whose first robots say StatusCode."""
    return body.get("code", body.get("StatusCode")) == 0


def _unless_code(body: Body) -> bool:
    """ServerChan says code, or errno; no body is no refusal."""
    return body.get("code", body.get("errno", 0)) == 0


def _unless_failed(body: Body) -> bool:
    return body.get("success", True) is True


ACCEPTED: Final[dict[str, Accepts]] = {
    "wecombot": _by_errcode,
    "dingtalk": _by_errcode,
    "feishu": _by_code,
    "lark": _by_code,
    "serverchan": _unless_code,
    "synology": _unless_failed,
}
"""By plugin of the library: whether the body of an answer with HTTP 200 says that the message was accepted."""


class _ReadRequests:
    """The `requests` module, with `post` checking the body."""

    def __init__(self, library: Any, accepted: Accepts) -> None:
        self._library = library
        self._accepted = accepted

    def __getattr__(self, name: str) -> Any:
        return getattr(self._library, name)

    def post(self, url: str, *, params: Any = None, **options: Any) -> Any:
        if isinstance(params, dict) and "sign" in params:
            params = {**params, "sign": unquote(str(params["sign"]))}
        response = self._library.post(url, params=params, **options)
        if response.ok and not self._accepted(_body(response)):
            response.status_code = _REFUSED
        return response


def read_answers() -> None:
    """Patch the plugins, once per process."""
    with _lock:
        for name, accepted in ACCEPTED.items():
            plugin: Any = import_module(f"apprise.plugins.{name}")
            if not isinstance(plugin.requests, _ReadRequests):
                plugin.requests = _ReadRequests(plugin.requests, accepted)


def _body(response: Any) -> Body:
    """What the answer holds; nothing when it is no JSON object."""
    try:
        body = response.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
