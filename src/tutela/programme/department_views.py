"""Pages of departments: what each owes, a new one, another name, handing over, taking away."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tutela.access import gate
from tutela.access import queries as people
from tutela.access.gate import StaffRequest
from tutela.access.models import Department
from tutela.base.language import name_of
from tutela.web import form_pages, lists, refusals, routes
from tutela.web.form_pages import Crumb, FormCard, FormPage, crumb
from tutela.web.lists import Column, Empty, Listing

from . import errors, permissions, queries, registry
from .actions import departments
from .forms import DepartmentForm, HandOverForm, NamesForm, RemoveForm

SHOWN = 100
_COLUMNS = (
    Column("department", gettext_lazy("Department")),
    Column("measures", gettext_lazy("Measures"), "text-end"),
    Column("duties", gettext_lazy("Duties"), "text-end"),
    Column("tasks", gettext_lazy("Open tasks"), "text-end"),
    Column("people", gettext_lazy("People"), "text-end"),
    Column("acts", gettext_lazy("Action"), "text-end", hidden=True),
)


@routes.at("programme/departments/", "governance-list-departments")
@require_safe
@gate.needs(permissions.PROGRAMME_READ)
def list_departments(request: StaffRequest) -> HttpResponse:
    """Every department with what it owes."""
    listing = Listing(
        title=_("Departments"),
        crumbs=[crumb(_("Programme"), "governance-view-programme")],
        intro=_(
            "The work of each department. Before a department is removed, its work "
            "must be handed over."
        ),
        columns=_COLUMNS,
        rows=queries.owed_counts(),
        empty=Empty("building", _("No department")),
    )
    context = {"may_set": gate.holds(request.actor, permissions.PROGRAMME_SET)}
    return lists.show(request, listing, "programme/list_departments.html", context)


@routes.at("programme/departments/create/", "governance-create-department")
@gate.needs(permissions.PROGRAMME_SET)
def create_department(request: StaffRequest) -> HttpResponse:
    """A new department; people come to it with the personnel file, work by its pages."""
    form = DepartmentForm(request.POST or None)
    if request.method == "POST" and refusals.done(
        form, lambda: departments.create_department(request.actor, **form.cleaned_data)
    ):
        messages.success(request, _("Department created."))
        return redirect("governance-list-departments")
    intro = _(
        "People are added by the next personnel file that names it; measures and "
        "duties are assigned on their own pages."
    )
    page = FormPage(
        title=_("New department"),
        crumbs=_above(),
        intro=intro,
        submit=_("Create department"),
        icon="plus",
    )
    return form_pages.show(request, page, form)


@routes.at("programme/departments/<slug:code>/rename/", "governance-rename-department")
@gate.needs(permissions.PROGRAMME_SET)
def rename_department(request: StaffRequest, code: str) -> HttpResponse:
    """Other names for a department; below, what it was called before."""
    department = people.department(code)
    start = {"name_zh": department.name_zh, "name_en": department.name_en}
    form = NamesForm(request.POST or None, initial=start)
    if request.method == "POST" and refusals.done(
        form,
        lambda: departments.rename_department(
            request.actor, department=department.code, **form.cleaned_data
        ),
    ):
        messages.success(request, _("Department renamed."))
        return redirect("governance-list-departments")
    former = queries.former_names(department)
    return form_pages.show(
        request,
        _rename_page(department),
        form,
        template="programme/rename_department.html",
        former=former,
    )


def _above() -> list[Crumb]:
    return [
        crumb(_("Programme"), "governance-view-programme"),
        crumb(_("Departments"), "governance-list-departments"),
    ]


def _rename_page(department: Department) -> FormPage:
    intro = _(
        "Its code, work, people and all records remain. Evidence packs created earlier "
        "refer to the code."
    )
    hint = _(
        "The new names are shown everywhere immediately. Personnel files that identify "
        "departments by name must use the new name from now on, or the code."
    )
    return FormPage(
        title=_("Rename department"),
        heading=name_of(department),
        crumbs=_above(),
        code=department.code,
        intro=intro,
        legend=_("Rename department"),
        hint=hint,
        submit=_("Rename"),
        icon="device-floppy",
    )


@routes.at("programme/departments/<slug:code>/hand-over/", "governance-hand-over")
@gate.needs(permissions.PROGRAMME_SET)
def hand_over(request: StaffRequest, code: str) -> HttpResponse:
    """All that a department owes goes to another, with a reason."""
    department = people.department(code)
    papers = bool(registry.owned_by(queries.owed_by(department).posts))
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
    return _page(request, department, form)


@routes.at("programme/departments/<slug:code>/remove/", "governance-remove-department")
@require_POST
@gate.needs(permissions.PROGRAMME_SET)
def remove_department(request: StaffRequest, code: str) -> HttpResponse:
    """Take a department away; what it still owes leads back to handing it over."""
    department = people.department(code)
    papers = bool(registry.owned_by(queries.owed_by(department).posts))
    form, word = (
        HandOverForm(old=code, papers=papers),
        RemoveForm(request.POST, code=code),
    )
    if not word.is_valid():
        return _page(request, department, form, remove_form=word)
    try:
        departments.remove_department(request.actor, department=code)
    except (errors.DepartmentBusy, errors.DepartmentInUse) as refused:
        return _page(request, department, form, refused=refused)
    messages.success(request, _("Department removed."))
    return redirect("governance-list-departments")


def _hand_over_card(department: Department) -> FormCard:
    about = _(
        "Measures with their targets, duties and open tasks move to the other "
        "department, without their posts. Completed and missed periods and closed "
        "tasks do not change. A person named on a task keeps it. The people of the "
        "other department are notified."
    )
    return FormCard(
        legend=_("Hand over"),
        about=about,
        action=reverse("governance-hand-over", args=[department.code]),
        submit=_("Hand over"),
        cancel=reverse("governance-list-departments"),
    )


def _remove_card(department: Department) -> FormCard:
    return FormCard(
        legend=_("Remove department"),
        about=_(
            "Only a department without open work and without people can be removed. "
            "This cannot be undone."
        ),
        action=reverse("governance-remove-department", args=[department.code]),
        submit=_("Remove department"),
        danger=True,
    )


def _page(
    request: StaffRequest, department: Department, form: HandOverForm, **more: Any
) -> HttpResponse:
    owed = queries.owed_by(department)
    context: dict[str, Any] = {
        "department": department,
        "form": form,
        "remove_form": RemoveForm(code=department.code),
        "measures": owed.measures.prefetch_related("targets").order_by("code"),
        "duties": owed.duties.order_by("measure_id", "id"),
        "tasks": owed.tasks.order_by("due", "id")[:SHOWN],
        "tasks_count": owed.tasks.count(),
        "documents": registry.owned_by(owed.posts),
        "people": queries.staff_in(department).count(),
        "hand_over": _hand_over_card(department),
        "remove": _remove_card(department),
    }
    context["owes"] = bool(context["measures"] or context["duties"] or context["tasks_count"])
    context = context | more
    page = refusals.page(request, "programme/hand_over.html", context, form, context["remove_form"])
    if more.get("refused"):
        page.status_code = refusals.REFUSED
    return page
