"""The page of one control in one year: its reading or rating, and the files that prove it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

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
    held = queries.assessment(year)
    lines = queries.lines(held)
    line = queries.line(lines, code)
    if request.method != "POST":
        return _page(request, held, lines, code, _form(line))
    # A file that is chosen and not yet attached goes along with the rating it is to prove.
    if request.FILES and (refused := _attached(request, held, lines, code)):
        return refused
    form = _form(line, request.POST)
    if form.is_valid() and _rated(request, held, code, form):
        after = request.POST.get("after", "")
        known = any(one.control.code == after for one in lines)
        return redirect("assessment-rate", year, after if known else code)
    return _page(request, held, queries.lines(held), code, form)


@routes.at("assessments/<int:year>/controls/<slug:code>/files/", "assessment-attach")
@require_POST
@gate.needs(permissions.ASSESSMENT_RATE)
def attach_proof(request: StaffRequest, year: int, code: str) -> HttpResponse:
    """Keep files as proof of the rating of a control, and with them the rating typed beside them."""
    held = queries.assessment(year)
    lines = queries.lines(held)
    if refused := _attached(request, held, lines, code):
        return refused
    form = _form(queries.line(lines, code), request.POST)
    if not _typed(form) or (form.is_valid() and _rated(request, held, code, form)):
        return redirect("assessment-rate", year, code)
    return _page(request, held, queries.lines(held), code, form)


def _attached(
    request: StaffRequest, held: Assessment, lines: list[ControlResult], code: str
) -> HttpResponse | None:
    """Nothing once the sent files are kept; else the page that says why not, with what was typed."""
    line, form = queries.line(lines, code), ProofForm(request.POST, request.FILES)
    kept = refusals.attempt(
        form, lambda: ratings.attach_proof(request.actor, held.year, code, form.uploads())
    )
    if kept is not None:
        messages.success(request, _("Evidence files: %(number)s.") % {"number": len(kept)})
        return None
    typed = {name: request.POST[name] for name in _form(line).fields if name in request.POST}
    return _page(request, held, lines, code, _form(line, typed=typed), form)


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
    request: StaffRequest,
    held: Assessment,
    lines: list[ControlResult],
    code: str,
    form: NoteForm,
    proof: ProofForm | None = None,
) -> HttpResponse:
    line, rows = queries.line(lines, code), [pages.row(one) for one in lines]
    may_rate = held.state is State.OPEN and gate.holds(request.actor, permissions.ASSESSMENT_RATE)
    told = {
        "held": held,
        "row": pages.row(line),
        "rows": rows,
        "way": pages.way(rows, code),
        "tally": queries.tally(lines),
        "form": form,
        "proof": proof or ProofForm(initial={"evidence_date": clock.today()}),
        "files": line.kept,
        "today": clock.today(),
        "may_rate": may_rate,
        "may_withdraw": may_rate,
        "may_register": gate.holds(request.actor, permissions.RISK_MANAGE),
        "no_data": Verdict.NO_DATA.value,
        "expired": Verdict.EXPIRED.value,
    }
    return refusals.page(request, "assessment/rate_control.html", told, form, proof)


def _rated(request: StaffRequest, held: Assessment, code: str, form: NoteForm) -> bool:
    """Whether the rating was kept; otherwise the form says why not."""
    if not refusals.done(
        form,
        lambda: ratings.rate_control(
            request.actor, held.year, code, ratings.NewRating(**form.cleaned_data)
        ),
    ):
        return False
    messages.success(request, _("%(control)s saved.") % {"control": code})
    return True
