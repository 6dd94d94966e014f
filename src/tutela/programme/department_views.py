"""Pages of departments: what each owes, a new one, another name, handing over, taking away."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tutela.access import gate
from tutela.access import queries as people
from tutela.access.gate import StaffRequest
from tutela.access.models import Department
from tutela.web import refusals, routes

from . import errors, permissions, queries, registry
from .actions import departments
from .forms import DepartmentForm, HandOverForm, NamesForm, RemoveForm

SHOWN = 100


@routes.at("programme/departments/", "governance-list-departments")
@require_safe
@gate.needs(permissions.PROGRAMME_READ)
def list_departments(request: StaffRequest) -> HttpResponse:
    """Every department with what it owes."""
    told = {
        "lines": queries.owed_counts(),
        "may_set": gate.holds(request.actor, permissions.PROGRAMME_SET),
    }
    return render(request, "programme/list_departments.html", told)


@routes.at("programme/departments/create/", "governance-create-department")
@gate.needs(permissions.PROGRAMME_SET)
def create_department(request: StaffRequest) -> HttpResponse:
    """A new department; people come to it with the personnel file, work by its pages."""
    form = DepartmentForm(request.POST or None)
    if request.method == "POST" and refusals.done(
        form, lambda: departments.create_department(request.actor, **form.cleaned_data)
    ):
        messages.success(request, _("The department is made."))
        return redirect("governance-list-departments")
    return render(request, "programme/create_department.html", {"form": form})


@routes.at("programme/departments/<slug:code>/rename/", "governance-rename-department")
@gate.needs(permissions.PROGRAMME_SET)
def rename_department(request: StaffRequest, code: str) -> HttpResponse:
    """Other names for a department; below, what it was called before."""
    held = people.department(code)
    start = {"name_zh": held.name_zh, "name_en": held.name_en}
    form = NamesForm(request.POST or None, initial=start)
    if request.method == "POST" and refusals.done(
        form,
        lambda: departments.rename_department(
            request.actor, department=held.code, **form.cleaned_data
        ),
    ):
        messages.success(request, _("The department is renamed."))
        return redirect("governance-list-departments")
    told = {"department": held, "form": form, "former": queries.former_names(held)}
    return render(request, "programme/rename_department.html", told)


@routes.at("programme/departments/<slug:code>/hand-over/", "governance-hand-over")
@gate.needs(permissions.PROGRAMME_SET)
def hand_over(request: StaffRequest, code: str) -> HttpResponse:
    """All that a department owes goes to another, with a reason."""
    held = people.department(code)
    papers = bool(registry.owned_by(queries.owed_by(held).posts))
    form = HandOverForm(request.POST or None, old=code, papers=papers)
    moved: list[int] = []
    if request.method == "POST" and refusals.done(
        form,
        lambda: moved.append(
            departments.hand_over_duties(request.actor, department=code, **form.cleaned_data)
        ),
    ):
        messages.success(request, _("Handed over: %(count)s.") % {"count": moved[0]})
        return redirect("governance-hand-over", code)
    return _page(request, held, form)


@routes.at("programme/departments/<slug:code>/remove/", "governance-remove-department")
@require_POST
@gate.needs(permissions.PROGRAMME_SET)
def remove_department(request: StaffRequest, code: str) -> HttpResponse:
    """Take a department away; what it still owes leads back to handing it over."""
    held = people.department(code)
    papers = bool(registry.owned_by(queries.owed_by(held).posts))
    form, word = (
        HandOverForm(old=code, papers=papers),
        RemoveForm(request.POST, code=code),
    )
    if not word.is_valid():
        return _page(request, held, form, remove_form=word)
    try:
        departments.remove_department(request.actor, department=code)
    except (errors.DepartmentBusy, errors.DepartmentInUse) as refused:
        return _page(request, held, form, refused=refused)
    messages.success(request, _("The department is removed."))
    return redirect("governance-list-departments")


def _page(request: StaffRequest, held: Department, form: HandOverForm, **more: Any) -> HttpResponse:
    owed = queries.owed_by(held)
    told: dict[str, Any] = {
        "department": held,
        "form": form,
        "remove_form": RemoveForm(code=held.code),
        "measures": owed.measures.prefetch_related("targets").order_by("code"),
        "duties": owed.duties.order_by("measure_id", "id"),
        "tasks": owed.tasks.order_by("due", "id")[:SHOWN],
        "tasks_count": owed.tasks.count(),
        "documents": registry.owned_by(owed.posts),
        "people": queries.staff_in(held).count(),
    }
    told["owes"] = bool(told["measures"] or told["duties"] or told["tasks_count"])
    return render(request, "programme/hand_over.html", told | more)
