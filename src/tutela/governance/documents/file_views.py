"""Documents as files: a text as a Word file, an own file as it was put in."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from tutela.access import gate
from tutela.access.gate import StaffRequest

from . import actions, export, queries
from .errors import DocumentUnknown

_PDF = "application/pdf"


@require_safe
@gate.signed_in()
def export_docx(request: StaffRequest, version_id: UUID, language: str) -> HttpResponse:
    """A version as a Word file in one language."""
    version = queries.version(version_id)
    queries.may_see(request.actor, version)
    if version.file is not None or language not in {"zh", "en"}:
        raise DocumentUnknown
    name = f"{version.document.code}-v{version.number}-{language}.docx"
    return _attachment(export.export_docx(version, language), export.WORD, name)


@require_safe
@gate.signed_in()
def open_file(request: StaffRequest, version_id: UUID) -> HttpResponse:
    """An own file as it was put in."""
    version = queries.version(version_id)
    if version.file is None:
        raise DocumentUnknown
    data = actions.open_file(request.actor, version)
    ending = "pdf" if version.file_name.lower().endswith(".pdf") else "docx"
    name = f"{version.document.code}-v{version.number}.{ending}"
    return _attachment(data, _PDF if ending == "pdf" else export.WORD, name)


def _attachment(data: bytes, kind: str, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(data, content_type=kind, headers=headers)
