"""What the pages and commands of accounts show: people found, their sessions, and resets that wait. Reads only."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from tutela.base import clock
from tutela.base.actor import Actor

from . import gate, people_search, permissions, queries, rules, sign_in_limits
from .models import ApiKey, Assignment, Reset, SignedIn, Staff
from .sign_in_limits import Failed


@dataclass(frozen=True, slots=True)
class SignIn:
    """How an account signs in: what it has, and what stands in its way."""

    has_password: bool
    has_second_factor: bool
    failed: Failed


def people(state: str = "", post: str = "") -> QuerySet[Staff]:
    """All accounts, or those of a state (active, disabled) or with a post today, by staff number."""
    staff = Staff.objects.select_related("branch", "department")
    if post:
        held = queries.assignments_on(clock.today()).filter(post=post).values("staff")
        staff = staff.filter(id__in=held)
    if state:
        staff = staff.filter(is_active=state == "active")
    return staff.order_by("staff_no")


def find(actor: Actor, text: str) -> list[Staff]:
    """Accounts by a part of the name, staff number or login; at most `people_search.MOST`."""
    gate.require(actor, permissions.ACCOUNT_MANAGE)
    wanted = people_search.plain(text)
    if not wanted:
        return []
    found = people().filter(people_search.holds(wanted)).order_by("-is_active", "staff_no")
    return list(found[: people_search.MOST])


def posts_of(ids: Collection[UUID]) -> dict[UUID, list[Assignment]]:
    """The posts that these people hold today, by person; whoever holds none is left out."""
    held: dict[UUID, list[Assignment]] = {}
    for one in queries.posts_today(ids):
        held.setdefault(one.staff_id, []).append(one)
    return held


def sign_in_of(staff: Staff) -> SignIn:
    return SignIn(
        staff.has_usable_password(),
        Authenticator.objects.filter(user=staff, type=Authenticator.Type.TOTP).exists(),
        sign_in_limits.failed_of(staff),
    )


def sessions_of(staff: Staff) -> list[SignedIn]:
    """Those that are alive, the last used first."""
    if not staff.is_active:
        return []
    alive = Session.objects.filter(expire_date__gt=clock.now()).values("session_key")
    rows = SignedIn.objects.filter(staff=staff, epoch=staff.session_epoch, row__in=alive)
    return list(rows.order_by("-seen_at", "-id"))


def keys_of(staff: Staff) -> list[tuple[ApiKey, str]]:
    """Every key of the account with its state, the newest first."""
    now = clock.now()
    return [(key, key_state(key, now)) for key in queries.api_keys().filter(staff=staff)]


def key_state(key: ApiKey, now: datetime) -> str:
    """valid, replaced (and still valid), expired or revoked."""
    if key.revoked_at is not None:
        return "revoked"
    if key.expires <= now:
        return "expired"
    return "replaced" if key.replaced_by_id is not None else "valid"


def waiting_resets() -> QuerySet[Reset]:
    """Those that a second person may still decide, the oldest first."""
    since = clock.now() - rules.RESET_LIFE
    resets = Reset.objects.filter(state=Reset.State.WAITING, proposed_at__gt=since)
    return resets.select_related("staff", "proposed_by").order_by("proposed_at")


def waiting_of(staff: Staff) -> set[str]:
    """The kinds of reset that wait for this account."""
    return set(waiting_resets().filter(staff=staff).values_list("kind", flat=True))


def can_confirm(actor: Actor, reset: Reset) -> bool:
    return actor.id not in (str(reset.proposed_by_id), str(reset.staff_id))


def reset(reset_id: UUID) -> Reset | None:
    return Reset.objects.select_related("staff").filter(id=reset_id).first()


def expires_at(one: Reset) -> datetime:
    return one.proposed_at + rules.RESET_LIFE
