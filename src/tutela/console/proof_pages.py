"""Proofs of the access trail on pages: of one entry, and whole exports. Files are written before they are sent."""

import tempfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import IO, Final
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tutela.access import gate
from tutela.access import permissions as access_permissions
from tutela.access.gate import StaffRequest
from tutela.trail.errors import LeafNotPlaced
from tutela.trail.tree import signers, witnesses
from tutela.vault import proof_page, trail_proofs
from tutela.web import form_pages, refusals, routes
from tutela.web.form_pages import FormPage, crumb

from .forms import ExportForm

KINDS: Final = ("zip", "tlog-proof", "policy")
"""A proof as files: all in one, the proof alone, and whose signatures count."""


@routes.at("trail/<uuid:leaf_id>/proof/", "trail-prove-leaf")
@require_safe
@gate.needs(access_permissions.TRAIL_SEARCH)
def prove_leaf(request: StaffRequest, leaf_id: UUID) -> HttpResponseBase:
    """That an entry stands in the signed log, and what it says; or the proof as a file."""
    kind = request.GET.get("file", "")
    crumbs = [crumb(_("Access trail"), "trail-search-leaves")]
    try:
        proven = trail_proofs.prove_leaf(request.actor, leaf_id, kind if kind in KINDS else "page")
    except LeafNotPlaced:
        if kind in KINDS:
            raise
        # The newest entries wait a moment for the next checkpoint: no fault, so no page of one.
        return render(request, "console/trail_proof_awaited.html", {"crumbs": crumbs})
    name = f"trail-{leaf_id}"
    if kind == "zip":
        return _sent(f"{name}.zip", lambda file: trail_proofs.write_pack(proven, file))
    if kind == "tlog-proof":
        return _sent(f"{name}.tlog-proof", lambda file: _put(file, proven.text()))
    if kind == "policy":
        policy = witnesses.policy_text()
        return _sent("policy.txt", lambda file: _put(file, policy))
    names = proof_page.names_of(proven.document)
    context = {
        "leaf_id": leaf_id,
        "facts": proof_page.facts(proven, names),
        "evidence": proof_page.evidence(proven),
        "crumbs": crumbs,
        "vkeys": signers.vkeys(proven.head.origin),
    }
    return render(request, "console/trail_proof.html", context)


@routes.at("trail/export/", "trail-export-whole")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(access_permissions.TRAIL_SEARCH)
def export_whole(request: StaffRequest) -> HttpResponseBase:
    """Every entry of a period with the proof that none is missing, as one file."""
    form = ExportForm(request.POST or None)
    if request.method == "POST":
        sent = refusals.attempt(form, lambda: _export(request, form))
        if sent is not None:
            return sent
    page = FormPage(
        title=_("Whole export of the access trail"),
        crumbs=[crumb(_("Access trail"), "trail-search-leaves")],
        intro=_(
            "Every entry of the period with the proof that none is missing, changed or moved. "
            "Anybody can verify it without Tutela."
        ),
        hint=_("At most %(limit)s entries; the shell has no limit. The export is logged.")
        % {"limit": f"{trail_proofs.MOST_BY_PAGE:,}"},
        submit=_("Export"),
        icon="download",
    )
    return form_pages.show(request, page, form)


def _export(request: StaffRequest, form: ExportForm) -> HttpResponse | FileResponse:
    asked = form.cleaned_data
    since, until, table = _begin(asked["since"]), _begin(asked["until"], 1), asked["table"]
    wanted = trail_proofs.begin_export(
        request.actor, since, until, table, trail_proofs.MOST_BY_PAGE
    )
    return _sent(
        f"trail-{wanted.first}-{wanted.late.size}.zip",
        lambda file: trail_proofs.write_export(request.actor, wanted, table, file),
    )


def _begin(day: date | None, days: int = 0) -> datetime | None:
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(day, time.min)) + timedelta(days=days)


def _put(file: IO[bytes], text: str) -> None:
    file.write(text.encode())


def _sent(name: str, write: Callable[[IO[bytes]], None]) -> FileResponse:
    """The file that `write` makes, whole before its first byte is sent."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 the answer closes it
    try:
        write(file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name)
