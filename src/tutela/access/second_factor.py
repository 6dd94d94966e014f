"""The form that turns a second factor on. Its seed waits in the session as it is stored later: sealed.

The library's own form puts the seed into the session as it is, so that a copy of the database taken
during a set-up would hold a working second factor.
"""

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import views
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, TOTP, generate_totp_secret
from allauth.mfa.utils import decrypt, encrypt
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from .errors import SecondFactorUnreadable
from .sign_in_forms import check_code, label_code


# The library has no types, so its classes are Any to the checker.
class SecondFactorForm(ActivateTOTPForm):  # type: ignore[misc]  # allauth ships no types
    """The library's form, but for where the seed comes from, and that the code is used up."""

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        self.user = user
        # Past the library's own step, which is the one that stores the seed.
        super(ActivateTOTPForm, self).__init__(*args, **kwargs)
        label_code(self.fields["code"])
        self.secret = (_waiting() if self.is_bound else "") or _new()

    def clean_code(self) -> str:
        """The code that turns the factor on counts as used: nobody signs in with it afterwards."""
        code = check_code(self, super().clean_code)
        factor = Authenticator(
            user=self.user, type=Authenticator.Type.TOTP, data={"secret": encrypt(self.secret)}
        )
        if not TOTP(factor).validate_code(code):
            raise get_adapter().validation_error("incorrect_code")
        return code


def set_up(request: HttpRequest) -> HttpResponse:
    """The library's page. Of two sessions that set a factor up at once the second is led on by the page
    as if it had come later."""
    try:
        response: HttpResponse = views.activate_totp(request)
    except IntegrityError:
        return redirect(request.path)
    return response


def _waiting() -> str:
    """The seed that was shown, or nothing: the session is new, or was sealed under another secret."""
    try:
        return str(decrypt(context.request.session.get(SECRET_SESSION_KEY, "")))
    except SecondFactorUnreadable:
        return ""


def _new() -> str:
    """Another seed. The library takes it out of the session when the second factor is on."""
    seed = str(generate_totp_secret())
    context.request.session[SECRET_SESSION_KEY] = encrypt(seed)
    return seed
