"""The single question: may they? Everything that shows or changes anything asks here.

`require` is for functions, `require_data` for one customer's data, `require_write` for creating and
changing it (`write_scope` for files of many rows), `decide` and `plan` for pages that show what there
is to see. A yes is a Grant; a no is an error with the code of the rule.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, wraps
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.urls import Resolver404, resolve

from tutela.base import clock
from tutela.base.actor import Actor, Channel
from tutela.base.errors import NotAllowed
from tutela.trail.leaves import Exposure
from tutela.trail.writer import writer

from . import decide as decision_rules
from . import enrolment, errors, grants, snapshot, usage
from .actions.quota import spend
from .actions.temporary_uses import count_use
from .asks import Ask, Decision, Overlay
from .compile import PURPOSES, STRIDE, Person, Snapshot
from .decide import Moment
from .grants import Grant
from .key_text import is_public_id
from .levels import Level
from .permission_specs import PERMISSIONS, Permission
from .plan import Plan, Scope, make_plan
from .posts import POSTS, PostSpec
from .purposes import Purpose
from .sessions import fingerprint
from .temporary_access import WidenedDecision, can_widen, widen, widen_plan
from .writing import WriteAsk, WriteScope, decide_write
from .writing import write_scope as scope_rules

__all__ = [
    "Ask",
    "Decision",
    "Grant",
    "Plan",
    "Policy",
    "Scope",
    "StaffRequest",
    "WriteAsk",
    "WriteScope",
    "can_open",
    "check_data",
    "check_known",
    "check_plan",
    "check_still_valid",
    "decide",
    "fresh_work_item_minutes",
    "holds",
    "needs",
    "open_to_public",
    "plan",
    "posts_that_see",
    "require",
    "require_data",
    "require_data_many",
    "require_write",
    "signed_in",
    "spend_clear",
    "write_scope",
]  # fmt: skip

_REFUSALS: Final[dict[str, type[errors.DataRefused]]] = {
    Overlay.ACCOUNT_DISABLED.word: errors.AccountDisabled,
    Overlay.STALE.word: errors.Stale,
    Overlay.OWN_RECORD.word: errors.OwnRecord,
    Overlay.NO_CELL.word: errors.NoCell,
    Overlay.OUT_OF_SCOPE.word: errors.OutOfScope,
    Overlay.CHANNEL_CLOSED.word: errors.ChannelClosed,
    Overlay.WORK_ITEM_MISSING.word: errors.WorkItemMissing,
    Overlay.SECOND_PERSON_NEEDED.word: errors.SecondPersonNeeded,
    Overlay.STEP_UP_NEEDED.word: errors.StepUpNeeded,
    Overlay.QUOTA_SPENT.word: errors.QuotaSpent,
}


def require(actor: Actor, permission: Permission) -> Grant:
    """A grant for a function, or SignInNeeded, AccountDisabled, PermissionMissing."""
    if actor.kind == "anonymous":
        raise errors.SignInNeeded
    if actor.kind == "system":
        has_it = permission.system and PERMISSIONS.get(permission.name) is permission
    else:
        person = snapshot.current().people.get(actor.id)
        if person is None or not person.active:
            raise errors.AccountDisabled
        has_it = permission in person.permissions
    if not has_it:
        raise errors.PermissionMissing(permission=permission.name)
    return grants.for_function(actor, permission)


def holds(actor: Actor, permission: Permission) -> bool:
    """Whether to show a button at all. It protects nothing; `require` does."""
    try:
        require(actor, permission)
    except NotAllowed:
        return False
    return True


def holders(permission: Permission) -> list[Actor]:
    """Everybody active who holds a permission, as who they are on a page: whom to tell of what waits.
    In memory only."""
    return [
        Actor(kind="staff", id=person.id, channel=Channel.PAGE)
        for person in snapshot.current().people.values()
        if person.active and person.kind == "staff" and permission in person.permissions
    ]


def can_open(actor: Actor, address: str) -> bool:
    """Whether to show a link to a page of ours at all, by the policy that its view carries. As `holds`:
    it protects nothing, and the page may have more to ask."""
    opens, policy = _page_at(urlsplit(address).path)
    return opens and (
        policy is None or policy.permission is None or holds(actor, policy.permission)
    )


@lru_cache(maxsize=1024)
def _page_at(path: str) -> "tuple[bool, Policy | None]":
    """Whether a page of ours lies there, and its policy. Each page asks for some thirty entries of the
    navigation, and finding a view among all patterns costs more than the rest of the question."""
    try:
        view = resolve(path).func
    except Resolver404:
        return False, None
    return True, getattr(view, "policy", None)


def decide(actor: Actor, ask: Ask) -> Decision:
    """What this actor may see of what is asked. In memory only; spends no quota."""
    now = snapshot.current()
    person = now.people.get(actor.id)
    return _decided(actor, now, person, _moment(actor, usage.used(actor.id, now.day)), ask)


def require_data(actor: Actor, ask: Ask) -> Grant:
    """A grant for all asked classes at the asked level, with the quota of clear values spent.

    Raises a DataRefused whose `decision` is ready for the leaf of the refused attempt.
    """
    return require_data_many(actor, (ask,))[0]


def require_data_many(actor: Actor, asks: Sequence[Ask]) -> list[Grant]:
    """Grants for many looks at once, all or none; the quota is spent in one statement."""
    now = snapshot.current()
    person = now.people.get(actor.id)
    # The database knows what is spent; a count this process remembers must not refuse in its place.
    moment = _moment(actor, 0)
    decided = [_allowed(actor, now, person, moment, ask) for ask in asks]
    clear = [
        (ask, decision)
        for ask, decision in zip(asks, decided, strict=True)
        if ask.level is Level.CLEAR
    ]
    own = [look for look in clear if not isinstance(look[1], WidenedDecision)]
    if len(own) < len(clear):
        _count_uses(clear)
    left = _spend(actor, own) if own else 0
    return [
        grants.for_data(
            actor,
            _with_left(decision, left)
            if ask.level is Level.CLEAR and not isinstance(decision, WidenedDecision)
            else decision,
            ask,
        )
        for ask, decision in zip(asks, decided, strict=True)
    ]


def check_data(actor: Actor, ask: Ask) -> None:
    """Refuse as `require_data` does; spends no quota."""
    now = snapshot.current()
    _allowed(actor, now, now.people.get(actor.id), _moment(actor, 0), ask)


def require_write(actor: Actor, ask: WriteAsk) -> Grant:
    """A grant to create or change all asked classes of one customer; it shows nothing of them.

    Raises a DataRefused as `require_data` does. Freshness unknown closes writing.
    """
    now = snapshot.current()
    person = _by_posts(now.people.get(actor.id), ask.permission)
    scope = scope_rules(now, person, actor.channel, ask.classes, ask.purpose)
    decision = decide_write(now, scope, ask)
    if not snapshot.fresh():
        decision = replace(decision, overlay=Overlay.STALE.word)
    if decision.overlay:
        raise _refusal(decision.overlay, decision)
    return grants.for_write(actor, decision, ask)


def write_scope(
    actor: Actor,
    classes: Collection[int],
    purpose: Purpose | None = None,
    permission: Permission | None = None,
) -> WriteScope:
    """Whose customers this actor may write all these classes of, decided once for many rows; with
    `permission`, by those of the actor's posts that give it."""
    now = snapshot.current()
    person = _by_posts(now.people.get(actor.id), permission)
    return scope_rules(now, person, actor.channel, classes, purpose)


