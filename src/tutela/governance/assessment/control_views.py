"""The page of one control in one year: its reading or rating, and the files that prove it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.access.permissions import Permission
from tutela.base import clock
from tutela.base.errors import TutelaError

from . import actions, pages, queries
from .forms import NoteForm, ProofForm, RatingForm
from .models import Assessment
from .queries import Line
from .rules import State, Verdict


@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(Permission.GOVERNANCE_ASSESSMENT_READ)
def rate_control(request: StaffRequest, year: int, code: str) -> HttpResponse:
    """One control: what must be true, its reading or its rating, and the way to the next."""
    held = queries.assessment(year)
    lines = queries.lines(held)
    form = _form(queries.line(lines, code), request.POST or None)
    if request.method == "POST" and form.is_valid() and _rated(request, held, code, form):
        after = request.POST.get("after", "")
        known = any(one.control.code == after for one in lines)
        return redirect("assessment-rate", year, after if known else code)
    return _page(request, held, lines, code, form)


@require_POST
@gate.needs(Permission.GOVERNANCE_ASSESSMENT_RATE)
def attach_proof(request: StaffRequest, year: int, code: str) -> HttpResponse:
    """Keep files as proof of the rating of a control."""
    held = queries.assessment(year)
    lines = queries.lines(held)
    line, form = queries.line(lines, code), ProofForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            kept = actions.attach_proof(request.actor, year, code, form.uploads())
        except TutelaError as refused:
            form.add_error(None, refused.text())
        else:
            messages.success(request, _("Files kept as proof: %(number)s.") % {"number": len(kept)})
            return redirect("assessment-rate", year, code)
    return _page(request, held, lines, code, _form(line), form)


def _form(line: Line, data: Any = None) -> NoteForm:
    """The rating as it can be typed: a control that follows its reading takes a remark only."""
    rating = line.rating
    kind = NoteForm if rating.live else RatingForm
    first = {"verdict": rating.verdict, "note": rating.note, "evidence": rating.evidence}
    return kind(data, initial={**first, "version": rating.version})


def _page(
    request: StaffRequest,
    held: Assessment,
    lines: list[Line],
    code: str,
    form: NoteForm,
    proof: ProofForm | None = None,
) -> HttpResponse:
    line, rows = queries.line(lines, code), [pages.row(one) for one in lines]
    told = {
        "held": held,
        "row": pages.row(line),
        "rows": rows,
        "way": pages.way(rows, code),
        "tally": queries.tally(lines),
        "form": form,
        "proof": proof or ProofForm(initial={"evidence_date": clock.today()}),
        "files": line.files,
        "today": clock.today(),
        "may_rate": held.state is State.OPEN
        and gate.holds(request.actor, Permission.GOVERNANCE_ASSESSMENT_RATE),
        "may_register": gate.holds(request.actor, Permission.GOVERNANCE_RISK_MANAGE),
        "no_data": Verdict.NO_DATA.value,
        "expired": Verdict.EXPIRED.value,
    }
    status = 422 if form.errors or (proof and proof.errors) else 200
    return render(request, "assessment/rate_control.html", told, status=status)


def _rated(request: StaffRequest, held: Assessment, code: str, form: NoteForm) -> bool:
    """Whether the rating was kept; otherwise the form says why not."""
    try:
        actions.rate_control(request.actor, held.year, code, **form.cleaned_data)
    except TutelaError as refused:
        form.add_error(None, refused.text())
        return False
    messages.success(request, _("%(control)s is saved.") % {"control": code})
    return True
