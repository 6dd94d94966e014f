"""Documents as files: a text as a Word file, an own file as it was put in."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from tutela.access import gate, refused
from tutela.access.errors import PermissionMissing
from tutela.access.gate import StaffRequest
from tutela.base.errors import Unavailable
from tutela.web import routes

from . import export, permissions, queries
from .actions import readings
from .errors import DocumentUnknown
from .models import Version

_PDF = "application/pdf"


@routes.at("documents/versions/<uuid:version_id>/word/<str:language>/", "documents-export-docx")
@require_safe
@gate.signed_in()
def export_docx(request: StaffRequest, version_id: UUID, language: str) -> HttpResponse:
    """A version as a Word file in one language."""
    version = _seen(request, version_id)
    if version.file is not None or language not in {"zh", "en"}:
        raise DocumentUnknown
    name = f"{version.document.code}-v{version.number}-{language}.docx"
    return _attachment(export.export_docx(version, language), export.WORD, name)


@routes.at("documents/versions/<uuid:version_id>/file/", "documents-open-file")
@require_safe
@gate.signed_in()
def open_file(request: StaffRequest, version_id: UUID) -> HttpResponse:
    """An own file as it was put in."""
    version = _seen(request, version_id)
    if version.file is None:
        raise DocumentUnknown
    data = readings.open_file(request.actor, version)
    ending = "pdf" if version.file_name.lower().endswith(".pdf") else "docx"
    name = f"{version.document.code}-v{version.number}.{ending}"
    return _attachment(data, _PDF if ending == "pdf" else export.WORD, name)


def _seen(request: StaffRequest, version_id: UUID) -> Version:
    """A version that this person may see. A draft of others is answered as one that is not there, and both
    leave the same leaf."""
    try:
        version = queries.version(version_id)
        queries.check_visible(request.actor, version)
    except (DocumentUnknown, PermissionMissing):
        missing = PermissionMissing(permission=permissions.DOCUMENT_READ.name)
        closed = refused.keep(request.actor, missing, view="documents-open-file")
        raise (closed if isinstance(closed, Unavailable) else DocumentUnknown()) from None
    return version


def _attachment(data: bytes, kind: str, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(data, content_type=kind, headers=headers)
