"""Pages of undoing an import: what it would change, the proposal, the second person's decision."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tutela.access import gate
from tutela.access import queries as people
from tutela.access.gate import StaffRequest
from tutela.base import clock
from tutela.base.errors import Conflict, Invalid
from tutela.trail.leaves import Exposure
from tutela.web import refusals, routes

from . import import_pages, offers, permissions
from .forms import PurposeForm, UndoForm
from .importing import batches, viewers
from .undo import actions, queries, rules, scope
from .undo.preview import preview_undo

BLOCKERS_SHOWN = 50


@routes.at("imports/<uuid:batch_id>/undo/", "vault-undo-import")
@require_safe
@gate.needs(permissions.IMPORT_UNDO)
def show_undo(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    """Where the undo of an import stands, and with a purpose what it would change, masked."""
    batch = viewers.undone_by(request.actor, batch_id)
    offered = offers.purposes(request.actor, Exposure.DETAIL_MASKED)
    purpose = request.GET.get("purpose", "")
    context = _standing(request, batch_id)
    if purpose in {choice.value for choice in offered}:
        after = _after(request.GET.get("after", ""))
        context["preview"] = preview_undo(request.actor, batch.id, purpose, after)
        context["purpose"] = purpose
    return render(request, "vault/undo_import.html", context)


def _standing(request: StaffRequest, batch_id: UUID, **more: Any) -> dict[str, Any]:
    batch = viewers.undone_by(request.actor, batch_id)
    order = queries.order_of(batch_id)
    is_open = order is None or order.state == "proposed"
    facts = actions.facts_of(batch, order)
    blockers = queries.blockers(batch_id) if is_open and facts.blocked else []
    at_work = order is not None and order.state == "approved"
    locked = (
        batches.lock_number(actions.lock_name(batch_id)) in batches.locks() if at_work else False
    )
    offered = offers.purposes(request.actor, Exposure.DETAIL_MASKED)
    start = {"purpose": request.GET.get("purpose", "")}
    ids = [account for account in (order.proposed_by, order.decided_by) if account] if order else []
    return {
        "line": import_pages.lines([batch])[0],
        "order": order,
        "names": people.names(ids),
        "running": locked,
        "mine": order is not None and order.proposed_by == request.actor.id,
        "blockers": blockers[:BLOCKERS_SHOWN],
        "blocked": len(blockers),
        "hindrance": rules.hindrance(facts, clock.now()) if is_open else None,
        "beyond": is_open and not scope.can_undo(request.actor, batch_id),
        "days": rules.DAYS,
        "form": UndoForm(),
        "purpose_form": PurposeForm(offered=offered, initial=start),
        **more,
    }


def _after(text: str) -> tuple[UUID, UUID] | None:
    """Where the page before ended; nothing for what is no place."""
    customer, _mark, record = text.partition(".")
    try:
        return (UUID(customer), UUID(record)) if text else None
    except ValueError:
        return None


@routes.at("imports/<uuid:batch_id>/undo/decide/", "vault-decide-undo")
@require_POST
@gate.needs(permissions.IMPORT_UNDO)
def decide_undo(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    """Propose, approve, withdraw, or read why it was proposed."""
    step = request.POST.get("do", "")
    try:
        if step == "propose":
            form = UndoForm(request.POST)
            if not form.is_valid():
                context = _standing(request, batch_id, form=form)
                return render(request, "vault/undo_import.html", context, status=refusals.REFUSED)
            actions.propose_undo(request.actor, batch_id, form.cleaned_data["reason"])
            messages.success(request, _("Proposal submitted. A second person decides."))
        elif step == "approve":
            actions.approve_undo(request.actor, batch_id)
            messages.success(request, _("Approved. The worker is undoing the import."))
        elif step == "read":
            context = _standing(
                request, batch_id, reason=actions.open_reason(request.actor, batch_id)
            )
            return render(request, "vault/undo_import.html", context)
        elif step == "withdraw":
            actions.withdraw_undo(request.actor, batch_id)
            messages.success(request, _("Proposal withdrawn."))
    except (Conflict, Invalid) as refused:
        context = _standing(request, batch_id, refused=refused)
        return render(request, "vault/undo_import.html", context, status=refused.http_status)
    return redirect("vault-undo-import", batch_id)
