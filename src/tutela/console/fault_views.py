"""Pages of the faults of the trail: what stands, and answering for it by two people."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tutela.access import gate, permissions
from tutela.access import queries as people
from tutela.access.gate import StaffRequest
from tutela.base.errors import Conflict, Invalid
from tutela.keys import fault_answers
from tutela.keys.fault_answers import ANSWERED, Standing
from tutela.trail import queries as trail
from tutela.trail.errors import ProposalSamePerson
from tutela.trail.proposals.rows import Proposal
from tutela.web import refusals, routes
from tutela.web.confirm import Confirm
from tutela.web.form_pages import FormCard, crumb

from .fault_forms import AcknowledgeForm

KINDS: Final = {
    "chain": gettext_lazy("An entry does not follow from the one before it"),
    "root": gettext_lazy("The tree is not the one that was signed"),
    "signer": gettext_lazy("The tree cannot be signed"),
    "quorum": gettext_lazy("Not enough witnesses vouch for the tree"),
}
DECISIONS: Final = {
    "approved": gettext_lazy("confirmed"),
    "rejected": gettext_lazy("rejected or withdrawn"),
}


@routes.at("trail/faults/", "trail-list-faults")
@require_safe
@gate.needs(permissions.TREE_READ)
def list_faults(request: StaffRequest) -> HttpResponse:
    """What is wrong with the trail now, who has answered for it, and who did before."""
    return _page(request, fault_answers.standing(request.actor))


def _page(
    request: StaffRequest, found: Standing, form: AcknowledgeForm | None = None
) -> HttpResponse:
    can_answer = gate.holds(request.actor, permissions.TRAIL_FAULT_ACKNOWLEDGE)
    offers = can_answer and found.waiting is None and found.answerable > 0
    if form is None and offers:
        form = AcknowledgeForm(initial={"seen": found.answerable})
    health = trail.health()
    context: dict[str, Any] = {
        "crumbs": [crumb(_("Witnesses of the trail"), "trail-view-tree")],
        "state": health.state,
        "why": health.why,
        "faults": [(one, KINDS[one.kind], one.kind in ANSWERED) for one in found.faults],
        "restored": found.restored,
        "waiting": found.waiting,
        "former": [(one, DECISIONS[one.decision or ""]) for one in found.former],
        "names": _names([*found.former, *([found.waiting] if found.waiting else [])]),
        "acts": _acts(request, found) if can_answer else [],
        "form": form,
        "card": _card() if form else None,
    }
    return refusals.page(request, "console/trail_faults.html", context, form)


def _card() -> FormCard:
    return FormCard(
        legend=_("I have looked at these faults"),
        about=_(
            "Leave the database as it is and inform security first. Customer data opens again once a second "
            "person has confirmed what you write here."
        ),
        action=reverse("trail-acknowledge-faults"),
        submit=_("Propose"),
    )


def _names(answers: Sequence[Proposal]) -> dict[str, str]:
    return people.names([by for one in answers for by in (one.proposed_by, one.decided_by) if by])


def _acts(request: StaffRequest, found: Standing) -> list[Confirm]:
    """What this person may do about the answer that waits."""
    if found.waiting is None:
        return []
    action = reverse("trail-decide-faults", args=[found.waiting.id])
    is_own = found.waiting.proposed_by == request.actor.id
    reject = Confirm(
        code="reject",
        title=_("Withdraw the answer?") if is_own else _("Reject the answer?"),
        action=action,
        submit=_("Withdraw") if is_own else _("Reject"),
        texts=[_("The faults stand, and customer data stays closed.")],
        hidden={"do": "reject"},
    )
    if is_own:
        return [reject]
    approve = Confirm(
        code="approve",
        title=_("Confirm that the faults were looked at?"),
        action=action,
        submit=_("Confirm"),
        look="btn btn-primary",
        texts=[
            _(
                "The faults that stood when it was proposed are over, and customer data opens again."
            ),
            _("Both of you stay named in the trail for good."),
        ],
        hidden={"do": "approve"},
    )
    return [approve, reject]


@routes.at("trail/faults/acknowledge/", "trail-acknowledge-faults")
@require_POST
@gate.needs(permissions.TRAIL_FAULT_ACKNOWLEDGE)
def acknowledge_faults(request: StaffRequest) -> HttpResponse:
    """Say that the faults were looked at; a second person confirms it."""
    form = AcknowledgeForm(request.POST)

    def propose() -> None:
        asked = form.cleaned_data
        fault_answers.propose(request.actor, asked["reason"], asked["seen"])

    if not refusals.done(form, propose, places={"trail.reason_missing": "reason"}):
        return _page(request, fault_answers.standing(request.actor), form)
    messages.success(request, _("Proposed. A second person must confirm it."))
    return redirect("trail-list-faults")


@routes.at("trail/faults/<uuid:proposal_id>/decide/", "trail-decide-faults")
@require_POST
@gate.needs(permissions.TRAIL_FAULT_ACKNOWLEDGE)
def decide_faults(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """Confirm as the second person, reject, or withdraw."""
    try:
        if request.POST.get("do") != "approve":
            fault_answers.reject(request.actor, proposal_id)
            messages.success(request, _("The request is closed; the faults stand."))
        else:
            fault_answers.approve(request.actor, proposal_id)
            messages.success(request, _("The faults are acknowledged."))
    except (Conflict, Invalid, ProposalSamePerson) as error:
        refusals.tell(request, error)
    return redirect("trail-list-faults")
