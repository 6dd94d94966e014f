"""Calls to witnesses: HTTP of one request, to an address that the operator's policy file names.

Never followed elsewhere, never through a proxy, the answer bounded in bytes and time. The connection goes to an
address that was looked at: not to link-local (the cloud's metadata), multicast or reserved ones, and without TLS
only inside the house (docs/decisions/witnesses.md).
"""

import http.client
import ipaddress
import socket
import ssl
from dataclasses import dataclass
from typing import Final

from django.conf import settings

from tutela.base import clock

from .policy_rules import split

SECONDS: Final = 10
"""For a whole call."""
LONGEST_ANSWER: Final = 256 * 1024
_HEADERS: Final = {"User-Agent": "tutela", "Content-Type": "text/plain; charset=utf-8"}
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class CallFailed(Exception):
    """No answer; `why` is one word of a code."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, content type and body."""

    status: int
    kind: str
    body: bytes


def call(method: str, url: str, body: bytes | None = None) -> Answer:
    """The answer to one request. CallFailed."""
    until = clock.monotonic() + SECONDS
    parts = split(url)
    host, is_tls = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if is_tls else 80)
    made = http.client.HTTPConnection(host, port, timeout=SECONDS)
    try:
        made.sock = _connect(host, port, is_tls)
        made.request(method, parts.path or "/", body, _HEADERS)
        answer = made.getresponse()
        data = _read(answer, until)
        return Answer(answer.status, answer.headers.get("Content-Type", ""), data)
    except ssl.SSLError:
        raise CallFailed("tls") from None
    except (OSError, http.client.HTTPException, ValueError):
        raise CallFailed("unreachable") from None
    finally:
        made.close()


def _read(answer: http.client.HTTPResponse, until: float) -> bytes:
    data = b""
    while piece := answer.read1(LONGEST_ANSWER + 1 - len(data)):
        data += piece
        if len(data) > LONGEST_ANSWER or clock.monotonic() > until:
            raise CallFailed("answer")
    return data


def _connect(host: str, port: int, is_tls: bool) -> socket.socket:
    """A connection to an address of the host that may be called. CallFailed, OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [(entry[0], entry[4]) for entry in found]
    if not addresses or not all(may_call(str(place[0]), is_tls) for _, place in addresses):
        raise CallFailed("address")
    last: OSError = OSError()
    for family, place in addresses:
        made = socket.socket(family, socket.SOCK_STREAM)
        made.settimeout(SECONDS)
        try:
            made.connect(place)
            return _trust().wrap_socket(made, server_hostname=host) if is_tls else made
        except OSError as error:
            made.close()
            last = error
    raise last


def may_call(address: str, is_tls: bool) -> bool:
    """Whether a witness may be at this address."""
    try:
        given: Address = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(given, ipaddress.IPv6Address):
        given = given.ipv4_mapped or given
    odd = given.is_link_local or given.is_multicast or given.is_unspecified
    if odd or (given.is_reserved and not given.is_loopback):
        return False
    return is_tls or given.is_private


def _trust() -> ssl.SSLContext:
    """The machine's authorities, and that of the house if one is set."""
    context = ssl.create_default_context()
    if settings.TUTELA_TRAIL_WITNESS_CA:
        context.load_verify_locations(settings.TUTELA_TRAIL_WITNESS_CA)
    return context
