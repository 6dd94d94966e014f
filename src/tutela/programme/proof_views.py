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
from tutela.web import refusals

from . import errors, permissions, registry
from .actions import attachments, withdrawals
from .forms import WithdrawForm
from .models import Attachment
from .registry import Withdrawal


@require_POST
@gate.needs(permissions.PROGRAMME_READ)
def open_attachment(request: StaffRequest, attachment_id: UUID) -> HttpResponse:
    """Hand a file out, as a download and never as a page. A post, because each opening leaves a trace."""
    held, data = attachments.open_attachment(actor=request.actor, attachment_id=attachment_id)
    told = {"Content-Disposition": content_disposition_header(True, held.name) or "attachment"}
    return HttpResponse(data, content_type="application/octet-stream", headers=told)


@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(permissions.PROGRAMME_READ)
def withdraw_attachment(request: StaffRequest, attachment_id: UUID) -> HttpResponse:
    """Say why a file proves nothing. Whose it is to say, the action asks."""
    # Its very name is for those who may open it.
    held, _grant = attachments.openable(request.actor, attachment_id)
    way = _withdrawal(held)
    back, form = _proved(held, way), WithdrawForm(request.POST or None)
    if way is not None:
        # Who may open it, but may not withdraw it, is told so.
        gate.require(request.actor, way.permission)
    if request.method == "POST" and refusals.done(
        form, lambda: _withdraw(request, held, way, form.cleaned_data["reason"])
    ):
        messages.success(request, _("The file is withdrawn."))
        return redirect(back)
    told = {"held": held, "form": form, "back": back}
    status = 422 if form.errors else 200
    return render(request, "programme/withdraw_attachment.html", told, status=status)


def _withdrawal(held: Attachment) -> Withdrawal | None:
    """How a file of a room above is withdrawn; None for one of a task or a duty. A report from outside is
    withdrawn with its row, not here."""
    if not held.holder_kind:
        return None
    proof = registry.proof(held.holder_kind)
    if proof is None or proof.withdrawal is None:
        raise errors.AttachmentUnknown
    return proof.withdrawal


def _withdraw(
    request: StaffRequest, held: Attachment, way: Withdrawal | None, reason: str
) -> Attachment:
    if way is not None:
        return way.act(request.actor, held, reason)
    return withdrawals.withdraw_attachment(
        actor=request.actor, attachment_id=held.id, reason=reason
    )


def _proved(held: Attachment, way: Withdrawal | None) -> str:
    """The page that lists the file."""
    if way is not None:
        return way.page(held)
    if held.task_id:
        return reverse("governance-view-task", args=[held.task_id])
    return reverse("governance-view-occurrence", args=[held.occurrence_id])