def check_plan(plan: Plan) -> None:
    """Return for a plan that shows anything of any row, else the DataRefused that says why not."""
    if plan.overlay:
        refused = _REFUSALS[plan.overlay]()
        refused.decision = {**plan.as_leaf(), "outcome": "deny", "code": refused.code}
        raise refused


def spend_clear(actor: Actor, ask: Ask, most: int) -> None:
    """Count clear values that are no customer's stored cells (those of a rejected row) against the day's
    quota of their classes, or against `most` where the matrix has none. QuotaSpent."""
    now = snapshot.current()
    used = usage.used(actor.id, now.day)
    decision = decision_rules.decide(now, now.people.get(actor.id), _moment(actor, used), ask)
    limit = most if decision.quota_left is None else min(most, used + decision.quota_left)
    if spend(actor.id, ask.fields, limit) is None:
        raise _refusal(
            Overlay.QUOTA_SPENT.word, replace(decision, overlay=Overlay.QUOTA_SPENT.word)
        )


def posts_that_see(data_class: int, purpose: Purpose, level: Level) -> list[PostSpec]:
    """The posts of people to whom the matrix in force gives a class for a purpose, at least at this level."""
    now = snapshot.current()
    return [
        spec
        for index, spec in enumerate(POSTS.values())
        if spec.kind == "staff"
        and (cell := now.cells[now.table[index * STRIDE + data_class * PURPOSES + purpose.column]])
        and cell.level >= level
    ]


