"""Pages by which a company makes the duties its own: a new one, another owner, an end."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.base import clock
from tutela.web import refusals, routes

from . import permissions, queries, words
from .actions import templates
from .actions.templates import Duty
from .forms import DutyForm, OwnerForm, SkipForm
from .models import DutyTemplate


@routes.at("duties/create/", "governance-create-duty")
@gate.needs(permissions.PROGRAMME_SET)
def create_duty(request: StaffRequest) -> HttpResponse:
    """A new duty; its periods appear with the next hour's work."""
    start = {"starts": clock.today(), "grace": 0}
    form = DutyForm(request.POST or None, initial=start)
    if request.method == "POST" and refusals.done(
        form,
        lambda: templates.create_duty(request.actor, duty=Duty(**form.cleaned_data)),
    ):
        messages.success(request, _("The duty is added. Its periods appear within the hour."))
        return redirect("governance-view-year")
    return render(request, "programme/create_duty.html", {"form": form})


@routes.at("duties/of/<slug:code>/", "governance-change-duty")
@gate.needs(permissions.PROGRAMME_SET)
def change_duty(request: StaffRequest, code: str) -> HttpResponse:
    """Who owes a duty; below, the way to end it."""
    duty = queries.duty(code)
    start = {"department": duty.department.code, "post": duty.post, "grace": duty.grace_days}
    form = OwnerForm(request.POST or None, initial=start)
    if request.method == "POST" and refusals.done(
        form, lambda: templates.change_duty(request.actor, code=code, **form.cleaned_data)
    ):
        messages.success(request, _("The duty is changed."))
        return redirect("governance-view-year")
    return _page(request, duty, form, SkipForm(prefix="retire"))


@routes.at("duties/of/<slug:code>/retire/", "governance-retire-duty")
@require_POST
@gate.needs(permissions.PROGRAMME_SET)
def retire_duty(request: StaffRequest, code: str) -> HttpResponse:
    """End a duty, with the reason."""
    duty = queries.duty(code)
    start = {"department": duty.department.code, "post": duty.post, "grace": duty.grace_days}
    form = SkipForm(request.POST, prefix="retire")
    if refusals.done(
        form, lambda: templates.retire_duty(request.actor, code=code, **form.cleaned_data)
    ):
        messages.success(request, _("The duty has ended. The period under way is still owed."))
        return redirect("governance-view-year")
    return _page(request, duty, OwnerForm(initial=start), form)


def _page(
    request: StaffRequest, duty: DutyTemplate, form: OwnerForm, retire_form: SkipForm
) -> HttpResponse:
    told = {
        "duty": duty,
        "form": form,
        "retire_form": retire_form,
        "cadence": words.CADENCES[duty.cadence],
    }
    return render(request, "programme/change_duty.html", told)
