"""Pages of duties: the year by department, one period of a duty, and files as proof."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.base import clock
from tutela.base.errors import NotAllowed
from tutela.base.language import name_of
from tutela.web import exports, lists, refusals, routes
from tutela.web.confirm import Confirm

from . import chart, errors, judgements, permissions, promises, queries, registry, rules, words
from .actions import attachments, duties
from .actions.duties import latest_move
from .forms import CloseForm, FileForm, MoveForm, SkipForm
from .models import DutyOccurrence, DutyTemplate
from .ownership import check_owns_duty

FIRST_YEAR, LAST_YEAR = 2000, 2199


@routes.at("duties/", "governance-view-year")
@require_safe
@gate.needs(permissions.PROGRAMME_READ)
def view_year(request: StaffRequest) -> HttpResponse:
    """Every duty of a year: a row a duty, by department, a cell a period."""
    today = clock.today()
    year = _year(request.GET.get("year", ""), today.year)
    department = request.GET.get("department", "")
    if kind := lists.asked_file(request):
        return _exported(request, kind, year, department)
    groups: dict[int, dict[str, Any]] = {}
    judged = judgements.judged(set(promises.duty_targets().values()), clock.now())
    tally = dict.fromkeys(words.LOOKS, 0)
    for duty in queries.duties_of_year(year, department):
        months = _months(duty, year)
        for cell in (cell for month in months for cell in month):
            tally[cell.look] += 1
        group = groups.setdefault(duty.department_id, {"department": duty.department, "rows": []})
        judgement = judged.get(promises.duty_targets().get(duty.code, ""))
        group["rows"].append((duty, words.CADENCES[duty.cadence], months, judgement))
    context: dict[str, Any] = {
        "year": year,
        "groups": list(groups.values()),
        "tally": [(look, words.LOOKS[look], number) for look, number in tally.items()],
        "departments": queries.departments(),
        "department": department,
        "months": range(1, 13),
        "may_set": gate.holds(request.actor, permissions.PROGRAMME_SET),
        "this_month": today.month if year == today.year else 0,
    }
    return render(request, "programme/view_year.html", context)


def _exported(request: StaffRequest, kind: str, year: int, department: str) -> HttpResponse:
    """Every period of the year in a row of its own."""
    header = (_("Department"), _("Measure"), _("Duty"), _("Period"), _("Deadline"),
              _("State"), _("Completed on"), _("Reason"))  # fmt: skip
    rows = [
        (
            name_of(duty.department),
            duty.measure_id,
            name_of(duty),
            rules.label_of(rules.Cadence(duty.cadence), occurrence.begins),
            occurrence.due.isoformat(),
            str(words.LOOKS[rules.look(queries.facts(occurrence), clock.today())]),
            occurrence.done_on.isoformat() if occurrence.done_on else "",
            occurrence.reason,
        )
        for duty in duties.export_duties(request.actor, year=year, department=department)
        for occurrence in getattr(duty, "year", [])
    ]
    return exports.answer(kind, f"duties-{year}", header, rows)


def _year(text: str, today: int) -> int:
    """A year out of a link; this one when it is none that can be planned."""
    return int(text) if text.isdecimal() and FIRST_YEAR <= int(text[:5]) <= LAST_YEAR else today


def _months(duty: DutyTemplate, year: int) -> list[list[chart.Cell]]:
    cadence = rules.Cadence(duty.cadence)
    periods = [
        (occurrence.pk, rules.label_of(cadence, occurrence.begins), queries.facts(occurrence))
        for occurrence in getattr(duty, "year", [])
    ]
    return chart.cells_by_month(periods, year, clock.today())


@routes.at("duties/<int:occurrence_id>/", "governance-view-occurrence")
@gate.needs(permissions.PROGRAMME_READ)
def view_occurrence(request: StaffRequest, occurrence_id: int) -> HttpResponse:
    """One period of a duty: what it is, what happened, proof, and what can be done now."""
    occurrence = queries.occurrence(occurrence_id)
    forms = _forms(request, occurrence)
    if request.method == "POST" and _acted(request, occurrence, forms):
        messages.success(request, _("Saved."))
        return redirect("governance-view-occurrence", occurrence.pk)
    cadence = rules.Cadence(occurrence.template.cadence)
    shown = rules.look(queries.facts(occurrence), clock.today())
    context: dict[str, Any] = {
        "occurrence": occurrence,
        "label": rules.label_of(cadence, occurrence.begins),
        "last": occurrence.ends - timedelta(days=1),
        "cadence": words.CADENCES[occurrence.template.cadence],
        "look": shown,
        "look_name": words.LOOKS[shown],
        "forms": forms,
        "closing": _closing(occurrence, request.path),
        "may_act": (may := _may(request, occurrence))
        and shown in {"under_way", "to_come", "moved"},
        "may_attach": may,
        "may_withdraw": may,
        "may_set": gate.holds(request.actor, permissions.PROGRAMME_SET),
        "work": _work(request, occurrence),
        "files": queries.files(occurrence),
        "today": clock.today(),
        "latest": latest_move(occurrence),
    } | _target(occurrence)
    return refusals.page(request, "programme/view_occurrence.html", context, *forms.values())


def _closing(occurrence: DutyOccurrence, action: str) -> Confirm:
    text = _(
        "From then on the period from %(begins)s to %(last)s is recorded as completed on the "
        "date stated in the form. A closed period cannot be reopened."
    )
    last = occurrence.ends - timedelta(days=1)
    return Confirm(
        code="close-duty",
        title=_("Close the duty for this period?"),
        texts=[text % {"begins": occurrence.begins.isoformat(), "last": last.isoformat()}],
        action=action,
        submit=_("Close duty"),
        icon="check",
        look="btn btn-primary",
        inside=True,
    )


def _target(occurrence: DutyOccurrence) -> dict[str, Any]:
    """The judgement on the duty's target, and how many rows of this period it counts; empty without one."""
    target = queries.duty_target(occurrence)
    judgement = judgements.judged({target}, clock.now()).get(target) if target else None
    if judgement is None:
        return {}
    named = name_of(queries.target(target))
    return {"judgement": judgement, "counted": queries.counted(occurrence), "target_name": named}


