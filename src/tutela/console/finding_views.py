"""The search over Tutela's own pages and papers."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tutela.access import finding, gate
from tutela.access.gate import StaffRequest
from tutela.web import routes

from .finding_forms import FindingForm


@routes.at("find/", "console-find")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.signed_in()
def find(request: StaffRequest) -> HttpResponse:
    """What fits, of what the reader may open. The words come by post, so that they stand in no link or log."""
    form = FindingForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"form": form}
    status = HTTPStatus.OK
    if form.is_bound:
        if form.is_valid():
            context["found"] = finding.search(request.actor, form.cleaned_data["words"])
        else:
            status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "console/find.html", context, status=status)