def fresh_work_item_minutes() -> int:
    """For how many minutes an assigned work item opens nothing without a second person, by the matrix."""
    return snapshot.current().fresh_minutes


def plan(
    actor: Actor,
    classes: Collection[int],
    purpose: Purpose,
    exposure: Exposure,
    permission: Permission | None = None,
) -> Plan:
    """Levels and row scope for a page of many rows, decided once; `permission` as for `write_scope`."""
    now = snapshot.current()
    person = _by_posts(now.people.get(actor.id), permission)
    made = make_plan(now, person, actor.channel, snapshot.fresh(), classes, purpose, exposure)
    if person is None or not person.temporary or permission is not None:
        return made
    if not (
        person.active and person.slots and snapshot.fresh() and can_widen(actor.channel, exposure)
    ):
        return made
    return widen_plan(made, person.temporary, fingerprint(actor.session), clock.now())


def _by_posts(person: Person | None, permission: Permission | None) -> Person | None:
    """The person with those posts only that give a permission: whoever leads one branch and serves
    another leads there nobody."""
    if person is None or permission is None:
        return person
    slots = tuple(slot for slot in person.slots if slot.post in permission.posts)
    return person if slots == person.slots else replace(person, slots=slots)


def _moment(actor: Actor, used: int) -> Moment:
    strained = writer().pulse.strained
    return Moment(actor.channel, actor.second_factor, snapshot.fresh(), used, strained)


def _decided(
    actor: Actor, now: Snapshot, person: Person | None, moment: Moment, ask: Ask
) -> Decision:
    """The decision by the matrix; where that refuses, by the person's temporary access, whose clock is looked at
    now. Not while nobody knows whether the snapshot is fresh: the access may have been ended."""
    decision = decision_rules.decide(now, person, moment, ask)
    if not decision.overlay or person is None or not person.temporary:
        return decision
    if not moment.fresh or not can_widen(actor.channel, ask.exposure):
        return decision
    session, second = fingerprint(actor.session), moment.second_factor
    return widen(person.temporary, ask, decision, session, second, clock.now())


def _count_uses(clear: Sequence[tuple[Ask, Decision]]) -> None:
    """Ask the database itself whether each temporary access still stands, and count its clear values.

    What this process remembers may be a second old: an access that was ended meanwhile opens nothing more.
    """
    for ask, decision in clear:
        if not isinstance(decision, WidenedDecision):
            continue
        stands = count_use(decision.request, max(1, ask.fields))
        if stands is not True:
            overlay = decision.without if stands is None else Overlay.QUOTA_SPENT.word
            without = dict.fromkeys(decision.levels, Level.NONE)
            raise _refusal(
                overlay, Decision(without, decision.cell, overlay, decision.matrix, None)
            )


def _allowed(
    actor: Actor, now: Snapshot, person: Person | None, moment: Moment, ask: Ask
) -> Decision:
    decision = _decided(actor, now, person, moment, ask)
    # A look that asks for no class, or for no level, would pass for want of anything to refuse.
    if not ask.classes or ask.level < Level.MASKED:
        raise _refusal(Overlay.NO_CELL.word, decision)
    if decision.overlay:
        raise _refusal(decision.overlay, decision)
    return decision


