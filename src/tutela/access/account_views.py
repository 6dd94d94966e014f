"""Pages of accounts: people found, one account with its sessions and keys, and resets by two administrators."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tutela.base.errors import Conflict, Invalid
from tutela.base.language import name_of
from tutela.web import lists, refusals, routes
from tutela.web.confirm import Confirm
from tutela.web.form_pages import crumb
from tutela.web.lists import Column, Empty, Listing, page_of

from . import accounts, enrolment, gate, people_search, permissions, queries
from .account_forms import GROUND_WORDS, KINDS, AccountFilter, FindPeopleForm, ResetForm
from .actions import people, resets, sessions
from .gate import StaffRequest
from .models import Reset, Staff

_PEOPLE: Final = (
    Column("number", gettext_lazy("Staff number"), "mono"),
    Column("name", gettext_lazy("Name")),
    Column("login", gettext_lazy("Login name"), "mono"),
    Column("posts", gettext_lazy("Posts")),
    Column("branch", gettext_lazy("Branch")),
    Column("state", gettext_lazy("State")),
    Column("seen", gettext_lazy("Last sign-in"), "text-nowrap"),
)
_RESETS: Final = (
    Column("proposed", gettext_lazy("Proposed"), "text-nowrap"),
    Column("person", gettext_lazy("Person"), "person"),
    Column("kind", gettext_lazy("What is reset")),
    Column("ground", gettext_lazy("Reason")),
    Column("who", gettext_lazy("Proposed by"), "person"),
    Column("until", gettext_lazy("Valid until"), "text-nowrap"),
    Column("acts", gettext_lazy("Action"), hidden=True),
)


@routes.at("accounts/", "access-list-accounts")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(permissions.ACCOUNT_MANAGE)
def list_accounts(request: StaffRequest) -> HttpResponse:
    """Accounts by post and state, or those that a search finds."""
    form = AccountFilter(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    search = FindPeopleForm(request.POST if request.method == "POST" else None)
    found = None
    if request.method == "POST" and search.is_valid():
        found = accounts.find(request.actor, search.cleaned_data["who"])
    page = None
    if found is None:
        listed = accounts.people(chosen.get("state", ""), chosen.get("post", ""))
        page = page_of(request, listed)
    shown = list(page if page is not None else found or [])
    held = accounts.posts_of([person.id for person in shown])
    listing = Listing(
        title=_("Accounts"),
        intro=_(
            "Who can sign in. Open an account to disable or unlock it, to end its sessions, "
            "or to reset its sign-in."
        ),
        columns=_PEOPLE,
        rows=[
            {"person": person, "posts": [name_of(one.post) for one in held.get(person.id, [])]}
            for person in shown
        ],
        page=page,
        filters=form if found is None else None,
        empty=Empty("users", _("No matching account")),
    )
    context = {
        "search": search,
        "is_search": found is not None,
        "is_cut": found is not None and len(found) >= people_search.MOST,
        "waiting": accounts.waiting_resets().count(),
    }
    return lists.show(request, listing, "access/list_accounts.html", context)


@routes.at("accounts/<uuid:staff_id>/", "access-view-account")
@require_safe
@gate.needs(permissions.ACCOUNT_MANAGE)
def view_account(request: StaffRequest, staff_id: UUID) -> HttpResponse:
    """One account: who it is, how it signs in, its sessions and API keys."""
    person = queries.staff_by_id(str(staff_id))
    open_sessions, waiting = accounts.sessions_of(person), accounts.waiting_of(person)
    sign_in = accounts.sign_in_of(person)
    is_own = request.actor.id == str(person.id)
    shown = {
        "person": person,
        "held": list(queries.posts_today([person.id])),
        "sign_in": sign_in,
        "sessions": open_sessions,
        "keys": accounts.keys_of(person),
        "can_see_keys": gate.holds(request.actor, permissions.API_KEY_REVOKE),
        "waiting": [KINDS[kind] for kind in sorted(waiting)],
        "is_own": is_own,
        "needs_factor": enrolment.is_required(str(person.id)),
        "acts": [] if is_own else _acts(person, sign_in, waiting, len(open_sessions)),
    }
    return render(request, "access/view_account.html", shown)


def _acts(
    person: Staff, sign_in: accounts.SignIn, waiting: set[str], open_sessions: int
) -> list[Confirm]:
    """What an administrator may do with another person's account as it is now."""

    def at(view: str) -> str:
        return reverse(view, args=[person.id])

    if not person.is_active:
        return [
            Confirm(
                code="enable",
                title=_("Enable the account?"),
                action=at("access-enable-account"),
                submit=_("Enable account"),
                look="btn btn-primary",
                icon="user-check",
                texts=[
                    _(
                        "The person can sign in again. Sessions, API keys and work items that ended do not return."
                    )
                ],
            )
        ]
    acts = [_disable(person, at("access-disable-account"))]
    if open_sessions:
        acts.append(
            Confirm(
                code="end-sessions",
                title=_("End all sessions?"),
                action=at("access-end-sessions"),
                submit=_("End all sessions"),
                icon="logout",
                texts=[
                    _(
                        "The person must sign in again on every device. What has not been saved is lost."
                    )
                ],
            )
        )
    if sign_in.failed.attempts:
        acts.append(
            Confirm(
                code="unlock",
                title=_("Unlock the account?"),
                action=at("access-unlock-account"),
                submit=_("Unlock account"),
                icon="lock-open",
                texts=[
                    _(
                        "The failed sign-ins are forgotten, so the person can try again without a delay."
                    )
                ],
            )
        )
    if person.kind == Staff.Kind.STAFF:
        acts += _resets_of(person, sign_in, waiting)
    return acts


