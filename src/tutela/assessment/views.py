"""Pages of the yearly assessment: years, one year, one control, comparison, report."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.errors import Conflict, Invalid
from tutela.base.language import reads_chinese
from tutela.web import lists, refusals, routes
from tutela.web.confirm import Confirm
from tutela.web.form_pages import crumb
from tutela.web.lists import Column, Empty, Listing

from . import compare, pages, permissions, queries, report, words
from .actions import assessments
from .controls import MEASURES
from .forms import ReturnForm, VerdictFilter, YearForm
from .models import Assessment

_YEARS = (
    Column("year", gettext_lazy("Year")),
    Column("state", gettext_lazy("State")),
    Column("progress", gettext_lazy("Progress")),
    Column("met", gettext_lazy("Met"), "num"),
    Column("partly", gettext_lazy("Partly met"), "num"),
    Column("not_met", gettext_lazy("Not met"), "num"),
    Column("overdue", gettext_lazy("No data, date passed"), "num"),
    Column("no_data", gettext_lazy("No data yet"), "num"),
    Column("at_risk", gettext_lazy("At risk"), "num"),
    Column("expired", gettext_lazy("Evidence expired"), "num"),
    Column("share", gettext_lazy("Compliance rate"), "num"),
    Column("confirmed", gettext_lazy("Confirmed")),
)
_CONTROLS = (
    Column("control", gettext_lazy("Control item"), "mono text-nowrap"),
    Column("name", gettext_lazy("Name of the control")),
    Column("measures", gettext_lazy("Measures"), "text-nowrap"),
    Column("rating", gettext_lazy("Rating")),
    Column("evidence", gettext_lazy("Reading or evidence")),
)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@routes.at("assessments/", "assessment-list")
@require_safe
@gate.needs(permissions.ASSESSMENT_READ)
def list_assessments(request: StaffRequest) -> HttpResponse:
    """Every year's assessment, the newest first."""
    years = Assessment.objects.select_related("closed_by", "submitted_by").order_by("-year")
    context = {
        "form": YearForm(initial={"year": clock.today().year}),
        "may_open": gate.holds(request.actor, permissions.ASSESSMENT_OPEN),
    }
    intro = _(
        "Every control is rated once a year, with its evidence. Controls for which the "
        "system itself holds evidence show a live reading and are not rated by hand."
    )
    empty = Empty(
        "clipboard-check",
        _("No assessments yet"),
        _("Open this year's assessment to begin; several departments can rate their controls."),
    )
    listing = Listing(
        title=_("Annual assessment"),
        intro=intro,
        columns=_YEARS,
        rows=[pages.year(row) for row in years],
        empty=empty,
    )
    return lists.show(request, listing, "assessment/list_assessments.html", context)


@routes.at("assessments/open/", "assessment-open")
@require_POST
@gate.needs(permissions.ASSESSMENT_OPEN)
def open_assessment(request: StaffRequest) -> HttpResponse:
    """Begin the assessment of a year."""
    form = YearForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Enter the year with four digits."))
        return redirect("assessment-list")
    year = form.cleaned_data["year"]
    try:
        assessments.open_assessment(request.actor, year)
    except (Invalid, Conflict) as refused:
        refusals.tell(request, refused)
        return redirect("assessment-list")
    return redirect("assessment-view", year)


@routes.at("assessments/<int:year>/", "assessment-view")
@require_safe
@gate.needs(permissions.ASSESSMENT_READ)
def view_assessment(request: StaffRequest, year: int) -> HttpResponse:
    """One year: counts, measures, controls, and what can be done with it next."""
    assessment = queries.assessment(year)
    lines = queries.lines(assessment)
    measure, verdict = request.GET.get("measure", ""), request.GET.get("verdict", "")
    rows = [pages.row(line) for line in lines if measure in {"", *line.control.measures}]
    rows = [row for row in rows if verdict in {"", row.verdict}]
    context = {
        "assessment": assessment,
        "state": words.STATES[assessment.state],
        "tally": queries.tally(lines),
        "missing": queries.unrated(assessment),
        "measures": pages.by_measure(lines),
        "measure": measure if measure in MEASURES else "",
        "earlier": queries.last_closed(year),
        "may_close": gate.holds(request.actor, permissions.ASSESSMENT_CLOSE),
        "close": _closing(year),
        "give_back": _giving_back(year),
        "own": str(assessment.submitted_by_id) == request.actor.id,
    }
    listing = Listing(
        title=_("Assessment of %(year)s") % {"year": year},
        crumbs=[crumb(_("Annual assessment"), "assessment-list")],
        columns=_CONTROLS,
        rows=rows,
        filters=VerdictFilter(request.GET),
        empty=Empty("filter", _("No matching controls")),
        look="controls-table",
    )
    return lists.show(request, listing, "assessment/view_assessment.html", context)


