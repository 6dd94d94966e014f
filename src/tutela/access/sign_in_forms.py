"""The field library's forms of the sign-in, with our labels."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import sign_in, sign_in_limits
from .passwords import RULE

CODE = _("Verification code")


def label_code(field: forms.Field) -> None:
    """A code is typed from a phone: the digits' keyboard comes up, and nothing is suggested twice."""
    field.label = CODE
    field.widget.attrs |= {"placeholder": False, "autofocus": True}


# The library has no types, so its classes are Any to the checker.
class PasswordChange(ChangePasswordForm):  # type: ignore[misc]  # allauth ships no types
    """The old password once, the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = (_("Current password"), _("New password"), _("New password, again"))
        for name, label in zip(("oldpassword", "password1", "password2"), labels, strict=True):
            self.fields[name].label = label
            self.fields[name].help_text = RULE if name == "password1" else ""
            self.fields[name].widget.attrs["placeholder"] = False

    def clean_oldpassword(self) -> str:
        """A wrong one is counted and traced like one at the sign-in: else whoever holds a session guesses here."""
        given = str(self.cleaned_data["oldpassword"])
        if not get_adapter().reauthenticate(self.user, given):
            raise get_adapter().validation_error("enter_current_password")
        return given


def check_code(form: Any, check: Callable[[], str]) -> str:
    """The library's check of a code between our own count and its outcome."""
    request = context.request
    entry = sign_in_limits.enter_code(request, form.user)
    if entry is None:
        raise get_adapter().validation_error("rate_limited")
    try:
        code = check()
    except ValidationError:
        sign_in.code_failed(request, form.user, entry)
        raise
    entry.succeed()
    return code


# As above.
class SecondFactor(AuthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """The code that a sign-in asks for."""

    def clean_code(self) -> str:
        return check_code(self, super().clean_code)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label_code(self.fields["code"])


# As above.
class SecondFactorAgain(ReauthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """The code that a sensitive step asks for once more."""

    def clean_code(self) -> str:
        return check_code(self, super().clean_code)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label_code(self.fields["code"])
