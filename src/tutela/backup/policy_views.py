"""Pages of the timetable: when backups run, how long they are kept, what is promised, and who signed it."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.web import form_pages, refusals, routes
from tutela.web.form_pages import FormPage, crumb

from . import change_lines, permissions, queries, standing, words
from .actions import policy
from .forms import PolicyForm
from .models import Policy
from .tabs import tabs


@routes.at("backup/timetable/", "backup-view-policy")
@require_safe
@gate.needs(permissions.READ)
def view_policy(request: StaffRequest) -> HttpResponse:
    """The edition in force, the next runs, changes that wait, and earlier editions."""
    table = queries.timetable()
    context = {
        **tabs(request, "policy"),
        "table": table,
        "facts": list(change_lines.facts(asdict(table))),
        "promised": table.rto_minutes is not None and table.rpo_hours is not None,
        "editions": [_edition(one) for one in _editions()],
        "planned": [
            {"run": run, "kind": words.KINDS.get(run.kind, run.kind)} for run in standing.planned()
        ],
        "waiting": change_lines.waiting(request, "policy"),
        "may_manage": gate.holds(request.actor, permissions.MANAGE),
    }
    return render(request, "backup/view_policy.html", context)


def _editions() -> list[Policy]:
    rows = Policy.objects.select_related("proposed_by", "signed_by")
    return list(rows.order_by("-edition"))


def _edition(one: Policy) -> dict[str, Any]:
    return {"one": one, "weekday": words.WEEKDAYS[one.weekday]}


@routes.at("backup/timetable/change/", "backup-change-policy")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(permissions.MANAGE)
def change_policy(request: StaffRequest) -> HttpResponse:
    """Propose a new edition."""
    form = PolicyForm(request.POST or None, initial=asdict(queries.timetable()))
    if request.method == "POST" and refusals.done(form, lambda: _propose(request, form)):
        messages.success(request, _("Proposed; a second person signs it."))
        return redirect("backup-view-policy")
    page = FormPage(
        title=_("Change the timetable"),
        crumbs=[crumb(_("Timetable of backups"), "backup-view-policy")],
        intro=_("A new edition is in force once a second person has signed it."),
        hint=_(
            "The promised times are what the business can bear: within so many minutes Tutela works again, "
            "and at most so many hours of work are lost. Every drill is measured against them."
        ),
        submit=_("Propose"),
        icon="calendar-time",
    )
    return form_pages.show(request, page, form)


def _propose(request: StaffRequest, form: PolicyForm) -> None:
    policy.propose_policy(request.actor, form.cleaned_data)
