"""Pages by which a company makes the duties its own: a new one, another owner, an end."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.base import clock
from tutela.base.language import name_of
from tutela.web import form_pages, refusals, routes
from tutela.web.form_pages import FormCard, FormPage, crumb

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
        messages.success(request, _("Duty added. Its periods will appear within an hour."))
        return redirect("governance-view-year")
    page = FormPage(
        title=_("New duty"),
        crumbs=[crumb(_("Duty calendar"), "governance-view-year")],
        submit=_("Add duty"),
    )
    return form_pages.show(request, page, form)


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
        messages.success(request, _("Duty saved."))
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
        messages.success(request, _("Duty ended. The current period is still due."))
        return redirect("governance-view-year")
    return _page(request, duty, OwnerForm(initial=start), form)


def _page(
    request: StaffRequest, duty: DutyTemplate, form: OwnerForm, retire_form: SkipForm
) -> HttpResponse:
    measure = f"{duty.measure.code} {name_of(duty.measure)}"
    hint = _(
        "Periods already generated keep their dates. The frequency of a duty cannot be "
        "changed: end it and add another."
    )
    page = FormPage(
        title=name_of(duty),
        crumbs=[crumb(_("Duty calendar"), "governance-view-year")],
        code=duty.code,
        intro=f"{measure} · {words.CADENCES[duty.cadence]}",
        action=reverse("governance-change-duty", args=[duty.code]),
        hint=hint,
        submit=_("Save"),
    )
    about = _(
        "The current period is still due. Future periods are waived with this reason. "
        "This cannot be undone."
    )
    end = FormCard(
        legend=_("End duty"),
        about=about,
        action=reverse("governance-retire-duty", args=[duty.code]),
        submit=_("End duty"),
        danger=True,
    )
    return form_pages.show(
        request,
        page,
        form,
        template="programme/change_duty.html",
        duty=duty,
        end=end,
        retire_form=retire_form,
    )
