"""Pages of rosters: when people work, by whom the rules know whether a view was in working time."""

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.keys.spool import SealedUpload
from tutela.vault.importing.listed import read_listed
from tutela.web import form_pages, lists, refusals, routes
from tutela.web.form_pages import FormPage, crumb
from tutela.web.lists import Column, Empty, Listing, page_of

from . import permissions, queries
from .actions import rosters
from .actions.rosters import Imported
from .errors import RosterTooBig
from .forms import RosterForm
from .tabs import tabs

MOST_BYTES: Final = 20 * 1024 * 1024
COLUMNS: Final = (
    Column("person", gettext_lazy("Person")),
    Column("shifts", gettext_lazy("Shifts"), "num"),
    Column("on_call", gettext_lazy("of them on call"), "num"),
    Column("first", gettext_lazy("First shift"), "text-nowrap"),
    Column("last", gettext_lazy("Last shift"), "text-nowrap"),
)


@routes.at("watch/rosters/", "watch-list-rosters")
@require_safe
@gate.needs(permissions.SETTING_CHANGE)
def list_rosters(request: StaffRequest) -> HttpResponse:
    """Whose shifts are known, from when until when; those whose roster ends first come first."""
    page = page_of(request, queries.rosters())
    listing = Listing(
        title=_("Rosters"),
        intro=_(
            "When people work. Rule R5 judges views outside working hours only for people who stand here."
        ),
        columns=COLUMNS,
        rows=list(page.object_list),
        page=page,
        empty=Empty(
            "calendar-time",
            _("No roster has been imported yet"),
            _("Without one, rule R5 rests."),
            reverse("watch-import-roster"),
            _("Import a roster"),
        ),
    )
    context = {"tab": "rosters", **tabs(request)}
    return lists.show(request, listing, "watch/list_rosters.html", context)


@routes.at("watch/rosters/import/", "watch-import-roster")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(permissions.SETTING_CHANGE)
def import_roster(request: StaffRequest) -> HttpResponse:
    """Take a roster in, whole or not at all."""
    form = RosterForm(request.POST or None, request.FILES or None)
    done = None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        assert isinstance(file, SealedUpload)  # noqa: S101 the product's only upload handler
        done = refusals.attempt(form, lambda: _take(request, file), places=refusals.AtField("file"))
    if done is not None:
        text = _("Shifts: %(shifts)s, of %(people)s people; %(replaced)s older ones replaced.")
        said = {"shifts": done.shifts, "people": done.people, "replaced": done.replaced}
        messages.success(request, text % said)
        return redirect("watch-list-rosters")
    page = FormPage(
        title=_("Import a roster"),
        crumbs=[crumb(_("Rosters"), "watch-list-rosters")],
        intro=_(
            "Shifts of the same people in the same days are replaced. One wrong line, and nothing is imported."
        ),
        hint=_("Columns: %(columns)s. Times like 2026-03-02 09:00; on_call is 0 or 1.")
        % {"columns": ", ".join(rosters.COLUMNS)},
        submit=_("Import"),
        icon="upload",
    )
    return form_pages.show(request, page, form)


def _take(request: StaffRequest, file: SealedUpload) -> Imported:
    source = file.source()
    if source.size > MOST_BYTES:
        raise RosterTooBig(limit=MOST_BYTES // (1024 * 1024))
    rows = read_listed(source, rosters.COLUMNS, rosters.NEEDED, {})
    return rosters.import_shifts(request.actor, rows)
