"""Responses to requests that do not reach Django. They repeat nothing of the request."""

import json
from collections.abc import Callable
from typing import Any

API = "/api/"
Start = Callable[[str, list[tuple[str, str]]], object]


class Refused(Exception):
    """The request is refused. `hint` says what is required, in Chinese and English."""

    status = "400 Bad Request"
    code = "front.body_cut_off"
    hint = ("请求正文不完整。", "The body of the request is not whole.")


class LengthMissing(Refused):
    """A body without a length, which could be endless."""

    status = "411 Length Required"
    code = "front.length_missing"
    hint = (
        "请求须用 Content-Length 说明正文长度。",
        "Say the length of the body in Content-Length.",
    )


class TooLarge(Refused):
    """The body exceeds the limit, or that for senders who have not signed in."""

    status = "413 Content Too Large"
    code = "front.body_too_large"
    hint = ("请求正文过大，或者须先登录。", "The body is too large, or needs a sign-in first.")


class Busy(Refused):
    """No place became free in time, or the disk is nearly full."""

    status = "503 Service Unavailable"
    code = "front.busy"
    hint = ("系统繁忙，请稍后再试。", "The server is busy; try again in a moment.")


def tell(refused: Refused, environ: dict[str, Any], start: Start) -> list[bytes]:
    """The response: a problem document (RFC 9457) under /api/, else a sentence in both languages."""
    machine = str(environ.get("PATH_INFO", "")).startswith(API)
    number, _, title = refused.status.partition(" ")
    problem = {
        "type": f"urn:tutela:problem:{refused.code}", "title": title, "status": int(number),
        "code": refused.code, "detail": refused.hint[1],
    }  # fmt: skip
    words = json.dumps(problem) if machine else "\n".join(refused.hint)
    kind = "application/problem+json" if machine else "text/plain; charset=utf-8"
    body = words.encode()
    start(
        refused.status,
        [
            ("Content-Type", kind),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
            ("X-Content-Type-Options", "nosniff"),
            ("Connection", "close"),
        ],
    )
    return [body]