def _work(request: StaffRequest, occurrence: DutyOccurrence) -> str:
    """The page of the work with which the installation closed it; empty where somebody closed it by
    hand, or where this person may not open that page."""
    if occurrence.state != DutyOccurrence.State.DONE or occurrence.done_by_id:
        return ""
    page = registry.work_page(occurrence)
    return page if page and gate.can_open(request.actor, page) else ""


def _may(request: StaffRequest, occurrence: DutyOccurrence) -> bool:
    """Whether to show buttons; the actions ask again."""
    if not gate.holds(request.actor, permissions.DUTY_CLOSE):
        return False
    duty = occurrence.template
    try:
        check_owns_duty(request.actor, duty)
    except NotAllowed:
        return False
    return True


def _forms(request: StaffRequest, occurrence: DutyOccurrence) -> dict[str, Any]:
    act = request.POST.get("act", "") if request.method == "POST" else ""

    def sent(name: str) -> Any:
        return request.POST if act == name else None

    today = {"done_on": clock.today(), "evidence_date": clock.today()}
    return {
        "close": CloseForm(sent("close"), initial=today),
        "move": MoveForm(sent("move"), prefix="move", initial={"to": occurrence.due}),
        "skip": SkipForm(sent("skip"), prefix="skip"),
        "file": FileForm(sent("file"), request.FILES or None, initial=today),
    }


def _acted(request: StaffRequest, occurrence: DutyOccurrence, forms: dict[str, Any]) -> bool:
    """Do what the sent form asks; False with the form's sentence when it is refused."""
    act = request.POST.get("act", "")
    form = forms.get(act)
    if form is None:
        return False
    facts: dict[str, Any] = {"actor": request.actor, "occurrence_id": occurrence.pk}
    verbs = {
        "close": lambda: duties.close_occurrence(**facts, **form.cleaned_data),
        "move": lambda: duties.move_occurrence(**facts, **form.cleaned_data),
        "skip": lambda: duties.skip_occurrence(**facts, **form.cleaned_data),
        "file": lambda: attachments.attach(request.actor, occurrence, form.upload()),
    }
    return refusals.done(form, verbs[act], places={errors.ProofMissing.code: "evidence"})
