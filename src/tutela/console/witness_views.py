"""Carrying a checkpoint by hand to a witness without a network address: the file that goes out, the note that
comes back."""

from collections.abc import Callable
from pathlib import PurePath
from typing import Final, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tutela.access import gate, permissions, trail_tree
from tutela.access.gate import StaffRequest
from tutela.keys.spool import SealedUpload
from tutela.trail.errors import CosignatureRefused
from tutela.trail.tree import witness_words
from tutela.trail.tree.witnesses import Recorded
from tutela.web import form_pages, refusals, routes
from tutela.web.form_pages import FormPage, crumb

from .witness_forms import CosignatureForm, RequestForm

Result = TypeVar("Result")
LARGEST: Final = 1 << 20
"""Bytes of a note that comes back; one with all its lines has less."""


@routes.at("trail/tree/request/", "trail-write-request")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(permissions.COSIGNATURE_RECORD)
def write_request(request: StaffRequest) -> HttpResponse:
    """The file that is carried to a witness; what it signs comes back on the other page."""
    names = trail_tree.carried_to(request.actor)
    form = RequestForm(request.POST or None, names)

    def write() -> str:
        asked = form.cleaned_data
        return trail_tree.request_by_hand(request.actor, asked["witness"], asked["size"])[1]

    body = _attempt(form, write, "size") if request.method == "POST" else None
    if body is not None:
        name = PurePath(form.cleaned_data["witness"]).name
        headers = {"Content-Disposition": f'attachment; filename="{name}.request.txt"'}
        return HttpResponse(body, content_type="text/plain; charset=utf-8", headers=headers)
    page = FormPage(
        title=_("Checkpoint to carry to a witness"),
        crumbs=[crumb(_("Witnesses of the trail"), "trail-view-tree")],
        intro=_(
            "For a witness without a network address. It signs this file and gives another one back."
        )
        if names
        else _("The policy has no witness without a network address."),
        submit=_("Download"),
        icon="download",
    )
    return form_pages.show(request, page, form)


@routes.at("trail/tree/cosignature/", "trail-record-cosignature")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(permissions.COSIGNATURE_RECORD)
def record_cosignature(request: StaffRequest) -> HttpResponse:
    """Keep what a witness signed that was carried to by hand."""
    form = CosignatureForm(request.POST or None, request.FILES or None)

    def record() -> list[Recorded]:
        file = form.cleaned_data["file"]
        assert isinstance(file, SealedUpload)  # noqa: S101 the product's only upload handler
        with file.source().open() as opened:
            note = opened.read(LARGEST + 1)
        if len(note) > LARGEST:
            raise CosignatureRefused(why="note-size")
        return trail_tree.record(request.actor, note.decode(errors="surrogateescape"))

    kept = _attempt(form, record, "file") if request.method == "POST" else None
    if kept is not None:
        for one in kept:
            said = {"name": one.witness, "size": one.size}
            text = _("%(name)s vouches for %(size)s entries; its cosignature is kept.")
            messages.success(request, text % said)
        return redirect("trail-view-tree")
    page = FormPage(
        title=_("Cosignature that came back"),
        crumbs=[crumb(_("Witnesses of the trail"), "trail-view-tree")],
        intro=_(
            "The checkpoint with the witness's signature below it. It is checked by the key in the policy."
        ),
        submit=_("Record"),
        icon="signature",
    )
    return form_pages.show(request, page, form)


def _attempt(form: forms.Form, act: Callable[[], Result], place: str) -> Result | None:
    """What came of it; a cosignature that is refused says why in words, at its field."""
    if not form.is_valid():
        return None
    try:
        return act()
    except CosignatureRefused as error:
        form.add_error(place, f"{witness_words.refusal(str(error.params['why']))} ({error.code})")
    except refusals.Mendable as error:
        refusals.refuse(form, error, {})
    return None
