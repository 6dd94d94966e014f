"""Which hosts a chat robot may be at: public ones, and those that the operator lists.

A robot's address is typed by a person and called by the server, so it must not reach what only the
server can reach: itself, the house's own network, the cloud's metadata. Names are looked at when the
robot is added; what counts is each connection that is opened while a message is sent, because a name may
lead elsewhere by then and a server may answer with a redirect (docs/decisions/notice-hosts.md).
"""

import ipaddress
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
_sending = threading.local()
_hooked = threading.Lock()
_hook_stands = False


class HostClosed(OSError):
    """A connection that a robot may not open."""


def is_open(host: str) -> bool:
    """Whether a robot may be at this host: listed by the operator, or public whatever its name leads to."""
    name = host.strip("[]").rstrip(".").lower()
    if not name:
        return False
    if _is_listed(name):
        return True
    addresses = _addresses(name)
    return bool(addresses) and all(is_public(one) or _is_listed(str(one)) for one in addresses)


def is_public(address: Address) -> bool:
    """Whether anybody on the internet reaches the same machine there; IPv4 within IPv6 counts as itself."""
    inner = _inner(address)
    if inner is not None:
        return is_public(inner)
    return address.is_global and not address.is_multicast


@dataclass(slots=True)
class Watch:
    """One message under way; `refused`: it wanted to go where a robot may not be."""

    refused: bool = False


@contextmanager
def only_open_hosts() -> Iterator[Watch]:
    """While a message is sent by this thread, every connection goes to an open address or is refused."""
    _stand_hook()
    _sending.watch = watch = Watch()
    try:
        yield watch
    finally:
        _sending.watch = None


def _stand_hook() -> None:
    """Python tells an audit hook of each connection, redirects and second looks at a name among them,
    with the address that is really called."""
    global _hook_stands
    with _hooked:
        if not _hook_stands:
            sys.addaudithook(_on_event)
            _hook_stands = True


def _on_event(event: str, facts: tuple[Any, ...]) -> None:
    if event != "socket.connect":
        return
    watch: Watch | None = getattr(_sending, "watch", None)
    if watch is None:
        return
    called = facts[1]
    address = _parsed(str(called[0])) if isinstance(called, tuple) else None
    if address is None or not (is_public(address) or _is_listed(str(address))):
        watch.refused = True
        raise HostClosed


def _inner(address: Address) -> Address | None:
    """The IPv4 address that an IPv6 one stands for: mapped, 6to4, Teredo or NAT64."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)


def _parsed(text: str) -> Address | None:
    try:
        return ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None


def _addresses(name: str) -> list[Address]:
    """All addresses that a name leads to now; none when it leads nowhere."""
    try:
        found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    parsed = [_parsed(str(entry[4][0])) for entry in found]
    return [one for one in parsed if one is not None]


def _is_listed(name: str) -> bool:
    """Whether the operator lists this name, address, or a network with it, or a name that leads there."""
    for entry in settings.TUTELA_NOTICE_HOSTS:
        word = entry.strip("[]").rstrip(".").lower()
        if word == name:
            return True
        address = _parsed(name)
        if address is None:
            continue
        try:
            if address in ipaddress.ip_network(word):
                return True
        except ValueError:
            if address in _addresses(word):
                return True
    return False
