"""The second person decides on a change of backups."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.web import refusals, routes

from . import permissions
from .actions import changes
from .models import Change


@routes.at("backup/changes/<uuid:change_id>/decide/", "backup-decide-change")
@require_POST
@gate.needs(permissions.MANAGE)
def decide_change(request: StaffRequest, change_id: UUID) -> HttpResponse:
    """Approve a change that another person proposed, or reject or withdraw it."""
    approves = request.POST.get("do") == "approve"
    act = changes.approve_change if approves else changes.reject_change
    try:
        act(request.actor, change_id)
    except refusals.Mendable as error:
        refusals.tell(request, error)
    else:
        told = _("Approved; it is in force.") if approves else _("It stays as it was.")
        messages.success(request, told)
    change = Change.objects.filter(id=change_id).first()
    return redirect(changes.PAGES.get(change.kind if change else "", "backup-overview"))
