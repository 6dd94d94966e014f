"""What the pages of the sign-in say, in our own words: the field library's are rough in Chinese."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_CODE_WRONG: Final = _(
    "This code is incorrect. Enter the one that the app shows now; it changes every 30 seconds."
)
_LATER: Final = _(
    "Too many failed attempts for this account or from this address. Wait a few "
    "minutes, or use a device on which you have signed in before."
)
CHANGED_MEANWHILE: Final = _("The account has changed in the meantime. Sign in again.")

ERRORS: Final[dict[str, Promise]] = {
    "username_password_mismatch": _("The login name or the password is incorrect."),
    "invalid_login": _("The login name or the password is incorrect."),
    "enter_current_password": _("This is not your current password."),
    "incorrect_password": _("The password is incorrect."),
    "incorrect_code": _CODE_WRONG,
    "too_many_login_attempts": _LATER,
    "rate_limited": _LATER,
}
MESSAGES: Final[dict[str, Promise | None]] = {
    # Home says who has signed in.
    "account/messages/logged_in.txt": None,
    "account/messages/logged_out.txt": _("You are signed out."),
    "account/messages/password_changed.txt": _(
        "The new password has been saved. Use it from now on."
    ),
    "mfa/messages/totp_activated.txt": _(
        "The second factor is on. Store the recovery codes below safely: without the "
        "phone they are the only way to sign in."
    ),
    "mfa/messages/totp_deactivated.txt": _("The second factor is off."),
    "mfa/messages/recovery_codes_generated.txt": _(
        "New recovery codes have been generated; the old ones no longer work."
    ),
}
