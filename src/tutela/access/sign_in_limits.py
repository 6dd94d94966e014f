"""How often a password or a code may be tried, for each account, address and device.

A device that the account's owner has signed in from is counted by itself. All others are counted by
account and address, and by account over all addresses, each with growing waits; so guessing is slow in
total, and strangers delay only strangers. A login that nobody has is counted like any other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest

from tutela.base import clock

from . import attempts, devices
from .models import Staff
from .sign_in_rules import ACCOUNT, CODE, DEVICE, PLACE, QUIET_SECONDS, Waits, place_of, wait_after

_MINUTE = 60.0
_FAILED_SHARE = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """An attempt that may be made. `wait`: the seconds that follow if it fails."""

    wait: int
    succeed: Callable[[], None]
    fail: Callable[[], None]


def enter_by_page(request: HttpRequest, login: str, staff: Staff | None) -> Entry | None:
    """Count an attempt to give a password; None while a wait runs."""
    if device := devices.known(request, staff):
        return _enter([(f"sign_in.device.{device}{_round(staff)}", DEVICE)])
    address = place_of(request.META.get("REMOTE_ADDR", ""))
    if not _address_open(address):
        return None
    name = login.strip().lower() + _round(staff)
    account, place = f"sign_in.account.{name}", f"sign_in.place.{name}.{address}"
    return _enter([(place, PLACE), (account, ACCOUNT)], f"sign_in.failed.{address}")


def enter_by_shell(login: str, staff: Staff | None) -> Entry | None:
    """As above, at the host's own shell: nobody from outside counts there."""
    name = login.strip().lower() + _round(staff)
    return _enter([(f"sign_in.place.{name}.shell", PLACE)])


def enter_code(request: HttpRequest | None, staff: Staff) -> Entry | None:
    """As above for a one-time code, which only who has the password can try."""
    device = devices.known(request, staff) if request else ""
    return _enter([(f"sign_in.code.{device or staff.id}{_round(staff)}", CODE)])


@dataclass(frozen=True, slots=True)
class Failed:
    """Attempts at one account from unknown devices, failed of late; `wait_until`: None when none is refused."""

    attempts: int
    wait_until: datetime | None


def failed_of(staff: Staff) -> Failed:
    """What an administrator sees of the counts before unlocking: passwords over all addresses, and codes."""
    names = (f"sign_in.account.{staff.login}", f"sign_in.code.{staff.id}")
    held = [attempts.entered(name + _round(staff)) for name in names]
    next_try = datetime.fromtimestamp(max(moment for _, moment in held), UTC)
    return Failed(sum(number for number, _ in held), next_try if next_try > clock.now() else None)


def _round(staff: Staff | None) -> str:
    """Counts of an account that was unlocked have another name than those before."""
    return f".{staff.attempts_epoch}" if staff and staff.attempts_epoch else ""


def _enter(counts: list[tuple[str, Waits]], failed: str = "") -> Entry | None:
    waits: list[int] = []
    for place, (name, limit) in enumerate(counts):
        number = attempts.enter(name, limit, QUIET_SECONDS)
        if not number:
            # Refused by a wider count: the narrower ones forget it, so a stranger's waits add none of one's own.
            for narrower, _ in counts[:place]:
                attempts.give_back(narrower)
            return None
        waits.append(wait_after(limit, number))

    def succeed() -> None:
        """The narrowest count is over; a wider one takes this attempt back."""
        attempts.forget(counts[0][0])
        for name, _ in counts[1:]:
            attempts.give_back(name)

    def fail() -> None:
        if failed:
            attempts.count(failed, _MINUTE)

    return Entry(max(waits), succeed, fail)


def _address_open(address: str) -> bool:
    """So many tries a minute from one address, and a third of it failures, whatever the account."""
    most = int(settings.TUTELA_SIGN_INS_A_MINUTE)
    if attempts.so_far(f"sign_in.failed.{address}") >= max(1, most // _FAILED_SHARE):
        return False
    tried, _ = attempts.count(f"sign_in.tried.{address}", _MINUTE)
    return tried <= most
