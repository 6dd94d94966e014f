"""Pages of files as proof: one is handed out, a wrong one is withdrawn."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.access.permissions import Permission
from tutela.assessment import actions as assessment
from tutela.assessment import queries as ratings

from . import actions, errors
from .forms import WithdrawForm
from .models import Attachment
from .views import done


@require_POST
@gate.needs(Permission.GOVERNANCE_PROGRAMME_READ)
def open_attachment(request: StaffRequest, attachment_id: UUID) -> HttpResponse:
    """Hand a file out, as a download and never as a page. A post, because each opening leaves a trace."""
    held, data = actions.open_attachment(actor=request.actor, attachment_id=attachment_id)
    told = {"Content-Disposition": content_disposition_header(True, held.name) or "attachment"}
    return HttpResponse(data, content_type="application/octet-stream", headers=told)


@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(Permission.GOVERNANCE_PROGRAMME_READ)
def withdraw_attachment(request: StaffRequest, attachment_id: UUID) -> HttpResponse:
    """Say why a file proves nothing. Whose it is to say, the action asks."""
    # Its very name is for those who may open it.
    held, _grant = actions.openable(request.actor, attachment_id)
    back, form = _proved(held), WithdrawForm(request.POST or None)
    if held.holder_kind:
        # Who may open it, but does not rate, is told so.
        gate.require(request.actor, Permission.GOVERNANCE_ASSESSMENT_RATE)
    if request.method == "POST" and done(
        form, lambda: _withdraw(request, held, form.cleaned_data["reason"])
    ):
        messages.success(request, _("The file is withdrawn."))
        return redirect(back)
    told = {"held": held, "form": form, "back": back}
    status = 422 if form.errors else 200
    return render(request, "programme/withdraw_attachment.html", told, status=status)


def _withdraw(request: StaffRequest, held: Attachment, reason: str) -> Attachment:
    if held.holder_kind:
        return assessment.withdraw_proof(request.actor, held, reason)
    return actions.withdraw_attachment(actor=request.actor, attachment_id=held.id, reason=reason)


def _proved(held: Attachment) -> str:
    """The page that lists the file. A report from outside is withdrawn with its row, not here."""
    if held.task_id:
        return reverse("governance-view-task", args=[held.task_id])
    if held.occurrence_id:
        return reverse("governance-view-occurrence", args=[held.occurrence_id])
    if held.holder_kind != ratings.PROOF_OF:
        raise errors.AttachmentUnknown
    row = ratings.rating_of(held)
    return reverse("assessment-rate", args=[row.assessment.year, row.control])
