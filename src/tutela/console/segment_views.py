"""Pages of sealed months: what is kept where, legal holds, and purges by two people."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tutela.access import gate, permissions, trail_segments
from tutela.access import queries as people
from tutela.access.gate import StaffRequest
from tutela.access.trail_segments import Listed
from tutela.base.errors import Conflict, Invalid, NotFound
from tutela.trail.errors import ProposalSamePerson, PurgeSamePerson
from tutela.trail.proposals.rows import Proposal
from tutela.trail.segments import actions, rules
from tutela.trail.segments.rows import Hold, Segment
from tutela.web import form_pages, lists, refusals, routes
from tutela.web.confirm import Confirm
from tutela.web.form_pages import FormPage, crumb
from tutela.web.lists import Column, Empty, Listing

from .segment_forms import BASIS_WORDS, FAULT_WORDS, STATE_WORDS, HoldForm, LiftForm, PurgeForm

_COLUMNS: Final = (
    Column("month", gettext_lazy("Month (UTC)"), "mono text-nowrap"),
    Column("state", gettext_lazy("State")),
    Column("entries", gettext_lazy("Entries"), "num"),
    Column("copies", gettext_lazy("Good copies"), "num"),
    Column("checked", gettext_lazy("Last verified"), "text-nowrap"),
    Column("until", gettext_lazy("Keep until"), "text-nowrap"),
    Column("held", gettext_lazy("Legal hold")),
    Column("purge", gettext_lazy("Purge")),
)
_HOLDS: Final = (
    Column("months", gettext_lazy("Months"), "mono text-nowrap"),
    Column("state", gettext_lazy("State")),
    Column("reason", gettext_lazy("Reason")),
    Column("by", gettext_lazy("Placed by"), "person"),
    Column("at", gettext_lazy("Placed"), "text-nowrap"),
    Column("lifted", gettext_lazy("Lifted")),
    Column("acts", gettext_lazy("Action"), hidden=True),
)


@routes.at("trail/months/", "trail-list-segments")
@require_safe
@gate.needs(permissions.TRAIL_SEGMENT_READ)
def list_segments(request: StaffRequest) -> HttpResponse:
    """The sealed months, newest first: where each stands, its copies, when it was verified, what keeps it."""
    listed = trail_segments.list_segments(request.actor)
    listing = Listing(
        title=_("Sealed months of the trail"),
        columns=_COLUMNS,
        rows=[_line(one) for one in listed],
        empty=Empty(
            "archive",
            _("No month is sealed yet"),
            _(
                "A month is sealed the day after it ends, once all its entries are in the signed tree."
            ),
        ),
    )
    context = {
        "hot": settings.TUTELA_TRAIL_HOT_MONTHS,
        "keep": settings.TUTELA_TRAIL_KEEP_MONTHS,
        "places": len(settings.TUTELA_TRAIL_COPIES),
        "wanted": rules.COPIES,
    }
    return lists.show(request, listing, "console/list_segments.html", context)


def _line(one: Listed) -> dict[str, Any]:
    segment = one.segment
    return {
        "one": one,
        "segment": segment,
        "state": STATE_WORDS[segment.state.value],
        "fault": FAULT_WORDS.get(segment.fault, segment.fault),
        "basis": BASIS_WORDS.get(segment.basis, segment.basis),
    }


@routes.at("trail/months/<str:segment>/", "trail-view-segment")
@require_safe
@gate.needs(permissions.TRAIL_SEGMENT_READ)
def view_segment(request: StaffRequest, segment: str) -> HttpResponse:
    """One sealed month: its range, files, copies, seal, holds and purge."""
    return _view(request, _listed(request, segment))


def _listed(request: StaffRequest, name: str) -> Listed:
    for one in trail_segments.list_segments(request.actor):
        if one.segment.name == name:
            return one
    raise NotFound


def _view(request: StaffRequest, one: Listed, form: PurgeForm | None = None) -> HttpResponse:
    waiting = one.waiting
    asked = [hold.placed_by for hold in one.holds] + ([waiting.proposed_by] if waiting else [])
    context: dict[str, Any] = {
        **_line(one),
        "crumbs": [crumb(_("Sealed months of the trail"), "trail-list-segments")],
        "copies": [(copy, FAULT_WORDS.get(copy.fault, copy.fault)) for copy in one.copies],
        "names": people.names(asked),
        "waiting": waiting,
        "waiting_basis": BASIS_WORDS.get(waiting.basis, "") if waiting else "",
        "proposer": people.names([waiting.proposed_by]).get(waiting.proposed_by, "")
        if waiting
        else "",
        "acts": _acts(request, one, form),
        "can_read": gate.holds(request.actor, permissions.TRAIL_SEARCH),
    }
    return refusals.page(request, "console/view_segment.html", context, *([form] if form else []))


def _acts(request: StaffRequest, one: Listed, form: PurgeForm | None) -> list[Confirm]:
    """What this person may do about the purge of a month."""
    segment, waiting = one.segment, one.waiting
    if not gate.holds(request.actor, permissions.TRAIL_SEGMENT_PURGE):
        return []
    if waiting is None:
        return [_ask_purge(segment, form)] if form or _can_purge(segment) else []
    action = reverse("trail-decide-purge", args=[waiting.id])
    is_own = waiting.proposed_by == request.actor.id
    reject = Confirm(
        code="reject",
        title=_("Withdraw the request?") if is_own else _("Reject the request?"),
        action=action,
        submit=_("Withdraw") if is_own else _("Reject"),
        texts=[_("The month stays as it is.")],
        hidden={"do": "reject"},
    )
    return [reject] if is_own else [_approve(segment, action), reject]


def _can_purge(segment: Segment) -> bool:
    try:
        actions.check_can_purge(segment)
    except Conflict:
        return False
    return True


def _ask_purge(segment: Segment, form: PurgeForm | None) -> Confirm:
    return Confirm(
        code="purge",
        title=_("Request the purge of %(month)s?") % {"month": segment.name},
        action=reverse("trail-propose-purge", args=[segment.name]),
        submit=_("Request purge"),
        icon="trash",
        texts=[_("Nothing is purged until a second person approves.")],
        form=form or PurgeForm(),
    )


def _approve(segment: Segment, action: str) -> Confirm:
    return Confirm(
        code="approve",
        title=_("Purge %(month)s for good?") % {"month": segment.name},
        action=action,
        submit=_("Purge for good"),
        opener=_("Approve purge"),
        look="btn btn-danger",
        icon="trash",
        danger=True,
        texts=[
            _("%(count)s entries are removed from every file and copy. Nobody can bring them back.")
            % {"count": segment.leaves},
            _(
                "The seal, the signed checkpoints and the tree stay, so other months can still be proved."
            ),
        ],
        hidden={"do": "approve"},
    )


@routes.at("trail/months/<str:segment>/leaves/", "trail-read-segment")
@require_safe
@gate.needs(permissions.TRAIL_SEARCH)
def read_segment(request: StaffRequest, segment: str) -> StreamingHttpResponse:
    """The leaves of a month as a file for `tutela-verify`; handing it out leaves a leaf."""
    pieces = trail_segments.read_leaves(request.actor, segment)
    name = f'attachment; filename="{segment}.leaves.gz"'
    headers = {"Content-Disposition": name}
    return StreamingHttpResponse(pieces, content_type="application/gzip", headers=headers)


@routes.at("trail/months/<str:segment>/purge/", "trail-propose-purge")
@require_POST
@gate.needs(permissions.TRAIL_SEGMENT_PURGE)
def propose_purge(request: StaffRequest, segment: str) -> HttpResponse:
    """Request that a month is purged."""
    form = PurgeForm(request.POST)

    def propose() -> None:
        trail_segments.propose_purge(request.actor, segment, form.cleaned_data["basis"])

    if not refusals.done(form, propose):
        return _view(request, _listed(request, segment), form)
    messages.success(request, _("Requested. A second person must approve it."))
    return redirect("trail-view-segment", segment)


@routes.at("trail/purges/<uuid:purge_id>/decide/", "trail-decide-purge")
@require_POST
@gate.needs(permissions.TRAIL_SEGMENT_PURGE)
def decide_purge(request: StaffRequest, purge_id: UUID) -> HttpResponse:
    """Approve as the second person, reject, or withdraw."""
    try:
        if request.POST.get("do") != "approve":
            trail_segments.reject_purge(request.actor, purge_id)
            messages.success(request, _("The request is closed; nothing was purged."))
            return redirect("trail-list-segments")
        purged = trail_segments.approve_purge(request.actor, purge_id)
    except (Conflict, Invalid, PurgeSamePerson) as error:
        refusals.tell(request, error)
        return redirect("trail-list-segments")
    messages.success(request, _("%(month)s is purged.") % {"month": purged.name})
    return redirect("trail-view-segment", purged.name)


@routes.at("trail/holds/", "trail-list-holds")
@require_safe
@gate.needs(permissions.TRAIL_SEGMENT_READ)
def list_holds(request: StaffRequest) -> HttpResponse:
    """Legal holds: those in force first."""
    holds = trail_segments.list_holds(request.actor)
    listing = Listing(
        title=_("Legal holds"),
        intro=_(
            "While a hold is in force, nothing of its months may be purged, whatever was decided."
        ),
        crumbs=[crumb(_("Sealed months of the trail"), "trail-list-segments")],
        columns=_HOLDS,
        rows=_holds(request, holds),
        empty=Empty("lock-pause", _("No legal hold was ever placed")),
    )
    context = {
        "can_hold": gate.holds(request.actor, permissions.TRAIL_SEGMENT_HOLD),
        "can_lift": gate.holds(request.actor, permissions.TRAIL_SEGMENT_LIFT),
    }
    return lists.show(request, listing, "console/list_holds.html", context)


def _holds(request: StaffRequest, holds: Sequence[Hold]) -> list[dict[str, Any]]:
    """The lines: each with what waits for it, and who proposed and approved its end."""
    lifts = trail_segments.list_lifts(request.actor)
    waiting = {one.hold_id: one for one in lifts if one.decision is None}
    approved = {one.hold_id: one for one in lifts if one.decision == "approved"}
    asked = [one.proposed_by for one in lifts]
    asked += [by for hold in holds for by in (hold.placed_by, hold.lifted_by) if by]
    names = people.names(asked)
    can_lift = gate.holds(request.actor, permissions.TRAIL_SEGMENT_LIFT)
    lines = []
    for hold in holds:
        lift, before = waiting.get(hold.id), approved.get(hold.id)
        lines.append({
            "hold": hold,
            "by": names.get(hold.placed_by, ""),
            "lifted_by": names.get(hold.lifted_by or "", ""),
            "proposed_by": names.get(before.proposed_by, "") if before else "",
            "lift": lift,
            "lift_by": names.get(lift.proposed_by, "") if lift else "",
            "acts": _lift_acts(request, lift) if lift and can_lift else [],
        })  # fmt: skip
    return lines


def _lift_acts(request: StaffRequest, lift: Proposal) -> list[Confirm]:
    """What this person may do about a request to lift a hold."""
    action = reverse("trail-decide-lift", args=[lift.id])
    is_own = lift.proposed_by == request.actor.id
    reject = Confirm(
        code=f"reject-{lift.id}",
        title=_("Withdraw the request?") if is_own else _("Reject the request?"),
        action=action,
        submit=_("Withdraw") if is_own else _("Reject"),
        look="btn btn-sm",
        texts=[_("The legal hold stays in force.")],
        hidden={"do": "reject"},
    )
    if is_own:
        return [reject]
    approve = Confirm(
        code=f"approve-{lift.id}",
        title=_("Lift this legal hold?"),
        action=action,
        submit=_("Lift hold"),
        opener=_("Approve lifting"),
        look="btn btn-sm btn-primary",
        texts=[
            lift.reason,
            _(
                "From then on these months may be purged by two people, once their retention is over."
            ),
        ],
        hidden={"do": "approve"},
    )
    return [approve, reject]


@routes.at("trail/holds/place/", "trail-place-hold")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(permissions.TRAIL_SEGMENT_HOLD)
def place_hold(request: StaffRequest) -> HttpResponse:
    """Place a hold on some months."""
    form = HoldForm(request.POST or None)

    def place() -> None:
        asked = form.cleaned_data
        trail_segments.place_hold(request.actor, asked["first"], asked["last"], asked["reason"])

    if request.method == "POST" and refusals.done(form, place, places=_AT):
        messages.success(request, _("The legal hold is in force."))
        return redirect("trail-list-holds")
    page = FormPage(
        title=_("Place a legal hold"),
        crumbs=[crumb(_("Legal holds"), "trail-list-holds")],
        intro=_("Nothing of these months may be purged until the hold is lifted."),
        submit=_("Place hold"),
    )
    return form_pages.show(request, page, form)


_AT: Final = {"trail.months_backwards": "last", "trail.reason_missing": "reason"}


@routes.at("trail/holds/<uuid:hold_id>/lift/", "trail-lift-hold")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(permissions.TRAIL_SEGMENT_LIFT)
def lift_hold(request: StaffRequest, hold_id: UUID) -> HttpResponse:
    """Request that a hold that is in force is lifted."""
    if not any(
        hold.id == hold_id and not hold.lifted_at
        for hold in trail_segments.list_holds(request.actor)
    ):
        raise NotFound
    form = LiftForm(request.POST or None)

    def lift() -> None:
        trail_segments.propose_lift(request.actor, hold_id, form.cleaned_data["reason"])

    if request.method == "POST" and refusals.done(form, lift, places=_AT):
        messages.success(request, _("Requested. A second person must approve it."))
        return redirect("trail-list-holds")
    page = FormPage(
        title=_("Lift a legal hold"),
        crumbs=[crumb(_("Legal holds"), "trail-list-holds")],
        intro=_("The hold stays in force until a second person approves."),
        submit=_("Request lifting"),
    )
    return form_pages.show(request, page, form)


@routes.at("trail/lifts/<uuid:proposal_id>/decide/", "trail-decide-lift")
@require_POST
@gate.needs(permissions.TRAIL_SEGMENT_LIFT)
def decide_lift(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """Approve as the second person, reject, or withdraw."""
    try:
        if request.POST.get("do") != "approve":
            trail_segments.reject_lift(request.actor, proposal_id)
            messages.success(request, _("The request is closed; the legal hold stays in force."))
        else:
            trail_segments.approve_lift(request.actor, proposal_id)
            messages.success(request, _("The legal hold is lifted."))
    except (Conflict, Invalid, ProposalSamePerson) as error:
        refusals.tell(request, error)
    return redirect("trail-list-holds")
