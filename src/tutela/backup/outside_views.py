"""The page of other programs' backups: what they last said of themselves, and what they do not say."""

from typing import Final

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.web import lists, routes
from tutela.web.lists import Column, Empty, Listing

from . import listed, permissions
from .outside.blind_spots import FINDINGS, of_tool
from .outside.report import Finding, Tool
from .tabs import tabs

_COLUMNS: Final = (
    Column("name", gettext_lazy("Backups of another program")),
    Column("newest", gettext_lazy("Newest complete backup"), "when"),
    Column("complete", gettext_lazy("Complete"), "num"),
    Column("incomplete", gettext_lazy("Not complete"), "num"),
    Column("size", gettext_lazy("Size"), "num text-nowrap"),
    Column("found", gettext_lazy("Remarks")),
    Column("received", gettext_lazy("Received"), "when"),
)


@routes.at("backup/outside/", "backup-list-outside")
@require_safe
@gate.needs(permissions.READ)
def list_outside(request: StaffRequest) -> HttpResponse:
    """The newest word of each program, and the blind spots of all four."""
    listing = Listing(
        title=_("Backups of other programs"),
        intro=_(
            "What they say of themselves, as evidence from outside. It never counts as a proven backup."
        ),
        columns=_COLUMNS,
        rows=[
            {"one": one, "found": [FINDINGS[Finding(code)] for code in one.findings]}
            for one in listed.outside(request.actor)
        ],
        empty=Empty(
            "database-import",
            _("No other program has reported yet"),
            _("Bring its JSON in by: tutela backup outside report."),
        ),
    )
    spots = [(tool.value, of_tool(tool)) for tool in Tool]
    return lists.show(
        request, listing, "backup/list_outside.html", {**tabs(request, "outside"), "spots": spots}
    )
