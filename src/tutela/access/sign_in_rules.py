"""How long one waits after wrong passwords and codes. Pure.

Each limit is a list of waits in seconds: the n-th attempt without a success is followed by the n-th wait,
all later ones by the last. An attempt made while a wait runs is refused unseen and changes nothing.
"""

import ipaddress
from collections.abc import Sequence
from typing import Final

Waits = tuple[int, ...]

_GROWING: Final[Waits] = (30, 60, 120, 240, 480, 900)
PLACE: Final[Waits] = (0,) * 4 + _GROWING
"""For one account from one address."""
ACCOUNT: Final[Waits] = (0,) * 19 + (2, 4, 8, 16, 32, 64, 128, 256, 300)
"""For one account from all devices that are not known: some 600 guesses a day, from however many addresses."""
DEVICE: Final[Waits] = (0,) * 9 + _GROWING
"""For one account from a device on which its owner has signed in before."""
CODE: Final[Waits] = (0,) * 4 + _GROWING
"""For one-time codes of one account, after the right password."""
QUIET_SECONDS: Final = 3600
"""Without an attempt for so long, all is forgotten."""

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_SIX_PREFIX: Final = 64


def wait_after(waits: Waits, attempts: int) -> int:
    """The seconds to wait after so many attempts."""
    return waits[min(max(attempts, 1), len(waits)) - 1]


def place_of(address: str) -> str:
    """What counts as one address: of IPv6 the network that one house is given."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, _SIX_PREFIX), strict=False).network_address)


def client_of(peer: str, forwarded: str, trusted: Sequence[Network]) -> str:
    """Who really calls: the peer, or, where the peer is a trusted proxy, the last address of the header
    X-Forwarded-For that is no trusted proxy's itself. What stands left of it anybody may have written."""
    client = peer
    for hop in (peer, *reversed(forwarded.split(",") if forwarded else ())):
        text = hop.strip()
        try:
            parsed = ipaddress.ip_address(text)
        except ValueError:
            return client
        client = text
        if not any(parsed in network for network in trusted):
            return client
    return client
