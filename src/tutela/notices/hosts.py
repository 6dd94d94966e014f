"""Protection against server-side request forgery: robots may be at public hosts and those the operator lists.

A person enters the address and the server connects to it, so it must not reach what only the server can:
itself, the internal network, cloud metadata. The name is resolved when the robot is added, and every
connection is checked again while a message is sent, because DNS may have changed and a server may redirect
(docs/decisions/notice-hosts.md).
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
_hook_lock = threading.Lock()
_hook_installed = False


class HostClosed(OSError):
    """A connection that a robot may not open."""


def is_open(host: str) -> bool:
    """Whether a robot may be at this host: listed by the operator, or all its addresses are public."""
    name = host.strip("[]").rstrip(".").lower()
    if not name:
        return False
    if _is_listed(name):
        return True
    addresses = _addresses(name)
    return bool(addresses) and all(
        is_public(address) or _is_listed(str(address)) for address in addresses
    )


def is_public(address: Address) -> bool:
    """Whether the address is globally routable; an IPv4 address embedded in IPv6 is judged itself."""
    inner = _inner(address)
    if inner is not None:
        return is_public(inner)
    return address.is_global and not address.is_multicast


@dataclass(slots=True)
class Watch:
    """Set for the thread while it sends one message; `refused` if a connection was blocked."""

    refused: bool = False


@contextmanager
def only_open_hosts() -> Iterator[Watch]:
    """Within this context the thread can connect only to allowed addresses."""
    _install_hook()
    _sending.watch = watch = Watch()
    try:
        yield watch
    finally:
        _sending.watch = None


def _install_hook() -> None:
    """An audit hook sees the resolved address of every connection, those of redirects included."""
    global _hook_installed
    with _hook_lock:
        if not _hook_installed:
            sys.addaudithook(_on_event)
            _hook_installed = True


def _on_event(event: str, facts: tuple[Any, ...]) -> None:
    if event != "socket.connect":
        return
    watch: Watch | None = getattr(_sending, "watch", None)
    if watch is None:
        return
    target = facts[1]
    address = _parsed(str(target[0])) if isinstance(target, tuple) else None
    if address is None or not (is_public(address) or _is_listed(str(address))):
        watch.refused = True
        raise HostClosed


def _inner(address: Address) -> Address | None:
    """The IPv4 address embedded in an IPv6 one: mapped, 6to4, Teredo or NAT64; None if there is none."""
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
    """All addresses of a host name; empty if it does not resolve."""
    try:
        answers = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    parsed = [_parsed(str(entry[4][0])) for entry in answers]
    return [address for address in parsed if address is not None]


def _is_listed(name: str) -> bool:
    """Whether TUTELA_NOTICE_HOSTS has this name or address, a network containing it, or a name resolving to it."""
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