def _disable(person: Staff, action: str) -> Confirm:
    return Confirm(
        code="disable",
        title=_("Disable the account?"),
        action=action,
        submit=_("Disable account"),
        look="btn btn-danger",
        icon="user-off",
        danger=True,
        texts=[
            _("%(name)s is signed out at once; rights and API keys end within a second.")
            % {"name": person.name},
            _(
                "Open work items go to the queue of their branch, where the branch manager hands them out."
            ),
        ],
    )


def _resets_of(person: Staff, sign_in: accounts.SignIn, waiting: set[str]) -> list[Confirm]:
    texts = [_("A second administrator must confirm it within a day. Until then nothing changes.")]
    action = reverse("access-propose-reset", args=[person.id])
    kinds = [(Reset.Kind.PASSWORD.value, _("Reset password"), "key")]
    if sign_in.has_second_factor:
        kinds.append(
            (Reset.Kind.SECOND_FACTOR.value, _("Reset second factor"), "device-mobile-off")
        )
    return [
        Confirm(
            code=f"reset-{kind}",
            title=words,
            action=f"{action}?kind={kind}",
            submit=_("Propose reset"),
            opener=words,
            icon=icon,
            texts=texts,
            form=ResetForm(auto_id=f"id_{kind}_%s"),
        )
        for kind, words, icon in kinds
        if kind not in waiting
    ]


@routes.at("accounts/<uuid:staff_id>/disable/", "access-disable-account")
@require_POST
@gate.needs(permissions.ACCOUNT_MANAGE)
def disable_account(request: StaffRequest, staff_id: UUID) -> HttpResponse:
    """Close an account."""
    return _act(
        request, staff_id, lambda person: _told_of(people.disable_staff(request.actor, person))
    )


def _told_of(closed: people.Closed) -> str:
    text = _(
        "The account is disabled. Ended: %(sessions)s sessions, %(keys)s API keys. "
        "Work items that went to the queue: %(released)s."
    )
    return text % {"sessions": closed.sessions, "keys": closed.keys, "released": closed.released}


@routes.at("accounts/<uuid:staff_id>/enable/", "access-enable-account")
@require_POST
@gate.needs(permissions.ACCOUNT_MANAGE)
def enable_account(request: StaffRequest, staff_id: UUID) -> HttpResponse:
    """Open a closed account again."""

    def enable(person: Staff) -> str:
        people.enable_staff(request.actor, person)
        return _("The account is enabled.")

    return _act(request, staff_id, enable)


@routes.at("accounts/<uuid:staff_id>/unlock/", "access-unlock-account")
@require_POST
@gate.needs(permissions.ACCOUNT_MANAGE)
def unlock_account(request: StaffRequest, staff_id: UUID) -> HttpResponse:
    """Forget failed sign-ins."""

    def unlock(person: Staff) -> str:
        people.unlock_staff(request.actor, person)
        return _("The account is unlocked.")

    return _act(request, staff_id, unlock)


