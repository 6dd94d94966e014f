"""Who stands at the door: the actor of a request, of a shell command, of an API key; and what the
sign-in library asks of us (no sign-up, a leaf for every attempt, sealed second factors).

A sign-in still works while the trail is closed, since customer data is closed then and somebody must
mend it; the missing leaf is told to the operator.
"""

import logging
from dataclasses import replace
from typing import Any, ClassVar, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    record_authentication,
)
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare

from tutela.base import clock
from tutela.base.actor import ANONYMOUS, Actor, Channel
from tutela.base.errors import Unavailable
from tutela.crypto import digest
from tutela.crypto.errors import DecryptFailed
from tutela.trail import log
from tutela.trail.leaves import Leaf

from . import devices, enrolment, events, queries, sign_in_limits, small_secrets, snapshot
from .actions.keys import note_use
from .actions.passwords import end_sessions
from .errors import (
    CodeWrong,
    KeyRefused,
    SecondFactorMissing,
    SecondFactorNeeded,
    SecondFactorUnreadable,
    SignInFailed,
    StepUpNeeded,
    TooManyAttempts,
)
from .key_text import hash_of, public_id_of
from .models import Staff
from .sign_in_limits import Entry
from .sign_in_words import CHANGED_MEANWHILE, ERRORS, MESSAGES

FRESH_SECONDS: Final = 300
_BOX: Final = "access.second_factor"
_NOTICES: Final = {
    "account/email/password_changed": events.PASSWORD_SET,
    "account/email/password_set": events.PASSWORD_SET,
    "mfa/email/totp_activated": events.SECOND_FACTOR_ADDED,
    "mfa/email/totp_deactivated": events.SECOND_FACTOR_REMOVED,
    "mfa/email/recovery_codes_generated": events.SECOND_FACTOR_ADDED,
}
_BEGUN: Final = "access.sign_in_begun"
"""In the session between password and code: what the account's sessions were worth at the password."""
_NEW_CODES: Final = "mfa/messages/recovery_codes_generated.txt"
_FIRST_CODES: Final = "first_recovery_codes"
"""Set on the request that turns a factor on: there are no older codes to warn of."""
_log = logging.getLogger("tutela.access")


def actor_of(request: HttpRequest) -> Actor:
    """The signed-in person of a request, or an anonymous one with the remote address."""
    source = _address(request)
    user = request.user
    if not isinstance(user, Staff) or not user.is_active:
        return Actor(kind="anonymous", id=ANONYMOUS.id, channel=Channel.PAGE, source=source)
    records = get_authentication_records(request, user)
    return Actor(
        kind="staff",
        id=str(user.id),
        channel=Channel.PAGE,
        session=request.session.session_key or "",
        second_factor=any(record.get("method") == "mfa" for record in records),
        source=source,
    )


def authenticate_for_shell(login: str, password: str, code: str = "") -> Actor:
    """A staff member who signs in at a command. SignInFailed, SecondFactorMissing, SecondFactorNeeded or
    TooManyAttempts. Whether a code is wanted is told after the right password only."""
    staff = Staff.objects.filter(login=login.strip().lower(), kind=Staff.Kind.STAFF).first()
    entry = sign_in_limits.enter_by_shell(login, staff)
    if entry is None:
        raise TooManyAttempts
    if staff is None:
        # Takes as long as a real check, so that time does not tell which logins exist.
        Staff().set_password(password)
    if staff is None or not staff.check_password(password) or not staff.is_active:
        _failed(staff, login, replace(ANONYMOUS, channel=Channel.SHELL), entry)
        raise SignInFailed
    entry.succeed()
    second = _second_factor(staff, code)
    actor = Actor(kind="staff", id=str(staff.id), channel=Channel.SHELL, second_factor=second)
    keep(Leaf(event=events.SIGN_IN_SUCCEEDED, actor=actor, subjects=_about(staff)))
    return actor


def local_operator(*, source: str = "") -> Actor:
    """The machine account as which the shell on the host acts: imports and masks, never clear values."""
    key = str(queries.staff_by_login(queries.LOCAL_OPERATOR).id)
    return Actor(kind="machine", id=key, channel=Channel.SHELL, source=source)


def authenticate_key(text: str, *, channel: Channel = Channel.API, source: str = "") -> Actor:
    """The account an API key belongs to, or KeyRefused. In memory: keys are part of the snapshot."""
    now = snapshot.current()
    key = now.keys.get(public_id_of(text) or "")
    stored = key.hash if key else bytes(32)
    # Compared even when there is no such key, so that time does not tell which public ids exist.
    same = digest.equal(hash_of(text), stored)
    person = now.people.get(key.staff) if key else None
    if key is None or not same or person is None or not person.active:
        raise KeyRefused
    if key.expires <= clock.now():
        raise KeyRefused
    note_use(key.id)
    return Actor(
        kind="machine" if person.kind == "machine" else "staff",
        id=person.id,
        channel=channel,
        session=key.public_id,
        source=source,
    )


