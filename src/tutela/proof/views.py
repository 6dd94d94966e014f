"""Pages of files as proof: one is handed out, a wrong one is withdrawn."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.web import form_pages, refusals, routes
from tutela.web.form_pages import Crumb, Fact, FormPage
from tutela.web.templatetags.web import moment

from .actions import attachments
from .errors import AttachmentUnknown
from .forms import WithdrawForm
from .models import Attachment
from .registry import HOLDERS


@routes.at("attachments/<uuid:attachment_id>/", "governance-open-attachment")
@require_POST
@gate.signed_in()
def open_attachment(request: StaffRequest, attachment_id: UUID) -> HttpResponse:
    """Hand a file out to whom the rule of what it proves lets, as a download and never as a page. A post,
    because each opening leaves a trace."""
    attachment, data = attachments.open_attachment(request.actor, attachment_id)
    disposition = content_disposition_header(True, attachment.name) or "attachment"
    headers = {"Content-Disposition": disposition}
    return HttpResponse(data, content_type="application/octet-stream", headers=headers)


@routes.at("attachments/<uuid:attachment_id>/withdraw/", "governance-withdraw-attachment")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.signed_in()
def withdraw_attachment(request: StaffRequest, attachment_id: UUID) -> HttpResponse:
    """Say why a file proves nothing."""
    # Its very name is for those who may open it.
    attachment, _grant = attachments.openable(request.actor, attachment_id)
    withdrawal = HOLDERS[attachment.holder_kind].withdrawal
    if withdrawal is None:
        raise AttachmentUnknown
    # Who may open it, but may not withdraw it, is told so. The action asks again, and whose it is.
    gate.require(request.actor, withdrawal.permission)
    back, form = withdrawal.page(attachment), WithdrawForm(request.POST or None)
    if request.method == "POST" and refusals.done(
        form, lambda: withdrawal.act(request.actor, attachment, form.cleaned_data["reason"])
    ):
        messages.success(request, _("File withdrawn."))
        return redirect(back)
    return form_pages.show(request, _withdraw_page(attachment, back), form)


def _withdraw_page(attachment: Attachment, back: str) -> FormPage:
    intro = _(
        "For a file attached by mistake. It stays in the list with your reason and can "
        "still be opened, but no longer counts as evidence."
    )
    return FormPage(
        title=_("Withdraw file"),
        crumbs=[Crumb(_("Evidence files"), back)],
        intro=intro,
        facts=[
            Fact(_("File"), attachment.name, "text-break"),
            Fact(_("Evidence date"), attachment.evidence_date.isoformat(), "mono"),
            Fact(_("Uploaded"), f"{moment(attachment.uploaded_at)} · {attachment.by.name}"),
            Fact("SHA-256", attachment.sha256, "id"),
        ],
        submit=_("Withdraw file"),
    )
