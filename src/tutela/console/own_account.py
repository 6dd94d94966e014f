"""A person's own sign-in: the one-time link that sets a password, and word of every change of it.

Who signs in as somebody else must first change a password or a second factor; so each change is told
to the account's owner, in the inbox and by mail as the owner wishes.
"""

from typing import Any, Final

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from tutela.access import devices, gate, links, sign_in
from tutela.access.actions.passwords import change_own_password, set_password_by_link
from tutela.access.errors import PasswordWeak
from tutela.access.forms import PasswordForm
from tutela.access.gate import StaffRequest
from tutela.access.models import Staff
from tutela.notices import notice_kinds
from tutela.notices.actions.notices import notify
from tutela.web import refusals

_LINK: Final = "access.link"
_KINDS: Final = {
    "account/email/password_changed": notice_kinds.PASSWORD_SET,
    "account/email/password_set": notice_kinds.PASSWORD_SET,
    "mfa/email/totp_activated": notice_kinds.SECOND_FACTOR_ADDED,
    "mfa/email/recovery_codes_generated": notice_kinds.SECOND_FACTOR_ADDED,
    "mfa/email/totp_deactivated": notice_kinds.SECOND_FACTOR_REMOVED,
}


class AccountAdapter(sign_in.AccountAdapter):
    """The leaves of a sign-in, and a notice to the person."""

    def set_password(self, user: Staff, password: str) -> None:
        """The library writes the whole account as this request had read it: one that was closed since
        would be open again."""
        stored = change_own_password(user, password)
        user.password, user.session_epoch = stored.password, stored.session_epoch
        devices.mark(self.request, user)

    def send_notification_mail(self, template_prefix: str, user: Staff, *_: Any, **__: Any) -> None:
        """The library reports a change of an account: a leaf, and a notice in place of its mail."""
        super().send_notification_mail(template_prefix, user)
        kind = _KINDS.get(template_prefix)
        if kind is not None:
            notify(kind, to=[user.id], link="/me/")


@gate.open_to_public("the one-time link is its own proof")
def open_link(request: StaffRequest, token: str) -> HttpResponse:
    """Take the token out of the address at once, so that it stays in no history and no log, and seal it."""
    links.staff_of_token(token)
    request.session.flush()
    request.session[_LINK] = links.seal_token(token)
    return redirect("access-set-password")


@gate.open_to_public("the one-time link is its own proof")
def set_password(request: StaffRequest) -> HttpResponse:
    """Set the password of the account that the link was made for."""
    token = links.unseal_token(request.session.get(_LINK, ""))
    person = links.staff_of_token(token)
    form = PasswordForm(request.POST or None)
    if form.is_valid():
        try:
            holder = _set(token, form.cleaned_data["password"], request.actor.source)
        except PasswordWeak as weak:
            refusals.refuse(form, weak, {weak.code: "password"})
        else:
            request.session.flush()
            # Whoever got the link from the security administrator is no stranger here.
            devices.mark(request, holder)
            messages.success(request, _("Password set. Sign in with it now."))
            return redirect("account_login")
    return refusals.page(
        request, "access/set_password.html", {"form": form, "person": person}, form
    )


@transaction.atomic
def _set(token: str, password: str, source: str) -> Staff:
    person = set_password_by_link(token=token, password=password, source=source)
    notify(notice_kinds.PASSWORD_SET, to=[person.id], link="/me/")
    return person