def authenticate_key_for_shell(text: str) -> Actor:
    """The account of a key at a command; KeyRefused. SecondFactorNeeded: a key is one factor, so it does not act
    for a person whose posts ask for two."""
    actor = authenticate_key(text, channel=Channel.SHELL)
    if enrolment.is_missing(actor):
        raise SecondFactorNeeded
    return actor


def keep(leaf: Leaf) -> None:
    """Write a sign-in leaf; a closed trail is told to the operator and does not lock everybody out."""
    try:
        log.append(leaf)
    except Unavailable as error:
        _log.error("sign-in not traced", extra={"event": leaf.event.name, "code": error.code})


def _address(request: HttpRequest) -> str:
    address: str = request.META.get("REMOTE_ADDR", "")
    return address


def _about(staff: Staff) -> tuple[tuple[str, str], ...]:
    return (("staff", str(staff.id)),)


def _stranger(request: HttpRequest) -> Actor:
    return replace(ANONYMOUS, source=_address(request))


def _failed(staff: Staff | None, login: str, stranger: Actor, entry: Entry | None) -> None:
    """The typed login is not kept: people type passwords there. Its keyed hash tells two apart."""
    about = _about(staff) if staff else (("login", _letters(login)),)
    refused = {"outcome": "deny", "code": SignInFailed.code}
    keep(Leaf(event=events.SIGN_IN_FAILED, actor=stranger, subjects=about, decision=refused))
    if entry is None:
        return
    entry.fail()
    if entry.wait:
        waits = {"seconds": entry.wait}
        keep(Leaf(event=events.SIGN_IN_DELAYED, actor=stranger, subjects=about, detail=waits))


def _letters(login: str) -> str:
    """A short keyed hash in the letters a to p: no digits, so it cannot be taken for a number."""
    tag = digest.mac(settings.SECRET_KEY.encode(), b"tutela.access.login", login.encode())
    return "".join(chr(ord("a") + int(digit, 16)) for digit in tag.hex()[:24])


def _second_factor(staff: Staff, code: str) -> bool:
    """Whether a second factor was shown. An account that has one must show it."""
    factors = list(Authenticator.objects.filter(user=staff))
    if not factors and enrolment.is_required(str(staff.id)):
        raise SecondFactorNeeded
    if not factors:
        return False
    if not code:
        raise SecondFactorMissing
    entry = sign_in_limits.enter_code(None, staff)
    if entry is None:
        raise TooManyAttempts
    if any(factor.wrap().validate_code(code) for factor in factors):
        entry.succeed()
        return True
    _failed(staff, staff.login, replace(ANONYMOUS, channel=Channel.SHELL), entry)
    raise SignInFailed


def check_fresh_code(actor: Actor, code: str) -> None:
    """A second factor shown for this very act: the code is used up, and a wrong one counts and leaves its leaf as
    at a sign-in. StepUpNeeded without a second factor, TooManyAttempts, CodeWrong."""
    staff = queries.staff_by_id(actor.id)
    factors = list(Authenticator.objects.filter(user=staff))
    if not factors or not actor.second_factor:
        raise StepUpNeeded
    entry = sign_in_limits.enter_code(None, staff)
    if entry is None:
        raise TooManyAttempts
    given = code.strip()
    if not given or not any(factor.wrap().validate_code(given) for factor in factors):
        _failed(staff, staff.login, actor, entry)
        raise CodeWrong(field="code")
    entry.succeed()


def _forget_factor(request: HttpRequest, user: Staff) -> None:
    """A factor that is turned off no longer speaks for this session."""
    records = get_authentication_records(request, user)
    kept = [record for record in records if record.get("method") != "mfa"]
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = kept


def _end_other_sessions(request: HttpRequest, user: Staff) -> None:
    """And make the account's devices unknown; the browser that did it goes on."""
    user.session_epoch = end_sessions(user)
    update_session_auth_hash(request, user)


def code_failed(request: HttpRequest, staff: Staff, entry: Entry) -> None:
    """A wrong code is a failed attempt like a wrong password."""
    _failed(staff, staff.login, _stranger(request), entry)