def _spend(actor: Actor, clear: Sequence[tuple[Ask, Decision]]) -> int:
    """Count the clear values; the quota left. The strictest quota among the cells is the limit."""
    limit = min(decision.quota_left or 0 for _, decision in clear)
    total = spend(actor.id, sum(max(1, ask.fields) for ask, _ in clear), limit)
    if total is None:
        raise _refusal(Overlay.QUOTA_SPENT.word, replace(clear[0][1], overlay="quota_spent"))
    return limit - total


def _with_left(decision: Decision, left: int) -> Decision:
    return Decision(decision.levels, decision.cell, decision.overlay, decision.matrix, left)


def _refusal(overlay: str, decision: Decision) -> errors.DataRefused:
    refused = _REFUSALS[overlay]()
    refused.decision = {**grants.words(decision), "outcome": "deny", "code": refused.code}
    return refused


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may open a view: holders of `permission`; everybody, for the reason in `public`; else
    whoever is signed in. `before_factor`: also before a second factor that the post asks for is shown.
    `by_itself`: a page asks while it lies open, so the asking does not say that anybody is there."""

    permission: Permission | None = None
    public: str = ""
    before_factor: bool = False
    by_itself: bool = False


View = Callable[..., HttpResponseBase]


class StaffRequest(HttpRequest):
    """A request after `ActorMiddleware`."""

    actor: Actor


def needs(permission: Permission) -> Callable[[View], View]:
    """The view is for holders of a permission."""
    return _guard(Policy(permission=permission), lambda actor: require(actor, permission))


def signed_in(*, before_factor: bool = False, by_itself: bool = False) -> Callable[[View], View]:
    """The view is for everybody who has signed in and is not disabled."""
    return _guard(Policy(before_factor=before_factor, by_itself=by_itself), check_known)


def open_to_public(reason: str) -> Callable[[View], View]:
    """The view is for everybody; the reason is for the reader of the code and the walls test."""
    if not reason.strip():
        raise ValueError("a public view needs its reason")
    return _guard(Policy(public=reason), lambda _: None)


def check_known(actor: Actor) -> None:
    """Return for an account that is signed in and active, whatever its posts."""
    if actor.kind == "anonymous":
        raise errors.SignInNeeded
    person = snapshot.current().people.get(actor.id)
    if person is None or not person.active:
        raise errors.AccountDisabled


def check_still_valid(actor: Actor) -> None:
    """Asked before each part of long work: the account is active, and the key it came by still works."""
    if actor.kind == "system":
        return
    check_known(actor)
    if actor.channel is Channel.PAGE or not is_public_id(actor.session):
        return
    key = snapshot.current().keys.get(actor.session)
    if key is None or key.expires <= clock.now():
        raise errors.KeyRefused


def _guard(policy: Policy, ask: Callable[[Actor], object]) -> Callable[[View], View]:
    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            open_now = policy.public or policy.before_factor
            if not open_now and enrolment.is_missing(request.actor):
                return enrolment.to_page(request, request.actor)
            try:
                ask(request.actor)
            except errors.SignInNeeded:
                return _to_sign_in(request)
            return view(request, *args, **kwargs)

        # Read by the walls test, which refuses a view without a policy.
        guarded.__dict__["policy"] = policy
        return guarded

    return wrap


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """A part of a page cannot follow a redirect into itself, so the browser is told to load the whole, which says
    that the session has ended and leads back to the page (never to the address of its part)."""
    if request.headers.get("HX-Request"):
        here = urlsplit(request.headers.get("HX-Current-URL", ""))
        query = urlencode({"ended": "1", "next": here.path or "/"})
        address = f"{resolve_url(settings.LOGIN_URL)}?{query}"
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    if request.method == "POST":
        query = urlencode({"ended": "1", "next": request.get_full_path()})
        return redirect(f"{resolve_url(settings.LOGIN_URL)}?{query}")
    return redirect_to_login(request.get_full_path())
