"""Pages of recipient keys: who can open sets, and the two people who add or remove a key."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.web import form_pages, lists, refusals, routes
from tutela.web.confirm import Confirm
from tutela.web.form_pages import FormPage, crumb
from tutela.web.lists import Column, Empty, Listing

from . import change_lines, permissions, queries, standing, words
from .actions import recipients
from .forms import RecipientForm
from .models import Recipient
from .rules import Kind, RecipientState
from .tabs import tabs

_COLUMNS: Final = (
    Column("name", gettext_lazy("Key")),
    Column("role", gettext_lazy("Held for")),
    Column("opens", gettext_lazy("Opens")),
    Column("state", gettext_lazy("State")),
    Column("by", gettext_lazy("Added by"), "person"),
    Column("checked", gettext_lazy("Opened a sample"), "when"),
    Column("acts", gettext_lazy("Action"), "text-end", hidden=True),
)
_AT: Final = {
    "backup.name_wrong": "name",
    "backup.name_exists": "name",
    "backup.key_wrong": "key",
    "backup.key_is_private": "key",
    "backup.key_exists": "key",
    "backup.role_unknown": "role",
    "backup.opens_unknown": "opens",
}
"""The field at which a refusal is told."""


@routes.at("backup/recipients/", "backup-list-recipients")
@require_safe
@gate.needs(permissions.READ)
def list_recipients(request: StaffRequest) -> HttpResponse:
    """Keys to which sets are sealed, and changes that wait."""
    may = gate.holds(request.actor, permissions.MANAGE)
    listing = Listing(
        title=_("Recipient keys"),
        intro=_(
            "Sets are sealed to these public keys. This machine can seal a set and cannot open it: the private "
            "halves are elsewhere."
        ),
        columns=_COLUMNS,
        rows=[_line(one, may=may) for one in standing.recipients()],
        empty=Empty(
            "key",
            _("No key is registered"),
            _("A backup needs at least two: one of operations, and one in escrow under seal."),
            reverse("backup-add-recipient") if may else "",
            _("Add a key") if may else "",
        ),
    )
    missing = queries.missing_roles(Kind.FULL)
    context = {
        **tabs(request, "recipients"),
        "may_manage": may,
        "waiting": change_lines.waiting(request, "recipient"),
        "missing": ", ".join(str(words.ROLES[role]) for role in missing),
    }
    return lists.show(request, listing, "backup/list_recipients.html", context)


def _line(one: Recipient, *, may: bool) -> dict[str, Any]:
    return {
        "one": one,
        "role": words.ROLES.get(one.role, one.role),
        "opens": words.OPENS.get(one.opens, one.opens),
        "state": words.badge(words.RECIPIENT_STATES, one.state),
        "removing": _removing(one) if may and one.state == RecipientState.ACTIVE else None,
    }


def _removing(one: Recipient) -> Confirm:
    return Confirm(
        code=f"remove-{one.id}",
        title=_("Propose to remove the key %(name)s?") % {"name": one.name},
        texts=[
            _(
                "New sets are no longer sealed to it once a second person approves. It still opens older sets."
            )
        ],
        action=reverse("backup-remove-recipient", args=[one.id]),
        submit=_("Propose removal"),
        opener=_("Remove"),
        look="btn btn-sm",
        danger=True,
    )


@routes.at("backup/recipients/add/", "backup-add-recipient")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(permissions.MANAGE)
def add_recipient(request: StaffRequest) -> HttpResponse:
    """Propose a public key."""
    form = RecipientForm(request.POST or None)
    if request.method == "POST" and refusals.done(
        form, lambda: _propose(request, form), places=_AT
    ):
        messages.success(request, _("Proposed; a second person approves."))
        return redirect("backup-list-recipients")
    page = FormPage(
        title=_("Add a recipient key"),
        crumbs=[crumb(_("Recipient keys"), "backup-list-recipients")],
        intro=_("Sets are sealed to it once a second person has approved it."),
        about=_("The holder makes the pair with age-keygen and gives the public half."),
        submit=_("Propose"),
        icon="key",
    )
    return form_pages.show(request, page, form)


def _propose(request: StaffRequest, form: RecipientForm) -> None:
    given = form.cleaned_data
    recipients.propose_recipient(
        request.actor,
        name=given["name"],
        role=given["role"],
        key=given["key"],
        opens=given["opens"],
    )


@routes.at("backup/recipients/<uuid:recipient_id>/remove/", "backup-remove-recipient")
@require_POST
@gate.needs(permissions.MANAGE)
def remove_recipient(request: StaffRequest, recipient_id: UUID) -> HttpResponse:
    """Propose that new sets are no longer sealed to a key."""
    try:
        recipients.propose_removal(request.actor, recipient_id)
    except refusals.Mendable as error:
        refusals.tell(request, error)
    else:
        messages.success(request, _("Proposed; a second person approves."))
    return redirect("backup-list-recipients")