# The library has no types, so its classes are Any to the checker.
class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """What happens around a sign-in at the console."""

    error_messages: ClassVar[dict[str, Any]] = {**DefaultAccountAdapter.error_messages, **ERRORS}

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Accounts are made by the security administrator, never by their owner."""
        return False

    def pre_login(self, request: HttpRequest, user: Staff, **facts: Any) -> HttpResponse | None:
        """The password was right: what follows, a code perhaps, holds for the account as it is now."""
        request.session[_BEGUN] = user.get_session_auth_hash()
        response: HttpResponse | None = super().pre_login(request, user, **facts)
        return response

    def login(self, request: HttpRequest, user: Staff) -> None:
        """Password and code are given. Not for an account that was closed or got another password between
        the two, which ends its sessions, and so one that is only half there."""
        begun = str(request.session.pop(_BEGUN, ""))
        if user.is_active and constant_time_compare(begun, user.get_session_auth_hash()):
            super().login(request, user)
            return
        _failed(user, user.login, _stranger(request), None)
        request.session.flush()
        messages.add_message(request, messages.ERROR, str(CHANGED_MEANWHILE))
        raise ImmediateHttpResponse(redirect("account_login"))

    def post_login(self, request: HttpRequest, user: Staff, **facts: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **facts)
        request.user = user
        if not enrolment.is_missing(actor_of(request)):
            devices.mark(request, user)
        keep(
            Leaf(
                event=events.SIGN_IN_SUCCEEDED,
                actor=actor_of(request),
                subjects=_about(user),
            )
        )
        return response

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """The library's check between our own count and its outcome; it checks a login nobody has, too."""
        login = str(credentials.get("username", ""))
        staff = Staff.objects.filter(login=login.strip().lower()).first()
        self.entry = sign_in_limits.enter_by_page(request, login, staff)
        if self.entry is None:
            raise self.validation_error("too_many_login_attempts")
        user = super().authenticate(request, **credentials)
        if user and not user.is_active:
            # The library leads it to a page of its own, which told a stranger that the password is right.
            self.authentication_failed(request, **credentials)
            return None
        if user:
            self.entry.succeed()
        return user

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """The library's limit locks an account for everybody after five tries; ours stands above."""

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        login = str(credentials.get("username", ""))
        staff = Staff.objects.filter(login=login.strip().lower()).first()
        _failed(staff, login, _stranger(request), self.entry)

    def add_message(
        self, request: HttpRequest, level: int, message_template: str = "", *_: Any, **__: Any
    ) -> None:
        """Say it in our words; what has none is not said."""
        if message_template == _NEW_CODES and getattr(request, _FIRST_CODES, False):
            return
        sentence = MESSAGES.get(message_template)
        if sentence:
            messages.add_message(request, level, str(sentence))

    def logout(self, request: HttpRequest) -> None:
        keep(Leaf(event=events.SIGN_OUT_DONE, actor=actor_of(request)))
        super().logout(request)

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Whoever has just signed in and must set up a second factor is not asked for the password twice."""
        request = self.request
        first = app == "allauth.mfa" and enrolment.is_missing(actor_of(request))
        records = get_authentication_records(request, request.user) if first else []
        fresh = any(clock.now().timestamp() - record["at"] < FRESH_SECONDS for record in records)
        return not fresh

    def send_notification_mail(self, template_prefix: str, user: Staff, *_: Any, **__: Any) -> None:
        """The library reports changes of an account by mail; here they become leaves."""
        if template_prefix == "mfa/email/totp_activated":
            # Its code was shown just now, so the recovery codes open without another.
            kind = Authenticator.Type.TOTP.value
            record_authentication(self.request, user, "mfa", type=kind, reauthenticated=True)
            self.request.session.cycle_key()
            devices.mark(self.request, user)
            setattr(self.request, _FIRST_CODES, True)
        elif template_prefix == "mfa/email/totp_deactivated":
            _forget_factor(self.request, user)
            _end_other_sessions(self.request, user)
        event = _NOTICES.get(template_prefix)
        if event is not None:
            actor = actor_of(self.request)
            detail = {"factor": template_prefix.rpartition("/")[2]}
            keep(Leaf(event=event, actor=actor, subjects=_about(user), detail=detail))


# As above.
class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Second factors: seeds and recovery codes are sealed before they are stored."""

    error_messages: ClassVar[dict[str, Any]] = {**DefaultMFAAdapter.error_messages, **ERRORS}

    def get_totp_label(self, user: Staff) -> str:
        return user.login

    def encrypt(self, text: str) -> str:
        return small_secrets.seal(_BOX, text)

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return small_secrets.unseal(_BOX, encrypted_text)
        except DecryptFailed as error:
            raise SecondFactorUnreadable from error