@routes.at("accounts/<uuid:staff_id>/sessions/end/", "access-end-sessions")
@require_POST
@gate.needs(permissions.ACCOUNT_MANAGE)
def end_sessions(request: StaffRequest, staff_id: UUID) -> HttpResponse:
    """End every session of an account."""

    def end(person: Staff) -> str:
        ended = sessions.end_sessions(request.actor, person)
        return _("Sessions ended: %(number)s.") % {"number": ended}

    return _act(request, staff_id, end)


@routes.at("accounts/<uuid:staff_id>/sessions/<uuid:session_id>/end/", "access-end-session")
@require_POST
@gate.needs(permissions.ACCOUNT_MANAGE)
def end_session(request: StaffRequest, staff_id: UUID, session_id: UUID) -> HttpResponse:
    """End one session."""

    def end(person: Staff) -> str:
        sessions.end_session(request.actor, person, session_id)
        return _("The session has ended.")

    return _act(request, staff_id, end)


@routes.at("accounts/<uuid:staff_id>/reset/", "access-propose-reset")
@require_POST
@gate.needs(permissions.ACCOUNT_MANAGE)
def propose_reset(request: StaffRequest, staff_id: UUID) -> HttpResponse:
    """Propose to reset a password or a second factor."""
    form = ResetForm(request.POST)

    def propose(person: Staff) -> str:
        ground = form.cleaned_data["ground"] if form.is_valid() else ""
        resets.propose_reset(request.actor, person, request.GET.get("kind", ""), ground)
        return _("Proposed. A second administrator must confirm it within a day.")

    return _act(request, staff_id, propose)


def _act(request: StaffRequest, staff_id: UUID, act: Callable[[Staff], str]) -> HttpResponse:
    """Do it with the account, say on its page what came of it."""
    person = queries.staff_by_id(str(staff_id))
    try:
        messages.success(request, act(person))
    except (Conflict, Invalid) as error:
        refusals.tell(request, error)
    return redirect("access-view-account", person.id)


@routes.at("resets/", "access-list-resets")
@require_safe
@gate.needs(permissions.ACCOUNT_MANAGE)
def list_resets(request: StaffRequest) -> HttpResponse:
    """Resets that wait for their second person."""
    return _resets_page(request)


@routes.at("resets/<uuid:reset_id>/decide/", "access-decide-reset")
@require_POST
@gate.needs(permissions.ACCOUNT_MANAGE)
def decide_reset(request: StaffRequest, reset_id: UUID) -> HttpResponse:
    """Confirm as the second person, and show the link of a new password this once; reject; or withdraw."""
    try:
        if request.POST.get("do") != "approve":
            resets.reject_reset(request.actor, reset_id)
            messages.success(request, _("The reset is rejected."))
            return redirect("access-list-resets")
        token = resets.confirm_reset(request.actor, reset_id)
    except (Conflict, Invalid) as error:
        refusals.tell(request, error)
        return redirect("access-list-resets")
    if token:
        address = request.build_absolute_uri(reverse("access-open-link", args=[token]))
        return _resets_page(request, link=address, whose=accounts.reset(reset_id))
    messages.success(request, _("The second factor is off. The next sign-in sets up a new one."))
    return redirect("access-list-resets")


def _resets_page(
    request: StaffRequest, *, link: str = "", whose: Reset | None = None
) -> HttpResponse:
    rows = [
        {
            "reset": one,
            "kind": KINDS[one.kind],
            "ground": GROUND_WORDS[one.ground],
            "until": accounts.expires_at(one),
            "is_own": request.actor.id == str(one.proposed_by_id),
            "can_confirm": accounts.can_confirm(request.actor, one),
        }
        for one in accounts.waiting_resets()
    ]
    listing = Listing(
        title=_("Resets by two people"),
        intro=_(
            "One administrator proposes to reset a password or second factor, another confirms it. "
            "Make sure first that the person has asked for it."
        ),
        crumbs=[crumb(_("Accounts"), "access-list-accounts")],
        columns=_RESETS,
        rows=rows,
        empty=Empty(
            "key",
            _("No reset is waiting"),
            _("Resets are proposed on the page of an account."),
            reverse("access-list-accounts"),
            _("Accounts"),
        ),
    )
    return lists.show(request, listing, "access/list_resets.html", {"link": link, "whose": whose})