def _closing(year: int) -> Confirm:
    text = _(
        "From today, %(day)s, the assessment of %(year)s stands: ratings, files and live "
        "readings are frozen as they are now. Nobody can change them or reopen the assessment."
    ) % {"day": clock.today().isoformat(), "year": year}
    return Confirm(
        code="close-year",
        title=_("Close the assessment of %(year)s permanently?") % {"year": year},
        texts=[text],
        action=reverse("assessment-close", args=[year]),
        submit=_("Confirm and close permanently"),
        look="btn btn-primary",
    )


def _giving_back(year: int) -> Confirm:
    return Confirm(
        code="give-back",
        title=_("Return"),
        form=ReturnForm(),
        action=reverse("assessment-return", args=[year]),
        submit=_("Return"),
    )


@routes.at("assessments/<int:year>/submit/", "assessment-submit")
@require_POST
@gate.needs(permissions.ASSESSMENT_CLOSE)
def submit_assessment(request: StaffRequest, year: int) -> HttpResponse:
    """Hand in."""
    done = _("Assessment submitted. Another person must confirm it.")
    return _act(request, year, assessments.submit_assessment, done)


@routes.at("assessments/<int:year>/return/", "assessment-return")
@require_POST
@gate.needs(permissions.ASSESSMENT_CLOSE)
def return_assessment(request: StaffRequest, year: int) -> HttpResponse:
    """Give back, with the reason."""
    reason = request.POST.get("reason", "")

    def give_back(actor: Actor, year: int) -> Assessment:
        return assessments.return_assessment(actor, year, reason)

    return _act(request, year, give_back, _("Assessment reopened."))


@routes.at("assessments/<int:year>/close/", "assessment-close")
@require_POST
@gate.needs(permissions.ASSESSMENT_CLOSE)
def close_assessment(request: StaffRequest, year: int) -> HttpResponse:
    """Confirm as the second person."""
    return _act(request, year, assessments.close_assessment, _("Assessment closed."))


def _act(
    request: StaffRequest, year: int, verb: Callable[[Actor, int], Assessment], done: str
) -> HttpResponse:
    try:
        verb(request.actor, year)
    except (Invalid, Conflict) as refused:
        refusals.tell(request, refused)
    else:
        messages.success(request, done)
    return redirect("assessment-view", year)


@routes.at("assessments/<int:year>/compare/", "assessment-compare")
@require_safe
@gate.needs(permissions.ASSESSMENT_READ)
def compare_years(request: StaffRequest, year: int) -> HttpResponse:
    """A year beside the last closed one before it."""
    assessment, before = queries.assessment(year), queries.last_closed(year)
    pairs = compare.pairs(queries.lines(assessment), queries.lines(before)) if before else []
    steps = pages.steps(pairs)
    context = {
        "assessment": assessment,
        "before": before,
        "steps": [step for step in steps if step.change != "same"],
        "same": sum(step.change == "same" for step in steps),
        "better": sum(step.change == "better" for step in steps),
        "level": sum(step.change == "level" for step in steps),
        "other": sum(step.change == "other" for step in steps),
        "worse": sum(step.change == "worse" for step in steps),
    }
    return render(request, "assessment/compare_years.html", context)


@routes.at("assessments/<int:year>/report/", "assessment-report")
@require_safe
@gate.needs(permissions.ASSESSMENT_READ)
def export_report(request: StaffRequest, year: int) -> HttpResponse:
    """The report as a Word file, in the language of the page."""
    language = "zh-hans" if reads_chinese() else "en"
    assessment = assessments.export_report(request.actor, year, language)
    name = f"assessment-{year}-{language}.docx"
    return HttpResponse(
        report.docx_of(assessment),
        content_type=DOCX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
