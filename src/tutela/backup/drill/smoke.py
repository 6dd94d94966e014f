"""Tutela started on the restored copy: does it answer as it should, to a person, to a machine, to a stranger?"""

import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Final

from django.urls import reverse

from tutela.backup.restoring.inspection import FAILED, PASSED, Finding

SECONDS: Final = 60.0
_WAIT: Final = 0.2
_AGAIN: Final = (502, 503)


def try_out(address: str) -> list[Finding]:
    """Health, sign-in page, a page without a session, the API without a key."""
    return [
        _asked("health_answers", lambda: _is_healthy(address)),
        _asked(
            "sign_in_page",
            lambda: _has(address + reverse("account_login"), 200, "csrfmiddlewaretoken"),
        ),
        _asked("page_needs_sign_in", lambda: _has(address + "/", 200, "csrfmiddlewaretoken")),
        _asked(
            "api_needs_key", lambda: _status(address + "/api/v1/customers") in {401, 403, 404, 405}
        ),
    ]


def _asked(name: str, question: Callable[[], bool]) -> Finding:
    began = time.monotonic()
    try:
        held = question()
    except (OSError, ValueError):
        held = False
    seconds = time.monotonic() - began
    return (
        Finding(name, PASSED, seconds)
        if held
        else Finding(name, FAILED, seconds, {"code": "no_answer"})
    )


def _is_healthy(address: str) -> bool:
    """As long as the server starts, it is asked again."""
    until = time.monotonic() + SECONDS
    while True:
        status, text = _get(address + "/api/v1/health")
        if status == 200:
            return '"ok"' in text
        if time.monotonic() > until or status not in (0, *_AGAIN):
            return False
        time.sleep(_WAIT)


def _has(url: str, status: int, word: str) -> bool:
    found, text = _get(url)
    return found == status and word in text


def _status(url: str) -> int:
    return _get(url)[0]


def _get(url: str) -> tuple[int, str]:
    """Status and text; 0 while nobody answers. The copy's certificate is of its own authority, on this machine."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with urllib.request.urlopen(url, timeout=SECONDS, context=context) as answer:  # noqa: S310 our own address
            return answer.status, answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        return error.code, ""
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return 0, ""
