"""The page of outside evidence: what other systems reported, and the form that reports or corrects."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.base import clock
from tutela.base.language import name_of
from tutela.programme import permissions as programme_permissions
from tutela.web import refusals, routes
from tutela.web.form_pages import crumb
from tutela.web.lists import Column, Empty, Listing, page_of

from . import custom, goals, permissions, registry, reports
from .actions import evidence
from .forms import ReportFilter, ReportForm
from .outside import Outside

_REPORT = programme_permissions.EVIDENCE_ADD
_COLUMNS = (
    Column("target", gettext_lazy("Target"), "whole-words"),
    Column("days", gettext_lazy("Days covered")),
    Column("actual", gettext_lazy("Actual"), "num text-nowrap"),
    Column("source", gettext_lazy("Source system")),
    Column("recorded", gettext_lazy("Recorded at"), "when"),
    Column("row", gettext_lazy("Row and file")),
    Column("acts", gettext_lazy("Action"), "text-end", hidden=True),
)


@routes.at("scorecard/outside/", "scorecard-list-outside")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(permissions.READ)
def list_outside(request: StaffRequest) -> HttpResponse:
    """Reports of other systems, of one target with `?of=`; with `?target=` or `?corrects=` the form."""
    book = goals.rulebook()
    names = {
        name: name_of(book.names[name])
        for name in book.versions
        if not (name.startswith(custom.OWN) or registry.is_alone(name))
    }
    form = None
    if request.method == "POST":
        gate.require(request.actor, _REPORT)
        form = _form(request, book, names)
        sent = form
        if refusals.done(
            sent, lambda: evidence.add_evidence(request.actor, sent.report(), sent.proof())
        ):
            gone = form.cleaned_data.get("withdraws")
            done = (
                _("Withdrawn. It no longer counts.")
                if gone
                else _("Recorded. It counts from now on.")
            )
            messages.success(request, done)
            return redirect("scorecard-list-outside")
    elif gate.holds(request.actor, _REPORT) and {"target", "corrects"} & set(request.GET):
        form = _form(request, book, names)
    of = request.GET.get("of", "")
    of = of if of in names else ""
    page = page_of(request, reports.Reports(of))
    intro = _(
        "Figures whose records are kept in another system. They count and are marked "
        "as external; a wrong figure is corrected by a new row."
    )
    context = {
        "form": form,
        "names": names,
        "first": of or next(iter(names)),
        "may_report": gate.holds(request.actor, _REPORT),
        "listing": Listing(
            title=_("External evidence"),
            crumbs=[crumb(_("Scorecard"), "console-home")],
            intro=intro,
            columns=_COLUMNS,
            rows=page,
            page=page,
            filters=ReportFilter({"of": of}, names),
            empty=Empty("inbox", _("No figures reported yet.")),
        ),
    }
    return refusals.page(request, "scorecard/outside.html", context, form)


def _form(request: StaffRequest, book: goals.Rulebook, names: dict[str, str]) -> ReportForm:
    values = request.POST if request.method == "POST" else request.GET
    wrong = _wrong(values.get("corrects", ""))
    target = wrong.target if wrong else values.get("target", "")
    target = target if target in names else next(iter(names))
    chosen = {target: names[target]} if wrong else names
    return ReportForm(
        request.POST or None,
        request.FILES or None,
        targets=list(chosen.items()),
        unit=book.at(target, clock.today()).unit,
        corrects=wrong is not None,
        initial=_as_it_was(wrong) if wrong else {**request.GET.dict(), "target": target},
    )


def _wrong(row: str) -> Outside | None:
    """The report to be corrected; none where the form is for a new one."""
    try:
        return reports.report(UUID(row)) if row else None
    except ValueError:
        return None


def _as_it_was(wrong: Outside) -> dict[str, Any]:
    return {
        "target": wrong.target, "first": wrong.begins, "last": reports.last_day(wrong),
        "numerator": wrong.numerator, "denominator": wrong.denominator,
        "value": int(wrong.value) if wrong.unit == "count" else wrong.value,
        "source": wrong.source, "signer": wrong.signer, "corrects": wrong.id,
    }  # fmt: skip
