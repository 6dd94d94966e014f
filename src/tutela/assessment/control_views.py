"""The page of one control in one year: its reading or rating, and the files that prove it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Self

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.base import clock
from tutela.web import refusals, routes

from . import pages, permissions, queries
from .actions import ratings
from .forms import NoteForm, ProofForm, RatingForm
from .models import Assessment
from .queries import ControlResult
from .rules import State, Verdict


@routes.at("assessments/<int:year>/controls/<slug:code>/", "assessment-rate")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(permissions.ASSESSMENT_READ)
def rate_control(request: StaffRequest, year: int, code: str) -> HttpResponse:
    """One control: what must be true, its reading or its rating, and the way to the next."""
    control = _Control.of(year, code)
    if request.method != "POST":
        return _page(request, control, _form(control.line))
    # A file that is chosen and not yet attached goes along with the rating it is to prove.
    if request.FILES and (refused := _attached(request, control)):
        return refused
    form = _form(control.line, request.POST)
    if form.is_valid() and _rated(request, control, form):
        after = request.POST.get("after", "")
        known = any(row.control.code == after for row in control.lines)
        return redirect("assessment-rate", year, after if known else code)
    return _page(request, _Control.of(year, code), form)


@routes.at("assessments/<int:year>/controls/<slug:code>/files/", "assessment-attach")
@require_POST
@gate.needs(permissions.ASSESSMENT_RATE)
def attach_proof(request: StaffRequest, year: int, code: str) -> HttpResponse:
    """Keep files as proof of the rating of a control, and with them the rating typed beside them."""
    control = _Control.of(year, code)
    if refused := _attached(request, control):
        return refused
    form = _form(control.line, request.POST)
    if not _typed(form) or (form.is_valid() and _rated(request, control, form)):
        return redirect("assessment-rate", year, code)
    return _page(request, _Control.of(year, code), form)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Control:
    """One control of an assessment, with the lines of all its controls."""

    assessment: Assessment
    lines: list[ControlResult]
    line: ControlResult

    @classmethod
    def of(cls, year: int, code: str) -> Self:
        """As stored now; AssessmentUnknown, ControlUnknown."""
        assessment = queries.assessment(year)
        lines = queries.lines(assessment)
        return cls(assessment=assessment, lines=lines, line=queries.line(lines, code))

    @property
    def code(self) -> str:
        return self.line.control.code


def _attached(request: StaffRequest, control: _Control) -> HttpResponse | None:
    """Nothing once the sent files are kept; else the page that says why not, with what was typed."""
    form, year = ProofForm(request.POST, request.FILES), control.assessment.year
    attachments = refusals.attempt(
        form, lambda: ratings.attach_proof(request.actor, year, control.code, form.uploads())
    )
    if attachments is not None:
        messages.success(request, _("Evidence files: %(number)s.") % {"number": len(attachments)})
        return None
    typed = {
        name: request.POST[name] for name in _form(control.line).fields if name in request.POST
    }
    return _page(request, control, _form(control.line, typed=typed), form)


def _typed(form: NoteForm) -> bool:
    """Whether the sent form says something else of the control than what is kept."""
    return "version" in form.data and any(name != "version" for name in form.changed_data)


def _form(
    line: ControlResult, data: Any = None, *, typed: Mapping[str, Any] = MappingProxyType({})
) -> NoteForm:
    """The rating as it can be typed: a control that follows its reading takes a remark only."""
    rating = line.rating
    kind = NoteForm if rating.live else RatingForm
    first = {"verdict": rating.verdict, "note": rating.note, "evidence": rating.evidence}
    return kind(data, initial={**first, "version": rating.version, **typed})


def _page(
    request: StaffRequest, control: _Control, form: NoteForm, proof: ProofForm | None = None
) -> HttpResponse:
    assessment, rows = control.assessment, [pages.row(line) for line in control.lines]
    may_rate = assessment.state is State.OPEN and gate.holds(
        request.actor, permissions.ASSESSMENT_RATE
    )
    context = {
        "assessment": assessment,
        "row": pages.row(control.line),
        "rows": rows,
        "way": pages.way(rows, control.code),
        "tally": queries.tally(control.lines),
        "form": form,
        "proof": proof or ProofForm(initial={"evidence_date": clock.today()}),
        "files": control.line.attachments,
        "today": clock.today(),
        "may_rate": may_rate,
        "may_withdraw": may_rate,
        "may_register": gate.holds(request.actor, permissions.RISK_MANAGE),
        "no_data": Verdict.NO_DATA.value,
        "overdue": Verdict.OVERDUE.value,
        "expired": Verdict.EXPIRED.value,
    }
    return refusals.page(request, "assessment/rate_control.html", context, form, proof)


def _rated(request: StaffRequest, control: _Control, form: NoteForm) -> bool:
    """Whether the rating was kept; otherwise the form says why not."""
    year, code = control.assessment.year, control.code
    if not refusals.done(
        form,
        lambda: ratings.rate_control(
            request.actor, year, code, ratings.NewRating(**form.cleaned_data)
        ),
    ):
        return False
    messages.success(request, _("%(control)s saved.") % {"control": code})
    return True
