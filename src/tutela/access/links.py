"""One-time links to set a password: signed, good for a day, dead once used.

The link carries a MAC over the account's password hash, last sign-in and session epoch; setting the
password changes all of that, so the same link never works twice. Between the link and the password
the token waits in the session, sealed: a copy of the database taken meanwhile sets no password.
"""

from datetime import timedelta
from typing import Final

from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.crypto import constant_time_compare, salted_hmac

from tutela.base import clock
from tutela.crypto.errors import DecryptFailed

from . import small_secrets
from .errors import LinkInvalid
from .models import Staff

LIFE: Final = timedelta(hours=24)
_SALT: Final = "tutela.access.link"
_BOX: Final = "access.link"


def make_link_token(staff: Staff) -> str:
    """URL-safe text for this account in its present state."""
    until = int((clock.now() + LIFE).timestamp())
    return signing.dumps({"s": str(staff.id), "u": until, "h": _state(staff)}, salt=_SALT)


def staff_of_token(token: str) -> Staff:
    """The account whose password may be set, or LinkInvalid: used, too old, altered, disabled."""
    try:
        claims = signing.loads(token, salt=_SALT)
        staff = Staff.objects.get(id=claims["s"], is_active=True, kind=Staff.Kind.STAFF)
        fresh = clock.now().timestamp() < claims["u"]
        same = constant_time_compare(claims["h"], _state(staff))
    except (
        signing.BadSignature,
        Staff.DoesNotExist,
        KeyError,
        TypeError,
        ValidationError,
    ) as error:
        raise LinkInvalid from error
    if not (fresh and same):
        raise LinkInvalid
    return staff


def seal_token(token: str) -> str:
    """What may wait in the session."""
    return small_secrets.seal(_BOX, token)


def unseal_token(sealed: str) -> str:
    """The token of `seal_token`, or LinkInvalid: none, altered, or under another secret."""
    try:
        return small_secrets.unseal(_BOX, sealed)
    except DecryptFailed as error:
        raise LinkInvalid from error


def _state(staff: Staff) -> str:
    last = staff.last_login.isoformat() if staff.last_login else ""
    value = f"{staff.password}|{last}|{staff.session_epoch}"
    return salted_hmac(_SALT, value, algorithm="sha256").hexdigest()
