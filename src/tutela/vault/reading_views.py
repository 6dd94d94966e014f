"""The page on which a person says how an upload is to be read: which sheet, delimiter, encoding.

It is shown when a file cannot be read by itself, and leads back to the mapping; the upload stays sealed where it
is. What is said is kept with the upload and stands in no address.
"""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.base.errors import Invalid
from tutela.keys import spool
from tutela.web import form_pages, refusals, routes
from tutela.web.form_pages import Fact, FormPage, crumb

from . import import_pages, permissions
from .forms import ReadAsForm
from .importing.actions.files import inspect, open_file, ways_of

_PLACES = {
    "vault.import.sheet_missing": "sheet",
    "vault.import.delimiter_bad": "delimiter",
    "vault.import.delimiter_unknown": "delimiter",
    "vault.import.delimiter_wrong": "delimiter",
    "vault.import.encoding_unknown": "encoding",
    "vault.import.encoding_wrong": "encoding",
    "vault.import.encoding_doubtful": "encoding",
    "vault.import.encoding_unsupported": "encoding",
}


@routes.at("imports/files/<uuid:upload>/read/", "vault-read-file")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(permissions.IMPORT_RUN)
def read_file(request: StaffRequest, upload: UUID) -> HttpResponse:
    """Read an upload in the way that a person says, and go on to its mapping; or say why it cannot be read."""
    asked = import_pages.asked_of(request.POST or request.GET)
    source = spool.source_of(upload, request.actor.id)
    form = _form(request, upload, request.POST or None)
    if form.is_bound and not form.is_valid():
        return show(request, upload, asked, form)
    way = import_pages.way_of(form.cleaned_data) if form.is_bound else None
    try:
        table = open_file(request.actor, source, read_as=way)
        inspect(request.actor, table, asked["collection"])
    except Invalid as refused:
        return refuse(request, upload, asked, refused)
    return redirect(import_pages.map_address(upload, asked))


def _form(request: StaffRequest, upload: UUID, data: Any) -> ReadAsForm:
    ways = ways_of(request.actor, spool.source_of(upload, request.actor.id))
    return ReadAsForm(data, parts=ways.parts, sheets=ways.sheets)


def refuse(
    request: StaffRequest, upload: UUID, asked: dict[str, str], refused: Invalid
) -> HttpResponse:
    """The page for a file that was refused, with the sentence at the field that mends it."""
    form = _form(request, upload, {**request.POST.dict(), **asked})
    form.full_clean()
    refusals.refuse(form, refused, _PLACES)
    return show(request, upload, asked, form)


def show(
    request: StaffRequest, upload: UUID, asked: dict[str, str], form: ReadAsForm
) -> HttpResponse:
    """The page with its form."""
    names = dict(import_pages.collections())
    page = FormPage(
        title=_("How the file is read"),
        crumbs=[crumb(_("Import"), "vault-list-imports")],
        intro=_(
            "The uploaded file is kept, encrypted. State how it is to be read; leave empty "
            "what you do not know."
        ),
        submit=_("Read again"),
        icon="refresh",
        action=import_pages.read_address(upload),
        cancel=reverse("vault-upload-file"),
        facts=[
            Fact(_("Type of rows"), names.get(asked["collection"], asked["collection"])),
            Fact(_("Source system"), asked["source"]),
        ],
    )
    return form_pages.show(request, page, form, template="vault/read_file.html", asked=asked)
