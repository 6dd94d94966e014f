"""The sign-in pages of the field library, each under a policy of ours. What is not here does not exist."""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from tutela.access import gate, second_factor

from . import own_account

_entrance = gate.open_to_public("people sign in here")
_link = gate.open_to_public("the one-time link to set a password is its own proof")
_own = gate.signed_in()
_first = gate.signed_in(before_factor=True)


@gate.open_to_public("it only says that there is nothing here")
def closed(_request: HttpRequest) -> HttpResponse:
    """Addresses that the field library wants to name. Accounts and first passwords are given by people."""
    raise Http404


urlpatterns = [
    path("login/", _entrance(account.login), name="account_login"),
    path(
        "logout/",
        gate.open_to_public("leaving needs no right")(account.logout),
        name="account_logout",
    ),
    path("link/", own_account.set_password, name="access-set-password"),
    path("link/<str:token>/", own_account.open_link, name="access-open-link"),
    path("join/", closed, name="account_signup"),
    path("password/first/", closed, name="account_set_password"),
    path("inactive/", _entrance(account.account_inactive), name="account_inactive"),
    path("confirm/", _first(account.reauthenticate), name="account_reauthenticate"),
    path("password/", _own(account.password_change), name="account_change_password"),
    path("second-factor/", _own(factor.index), name="mfa_index"),
    path("second-factor/sign-in/", _entrance(factor.authenticate), name="mfa_authenticate"),
    path("second-factor/confirm/", _first(factor.reauthenticate), name="mfa_reauthenticate"),
    path("second-factor/app/", _first(second_factor.set_up), name="mfa_activate_totp"),
    path("second-factor/app/off/", _own(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("recovery-codes/", _own(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "recovery-codes/new/",
        _own(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "recovery-codes/file/",
        _own(codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]
